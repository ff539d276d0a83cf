/* Runs the desk pages: filters in the address, the list's keys and live renewal, theme, print. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const RENEW_MS = 1000; // at most one renewal a second, however fast the events come
  const TYPING_MS = 250;
  const CLOCK_MS = 10000;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const words = yiping.say;

  /* ---- theme: light unless the reader chose dark ---- */
  function showTheme(theme) {
    root.dataset.theme = theme;
    if (yiping.forgetSprites) yiping.forgetSprites();
  }
  function storedTheme() {
    try { return localStorage.getItem("yiping-theme"); } catch (error) { return null; }
  }
  showTheme(storedTheme() === "dark" ? "dark" : "light");
  function switchTheme() {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("yiping-theme", theme); } catch (error) { /* private window */ }
    showTheme(theme);
  }

  // Paper is light, whatever the screen shows.
  addEventListener("beforeprint", () => showTheme("light"));
  addEventListener("afterprint", () => showTheme(storedTheme() === "dark" ? "dark" : "light"));

  /* A case opened by its own link may belong to another community than the address names. */
  yiping.whenPresent("page", (node) => {
    yiping.timezone = node.dataset.timezone || yiping.timezone;
    const community = node.dataset.community;
    if (community && community !== yiping.community) yiping.live.follow(community);
  });

  /* ---- words of times in the list ---- */
  const grid = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const now = () => yiping.live.now();
  grid.deskLight = function (params) {
    const row = params.data;
    return row && !row.finished && !row.paused && yiping.caseLight ? yiping.caseLight(row, now()) : "none";
  };
  grid.deskTime = function (params) {
    const row = params.data;
    if (!row) return "…";
    if (row.finished) return finishedWords(row);
    if (row.paused) return words("case_clock.paused");
    if (!row.deadline_at) return words("time.no_limit");
    const leftS = (Date.parse(row.deadline_at) - now()) / 1000;
    return words(leftS < 0 ? "time.over" : "time.left", { age: yiping.duration(Math.abs(leftS)) });
  };
  grid.deskMoment = (params) => (params.value ? moment(params.value) : "");
  grid.deskAge = function (params) {
    const row = params.data;
    if (!row) return "";
    const until = row.finished ? (row.closed_at ? Date.parse(row.closed_at) : null) : now();
    return until === null ? "" : yiping.duration((until - Date.parse(row.reported_at)) / 1000);
  };
  function finishedWords(row) {
    if (!row.deadline_at || !row.closed_at) return words("desk.finished");
    const late = Date.parse(row.closed_at) > Date.parse(row.deadline_at);
    return words(late ? "desk.finished_late" : "desk.finished_on_time");
  }
  /* hh:mm today, mm-dd hh:mm this year, the whole date before. */
  function moment(at) {
    const day = yiping.dayKey(at);
    const today = yiping.dayKey(now());
    if (day === today) return yiping.time(at);
    return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) + " " + yiping.time(at) : day;
  }

  /* ---- filters: the address is their only memory ---- */
  const NAMES = ["community", "status", "category", "area", "q"];
  let filters = {};
  function readAddress() {
    const query = new URLSearchParams(location.search);
    filters = {};
    for (const name of NAMES) filters[name] = query.get(name) || "";
    filters.community = filters.community || yiping.community;
    filters.status = filters.status || "open";
  }
  function addressQuery() {
    const query = new URLSearchParams();
    for (const name of NAMES) {
      if (filters[name] && !(name === "status" && filters.status === "open")) query.set(name, filters[name]);
    }
    return "?" + query;
  }
  function change(some) {
    Object.assign(filters, some);
    history.replaceState(history.state, "", location.pathname + addressQuery());
    for (const button of document.querySelectorAll("#desk-segments [data-group]")) {
      button.setAttribute("aria-pressed", String(button.dataset.group === filters.status));
    }
    const narrowed = filters.q || filters.category || filters.area || filters.status !== "open";
    if (byId("desk-clear")) byId("desk-clear").hidden = !narrowed;
    setProps("desk-filters", { data: { ...filters } });
    if (api) api.purgeInfiniteCache();
  }
  function clearFilters() {
    for (const id of ["desk-status", "desk-category", "desk-area"]) byId(id).value = "";
    setProps("desk-search", { value: "" });
    change({ status: "open", category: "", area: "", q: "" });
  }
  function choiceChanged(select) {
    if (select.id === "desk-status") change({ status: select.value || "open" });
    if (select.id === "desk-category") change({ category: select.value });
    if (select.id === "desk-area") change({ area: select.value });
    if (select.id === "community-choice") {
      const path = location.pathname.startsWith("/cases/") ? "/" : location.pathname;
      location.assign(path + "?community=" + encodeURIComponent(select.value));
    }
  }
  function groupChosen(group) {
    byId("desk-status").value = "";
    change({ status: group });
  }
  for (const id of ["desk-status", "desk-category", "desk-area", "community-choice"]) {
    yiping.whenPresent(id, (node) => { node.value = node.dataset.chosen || ""; });
  }
  let typing = null;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "desk-search") return;
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: event.target.value.trim() }), TYPING_MS);
  });
  document.addEventListener("change", (event) => choiceChanged(event.target));
  document.addEventListener("submit", (event) => {
    if (!("goes" in event.target.dataset)) event.preventDefault(); // scripts send all other forms
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.dataset.group) groupChosen(button.dataset.group);
    else if (button.id === "desk-clear") clearFilters();
    else if (button.id === "theme-switch") switchTheme();
    else if (button.id === "case-print") window.print();
  });

  /* ---- the list: choosing, moving, opening ---- */
  let api = null;
  let chosen = null;
  yiping.whenPresent("desk-list", () => {
    readAddress();
    api = null;
    chosen = sessionStorage.getItem("yiping-case"); // coming back from its page
    window.dash_ag_grid.getApiAsync("desk-list").then((ready) => {
      api = ready;
      if (chosen) setProps("desk-selected", { data: chosen });
      api.addEventListener("rowClicked", (event) => event.data && choose(event.data));
      api.addEventListener("rowDoubleClicked", openCase);
      api.addEventListener("gridSizeChanged", (event) => fit(event.clientWidth));
      fit(byId("desk-list").clientWidth);
    });
  });
  const NARROW = [[760, ["age"]], [640, ["title"]], [520, ["reported"]], [430, ["status"]]];
  const PHONE = [["urgency", 36], ["due", 122], ["category", 98]];
  function fit(width) {
    for (const [below, columns] of NARROW) api.setColumnsVisible(columns, width >= below);
    if (width < 430) api.setColumnWidths(PHONE.map(([key, newWidth]) => ({ key, newWidth })));
  }
  grid.deskChosen = (params) => Boolean(params.data) && params.data.id === chosen;
  function mark(id) {
    const before = chosen && api.getRowNode(chosen);
    chosen = id;
    const nodes = [before, id && api.getRowNode(id)].filter(Boolean);
    if (nodes.length) api.redrawRows({ rowNodes: nodes });
    setProps("desk-selected", { data: id });
  }
  function choose(row) {
    if (row.id === chosen) return;
    mark(row.id);
    sessionStorage.setItem("yiping-case", chosen);
    if (window.innerWidth <= 900) byId("desk-details").scrollIntoView({ block: "nearest" });
    centre(row);
  }
  /* The details stand beside the list, so the map only centres and rings the place. */
  let ring = null;
  function centre(row) {
    const map = yiping.oneMap && yiping.oneMap.leaflet();
    if (ring) ring.remove();
    ring = null;
    if (!map || row.lon === null || row.lat === null || !yiping.mapData.origin()) return;
    yiping.oneMap.show(row.id, row.lon, row.lat);
    yiping.mapCard.close();
    const style = { radius: 16, weight: 3, color: yiping.token("focus"), fill: false, interactive: false };
    ring = window.L.circleMarker([row.lat, row.lon], style).addTo(map);
  }
  function drop() {
    sessionStorage.removeItem("yiping-case");
    centre({ lon: null });
    mark(null);
  }
  function move(step) {
    const current = chosen ? api.getRowNode(chosen) : null;
    const known = current && current.data ? current.rowIndex : -1;
    const index = known < 0 ? 0 : Math.max(0, known + step);
    const node = api.getDisplayedRowAtIndex(index);
    if (!node || !node.data) return;
    choose(node.data);
    api.ensureIndexVisible(index);
  }
  function openCase() {
    if (chosen) location.assign("/cases/" + encodeURIComponent(chosen) + addressQuery());
  }
  const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (!api || event.ctrlKey || event.metaKey || event.altKey || !byId("desk-list")) return;
    const search = event.target.id === "desk-search";
    if (search) return searchKey(event);
    if (event.target.closest("select, input, textarea, .leaflet-container")) return;
    if (event.key in MOVES) move(MOVES[event.key]);
    else if (event.key === "/") byId("desk-search").focus();
    else if (event.key === "Escape") drop();
    else if (event.key === "Enter" && !event.target.closest("a, button")) openCase();
    else return;
    event.preventDefault();
  });
  function searchKey(event) {
    if (event.key === "Escape") {
      setProps("desk-search", { value: "" });
      if (filters.q) change({ q: "" });
      event.target.blur();
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      event.target.blur();
      move(0);
    }
  }

  /* ---- renewal: a commit wakes it, never a timer; only a small number goes to the server ---- */
  let tick = 0;
  let waiting = null;
  let renewedAt = 0;
  let lastFigures = null;
  function renew() {
    waiting = null;
    renewedAt = Date.now();
    tick += 1;
    if (byId("desk-list") && api) {
      api.refreshInfiniteCache();
      if (chosen) setProps("desk-tick", { data: tick });
    }
    if (byId("health")) setProps("health-tick", { data: { tick, community: yiping.community } });
  }
  function renewSoon() {
    if (waiting === null) waiting = setTimeout(renew, Math.max(50, RENEW_MS - (Date.now() - renewedAt)));
  }
  yiping.live.on("ticker", (_rows, patch) => { if (patch && byId("desk-list")) renewSoon(); });
  yiping.live.on("figures", (figures) => {
    const seen = JSON.stringify(figures);
    if (lastFigures !== null && seen !== lastFigures && byId("desk-list")) renewSoon();
    lastFigures = seen;
  });
  yiping.live.on("sources", () => { if (byId("health")) renewSoon(); });
  yiping.live.on("profile", () => { if (api) api.refreshCells({ force: true }); });
  yiping.onLanguage(() => location.reload());

  /* Times count on between two readings, without asking the server. */
  function tellTimes() {
    if (document.hidden) return;
    if (api && byId("desk-list")) api.refreshCells({ columns: ["urgency", "due", "age"], force: true });
    for (const node of document.querySelectorAll("[data-since]")) {
      yiping.setText(node, words("time.ago", { age: yiping.age(yiping.live.ageS(node.dataset.since)) }));
    }
  }
  setInterval(tellTimes, CLOCK_MS);
})();
