// Shows the server's time and, as a code a device can film, the same instant. Picture and digits
// change together, and both vanish when the server is silent: a stale code must not be filmed.
(() => {
  "use strict";
  const EVERY_MS = 1000;
  const LATE_MS = 700; // an answer that took longer says an instant that is past
  const box = document.getElementById("clock");
  const [day, time, code] = ["day", "time", "code"].map((name) => box.querySelector(`.clock-${name}`));
  const inChina = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", ...options });
  const days = inChina({ dateStyle: "full" });
  const times = inChina({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

  async function renew() {
    const asked = performance.now();
    try {
      const answer = await fetch(box.dataset.code, { cache: "no-store", headers: { "X-Liuhen-Polling": "1" } });
      const picture = await answer.text();
      const ms = Number(answer.headers.get("X-Liuhen-Time"));
      if (!answer.ok || !ms || performance.now() - asked > LATE_MS) throw new Error("late");
      code.innerHTML = picture;
      day.textContent = days.format(ms);
      time.textContent = times.format(ms);
      said(false);
    } catch {
      said(true);
    }
    setTimeout(renew, Math.max(0, EVERY_MS - (performance.now() - asked)));
  }

  function said(isStopped) {
    box.classList.toggle("clock-stopped", isStopped);
    box.querySelector(".clock-problem").hidden = !isStopped;
  }

  renew();
})();
