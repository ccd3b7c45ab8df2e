// Places where something was heard: each is listened to and confirmed by a person, or left.

import { exact } from "./format.js";
import { post } from "./talk.js";

const AGAIN = 3000; // milliseconds until the server is asked again
const SAME = 3; // seconds: a mark so near says the same

export class Speech {
  constructor(root, data, master, marking, { say, notice }) {
    this.button = root.querySelector("[data-listen]");
    if (!this.button) return;
    Object.assign(this, { root, data, master, marking, say, notice, heard: new Map() });
    this.state = root.querySelector("[data-heard-state]");
    this.list = root.querySelector("[data-heard]");
    this.button.addEventListener("click", () => this.ask("1"));
    this.list.addEventListener("click", (event) => this.clicked(event));
    root.querySelector("a[href='#watch-speech']").addEventListener("shown.bs.tab", () => this.look());
    master.addEventListener("playing", () => this.show());
    this.show();
  }

  get segment() { return this.master.current?.segment ?? null; }

  look() {
    if (this.segment && !this.heard.has(this.segment)) this.ask("");
  }

  async ask(ask) {
    const { segment } = this;
    if (!segment?.opened) { this.notice.show(this.say("noFilm"), true); return; }
    try {
      const { ticket } = await segment.opened;
      const said = await post(segment.speech, { ticket, ask });
      this.heard.set(segment, said);
      this.show();
      if (said.state === "listening") setTimeout(() => this.root.isConnected && this.ask(""), AGAIN);
    } catch (wrong) { this.notice.blame(wrong); }
  }

  show() {
    const said = this.heard.get(this.segment);
    const found = (said?.proposals ?? []).filter((one) => !this.isMarked(one));
    this.button.hidden = said?.state === "listening" || said?.state === "heard";
    const key = { listening: "listening", heard: found.length ? null : "heardNothing" }[said?.state];
    this.state.textContent = said?.state === "failed" ? said.why
      : key === null ? "" : this.say(key ?? "notListened");
    this.list.replaceChildren(...found.map((one) => this.row(one)));
  }

  isMarked(one) {
    return this.data.marks.some((mark) => mark.recording === this.segment.number
      && mark.kind === one.kind && Math.abs(mark.start - one.start) < SAME);
  }

  row(one) {
    const line = this.root.querySelector("[data-heard-row]").content.firstElementChild.cloneNode(true);
    line.proposal = one;
    line.querySelector("[data-at-text]").textContent = exact(one.start);
    line.querySelector("[data-name]").textContent = this.nameOf(one);
    line.querySelector("[data-score]").textContent = `${Math.round(one.score * 100)}%`;
    line.querySelector("[data-more]").textContent = one.heard;
    return line;
  }

  nameOf(one) {
    const point = this.data.points.find((each) => each.kind === one.kind && each.code === one.code);
    return one.code && point ? point.text : this.data.kinds[one.kind];
  }

  async clicked(event) {
    const one = event.target.closest(".watch-mark-row")?.proposal;
    if (!one) return;
    const { segment } = this;
    this.master.seek(segment.start + one.start * 1000);
    if (!event.target.closest("[data-confirm]")) return;
    const spot = { segment, start: one.start, end: one.end > one.start ? one.end : null };
    await this.marking.add({ kind: one.kind, code: one.code }, spot);
    this.show();
  }
}
