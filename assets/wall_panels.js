/* The lower panels: progress, seven days, zones, categories, latest events, notices. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  const ROW_REM = 1.9;

  const part = (id) => document.getElementById(id);
  const fits = (box) => Math.max(1, Math.floor(box.clientHeight / (ROW_REM * yiping.rem())));

  function empty(box, code) {
    box.replaceChildren(el("p", "empty", say(code)));
  }

  /* A row: name, quiet bar, number; the late part of the bar and of the number is coloured. */
  function barRow(name, value, late, most) {
    const row = el("div", "bar-row");
    const bar = el("span", "bar");
    const whole = el("i");
    whole.style.width = share(value, most);
    bar.append(whole);
    if (late) {
      const part = el("i", "late");
      part.style.width = share(late, most);
      bar.append(part);
    }
    row.append(el("span", "bar-name", name), bar, el("b", "bar-n", yiping.number(value)));
    row.append(el("span", "bar-late", late ? say("wall.overdue_n", { n: late }) : ""));
    return row;
  }
  const share = (value, most) => (most ? Math.max(value ? 2 : 0, (100 * value) / most) : 0) + "%";
  const most = (rows, key) => Math.max(1, ...rows.map((row) => row[key]));

  function bars(box, rows, code) {
    if (!rows.length) return empty(box, code);
    const top = Math.max(1, ...rows.map((row) => row.value));
    box.replaceChildren(
      ...rows.slice(0, fits(box)).map((row) => barRow(row.name, row.value, row.late, top)));
  }

  function showProgress(summary) {
    const box = part("wall-status");
    const rows = summary.by_status.filter((row) => row.n > 0);
    rows.sort((a, b) => b.n - a.n);
    const room = fits(box);
    const shown = rows.length > room ? rows.slice(0, room - 1) : rows;
    const rest = rows.slice(shown.length).reduce((sum, row) => sum + row.n, 0);
    const lines = shown.map((row) => ({ name: yiping.named("status", row.status), value: row.n, late: 0 }));
    if (rest) lines.push({ name: say("wall.other"), value: rest, late: 0 });
    bars(box, lines, "wall.no_progress");
    const all = rows.reduce((sum, row) => sum + row.n, 0);
    yiping.setText(part("status-note"), all ? say("wall.unfinished", { n: yiping.number(all) }) : "");
  }

  function showZones(summary) {
    const rows = summary.by_zone.map((row) => ({
      name: yiping.localName(row) || say("wall.no_zone"), value: row.open, late: row.overdue }));
    bars(part("wall-zones"), rows, "wall.no_zones");
  }

  function showCategories(summary) {
    const rows = summary.by_category.map((row) => ({
      name: yiping.named("category", row.category), value: row.n, late: row.overdue }));
    bars(part("wall-categories"), rows, "wall.no_categories");
  }

  /* Two quiet bars a day, new and closed, with their numbers: a chart one can also read. */
  function showDays(summary) {
    const box = part("wall-days");
    const days = summary.by_day;
    const sum = (key) => days.reduce((total, day) => total + day[key], 0);
    showKey(part("days-note"), days.length ? { new: sum("new"), closed: sum("closed") } : {});
    if (!days.length || sum("new") + sum("closed") === 0) return empty(box, "wall.no_days");
    const top = Math.max(most(days, "new"), most(days, "closed"));
    const chart = el("div", "days");
    for (const day of days) chart.append(dayColumn(day, top));
    box.replaceChildren(chart);
  }

  /* The note is the key of the chart too: a swatch, its word, its sum. */
  function showKey(note, sums) {
    const parts = Object.entries(sums).flatMap(([key, sum]) => [
      el("i", "swatch " + key),
      el("span", "", say("wall." + key) + " " + yiping.number(sum)),
    ]);
    note.replaceChildren(...parts);
  }

  function dayColumn(day, top) {
    const column = el("div", "day");
    const pair = el("div", "day-bars");
    for (const key of ["new", "closed"]) {
      const stick = el("span", "stick " + key);
      const bar = el("i");
      bar.style.height = `calc((100% - 1.2rem) * ${day[key] / top})`;
      stick.append(el("em", "", String(day[key])), bar);
      pair.append(stick);
    }
    const today = day.date.slice(0, 10) === yiping.dayKey(yiping.live.now());
    const name = today ? say("wall.today") : String(Number(day.date.slice(8, 10)));
    column.append(pair, el("span", "day-name", name));
    return column;
  }

  function textRow(first, second, right, tone) {
    const row = el("div", "text-row" + (tone ? " tone-" + tone : ""));
    row.append(el("b", "", first), el("span", "text-where", second), el("span", "text-right", right));
    return row;
  }

  function showRecent(summary) {
    const box = part("wall-recent");
    if (!summary.recent.length) return empty(box, "wall.no_recent");
    const now = yiping.live.now();
    box.replaceChildren(...summary.recent.slice(0, fits(box)).map((row) => textRow(
      yiping.named("category", row.category) + " · " + yiping.named("status", row.status),
      yiping.localName(row, "place"),
      yiping.moment(row.at, now))));
  }

  function showNotices(notices) {
    const box = part("wall-notices");
    if (!notices.length) return empty(box, "wall.no_notices");
    const now = yiping.live.now();
    const room = fits(box);
    box.replaceChildren(...notices.slice(0, room).map((notice) => textRow(
      yiping.named("notice", notice.kind),
      yiping.localName(notice, "title"),
      notice.expires_at ? say("wall.until", { time: yiping.moment(notice.expires_at, now) }) : yiping.moment(notice.published_at, now))));
    yiping.setText(part("notices-note"), say("wall.unfinished", { n: notices.length }));
  }

  function show() {
    if (!part("wall")) return;
    const summary = yiping.live.get("summary");
    const notices = yiping.live.get("notices");
    if (summary) {
      for (const paint of [showProgress, showDays, showZones, showCategories, showRecent]) paint(summary);
      const note = summary.by_zone.length || summary.by_category.length ? say("wall.open_overdue") : "";
      yiping.setText(part("zones-note"), summary.by_zone.length ? note : "");
      yiping.setText(part("categories-note"), summary.by_category.length ? note : "");
    }
    if (notices) showNotices(notices);
  }

  yiping.live.on("summary", show);
  yiping.live.on("notices", show);
  yiping.live.on("profile", show);
  yiping.whenPresent("wall", (node) => {
    new ResizeObserver(show).observe(node);
    show();
  });
  yiping.onLanguage(show);
})();
