// The player put together from the data beside it: the same for one recording and for an activity.

import { Deck, UNKNOWN } from "./deck.js";
import { looked } from "./farewell.js";
import { exact, length, moment } from "./format.js";
import { keys } from "./keys.js";
import { Marking } from "./marking.js";
import { Master } from "./master.js";
import { Snapshots } from "./snapshots.js";
import { Speech } from "./speech.js";
import { notices, speaker } from "./talk.js";
import { Timeline } from "./timeline.js";
import { Track } from "./track.js";
import { watermark } from "./watermark.js";

const AT_ONCE = 4;

export function desk(root) {
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const say = speaker(data.words);
  const notice = notices(root.querySelector("[data-notice]"), say);
  const tools = { say, notice };
  const hooks = {
    say,
    blame: notice.blame,
    opened: (segment, said) => {
      looked(said.closing);
      parts.snapshots.known(segment, said.snapshots);
    },
    stopped: () => parts.master.pause(),
    lengthened: () => {
      Object.assign(parts.master.span, spanOf(data));
      parts.timeline.measure();
      parts.timeline.whole();
    },
  };
  const tiles = [...root.querySelectorAll("[data-tile]")];
  const decks = data.lanes.map((lane, n) => new Deck(lane, tiles[n], hooks));
  const parts = { data, decks, master: new Master(decks, spanOf(data)) };
  const { master } = parts;
  parts.timeline = new Timeline(root.querySelector("[data-timeline]"), data, master, say);
  tools.timeline = parts.timeline;
  parts.marking = new Marking(root, data, master, tools);
  parts.snapshots = new Snapshots(root, data, master, tools);
  parts.looping = looping(master, notice, say);
  parts.turns = turns(root, decks, master);
  parts.help = () => root.querySelector("[data-help]").showModal();
  for (const tile of tiles) watermark(tile, data.viewer);
  new Track(root, master, say);
  new Speech(root, data, master, parts.marking, tools);
  controls(root, parts, say, notice);
  keys(root, parts);
  if (data.opened) begin(parts);
  parts.timeline.draw();
  return parts;
}

/** A recording opened by itself plays at once. */
function begin({ data, decks, master }) {
  decks[0].lane.segments[0].opened = data.opened;
  master.seek(master.span.from);
  master.play();
}

function spanOf(data) {
  const segments = data.lanes.flatMap((lane) => lane.segments);
  const { arrived, left } = data.activity ?? {};
  const known = [...segments.flatMap((one) => [one.start, Math.max(one.end, one.start + UNKNOWN)]), arrived, left,
    ...data.photos.map((photo) => photo.start)].filter((t) => Number.isFinite(t));
  const span = { from: Math.min(...known), until: Math.max(...known) };
  const isAmong = Number.isFinite(arrived) && segments.some((one) => one.end > arrived);
  return { ...span, start: isAmong ? arrived : span.from };
}

function looping(master, notice, say) {
  let first = null;
  const at = (t) => moment(t).slice(11);
  return {
    from() {
      first = master.t;
      notice.show(say("loopFrom", { at: at(first) }));
    },
    until() {
      const from = first ?? master.span.from;
      if (master.t - from < 100) return;
      master.setLoop({ from, until: master.t });
      notice.show(say("loop", { from: at(from), until: at(master.t) }));
      master.play();
    },
    off() {
      first = null;
      master.setLoop(null);
      notice.show(say("loopOff"));
    },
  };
}

