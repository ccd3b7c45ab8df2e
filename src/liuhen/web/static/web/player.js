// The bar below the browser's own player: timeline with findings, speed, frames, keys.
(() => {
  "use strict";
  const SKIP = 10;
  const ready = new WeakSet();

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (n) => String(n).padStart(2, "0");
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };

  function setUp(player) {
    if (ready.has(player)) return;
    ready.add(player);
    const media = player.querySelector(".player-media");
    const timeline = player.querySelector("[data-timeline]");
    const length = () => media.duration || Number(timeline?.dataset.duration) || 0;

    player.addEventListener("click", (event) => {
      const of = (selector) => event.target.closest(selector);
      if (of("[data-skip]")) skip(media, Number(of("[data-skip]").dataset.skip));
      if (of("[data-frame]")) step(media, player, Number(of("[data-frame]").dataset.frame));
      if (of("[data-toggle-play]")) toggle(media);
      if (of("[data-timeline]")) {
        const box = timeline.getBoundingClientRect();
        media.currentTime = ((event.clientX - box.left) / box.width) * length();
      }
    });
    player.querySelector("[data-speed]").addEventListener("change", (event) => {
      media.playbackRate = Number(event.target.value);
    });
    media.addEventListener("timeupdate", () => show(player, media, timeline, length()));
    const icon = player.querySelector("[data-toggle-play] .ti");
    media.addEventListener("play", () => icon.classList.replace("ti-player-play", "ti-player-pause"));
    media.addEventListener("pause", () => icon.classList.replace("ti-player-pause", "ti-player-play"));
    media.focus({ preventScroll: true });
  }

  function show(player, media, timeline, length) {
    const at = media.currentTime;
    player.querySelector("[data-position]").textContent = `${clock(at)} / ${clock(length)}`;
    const when = new Date(Number(player.dataset.startsAt) + at * 1000 + 8 * 3600e3);
    player.querySelector("[data-wall-clock]").textContent =
      when.toISOString().slice(0, 19).replace("T", " ");
    timeline?.querySelector(".timeline-played").setAttribute("width", length ? (at / length) * 1000 : 0);
  }

  const skip = (media, seconds) => { media.currentTime = Math.max(0, media.currentTime + seconds); };
  const toggle = (media) => (media.paused ? media.play() : media.pause());
  const step = (media, player, frames) => {
    media.pause();
    skip(media, frames / (Number(player.dataset.frameRate) || 25));
  };

  const KEYS = {
    " ": toggle,
    k: toggle,
    j: (media) => skip(media, -SKIP),
    l: (media) => skip(media, SKIP),
    ArrowLeft: (media) => skip(media, -5),
    ArrowRight: (media) => skip(media, 5),
    ",": (media, player) => step(media, player, -1),
    ".": (media, player) => step(media, player, 1),
  };

  const TYPED_INTO = "textarea, select, input:not([type=checkbox], [type=radio])";

  document.addEventListener("keydown", (event) => {
    const player = document.querySelector("[data-player]");
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!player || !act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPED_INTO)) return;
    if (event.key === " " && event.target.closest("button, a, input")) return;
    event.preventDefault();
    event.stopPropagation();
    act(player.querySelector(".player-media"), player);
  }, true);

  // A finding's place in the list below seeks too, once the player is open.
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-seek]");
    const media = document.querySelector("[data-player] .player-media");
    if (!place || !media) return;
    media.currentTime = Number(place.dataset.seek);
    media.scrollIntoView({ block: "center", behavior: "smooth" });
  });

  const look = () => document.querySelectorAll("[data-player]").forEach(setUp);
  document.addEventListener("htmx:afterSwap", look);
  look();
})();
