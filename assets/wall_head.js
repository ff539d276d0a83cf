/* The wall's header: name, clock, and how fresh every source is. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const MOST_SOURCES = 6;

  const part = (id) => document.getElementById(id);

  function showName() {
    const profile = yiping.live.get("profile");
    if (profile) yiping.setText(part("wall-name"), yiping.localName(profile));
  }

  function showClock() {
    const now = yiping.live.now();
    yiping.setText(part("wall-clock"), yiping.time(now));
    yiping.setText(part("wall-date"), yiping.date(now));
  }

  /* A source is late when its last good row is older than it allows itself. */
  function tone(source, ageS) {
    if (source.state === "failed") return "attention";
    if (source.state === "backoff" || source.error) return "warning";
    if (source.stale_after_s && (ageS === null || ageS > source.stale_after_s)) return "warning";
    return "";
  }

  function showSources() {
    const box = part("wall-sources");
    const sources = yiping.live.get("sources");
    if (!box || !sources) return;
    const rank = { attention: 0, warning: 1, "": 2 };
    const lines = sources
      .map((source) => {
        const ageS = source.good_at ? yiping.live.ageS(source.good_at) : null;
        return { source, ageS, tone: tone(source, ageS) };
      })
      .sort((a, b) => rank[a.tone] - rank[b.tone] || a.source.source.localeCompare(b.source.source));
    const shown = lines.length > MOST_SOURCES ? lines.slice(0, MOST_SOURCES - 1) : lines;
    const texts = shown.map(sourceText);
    if (shown.length < lines.length) {
      texts.push([yiping.say("wall.more_sources", { n: lines.length - shown.length }), "", ""]);
    }
    if (!texts.length) texts.push([yiping.say("wall.no_sources"), "", ""]);
    while (box.children.length > texts.length) box.lastChild.remove();
    texts.forEach(([name, age, mood], index) => {
      const line = box.children[index] || box.appendChild(newSource());
      yiping.setText(line.children[0], name);
      yiping.setText(line.children[1], age);
      line.dataset.tone = mood;
    });
  }

  function newSource() {
    const line = yiping.el("span", "source");
    line.append(yiping.el("span"), yiping.el("b"));
    return line;
  }

  function sourceText({ source, ageS, tone: mood }) {
    const age = ageS === null
      ? yiping.say("wall.source_never")
      : yiping.say("time.ago", { age: yiping.age(ageS) });
    const quiet = source.state === "running" || source.state === "waiting";
    const word = quiet ? age : yiping.named("source_state", source.state) + " · " + age;
    return [yiping.named("source", source.source), word, mood];
  }

  function showAll() {
    showName();
    showClock();
    showSources();
  }

  yiping.live.on("profile", showAll);
  yiping.live.on("sources", showSources);
  yiping.whenPresent("wall", showAll);
  yiping.onLanguage(showAll);
  setInterval(() => {
    if (document.hidden || !part("wall")) return;
    showClock();
    showSources();
  }, 1000);
})();
