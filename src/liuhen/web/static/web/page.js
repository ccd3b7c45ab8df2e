// Small things on every page. Works with what the server rendered; nothing depends on it.
(() => {
  "use strict";

  // A picture that is not there leaves the icon beneath it to be seen.
  document.addEventListener("error", (event) => {
    if (event.target.matches?.("img[data-may-lack]")) event.target.remove();
  }, true);

  document.addEventListener("click", async (event) => {
    const of = (selector) => event.target.closest(selector);
    const copy = of("[data-copy]");
    if (copy) {
      await copyText(copy.dataset.copy);
      flash(copy);
    }
    if (of("[data-print]")) window.print();
    const filled = of("[data-fill-login]");
    if (filled) {
      const form = document.getElementById("sign-in");
      form.elements.login.value = filled.dataset.fillLogin;
      form.elements.password.value = filled.dataset.fillPassword;
      form.querySelector("button").focus();
    }
    const asked = of("[data-ask]");
    if (asked && !window.confirm(asked.dataset.ask)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const all = event.target.dataset?.checkAll;
    if (all) {
      for (const box of document.querySelectorAll(`${all} tbody input[type=checkbox]`)) box.checked = event.target.checked;
    }
    const target = event.target.dataset?.detail;
    if (target) document.querySelector(target).classList.toggle("is-detailed", event.target.checked);
  });

  // A list that htmx filters anew changes its address; the files made of it go by the same filters.
  document.addEventListener("htmx:pushedIntoHistory", () => {
    for (const way of document.querySelectorAll("a[data-as-filtered]")) way.search = location.search;
  });

  // What the page asks for by itself keeps nobody signed in: htmx names no event for it.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.triggeringEvent) event.detail.headers["X-Liuhen-Polling"] = "1";
  });

  // "/" goes to the search field, as people know it from other programs.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // The clipboard API needs HTTPS; an intranet often has none.
  async function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function flash(button) {
    const icon = button.querySelector(".ti");
    icon.classList.replace("ti-copy", "ti-check");
    setTimeout(() => icon.classList.replace("ti-check", "ti-copy"), 1500);
  }
})();
