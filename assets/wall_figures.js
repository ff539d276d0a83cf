/* The key figures: every number with what stands behind it; what is missing is shown as missing. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const n = yiping.number;
  const TEAM_KINDS = ["grid", "property", "patrol", "volunteer", "partner"];
  const missing = (code) => ["—", say("figure." + code), "missing"];

  /* Each gives [value, note, tone]; tone: "", missing, warning or attention. */
  const FIGURES = {
    households: ({ profile }) => known(profile.households, ""),
    residents: ({ profile }) =>
      known(profile.residents, profile.estates ? say("figure.estates", { n: profile.estates }) : ""),
    buildings: ({ profile }) => profile.buildings
      ? [n(profile.buildings), areas(profile), ""]
      : missing("none_registered"),
    workers: ({ figures }) => figures.workers
      ? [of(figures.workers_on_duty, figures.workers), duty(figures), ""]
      : missing("none_registered"),
    cameras: ({ figures }) => online(
      figures.cameras, figures.cameras_online, figures.cameras_unknown, "figure.unknown", "figure.troubled"),
    devices: ({ figures }) => online(
      figures.devices, figures.devices_online, figures.devices_unknown || 0,
      "figure.devices_unknown", "figure.devices_troubled"),
    open: ({ figures }) => {
      if (figures.due_soon) return [n(figures.open), say("figure.due_soon", { n: n(figures.due_soon) }), "warning-note"];
      return [n(figures.open), figures.undated ? say("figure.undated", { n: n(figures.undated) }) : "", ""];
    },
    overdue: ({ figures }) => {
      if (!figures.overdue) return [n(0), say("figure.none_overdue"), ""];
      return [n(figures.overdue), longest(), "attention"];
    },
    today: ({ figures }) => [n(figures.new_today) + " · " + n(figures.closed_today), "", ""],
    on_time: ({ figures }) => {
      const { rate, n: count, overdue } = figures.on_time;
      if (rate === null) return missing("nothing_due");
      const note = overdue
        ? say("figure.n_parts", { n: n(count), overdue: n(overdue) })
        : say("figure.n", { n: n(count) });
      return [rateText(rate), note, ""];
    },
  };

  /* How many are on duty by kind of team, never who; without a roster how many can be seen. */
  function duty(figures) {
    const kinds = TEAM_KINDS.filter((kind) => (figures.duty || {})[kind] !== undefined);
    if (!kinds.length) return say("figure.located", { n: figures.located });
    return kinds.map((kind) => yiping.named("team_short", kind) + n(figures.duty[kind])).join(" · ");
  }

  const known = (value, note) =>
    value === null || value === undefined ? missing("not_recorded") : [n(value), note, ""];
  const of = (part, whole) => n(part) + " / " + n(whole);
  /* Never rounds up to 100 %: that is said only when nothing was late. */
  const rateText = (rate) =>
    rate === 1 ? "100%" : (Math.floor(rate * 1000) / 10).toFixed(1) + "%";
  const areas = (profile) => profile.zones || profile.grids
    ? say("figure.grids", { zones: profile.zones || 0, grids: profile.grids || 0 }) : "";

  function online(all, up, unknown, unknownCode, troubleCode) {
    if (!all) return missing("none_registered");
    if (unknown >= all) return ["— / " + n(all), say("figure.none_reported"), "missing"];
    const troubled = all - up - unknown;
    const notes = [];
    if (troubled > 0) notes.push(say(troubleCode, { n: n(troubled) }));
    if (unknown > 0) notes.push(say(unknownCode, { n: n(unknown) }));
    return [of(up, all), notes.join(" · "), troubled > 0 ? "warning" : ""];
  }

  function longest() {
    const rows = yiping.live.get("ticker");
    let first = null;
    for (const row of rows ? rows.values() : []) {
      if (row.deadline_at && (first === null || row.deadline_at < first)) first = row.deadline_at;
    }
    if (first === null) return "";
    return say("figure.longest", { age: yiping.duration(Math.max(0, yiping.live.ageS(first))) });
  }

  function show() {
    const box = document.getElementById("wall-figures");
    const data = { profile: yiping.live.get("profile"), figures: yiping.live.get("figures") };
    if (!box) return;
    for (const tile of box.children) {
      const key = tile.dataset.figure;
      const needs = ["households", "residents", "buildings"].includes(key) ? "profile" : "figures";
      if (!data[needs]) continue;
      const [value, note, tone] = FIGURES[key](data);
      yiping.setText(tile.children[1], value);
      yiping.setText(tile.children[2], (tone === "attention" ? "▲ " : "") + note);
      if (tile.dataset.tone !== tone) tile.dataset.tone = tone;
    }
  }

  yiping.live.on("profile", show);
  yiping.live.on("figures", show);
  yiping.whenPresent("wall-figures", show);
  yiping.onLanguage(show);
  setInterval(() => { if (!document.hidden) show(); }, 10000);
})();
