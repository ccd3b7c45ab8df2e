// The common clock. While something plays, the main picture's own clock is the master and the
// others follow; where nothing was recorded the wall clock is.

const LEAST_REVERSE_STEP = 120; // milliseconds between two seeks while playing backwards
const SHORT_HOLE = 2000; // milliseconds: shorter ones are waited out, not jumped
export const SPEEDS = [0.5, 0.75, 1, 1.5, 2, 4, 8, 16];

export class Master extends EventTarget {
  /** `span`: {from, until} of everything, in milliseconds; `start`: where to stand at first. */
  constructor(decks, span) {
    super();
    this.decks = decks;
    this.span = span;
    this.t = span.start ?? span.from;
    this.rate = 1;
    this.isPlaying = false;
    this.isReversed = false;
    this.skipsHoles = true;
    this.loop = null;
    this.main = decks[0] ?? null;
    this.hasBegun = false; // nothing is opened before somebody asks for it
    this.last = null;
    const tick = (now) => { this.tick(now); requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  }

  get shown() { return this.decks.filter((deck) => deck.isShown); }

  /** The deck whose clock counts now: the main picture if it has one at this instant. */
  get leader() {
    const able = this.shown.filter((deck) => deck.segment?.seen && deck.media.getAttribute("src"));
    return able.find((deck) => deck === this.main) ?? able[0] ?? null;
  }

  /** The recording a mark or a picture is of. */
  get current() {
    const deck = this.main?.segment ? this.main : this.leader;
    return deck?.segment ? { deck, segment: deck.segment, at: deck.place } : null;
  }

  tell(name) { this.dispatchEvent(new Event(name)); }

  play() {
    if (this.t >= this.span.until - 1) this.seek(this.span.from);
    this.begin(false);
  }

  begin(isReversed) {
    this.hasBegun = true;
    this.isPlaying = true;
    this.isReversed = isReversed;
    if (isReversed) for (const deck of this.decks) deck.pause();
    this.tell("playing");
  }

  pause() {
    this.isPlaying = false;
    this.isReversed = false;
    for (const deck of this.decks) deck.pause();
    const { leader } = this;
    if (leader?.isReady) this.t = leader.instant;
    this.settle();
    this.tell("playing");
  }

  toggle() { if (this.isPlaying) this.pause(); else this.play(); }

  /** L: forwards, and faster each time. J: backwards, and faster each time. */
  shuttle(direction) {
    const isReversed = direction < 0;
    if (this.isPlaying && this.isReversed === isReversed) {
      this.setRate(SPEEDS[Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.nearest()) + 1)]);
      return;
    }
    this.setRate(1);
    if (isReversed) this.begin(true);
    else this.play();
  }

  nearest() { return SPEEDS.findLast((one) => one <= this.rate) ?? SPEEDS[0]; }

  faster(steps) {
    const at = SPEEDS.indexOf(this.nearest()) + steps;
    this.setRate(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at))]);
  }

  setRate(rate) {
    this.rate = rate;
    this.tell("rate");
  }

  seek(t) {
    this.hasBegun = true;
    this.t = Math.max(this.span.from, Math.min(this.span.until, t));
    for (const deck of this.shown) {
      deck.choose(this.t);
      if (deck.segment && deck.media.readyState >= 1) deck.seek((this.t - deck.segment.start) / 1000);
    }
    this.tell("time");
  }

  skip(seconds) { this.seek(this.t + seconds * 1000); }

  /** One picture on or back, by the rate the examination found. */
  step(pictures) {
    if (this.isPlaying) this.pause();
    const deck = this.leader;
    if (!deck?.segment) { this.skip(pictures / 25); return; }
    const picture = 1 / (deck.segment.frameRate || 25);
    // A third into the picture: its own first instant may round to the one before.
    const at = deck.place + (pictures + 1 / 3) * picture;
    this.seek(deck.segment.start + Math.max(0, at) * 1000);
  }

  setLoop(loop) {
    this.loop = loop;
    this.tell("loop");
  }

  /** While standing, every picture is brought to the clock, once. */
  settle() {
    for (const deck of this.shown) {
      deck.choose(this.t);
      if (deck.segment && deck !== this.leader) deck.rest(this.t);
    }
  }

  tick(now) {
    const passed = this.last === null ? 0 : Math.min(250, now - this.last);
    if (!this.isPlaying) { this.last = now; this.stand(); return; }
    if (this.isReversed) { this.backwards(now); return; }
    this.last = now;
    this.forwards(passed);
    this.bound();
    for (const deck of this.shown) deck.choose(this.t);
    this.tell("time");
  }

  /** A picture that came late, or was switched on, takes its place. */
  stand() {
    if (!this.hasBegun) return;
    for (const deck of this.shown) {
      if (!deck.segment) deck.choose(this.t);
      const { media } = deck;
      if (deck.segment && media.readyState >= 1 && !media.seeking) {
        const off = media.currentTime - (this.t - deck.segment.start) / 1000;
        if (Math.abs(off) > 0.05 && !media.ended) deck.rest(this.t);
      }
    }
  }

  forwards(passed) {
    const { leader } = this;
    if (leader) {
      if (leader.isReady) this.t = leader.media.ended ? leader.segment.end : leader.instant;
      leader.lead(this.rate);
    } else if (!this.isWaiting()) this.cross(passed);
    for (const deck of this.shown) {
      if (deck === leader || !deck.segment || !deck.media.getAttribute("src")) continue;
      if (leader && !leader.isReady) deck.pause();
      else deck.follow(this.t, this.rate);
    }
  }

  /** Some picture is being opened: the clock waits for it. */
  isWaiting() {
    return this.shown.some((deck) => {
      deck.choose(this.t);
      return deck.segment?.seen && deck.segment.opened && deck.message.dataset.state === "opening";
    });
  }

  /** Where nothing was recorded. */
  cross(passed) {
    const starts = this.shown.flatMap((deck) => deck.lane.segments.map((one) => one.start));
    const next = Math.min(...starts.filter((start) => start > this.t));
    if (this.skipsHoles && Number.isFinite(next) && next - this.t > SHORT_HOLE && !this.inSegment()) {
      this.skipped = next - this.t;
      this.t = next;
      this.tell("skipped");
    } else this.t += passed * this.rate;
  }

  inSegment() { return this.shown.some((deck) => deck.segmentAt(this.t) !== null); }

  bound() {
    const { loop, span } = this;
    if (loop && (this.t >= loop.until || this.t < loop.from - 500)) this.seek(loop.from);
    else if (this.t >= span.until) { this.t = span.until; this.pause(); this.tell("end"); }
  }

  backwards(now) {
    const passed = now - this.last;
    if (passed < LEAST_REVERSE_STEP || this.decks.some((deck) => deck.media.seeking)) return;
    this.last = now;
    const floor = this.loop?.from ?? this.span.from;
    this.seek(Math.max(floor, this.t - Math.min(1000, passed) * this.rate));
    if (this.t <= floor) this.pause();
  }
}
