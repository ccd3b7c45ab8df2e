// Sets the player up wherever one is on the page, now or after htmx has put one there.

import { desk } from "./desk.js";
import { watermark } from "./watermark.js";

const ready = new WeakSet();

function look() {
  for (const root of document.querySelectorAll("[data-watch]")) {
    if (ready.has(root)) continue;
    ready.add(root);
    root.player = desk(root);
  }
  for (const photo of document.querySelectorAll("[data-photo][data-viewer]")) {
    if (ready.has(photo)) continue;
    ready.add(photo);
    watermark(photo.querySelector(".photo-stage"), photo.dataset.viewer);
  }
}

// A finding's place in the list beside the player seeks, too.
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-seek]");
  const root = document.querySelector("[data-watch]");
  if (!place || !root?.player) return;
  const { master } = root.player;
  master.seek(master.span.from + Number(place.dataset.seek) * 1000);
  root.scrollIntoView({ block: "center", behavior: "smooth" });
});

document.addEventListener("htmx:afterSwap", look);
look();
