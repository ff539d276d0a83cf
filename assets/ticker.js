/* The open cases: overdue first, then by time left; never drops one, pages slowly what does not fit. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const LINE_REM = 3.55;
  const TURN_REM = 1.9;
  const TURN_EVERY_S = 12;
  const TOP_SHARE = 0.5; // of the lines stay; the rest page below
  const NEW_MS = 8000;

  let rows = new Map();
  let order = [];
  let page = 0;
  let turnedAt = 0;
  let capacity = 0;
  let home = null;
  const firstSeen = new Map(); // id → time; null for those of the first view

  /* Earliest deadline first puts the most overdue on top; undated ones last, oldest first. */
  function compare(a, b) {
    if (a.deadline_at && b.deadline_at) {
      return Date.parse(a.deadline_at) - Date.parse(b.deadline_at) || (a.id < b.id ? -1 : 1);
    }
    if (a.deadline_at || b.deadline_at) return a.deadline_at ? -1 : 1;
    return Date.parse(a.reported_at) - Date.parse(b.reported_at) || (a.id < b.id ? -1 : 1);
  }

  function take(newRows) {
    const now = yiping.live.now();
    const first = firstSeen.size === 0;
    rows = newRows;
    for (const id of [...firstSeen.keys()]) if (!rows.has(id)) firstSeen.delete(id);
    for (const id of rows.keys()) if (!firstSeen.has(id)) firstSeen.set(id, first ? null : now);
    order = [...rows.values()].sort(compare);
    render();
  }

  function mount(node) {
    home = node;
    new ResizeObserver(measure).observe(node);
    measure();
  }

  function measure() {
    const rem = yiping.rem();
    capacity = Math.max(1, Math.floor(home.clientHeight / (LINE_REM * rem)));
    render();
  }

  /* How the lines are parted: all at once, or a fixed top and pages below a turning line. */
  function layout() {
    if (order.length <= capacity) return { top: order.length, perPage: 0, pages: 1 };
    const usable = Math.max(2, Math.floor((home.clientHeight / yiping.rem() - TURN_REM) / LINE_REM));
    const top = Math.max(1, Math.ceil(usable * TOP_SHARE));
    const perPage = Math.max(1, usable - top);
    return { top, perPage, pages: Math.ceil((order.length - top) / perPage) };
  }

  /* Lines share what is left over, so that the last one ends at the panel's edge. */
  function lineRem(lines, paged) {
    const room = home.clientHeight / yiping.rem() - (paged ? TURN_REM : 0);
    return Math.min(LINE_REM * 1.25, Math.max(LINE_REM, Math.floor((100 * room) / lines) / 100));
  }

  function render() {
    if (!home) return;
    const { top, perPage, pages } = layout();
    if (page >= pages) page = 0;
    const part = (id) => document.getElementById(id);
    fill(part("ticker-top"), order.slice(0, top));
    const start = top + page * perPage;
    fill(part("ticker-rest"), perPage ? order.slice(start, start + perPage) : []);
    const turn = part("ticker-page");
    turn.hidden = !perPage;
    yiping.setText(turn, perPage
      ? yiping.say("ticker.page", { n: order.length - top, page: page + 1, pages }) : "");
    home.style.setProperty("--line", lineRem(perPage ? top + perPage : capacity, perPage > 0) + "rem");
    home.dataset.empty = String(order.length === 0);
    if (!order.length) showEmpty(part("ticker-top"));
    yiping.setText(part("cases-note"), yiping.say("ticker.note", { n: yiping.number(order.length) }));
  }

  function showEmpty(box) {
    const known = yiping.live.get("ticker");
    box.replaceChildren(yiping.el("p", "empty", known ? yiping.say("ticker.empty") : ""));
  }

  /* Lines are kept and rewritten, so that weeks of cases make no garbage of elements. */
  function fill(box, shown) {
    if (box.firstChild && !box.firstChild.parts) box.replaceChildren();
    while (box.children.length > shown.length) box.lastChild.remove();
    shown.forEach((row, index) => {
      const line = box.children[index] || box.appendChild(newLine());
      write(line, row);
    });
  }

  function newLine() {
    const line = yiping.el("article", "line");
    const parts = (line.parts = {
      shape: yiping.el("i", "line-shape"),
      what: yiping.el("b", "line-what"),
      where: yiping.el("span", "line-where"),
      status: yiping.el("span", "line-status"),
      age: yiping.el("span", "line-age"),
      left: yiping.el("span", "line-left"),
    });
    line.append(...Object.values(parts));
    return line;
  }

  function write(line, row) {
    const now = yiping.live.now();
    const light = yiping.caseLight(row, now);
    if (line.dataset.case !== row.id) {
      line.dataset.case = row.id;
      line.classList.remove("line-new");
    }
    const since = firstSeen.get(row.id);
    const fresh = since !== null && since !== undefined && now - since < NEW_MS;
    if (line.classList.contains("line-new") !== fresh) line.classList.toggle("line-new", fresh);
    if (line.dataset.light !== light) line.dataset.light = light;
    const { parts } = line;
    yiping.setText(parts.shape, yiping.shapeOf(row));
    parts.shape.title = yiping.named("urgency", row.urgency);
    yiping.setText(parts.what, yiping.named("category", row.category));
    yiping.setText(parts.where, yiping.localName(row, "place") || yiping.say("ticker.no_place"));
    yiping.setText(parts.status, yiping.named("status", row.status));
    const ageS = (now - Date.parse(row.reported_at)) / 1000;
    yiping.setText(parts.age, ageS < 60
      ? yiping.say("time.now") : yiping.say("time.ago", { age: yiping.duration(ageS) }));
    yiping.setText(parts.left, timeLeft(row, light, now));
  }

  function timeLeft(row, light, now) {
    if (light === "none" && row.status === "suspended") return yiping.say("case_clock.paused");
    if (light === "none") return yiping.say("time.no_limit");
    const age = yiping.duration(Math.abs(Date.parse(row.deadline_at) - now) / 1000);
    return yiping.say(light === "over" ? "time.over" : "time.left", { age });
  }

  function tick() {
    if (!home || document.hidden) return;
    const now = performance.now();
    if (now - turnedAt > TURN_EVERY_S * 1000) {
      turnedAt = now;
      const { pages } = layout();
      page = (page + 1) % pages;
    }
    render();
  }

  yiping.compareCases = compare;
  yiping.live.on("ticker", take);
  yiping.whenPresent("ticker", mount);
  yiping.onLanguage(render);
  setInterval(tick, 1000);
})();
