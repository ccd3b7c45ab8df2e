// Who is looking, and when, over every picture and moving. A deterrent, no lock: whoever owns the
// browser can take anything away. It comes back by itself when its element is removed or hidden.

import { moment } from "./format.js";

const EVERY = 1000; // milliseconds between two drawings
const ROUND = 40; // seconds in which it wanders once around

export function watermark(tile, viewer) {
  let canvas = null;

  function insert() {
    canvas?.remove();
    canvas = document.createElement("canvas");
    canvas.className = "watch-watermark";
    canvas.setAttribute("aria-hidden", "true");
    tile.append(canvas);
    draw();
  }

  function draw() {
    const { clientWidth: width, clientHeight: height } = tile;
    if (!width || !height) return;
    canvas.width = width;
    canvas.height = height;
    const now = Date.now();
    const text = `${viewer}  ${moment(now)}`;
    canvas.dataset.text = text;
    const pen = canvas.getContext("2d");
    pen.font = `${Math.max(12, Math.round(height / 26))}px sans-serif`;
    pen.fillStyle = "rgba(255, 255, 255, .34)";
    pen.strokeStyle = "rgba(0, 0, 0, .28)";
    pen.textAlign = "center";
    const turn = (now / 1000 / ROUND) * 2 * Math.PI;
    for (const [column, row] of [[0.3, 0.3], [0.7, 0.65]]) {
      pen.save();
      pen.translate(width * (column + 0.12 * Math.sin(turn)), height * (row + 0.15 * Math.cos(turn)));
      pen.rotate(-0.3);
      pen.strokeText(text, 0, 0);
      pen.fillText(text, 0, 0);
      pen.restore();
    }
  }

  const isWhole = () => {
    if (canvas.parentElement !== tile || canvas.hidden || canvas.hasAttribute("style")) return false;
    const style = getComputedStyle(canvas);
    return canvas.className === "watch-watermark" && style.display !== "none"
      && style.visibility === "visible" && Number(style.opacity) === 1;
  };
  insert();
  const guard = new MutationObserver(() => { if (!isWhole()) insert(); });
  guard.observe(tile, { childList: true, subtree: true, attributes: true, attributeFilter: ["style", "class", "hidden"] });
  const timer = setInterval(() => {
    if (!tile.isConnected) { clearInterval(timer); guard.disconnect(); return; }
    if (isWhole()) draw();
    else insert();
  }, EVERY);
}
