// One box ticks the rows of its group.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-check-rows]")) return;
    const group = event.target.closest("[data-check-group]");
    for (const box of group.querySelectorAll("input[type=checkbox][name]")) box.checked = event.target.checked;
  });
})();
