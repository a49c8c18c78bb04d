// Time left, counted on by the server's clock: the same words as huiyin.ui.words.left_words.
(() => {
  const body = () => document.body.dataset.at;
  let ahead = 0;
  function span(minutes, short) {
    const d = Math.floor(minutes / 1440), h = Math.floor((minutes % 1440) / 60), m = minutes % 60;
    const w = huiyin.words;
    if (d) return h && !short && d < 10 ? w(`${d} 天 ${h} 小时`, `${d} d ${h} h`) : w(`${d} 天`, `${d} d`);
    if (h) return m && !short ? w(`${h} 小时 ${m} 分`, `${h} h ${m} min`) : w(`${h} 小时`, `${h} h`);
    return w(`${m} 分`, `${m} min`);
  }
  function left(due, now, short) {
    const apart = due - now;
    if (Math.abs(apart) < 60000) return huiyin.words("现在到期", "due now");
    const said = span(Math.floor(Math.abs(apart) / 60000), short);
    return apart > 0 ? huiyin.words(`还剩 ${said}`, `${said} left`) : huiyin.words(`迟 ${said}`, `${said} late`);
  }
  function tick() {
    const now = Date.now() + ahead;
    for (const element of document.querySelectorAll("time[data-due]")) {
      const due = Date.parse(element.dateTime);
      if (Number.isNaN(due)) continue;
      element.textContent = left(due, now, element.dataset.due === "short");
      const kind = due <= now ? "late" : due - now <= 4 * 3600000 ? "soon" : "calm";
      for (const one of ["late", "soon", "calm"]) element.classList.toggle(`is-${one}`, one === kind);
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (body()) ahead = Date.parse(body()) - Date.now();
    setInterval(tick, 30000);
  });
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  huiyin.left = left;
})();
