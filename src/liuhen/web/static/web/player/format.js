// How times and lengths read. Instants are milliseconds since 1970, shown by China's clock.

const CHINA = 8 * 3600e3;
const two = (n) => String(n).padStart(2, "0");

/** 3:07, 1:02:03. */
export function length(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 3:07.480: to the picture. */
export const exact = (seconds) =>
  `${length(seconds)}.${String(Math.floor((seconds % 1) * 1000)).padStart(3, "0")}`;

const iso = (ms) => new Date(ms + CHINA).toISOString();
export const day = (ms) => iso(ms).slice(0, 10);
export const hour = (ms) => iso(ms).slice(11, 16);
export const second = (ms) => iso(ms).slice(11, 19);
export const moment = (ms) => `${day(ms)} ${second(ms)}`;
