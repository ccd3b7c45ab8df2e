// A sound's loudness over time, drawn from waveform.json; a click goes there.
(() => {
  "use strict";
  const drawn = new WeakSet();

  async function setUp(canvas) {
    if (drawn.has(canvas)) return;
    drawn.add(canvas);
    const answer = await fetch(canvas.dataset.waveform);
    if (!answer.ok) { canvas.hidden = true; return; }
    const wave = await answer.json();
    const root = canvas.closest("[data-watch]");
    const media = root.querySelector(".player-media");
    const draw = () => paint(canvas, wave, media);
    media.addEventListener("timeupdate", draw);
    new ResizeObserver(draw).observe(canvas);
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      const seconds = ((event.clientX - box.left) / box.width) * (media.duration || wave.duration);
      const { master } = root.player;
      master.seek(master.span.from + seconds * 1000);
    });
  }

  function paint(canvas, wave, media) {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const scale = window.devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const played = (media.currentTime / (media.duration || wave.duration || 1)) * width;
    for (let x = 0; x < width; x += 2) {
      const first = Math.floor((x / width) * wave.peaks.length);
      const last = Math.max(first + 1, Math.floor(((x + 2) / width) * wave.peaks.length));
      let peak = 0;
      for (let i = first; i < last; i += 1) peak = Math.max(peak, wave.peaks[i] ?? 0);
      const tall = Math.max(1, peak * height * 0.92);
      pen.fillStyle = x < played ? "#4dabf7" : "#5b6b82";
      pen.fillRect(x, (height - tall) / 2, 1.4, tall);
    }
  }

  const look = () => document.querySelectorAll("[data-waveform]").forEach(setUp);
  document.addEventListener("htmx:afterSwap", look);
  look();
})();
