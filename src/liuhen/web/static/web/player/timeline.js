// The common clock drawn: ruler, coverage, a row for each device, photos, marks, the playhead.

import { put, told } from "./draw.js";
import { exact, hour, length, moment, second } from "./format.js";

export const ROWS = { ruler: 22, overall: 16, lane: 36, photos: 22, marks: 22 };
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
const LABEL_PIXELS = 64; // a ruler's label with room beside it
const LEAST_SPAN = 2000; // milliseconds: nobody zooms further in
const LEAST_WIDTH = 3; // pixels: what is shorter must still be seen and hit
const ZOOM = 1.5;
const FAR = 12; // times the activity's length
const MARGIN = 0.01;

export class Timeline {
  constructor(svg, data, master, say) {
    Object.assign(this, { svg, data, master, say });
    this.measure();
    this.view = this.course() ?? { ...this.all };
    svg.addEventListener("pointerdown", (event) => this.grab(event));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    master.addEventListener("time", () => { this.follow(master.t); this.move(); });
    master.addEventListener("loop", () => this.move());
    new ResizeObserver(() => this.draw()).observe(svg.parentElement);
  }

  /** How far one can look: all there is, and a margin. */
  measure() {
    const { from, until } = this.master.span;
    const margin = Math.max(LEAST_SPAN, until - from) * MARGIN;
    this.all = { from: from - margin, until: until + margin };
  }

  /** From arriving to leaving, where a wrongly dated recording stretches the whole far beyond. */
  course() {
    const { arrived, left } = this.data.activity ?? {};
    if (!arrived || !left) return null;
    const wide = Math.max(LEAST_SPAN, left - arrived);
    if (this.all.until - this.all.from < wide * FAR) return null;
    return { from: Math.max(this.all.from, arrived - wide / 4), until: Math.min(this.all.until, left + wide / 4) };
  }

  x(t) { return ((t - this.view.from) / (this.view.until - this.view.from)) * this.width; }

  instant(event) {
    const box = this.svg.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return this.view.from + part * (this.view.until - this.view.from);
  }

  grab(event) {
    if (event.button !== 0) return;
    const aim = event.target.closest("[data-at]");
    this.master.seek(aim ? Number(aim.dataset.at) : this.instant(event));
    if (aim) return;
    const drag = (moved) => this.master.seek(this.instant(moved));
    const drop = () => {
      this.svg.removeEventListener("pointermove", drag);
      this.svg.removeEventListener("pointerup", drop);
    };
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener("pointermove", drag);
    this.svg.addEventListener("pointerup", drop);
  }

  wheel(event) {
    event.preventDefault();
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (sideways) this.pan(sideways / this.width);
    else this.zoom(event.deltaY < 0 ? ZOOM : 1 / ZOOM, this.instant(event));
  }

  zoom(factor, around = this.master.t) {
    const wide = this.view.until - this.view.from;
    const wanted = Math.max(LEAST_SPAN, Math.min(this.all.until - this.all.from, wide / factor));
    const from = around - ((around - this.view.from) / wide) * wanted;
    this.look(from, wanted);
  }

  pan(part) {
    const wide = this.view.until - this.view.from;
    this.look(this.view.from + part * wide, wide);
  }

  whole() { this.look(this.all.from, this.all.until - this.all.from); }

  look(from, wide) {
    const begin = Math.max(this.all.from, Math.min(this.all.until - wide, from));
    this.view = { from: begin, until: begin + wide };
    this.draw();
  }

  draw() {
    this.width = this.svg.parentElement.clientWidth;
    if (!this.width) return;
    this.svg.replaceChildren();
    this.y = 0;
    this.rule();
    if (this.data.activity) this.overall();
    for (const lane of this.data.lanes) this.lane(lane);
    if (this.data.photos.length) this.photos();
    this.marks();
    this.svg.setAttribute("height", this.y);
    this.svg.setAttribute("width", this.width);
    this.edges();
    this.looped = put(this.svg, "rect", { class: "watch-loop", y: 0, height: this.y, width: 0 });
    this.head = put(this.svg, "g", { class: "watch-head" });
    put(this.head, "line", { y1: 0, y2: this.y });
    put(this.head, "path", { d: "M-5 0h10l-5 8z" });
    this.move();
  }

  row(height) {
    const y = this.y;
    this.y += height;
    return y;
  }

  box(from, until, y, height, css, title) {
    const x = Math.max(-2, this.x(from));
    const right = Math.min(this.width + 2, this.x(until));
    if (right < 0 || x > this.width) return null;
    const facts = { x, y, width: Math.max(LEAST_WIDTH, right - x), height, class: css };
    return told(put(this.svg, "rect", facts), title);
  }

  rule() {
    const y = this.row(ROWS.ruler);
    const seconds = (this.view.until - this.view.from) / 1000;
    const most = this.width / LABEL_PIXELS;
    const step = 1000 * (STEPS.find((one) => seconds / one <= most) ?? STEPS.at(-1));
    const first = Math.ceil(this.view.from / step) * step;
    const lasting = this.data.activity ? null : this.master.span.from;
    for (let t = lasting === null ? first : lasting; t <= this.view.until; t += step) {
      if (t < this.view.from) continue;
      const x = this.x(t);
      put(this.svg, "line", { class: "watch-tick", x1: x, x2: x, y1: y + 15, y2: y + ROWS.ruler });
      const text = lasting !== null ? length((t - lasting) / 1000) : (step < 60e3 ? second(t) : hour(t));
      const anchor = x < LABEL_PIXELS / 2 ? "start" : x > this.width - LABEL_PIXELS / 2 ? "end" : "middle";
      put(this.svg, "text", { class: "watch-hour", x, y: y + 12, "text-anchor": anchor }, text);
    }
  }

