// Tells the register, when the page is left, how long a recording was open.

import { token } from "./talk.js";

const looks = new Set();

/** `url`: where the end of this look is told; null or undefined: nothing was looked at. */
export function looked(url) {
  if (url) looks.add(url);
}

addEventListener("pagehide", () => {
  for (const url of looks) {
    navigator.sendBeacon(url, new URLSearchParams({ csrfmiddlewaretoken: token() }));
  }
  looks.clear();
});