/** Which pictures are seen, which is the main one: it is heard, marked and taken pictures of. */
function turns(root, decks, master) {
  const heads = [...root.querySelectorAll("[data-lane]")];
  const stage = root.querySelector("[data-stage]");
  const volume = root.querySelector("[data-volume]");

  function choose(deck) {
    if (!deck) return;
    if (!deck.isShown) shown(decks.indexOf(deck), true);
    master.main = deck;
    show();
  }

  function shown(n, isShown) {
    decks[n].isShown = isShown;
    if (!isShown) decks[n].pause();
    const seen = decks.filter((deck) => deck.isShown);
    if (seen.length > AT_ONCE) {
      const other = seen.find((deck) => deck !== decks[n] && deck !== master.main);
      other.isShown = false;
      other.pause();
    }
    if (!master.main?.isShown) master.main = decks.find((deck) => deck.isShown) ?? decks[n];
    show();
  }

  function show() {
    const seen = decks.filter((deck) => deck.isShown).length;
    stage.dataset.count = seen;
    for (const [n, deck] of decks.entries()) {
      deck.tile.hidden = !deck.isShown;
      const isMain = deck === master.main;
      deck.tile.classList.toggle("watch-tile-main", isMain && decks.length > 1);
      deck.media.muted = !isMain;
      deck.media.volume = Number(volume.value);
      heads[n]?.classList.toggle("watch-lane-main", isMain);
      const box = heads[n]?.querySelector("[data-shown]");
      if (box) box.checked = deck.isShown;
    }
  }

  for (const [n, deck] of decks.entries()) {
    deck.tile.addEventListener("click", () => {
      if (master.main === deck) master.toggle();
      else choose(deck);
    });
    heads[n]?.querySelector("[data-main]")?.addEventListener("click", () => choose(deck));
    heads[n]?.querySelector("[data-shown]")?.addEventListener("change", (event) => shown(n, event.target.checked));
    deck.isShown = n < AT_ONCE;
  }
  volume.addEventListener("input", show);
  show();
  return {
    next() {
      const seen = decks.filter((deck) => deck.isShown);
      choose(seen[(seen.indexOf(master.main) + 1) % seen.length]);
    },
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else stage.requestFullscreen?.();
    },
  };
}

function controls(root, parts, say, notice) {
  const { master, marking, snapshots, looping: loop, timeline } = parts;
  const speed = root.querySelector("[data-speed]");
  const acts = {
    toggle: () => master.toggle(),
    back: () => master.skip(-10),
    on: () => master.skip(10),
    "frame-back": () => master.step(-1),
    "frame-on": () => master.step(1),
    mark: () => marking.open(),
    snapshot: () => snapshots.take(),
    "loop-from": () => loop.from(),
    "loop-until": () => loop.until(),
    "loop-off": () => loop.off(),
    "zoom-in": () => timeline.zoom(1.5),
    "zoom-out": () => timeline.zoom(1 / 1.5),
    "zoom-all": () => timeline.whole(),
    full: () => parts.turns.full(),
    help: parts.help,
  };
  root.addEventListener("click", (event) => {
    acts[event.target.closest("[data-act]")?.dataset.act]?.();
    const place = event.target.closest("[data-go]");
    if (place) master.seek(Number(place.dataset.go));
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    // A button pressed by the pointer gives the keys back: the space bar must not press it again.
    const isTyped = event.detail === 0 || event.target.closest("input, select, dialog, [data-palette]");
    if (!isTyped && !marking.isOpen) timeline.svg.focus({ preventScroll: true });
  });
  speed.addEventListener("change", () => master.setRate(Number(speed.value)));
  root.querySelector("[data-skip-holes]")?.addEventListener("change", (event) => {
    master.skipsHoles = event.target.checked;
  });
  follow(root, master, speed, say, notice);
}

/** Show what the clock does. */
function follow(root, master, speed, say, notice) {
  const icon = root.querySelector("[data-act=toggle] .ti");
  const position = root.querySelector("[data-position]");
  const wall = root.querySelector("[data-wall-clock]");
  const back = root.querySelector("[data-reverse]");
  const show = () => {
    const { current, span, t } = master;
    const whole = length((span.until - span.from) / 1000);
    position.textContent = current ? exact((t - current.segment.start) / 1000) : `${length((t - span.from) / 1000)} / ${whole}`;
    wall.textContent = moment(t);
  };
  master.addEventListener("time", show);
  master.addEventListener("playing", () => {
    icon.classList.toggle("ti-player-pause", master.isPlaying);
    icon.classList.toggle("ti-player-play", !master.isPlaying);
    root.classList.toggle("watch-playing", master.isPlaying);
    back.hidden = !master.isReversed;
    back.textContent = say("reverse", { rate: master.rate });
    show();
  });
  master.addEventListener("rate", () => {
    speed.value = String(master.rate);
    back.textContent = say("reverse", { rate: master.rate });
  });
  const off = root.querySelector("[data-act=loop-off]");
  master.addEventListener("loop", () => { off.hidden = master.loop === null; });
  master.addEventListener("skipped", () => {
    notice.show(say("skipped", { length: length(master.skipped / 1000) }));
  });
  master.addEventListener("end", () => notice.show(say("end")));
  show();
}
