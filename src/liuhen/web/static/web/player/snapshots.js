// Single pictures: taken on the server from the original, shown here under the watermark.

import { exact } from "./format.js";
import { post } from "./talk.js";
import { watermark } from "./watermark.js";

export class Snapshots {
  constructor(root, data, master, tools) {
    Object.assign(this, { root, data, master, ...tools });
    this.list = root.querySelector("[data-snapshots]");
    this.taken = [];
    this.large = root.querySelector("[data-large]");
    this.large.addEventListener("click", () => this.large.close());
    watermark(this.large.querySelector("[data-large-tile]"), data.viewer);
    this.list.addEventListener("click", (event) => {
      const figure = event.target.closest("[data-sha]");
      if (figure) this.enlarge(this.taken.find((one) => one.sha256 === figure.dataset.sha));
    });
    this.show();
  }

  /** What was taken of a recording that has just been opened. */
  known(segment, pictures) {
    for (const one of pictures) this.keep({ ...one, segment });
    this.show();
  }

  keep(picture) {
    this.taken = this.taken.filter((one) => one.sha256 !== picture.sha256);
    this.taken.push(picture);
  }

  async take() {
    const { current } = this.master;
    if (!this.data.mayMark || this.isTaking) return;
    if (current?.segment.kind !== "video") { this.notice.show(this.say("noFilm"), true); return; }
    const { segment, at } = current;
    this.isTaking = true;
    this.notice.show(this.say("snapping"));
    try {
      const { ticket } = await segment.opened;
      const { snapshot } = await post(segment.snapshot, { seconds: at.toFixed(6), ticket });
      this.keep({ ...snapshot, segment });
      this.show();
      this.notice.show(this.say("snapped"));
    } catch (wrong) { this.notice.blame(wrong); }
    this.isTaking = false;
  }

  show() {
    const order = this.taken.sort((a, b) => this.instantOf(a) - this.instantOf(b));
    const figures = order.map((one) => this.figure(one));
    if (figures.length) this.list.replaceChildren(...figures);
    else this.list.textContent = this.say("noSnapshots");
    for (const count of this.root.querySelectorAll("[data-snapshot-count]")) count.textContent = figures.length;
  }

  instantOf(one) { return one.segment.start + one.seconds * 1000; }

  figure(one) {
    const made = this.root.querySelector("[data-snapshot-row]").content.firstElementChild.cloneNode(true);
    made.dataset.sha = one.sha256;
    const image = made.querySelector("img");
    if (one.url) image.src = one.url;
    else image.replaceWith(this.say("lost"));
    made.querySelector("[data-at-text]").textContent = `${one.segment.number} ${exact(one.seconds)}`;
    made.querySelector("[data-more]").textContent = `${one.by} ${one.at}`;
    return made;
  }

  enlarge(one) {
    this.master.pause();
    this.master.seek(this.instantOf(one));
    if (!one.url) return;
    this.large.querySelector("img").src = one.url;
    this.large.querySelector("[data-large-text]").textContent =
      `${one.segment.number} ${exact(one.seconds)} · SHA-256 ${one.sha256}`;
    this.large.showModal();
  }
}
