/* Sentences, names, ages and small DOM helpers for every script; the words come from components/wording. */
(function () {
  "use strict";
  const yiping = (window.yiping = window.yiping || {});
  const root = document.documentElement;
  const words = window.yipingWords;
  const languageListeners = [];
  const panels = [];

  yiping.language = root.lang === "en" ? "en" : "zh-CN";
  yiping.screen = root.dataset.screen;
  yiping.community =
    new URLSearchParams(location.search).get("community") || root.dataset.community;

  /* The sentence of a code; {name} places are filled from values, a missing value stays visible. */
  yiping.say = function (code, values) {
    const phrase = words[yiping.language][code];
    if (phrase === undefined) return code;
    return phrase.replace(/\{(\w+)\}/g, (place, name) =>
      values && values[name] !== undefined && values[name] !== null ? String(values[name]) : place);
  };

  /* The word for a code of a word list; a source's own code is shown as it came. */
  yiping.named = function (kind, code) {
    const phrase = words[yiping.language][kind + "." + code];
    return phrase === undefined ? String(code) : phrase;
  };

  yiping.localName = function (row, stem) {
    const name = stem || "name";
    const order = yiping.language === "en" ? ["_en", "_zh"] : ["_zh", "_en"];
    return row[name + order[0]] || row[name + order[1]] || "";
  };

  /* Length of time in at most two units; same rule as components/wording duration(). */
  yiping.duration = function (seconds) {
    const minutes = Math.max(0, Math.floor(seconds / 60));
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60) % 24;
    if (days >= 3 || (days && !hours)) return yiping.say("time.days", { days });
    if (days) return yiping.say("time.days_hours", { days, hours });
    if (hours) {
      return yiping.say("time.hours_minutes", { hours, minutes: String(minutes % 60).padStart(2, "0") });
    }
    return yiping.say("time.minutes", { minutes });
  };

  /* Age with seconds, for what should be fresh. */
  yiping.age = function (seconds) {
    if (seconds < 60) return yiping.say("time.seconds", { seconds: Math.max(0, Math.floor(seconds)) });
    return yiping.duration(seconds);
  };

  /* Local time of the community, whatever zone and clock the screen's computer has. */
  const clocks = new Map();
  function formatter(kind) {
    const zone = yiping.timezone || "Asia/Shanghai";
    const key = kind + zone + yiping.language;
    if (!clocks.has(key)) {
      const parts = {
        time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
        seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
        day: { month: "2-digit", day: "2-digit" },
        date: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
        key: { year: "numeric", month: "2-digit", day: "2-digit" },
      }[kind];
      const locale = kind === "key" ? "en-CA" : yiping.language === "en" ? "en-GB" : "zh-CN";
      clocks.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...parts }));
    }
    return clocks.get(key);
  }
  yiping.time = (at) => formatter("time").format(new Date(at));
  yiping.timeSeconds = (at) => formatter("seconds").format(new Date(at));
  yiping.date = (at) => formatter("date").format(new Date(at));
  yiping.dayKey = (at) => formatter("key").format(new Date(at));
  /* hh:mm today, mm-dd before. */
  yiping.moment = function (at, now) {
    return yiping.dayKey(at) === yiping.dayKey(now)
      ? yiping.time(at)
      : yiping.dayKey(at).slice(5);
  };
  yiping.number = (value) =>
    value === null || value === undefined ? "—" : Number(value).toLocaleString("en-US");

  /* Elements. Text enters the page only through textContent. */
  yiping.el = function (tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  yiping.setText = function (node, text) {
    if (node && node.textContent !== text) node.textContent = text;
  };
  yiping.svg = function (tag, attributes) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    return node;
  };
  yiping.token = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  yiping.rem = () => parseFloat(getComputedStyle(root).fontSize);

  /* Calls mount(node) each time the element with this id appears in the page, now or later. */
  yiping.whenPresent = function (id, mount) {
    panels.push({ id, mount, node: null });
    lookForPanels();
  };
  function lookForPanels() {
    for (const panel of panels) {
      const node = document.getElementById(panel.id);
      if (node === panel.node) continue;
      panel.node = node;
      if (node) panel.mount(node);
    }
  }
  new MutationObserver(lookForPanels).observe(root, { childList: true, subtree: true });

  /* Puts every fixed word of the page in the language of now. */
  yiping.sayAll = function () {
    for (const node of document.querySelectorAll("[data-say]")) {
      yiping.setText(node, yiping.say(node.dataset.say));
    }
  };
  yiping.onLanguage = (listener) => languageListeners.push(listener);
  yiping.setLanguage = function (language) {
    yiping.language = language;
    root.lang = language;
    document.cookie = "lang=" + language + ";path=/;max-age=31536000;samesite=lax";
    yiping.sayAll();
    for (const listener of languageListeners) listener(language);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#language-switch");
    if (button) yiping.setLanguage(yiping.language === "en" ? "zh-CN" : "en");
  });
})();
