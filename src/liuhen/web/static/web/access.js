// The form of a viewing request: what is asked of outsiders shows with the kinds that need it.
(() => {
  "use strict";
  const form = document.querySelector("[data-ask-viewing]");
  const outside = form?.querySelector("[data-for-outside]");
  if (!outside) return;

  function follow() {
    const chosen = form.querySelector("[data-kind]:checked");
    outside.hidden = !chosen || !("outside" in chosen.dataset);
  }

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-kind]")) follow();
  });
  follow();
})();
