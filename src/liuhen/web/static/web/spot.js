// The queue of a spot check from the keyboard. Every key presses a button that is on the page;
// the player has the keys that are left. spot/help.html says the same.
(() => {
  "use strict";

  const TYPED_INTO = "textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])";
  const help = () => document.querySelector("[data-spot-keys]");

  function answer(question, value) {
    document.querySelector(`[data-spot-question="${question}"] [data-spot-answer="${value}"]`)?.click();
  }

  function current() {
    return document.querySelector(".spot-current")?.dataset.spotQuestion;
  }

  // By the key's place: with Shift, or another layout, "1" is "!" or something else.
  function act(event) {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    if (digit === "0" && !event.shiftKey) return () => answer(current(), "na");
    if (digit && digit !== "0") return () => answer(digit, event.shiftKey ? "no" : "yes");
    const way = !event.shiftKey && document.querySelector(`[data-spot-key="${event.key}"]`);
    if (way) return () => way.click();
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return event.shiftKey ? null : () => {};
    // Where there is a player, it plays; else the picture is opened, and the page stands still.
    const isForPlayer = document.querySelector("[data-watch]") || event.target.closest?.("button, a");
    if (event.key === " " && !isForPlayer) return () => document.querySelector(".stage-play")?.click();
    if (event.key.toLowerCase() === "n") return () => document.getElementById("spot-note").focus();
    if (event.key === "?") return () => help().showModal();
    return null;
  }

  // On the window, so before the player, which listens on the document.
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target.id === "spot-note") {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && event.target.id === "spot-note") { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(TYPED_INTO)) return;
    const does = act(event);
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-spot-help]")) help().showModal();
    if (event.target.closest("[data-spot-close]")) help().close();
  });

  // The last question is answered: on to what is left.
  document.addEventListener("spot:done", (event) => location.assign(event.detail.next));
})();
