// Marks: the palette with its number keys, the list, and the points the regulation asks for.

import { exact } from "./format.js";
import { post } from "./talk.js";

export class Marking {
  constructor(root, data, master, tools) {
    Object.assign(this, { root, data, master, ...tools });
    this.palette = root.querySelector("[data-palette]");
    this.note = root.querySelector("[data-note]");
    this.list = root.querySelector("[data-marks]");
    this.points = root.querySelector("[data-points]");
    data.nameOf = (mark) => this.nameOf(mark);
    this.palette?.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-kind]");
      if (chosen) this.add({ kind: chosen.dataset.kind });
    });
    this.palette?.addEventListener("keydown", (event) => this.typed(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.points?.addEventListener("click", (event) => this.clicked(event));
    this.show();
  }

  nameOf(mark) {
    const point = mark.shows && this.data.points.find((one) => one.id === mark.shows);
    const isListed = mark.kind === "opening_point" || mark.kind === "shot_point";
    return point && (isListed || mark.shows === "notice/others") ? point.text : this.data.kinds[mark.kind];
  }

  open() {
    if (!this.palette || !this.data.mayMark) return;
    if (!this.master.current) { this.notice.show(this.say("noFilm"), true); return; }
    this.palette.hidden = false;
    this.palette.querySelector("[data-kind]").focus();
    this.held = this.spot();
    this.palette.querySelector("[data-spot]").textContent = this.held.end
      ? `${exact(this.held.start)} – ${exact(this.held.end)}` : exact(this.held.start);
  }

  close() {
    if (!this.isOpen) return;
    this.palette.hidden = true;
    this.held = null;
    this.note.value = "";
    this.root.querySelector("[data-timeline]").focus({ preventScroll: true });
  }

  get isOpen() { return this.palette !== null && !this.palette.hidden; }

  /** Where the picture stands; the loop, where one is set within this recording. */
  spot() {
    const { segment, at } = this.master.current;
    const { loop } = this.master;
    if (loop && loop.from >= segment.start && loop.until <= segment.end + 1000) {
      const seconds = (t) => (t - segment.start) / 1000;
      return { segment, start: seconds(loop.from), end: seconds(loop.until) };
    }
    return { segment, start: at, end: null };
  }

  typed(event) {
    event.stopPropagation();
    if (event.key === "Escape") this.close();
    if (event.key === "Enter" && event.target === this.note) {
      event.preventDefault();
      this.add({ kind: "other" });
    }
    const quick = event.target === this.note ? null : this.data.quick[Number(event.key) - 1];
    if (quick) {
      event.preventDefault();
      this.add({ kind: quick });
    }
  }

  async add(fields, given = null) {
    const spot = given ?? this.held ?? (this.master.current && this.spot());
    if (!spot) { this.notice.show(this.say("noFilm"), true); return; }
    const sent = { ...fields, start: spot.start.toFixed(3), note: this.isOpen ? this.note.value : "" };
    if (spot.end) sent.end = spot.end.toFixed(3);
    try {
      const { mark } = await post(spot.segment.mark, sent);
      this.data.marks.push(mark);
      this.close();
      this.changed();
      this.notice.show(this.say("marked", { kind: this.nameOf(mark), at: exact(mark.start) }));
    } catch (wrong) {
      this.close();
      this.notice.blame(wrong);
    }
  }

  async remove(mark) {
    if (!window.confirm(this.say("unmark", { kind: this.nameOf(mark) }))) return;
    const segment = this.segmentOf(mark);
    try {
      await post(`${segment.mark}/${mark.pk}/remove`);
      this.data.marks.splice(this.data.marks.indexOf(mark), 1);
      this.changed();
      this.notice.show(this.say("unmarked"));
    } catch (wrong) { this.notice.blame(wrong); }
  }

  changed() {
    this.show();
    this.timeline.draw();
  }

  segmentOf(mark) {
    return this.data.lanes.flatMap((lane) => lane.segments).find((one) => one.number === mark.recording);
  }

  instantOf(mark) {
    const segment = this.segmentOf(mark);
    return segment ? segment.start + mark.start * 1000 : null;
  }

  get inOrder() {
    const placed = this.data.marks.filter((mark) => this.segmentOf(mark));
    return placed.sort((a, b) => this.instantOf(a) - this.instantOf(b));
  }

  clicked(event) {
    const row = event.target.closest("[data-mark]");
    const mark = row && this.data.marks.find((one) => one.pk === Number(row.dataset.mark));
    if (mark && event.target.closest("[data-remove]")) this.remove(mark);
    else if (mark) this.master.seek(this.instantOf(mark));
    const point = event.target.closest("[data-point]");
    if (point && !mark) this.press(this.data.points.find((one) => one.id === point.dataset.point));
  }

  press(point) {
    if (this.data.mayMark) this.add({ kind: point.kind, code: point.code });
  }

  /** The mark before or after the playhead. */
  jump(direction) {
    const { t } = this.master;
    const beyond = this.inOrder.filter((mark) => (this.instantOf(mark) - t) * direction > 200);
    const next = direction > 0 ? beyond[0] : beyond.at(-1);
    if (next) this.master.seek(this.instantOf(next));
  }

  show() {
    const rows = this.inOrder.map((mark) => this.row(mark));
    this.list.replaceChildren(...(rows.length ? rows : [this.plain(this.say("noMarks"))]));
    for (const count of this.root.querySelectorAll("[data-mark-count]")) count.textContent = rows.length;
    if (this.points) this.check();
  }

  plain(text) {
    const line = document.createElement("div");
    line.className = "list-group-item text-secondary";
    line.textContent = text;
    return line;
  }

  row(mark) {
    const line = this.root.querySelector("[data-mark-row]").content.firstElementChild.cloneNode(true);
    line.dataset.mark = mark.pk;
    line.querySelector("[data-at-text]").textContent =
      mark.end === null ? exact(mark.start) : `${exact(mark.start)} – ${exact(mark.end)}`;
    line.querySelector("[data-name]").textContent = this.nameOf(mark);
    line.querySelector("[data-more]").textContent = [mark.note, mark.by].filter(Boolean).join(" · ");
    line.querySelector("[data-remove]").hidden = !mark.mayRemove;
    return line;
  }

  /** A point is green where a mark shows it or an officer has said so. */
  check() {
    let left = 0;
    for (const row of this.points.querySelectorAll("[data-point]")) {
      const point = this.data.points.find((one) => one.id === row.dataset.point);
      const mark = this.inOrder.find((one) => one.shows === point.id);
      const isKept = Boolean(mark || point.ticked);
      left += isKept ? 0 : 1;
      row.classList.toggle("watch-point-kept", isKept);
      row.setAttribute("aria-pressed", isKept);
      const by = mark ? this.say("shownBy", { by: mark.by, at: exact(mark.start) })
        : point.ticked && this.say("tickedBy", { by: point.ticked });
      row.querySelector("[data-kept]").textContent = by || "";
    }
    for (const count of this.root.querySelectorAll("[data-point-count]")) count.textContent = left;
  }
}
