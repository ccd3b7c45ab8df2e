// The counter by keyboard: Enter ticks and goes on to the next step, Esc begins anew.
(() => {
  "use strict";

  const steps = (form) => [...form.querySelectorAll("[data-step]")].filter((one) => !one.disabled);

  function next(here) {
    const all = steps(here.closest("[data-steps]"));
    const after = all[all.indexOf(here) + 1];
    if (after) {
      after.focus();
      after.select?.();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) {
      window.location.assign(window.location.pathname);
      return;
    }
    const here = event.target.closest?.("[data-steps] input, [data-steps] button");
    // Enter that ends a Chinese word being typed is the input method's.
    if (event.key !== "Enter" || event.isComposing || !here || here.matches("button")) return;
    event.preventDefault();
    if (here.type === "checkbox") here.checked = true;
    if (here.matches("[data-reads]") && here.value) here.dispatchEvent(new Event("read"));
    if (here.matches("[data-step]")) next(here);
    else document.querySelector("[data-steps] [data-default]")?.focus();
  });

  // A time changed after it was measured has to be measured again.
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-reads]")) document.getElementById("reading").replaceChildren();
  });

  const begin = () => {
    const form = document.querySelector("[data-steps]");
    if (form) (form.querySelector(".is-invalid") || steps(form)[0])?.focus();
    else document.querySelector("#scan input")?.select();
  };
  // Only once settled are the new fields htmx's: a scanner types faster than that.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "panel") begin();
    // The clock was set right: what it shows now is measured anew.
    if (event.detail.target.querySelector("[data-measure-again]")) {
      const shown = document.querySelector("[data-reads]");
      shown.value = "";
      shown.focus();
    }
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
