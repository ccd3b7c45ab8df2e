// One lane's picture: the element that plays, which of the lane's recordings is in it, and how
// far it is from where the common clock wants it.

import { post } from "./talk.js";

const SEEK_BEYOND = 0.35; // seconds: farther off is sought, nearer is caught up with by speed
const SLACK = 0.04; // seconds: one picture; nobody sees less
const MOST_HURRY = 0.12; // of the speed
export const UNKNOWN = 1000; // milliseconds: a recording of unknown length can be opened within these
const FASTEST = 16; // what Chromium plays at most
const PATIENCE = 3; // how often a source that fails is opened anew

export class Deck {
  /** `tile`: holds the media element and its message. `hooks`: say, blame, opened(segment). */
  constructor(lane, tile, hooks) {
    this.lane = lane;
    this.tile = tile;
    this.media = tile.querySelector(".player-media");
    this.message = tile.querySelector("[data-message]");
    this.hooks = hooks;
    this.segment = null;
    this.shownAt = null; // the time stamp of the picture that is seen, where the browser tells
    this.failures = 0;
    this.isShown = true;
    this.media.addEventListener("error", () => this.failed());
    this.media.addEventListener("durationchange", () => this.measured());
    this.media.addEventListener("seeking", () => { this.shownAt = null; });
    this.watchPictures();
  }

  watchPictures() {
    const noted = (_now, picture) => {
      this.shownAt = picture.mediaTime;
      this.media.requestVideoFrameCallback(noted);
    };
    this.media.requestVideoFrameCallback?.(noted);
  }

  /** The lane's recording at that instant: of two, the one that began later. */
  segmentAt(t) {
    const holds = (one) => one.start <= t && t < Math.max(one.end, one.start + UNKNOWN);
    return this.lane.segments.findLast(holds) ?? null;
  }

  /** Of a file that states no length, the browser finds it out. */
  measured() {
    const { segment, media } = this;
    if (!segment || segment.isLengthKnown || !Number.isFinite(media.duration)) return;
    segment.end = segment.start + media.duration * 1000;
    segment.isLengthKnown = true;
    this.hooks.lengthened();
  }

  get isReady() {
    return this.segment !== null && this.media.readyState >= 2 && !this.media.seeking;
  }

  /** Seconds into the recording of the picture that is seen. */
  get place() {
    const { media } = this;
    const isFresh = this.shownAt !== null && Math.abs(this.shownAt - media.currentTime) < 0.5;
    return isFresh ? this.shownAt : media.currentTime;
  }

  /** Where the common clock is by this deck. */
  get instant() {
    const { segment, media } = this;
    return media.ended ? segment.end : segment.start + media.currentTime * 1000;
  }

  /** Have what the lane recorded at `t` in the element. */
  choose(t) {
    const wanted = this.segmentAt(t);
    if (wanted === this.segment && this.hasChosen) return;
    this.hasChosen = true;
    if (this.segment !== null) this.clear();
    this.segment = wanted;
    this.failures = 0;
    this.tile.classList.toggle("watch-tile-empty", wanted === null);
    if (wanted === null) this.tell("nothing");
    else if (!wanted.seen) this.tell("locked");
    else if (!wanted.plays) this.offer(wanted, this.hooks.say("noGrant"));
    else this.load(wanted, (t - wanted.start) / 1000);
  }

  async load(segment, at) {
    this.tell("opening");
    try {
      segment.opened ??= post(segment.open);
      const opened = await segment.opened;
      this.hooks.opened(segment, opened);
      if (this.segment !== segment) return;
      if (!opened.source) { this.tell(opened.playback); return; }
      this.put(opened.source, at);
      this.tell(segment.kind === "audio" ? "sound" : "");
    } catch (wrong) {
      segment.opened = undefined;
      if (this.segment !== segment) return;
      if (wrong.code === "access.no_grant") {
        this.offer(segment, wrong.message);
        return;
      }
      this.tell("failed");
      this.hooks.blame(wrong);
    }
  }

  /** To know of a recording is not to play it: why not, and the way to ask for it. */
  offer(segment, why) {
    this.tell("noGrant");
    const [box, words, way] = ["div", "p", "a"].map((name) => document.createElement(name));
    words.textContent = why;
    way.href = segment.ask;
    way.className = "btn btn-sm btn-primary";
    way.textContent = this.hooks.say("ask");
    box.append(words, way);
    this.message.replaceChildren(box);
  }

  put(source, at) {
    const { media } = this;
    if (media.getAttribute("src") === source) return;
    media.src = source;
    media.currentTime = at;
  }

  clear() {
    this.media.pause();
    this.media.removeAttribute("src");
    this.media.load();
    this.shownAt = null;
  }

  /** A ticket ends after hours; a new one is a new look, and in the log. */
  failed() {
    const { segment } = this;
    if (!segment || !this.media.getAttribute("src")) return;
    this.failures += 1;
    const at = this.media.currentTime;
    segment.opened = undefined;
    this.media.removeAttribute("src");
    if (this.failures < PATIENCE) this.load(segment, at);
    else this.tell("failed");
  }

  tell(key) {
    const known = { original: "", rendition: "", not_playable: "notPlayable" };
    const name = known[key] ?? key;
    this.message.textContent = name ? this.hooks.say(name) : "";
    this.message.hidden = !name;
    this.message.dataset.state = key;
  }

  /** As the leader: at its own pace. */
  lead(rate) {
    this.pace(rate);
    this.run();
  }

  /** Towards `t`, by speed where it is near, by seeking where it is far. */
  follow(t, rate) {
    const drift = this.media.currentTime - (t - this.segment.start) / 1000;
    if (Math.abs(drift) > SEEK_BEYOND * Math.max(1, rate)) {
      if (!this.media.seeking) this.media.currentTime = (t - this.segment.start) / 1000;
      this.pace(rate);
    } else {
      const hurry = Math.abs(drift) < SLACK ? 0 : Math.max(-MOST_HURRY, Math.min(MOST_HURRY, drift));
      this.pace(rate * (1 - hurry));
    }
    this.run();
  }

  pace(rate) {
    const wanted = Math.min(FASTEST, rate);
    if (Math.abs(this.media.playbackRate - wanted) > 0.005) this.media.playbackRate = wanted;
  }

  run() {
    if (this.media.paused && !this.media.ended) this.media.play().catch(() => this.hooks.stopped());
  }

  /** Stand at `t` to the picture. */
  rest(t) {
    if (!this.media.paused) this.media.pause();
    if (this.segment && this.media.readyState >= 1) this.seek((t - this.segment.start) / 1000);
  }

  seek(seconds) {
    if (Math.abs(this.media.currentTime - seconds) > 0.002) this.media.currentTime = Math.max(0, seconds);
  }

  pause() {
    if (!this.media.paused) this.media.pause();
  }
}
