// Zoom, turn and move a photo. The file itself stays as it is.
(() => {
  "use strict";
  const ready = new WeakSet();

  function setUp(viewer) {
    if (ready.has(viewer)) return;
    ready.add(viewer);
    const stage = viewer.querySelector(".photo-stage");
    const image = stage.querySelector("img");
    let view = { zoom: 1, turn: 0, x: 0, y: 0 };
    let held = null;
    const apply = (change) => {
      view = { ...view, ...change };
      view.zoom = Math.min(20, Math.max(0.2, view.zoom));
      image.style.transform =
        `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.zoom})`;
    };
    viewer.addEventListener("click", (event) => {
      const zoom = event.target.closest("[data-zoom]");
      if (zoom) apply({ zoom: view.zoom * Number(zoom.dataset.zoom) });
      if (event.target.closest("[data-turn]")) apply({ turn: view.turn + 90 });
      if (event.target.closest("[data-fit]")) apply({ zoom: 1, turn: 0, x: 0, y: 0 });
    });
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      apply({ zoom: view.zoom * (event.deltaY < 0 ? 1.15 : 1 / 1.15) });
    }, { passive: false });
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      held = { x: event.clientX - view.x, y: event.clientY - view.y };
    });
    stage.addEventListener("pointermove", (event) => {
      if (held) apply({ x: event.clientX - held.x, y: event.clientY - held.y });
    });
    stage.addEventListener("pointerup", () => { held = null; });
    stage.addEventListener("keydown", (event) => {
      const keys = { "+": { zoom: view.zoom * 1.25 }, "-": { zoom: view.zoom * 0.8 },
        ArrowLeft: { x: view.x + 60 }, ArrowRight: { x: view.x - 60 },
        ArrowUp: { y: view.y + 60 }, ArrowDown: { y: view.y - 60 } };
      if (keys[event.key]) { event.preventDefault(); apply(keys[event.key]); }
    });
    stage.focus({ preventScroll: true });
  }

  const look = () => document.querySelectorAll("[data-photo]").forEach(setUp);
  document.addEventListener("htmx:afterSwap", look);
  look();
})();
