/* The desk's list of alarms by keys: J and K choose a line, the letter on a button presses it. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  let chosen = null; // alarm id

  const rows = () => [...document.querySelectorAll("#alarm-desk-body .alarm-row")];
  const row = () => rows().find((one) => one.dataset.alarm === chosen) || rows()[0];

  function mark() {
    const shown = row();
    for (const one of rows()) {
      const value = String(one === shown);
      if (one.dataset.chosen !== value) one.dataset.chosen = value;
    }
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(row()) + by;
    if (!all[at]) return;
    chosen = all[at].dataset.alarm;
    mark();
    all[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!rows().length || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const control = [...row().querySelectorAll("[data-alarm-key]")].find(
      (one) => one.dataset.alarmKey === key && one.offsetParent !== null);
    if (!control) return;
    event.preventDefault();
    if (control.matches("summary")) {
      control.parentElement.open = true;
      control.parentElement.querySelector("input").focus();
    } else control.click();
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest && event.target.closest("#alarm-desk-body .alarm-row");
    if (!pressed) return;
    chosen = pressed.dataset.alarm;
    mark();
  });

  // The small picture of a detection is fetched when it is opened, for each look is audited.
  document.addEventListener("toggle", (event) => {
    const picture = event.target.open && event.target.querySelector(":scope > img[data-src]");
    if (picture && !picture.src) picture.src = picture.dataset.src;
  }, true);

  new MutationObserver(mark).observe(document.documentElement, { childList: true, subtree: true });
})();
