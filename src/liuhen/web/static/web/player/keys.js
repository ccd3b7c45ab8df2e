// Every key of the player; the table in its help (player/help.html) says the same.

const TYPED_INTO = "textarea, select, input:not([type=checkbox], [type=radio])";
const PRESSED = "button, input, summary";

export function keys(root, { master, timeline, marking, snapshots, looping, help, turns }) {
  const acts = {
    " ": () => master.toggle(),
    k: () => master.pause(),
    j: () => master.shuttle(-1),
    l: () => master.shuttle(1),
    ArrowLeft: (event) => master.skip(event.shiftKey ? -1 : -5),
    ArrowRight: (event) => master.skip(event.shiftKey ? 1 : 5),
    PageUp: () => master.skip(-60),
    PageDown: () => master.skip(60),
    Home: () => master.seek(master.span.from),
    End: () => master.seek(master.span.until),
    ",": () => master.step(-1),
    ".": () => master.step(1),
    "<": () => master.faster(-1),
    ">": () => master.faster(1),
    m: () => marking.open(),
    n: () => marking.jump(1),
    p: () => marking.jump(-1),
    s: () => snapshots.take(),
    a: () => looping.from(),
    b: () => looping.until(),
    Escape: () => looping.off(),
    "+": () => timeline.zoom(1.5),
    "=": () => timeline.zoom(1.5),
    "-": () => timeline.zoom(1 / 1.5),
    0: () => timeline.whole(),
    v: () => turns.next(),
    f: () => turns.full(),
    "?": () => help(),
  };

  function pressed(event) {
    if (!root.isConnected) { document.removeEventListener("keydown", pressed, true); return; }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || event.target.closest(TYPED_INTO)) return;
    if (marking.isOpen && event.key !== "Escape") return;
    if (event.key === " " && event.target.closest(PRESSED)) return;
    if (event.key === "Escape" && !master.loop && !marking.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    act(event);
  }
  document.addEventListener("keydown", pressed, true);
}
