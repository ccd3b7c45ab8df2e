// Where the device went: its path without any map, a scale, north above, a dot at the playhead.

import { put } from "./draw.js";

const METRES_PER_DEGREE = 111_320;
const SIZE = { width: 320, height: 240, margin: 24 };
const SCALE_PIXELS = 90; // at most

export class Track {
  constructor(root, master, say) {
    this.box = root.querySelector("[data-track]");
    if (!this.box) return;
    Object.assign(this, { master, say, drawn: undefined, paths: new Map() });
    master.addEventListener("time", () => this.show());
    this.show();
  }

  show() {
    const segment = this.master.current?.segment ?? null;
    if (segment !== this.drawn) {
      this.drawn = segment;
      this.draw(segment);
    }
    if (segment && this.path) this.dot(segment);
  }

  async draw(segment) {
    this.path = null;
    this.box.replaceChildren();
    if (segment?.track) {
      const points = await this.load(segment);
      if (this.drawn !== segment) return;
      if (points.length > 1) { this.line(points); return; }
    }
    this.box.textContent = segment?.place
      ? `${this.say("onePlace")}：${segment.place.map((part) => part.toFixed(6)).join(", ")}`
      : this.say("noTrack");
  }

  async load(segment) {
    if (!this.paths.has(segment.number)) {
      const answer = await fetch(segment.track);
      const said = answer.ok ? await answer.json() : { points: [] };
      this.paths.set(segment.number, said.points);
    }
    return this.paths.get(segment.number);
  }

  /** Points are [seconds, latitude, longitude, …]; a flat earth will do for a walk. */
  line(points) {
    const middle = points.reduce((sum, point) => sum + point[1], 0) / points.length;
    const squeeze = Math.cos((middle * Math.PI) / 180);
    const flat = points.map(([seconds, north, east]) => ({ seconds, x: east * squeeze, y: -north }));
    const [left, top] = [Math.min(...flat.map((p) => p.x)), Math.min(...flat.map((p) => p.y))];
    const wide = Math.max(...flat.map((p) => p.x)) - left;
    const tall = Math.max(...flat.map((p) => p.y)) - top;
    const room = { x: SIZE.width - 2 * SIZE.margin, y: SIZE.height - 2 * SIZE.margin };
    const scale = Math.min(room.x / Math.max(wide, 1e-5), room.y / Math.max(tall, 1e-5));
    this.path = flat.map((p) => ({
      seconds: p.seconds,
      x: SIZE.margin + (room.x - wide * scale) / 2 + (p.x - left) * scale,
      y: SIZE.margin + (room.y - tall * scale) / 2 + (p.y - top) * scale,
    }));
    this.paint(scale / METRES_PER_DEGREE, points);
  }

  paint(pixelsPerMetre, points) {
    const svg = put(this.box, "svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, class: "watch-track", role: "img" });
    const along = this.path.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(" ");
    put(svg, "polyline", { points: along });
    put(svg, "circle", { class: "watch-track-start", cx: this.path[0].x, cy: this.path[0].y, r: 4 });
    this.here = put(svg, "circle", { class: "watch-track-here", r: 6 });
    const bar = niceBelow(SCALE_PIXELS / pixelsPerMetre);
    const y = SIZE.height - 8;
    put(svg, "path", { class: "watch-track-scale", d: `M10 ${y - 5}v5h${bar * pixelsPerMetre}v-5` });
    const text = bar >= 1000 ? this.say("kilometres", { n: bar / 1000 }) : this.say("metres", { n: bar });
    put(svg, "text", { x: 14 + bar * pixelsPerMetre, y }, text);
    put(svg, "path", { class: "watch-track-north", d: `M${SIZE.width - 16} 8l5 14l-5 -4l-5 4z` });
    put(svg, "text", { x: SIZE.width - 20, y: 36 }, "N");
    const [, north, east] = points[0];
    const place = document.createElement("div");
    place.className = "small text-secondary";
    place.textContent = `${north.toFixed(6)}, ${east.toFixed(6)}`;
    this.box.append(place);
  }

  dot(segment) {
    const seconds = (this.master.t - segment.start) / 1000;
    const after = this.path.findIndex((p) => p.seconds > seconds);
    const next = after < 0 ? this.path.at(-1) : this.path[after];
    const before = after > 0 ? this.path[after - 1] : next;
    const part = next.seconds > before.seconds
      ? (seconds - before.seconds) / (next.seconds - before.seconds) : 0;
    this.here.setAttribute("cx", before.x + (next.x - before.x) * part);
    this.here.setAttribute("cy", before.y + (next.y - before.y) * part);
  }
}

/** 1, 2 or 5 times a power of ten, not above. */
export function niceBelow(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * ([5, 2, 1].find((one) => one * power <= number) ?? 1);
}