  overall() {
    const y = this.row(ROWS.overall);
    const { activity, gaps, interruptions } = this.data;
    if (activity.arrived !== null) {
      const until = activity.left ?? this.master.span.until;
      this.box(activity.arrived, until, y + 4, 8, "watch-covered", this.say("overall"));
    }
    for (const gap of gaps) {
      const css = gap.explained ? "watch-gap watch-gap-explained" : "watch-gap watch-gap-unexplained";
      const lasts = length((gap.end - gap.start) / 1000);
      this.box(gap.start, gap.end, y + 1, 14, css, `${gap.title} ${second(gap.start)}–${second(gap.end)}（${lasts}）`);
    }
    for (const stop of interruptions) {
      this.box(stop.start, stop.end ?? this.view.until, y + 14, 2, "watch-stop", stop.title);
    }
  }

  lane(lane) {
    const y = this.row(ROWS.lane);
    put(this.svg, "rect", { class: "watch-ground", x: 0, y: y + 2, width: this.width, height: ROWS.lane - 4 });
    for (const one of lane.segments) {
      const css = `watch-segment watch-segment-${one.kind}${one.seen ? "" : " watch-segment-locked"}`;
      const title = `${one.number} ${moment(one.start)}–${second(one.end)}`;
      const box = this.box(one.start, one.end, y + 4, ROWS.lane - 8, css, title);
      if (box) box.dataset.segment = one.number;
      for (const finding of one.findings) {
        const from = one.start + finding.start * 1000;
        const until = one.start + (finding.end ?? finding.start) * 1000;
        const found = `${finding.title} ${length(finding.start)}`;
        this.box(from, until, y + ROWS.lane - 11, 6, `watch-finding mark-${finding.colour}`, found);
      }
    }
  }

  photos() {
    const y = this.row(ROWS.photos);
    for (const photo of this.data.photos) {
      const x = this.x(photo.start);
      if (x < 0 || x > this.width) continue;
      const shape = put(this.svg, "g", { class: "watch-photo", "data-at": photo.start });
      put(shape, "rect", { x: x - 7, y: y + 5, width: 14, height: 11, rx: 2 });
      put(shape, "circle", { cx: x, cy: y + 10.5, r: 3 });
      told(shape, `${photo.number} ${moment(photo.start)} ${photo.who}`);
    }
  }

  marks() {
    const y = this.row(ROWS.marks);
    for (const mark of this.data.marks) {
      const from = this.startOf(mark);
      if (from === null) continue;
      const t = from + mark.start * 1000;
      const shape = put(this.svg, "g", { class: "watch-mark", "data-at": t });
      if (mark.end !== null) {
        const wide = Math.max(LEAST_WIDTH, this.x(from + mark.end * 1000) - this.x(t));
        put(shape, "rect", { x: this.x(t), y: y + 15, width: wide, height: 3 });
      }
      put(shape, "path", { d: `M${this.x(t)} ${y + 18}l-6 -9a6 6 0 1 1 12 0z` });
      told(shape, `${this.data.nameOf(mark)} ${exact(mark.start)} ${mark.note} ${mark.by}`);
    }
  }

  startOf(mark) {
    const all = this.data.lanes.flatMap((lane) => lane.segments);
    return (all.find((one) => one.number === mark.recording) ?? { start: null }).start;
  }

  edges() {
    const { activity } = this.data;
    for (const name of ["arrived", "ended", "left"]) {
      const t = activity?.[name] ?? null;
      if (t === null || this.x(t) < 0 || this.x(t) > this.width) continue;
      const line = { class: "watch-edge", x1: this.x(t), x2: this.x(t), y1: ROWS.ruler, y2: this.y };
      told(put(this.svg, "line", line), `${this.say(name)} ${moment(t)}`);
      const isRight = this.x(t) > this.width - 60;
      const label = { class: "watch-edge-label", x: this.x(t) + (isRight ? -4 : 4), y: this.y - 4,
        "text-anchor": isRight ? "end" : "start" };
      put(this.svg, "text", label, `${this.say(name)} ${hour(t)}`);
    }
  }

  move() {
    if (!this.head) return;
    const { t, loop, span } = this.master;
    this.head.setAttribute("transform", `translate(${this.x(t)} 0)`);
    if (loop) {
      this.looped.setAttribute("x", this.x(loop.from));
      this.looped.setAttribute("width", Math.max(1, this.x(loop.until) - this.x(loop.from)));
    } else this.looped.setAttribute("width", 0);
    this.svg.setAttribute("aria-valuemax", Math.round((span.until - span.from) / 1000));
    this.svg.setAttribute("aria-valuenow", Math.round((t - span.from) / 1000));
    this.svg.setAttribute("aria-valuetext", moment(t));
  }

  /** Zoomed in, the playhead stays in sight. */
  follow(t) {
    const { from, until } = this.view;
    if (t < from || t > until) this.look(t - (until - from) * 0.1, until - from);
  }
}
