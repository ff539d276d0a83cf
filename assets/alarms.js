/* Alarms from the pushed view: the wall's panel, the desk's bell, and the tick that renews the desk's list. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const MOST_LINES = 5; // of the panel; the rest is counted, and the desk lists all
  const SHAPES = { urgent: "▲", hazard: "■", ordinary: "●" }; // as the cases' shapes
  const say = yiping.say;
  const el = yiping.el;
  const part = (id) => document.getElementById(id);
  let home = null;
  let tick = 0;
  let triesLeft = 0;

  const view = () => yiping.live.get("alarms");

  /* ---- the wall ---- */
  function showPanel() {
    const found = view();
    if (!home) return;
    const lines = part("alarms-lines");
    home.dataset.state = !found ? "unknown" : found.unacknowledged ? "alarm" : found.n ? "taken" : "quiet";
    showNote(found);
    showFlood(found);
    if (!found) return lines.replaceChildren();
    const shown = found.flood ? found.groups.map(groupLine) : found.rows.map(alarmLine);
    const room = shown.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES;
    const more = shown.length - room;
    lines.replaceChildren(...shown.slice(0, room));
    if (more > 0) lines.append(el("p", "alarm-more", say("alarms.more", { n: more })));
  }

  function showNote(found) {
    const words = [];
    if (found && found.n) words.push(say("alarms.note", { unack: found.unacknowledged, n: found.n }));
    else if (found) words.push(say("alarms.none"));
    if (found && found.shelved) words.push(say("alarms.shelved", { n: found.shelved }));
    yiping.setText(part("alarms-note"), words.join(" · "));
  }

  function showFlood(found) {
    const box = part("alarms-flood");
    box.hidden = !(found && found.flood);
    yiping.setText(box, box.hidden ? "" : say("alarms.flood", { n: found.recent }));
  }

  function line(row, what, state, count) {
    const now = yiping.live.now();
    const node = el("article", "alarm-line");
    node.dataset.urgency = row.urgency;
    const ageS = (now - Date.parse(row.first_at)) / 1000;
    node.append(
      el("i", "alarm-shape", SHAPES[row.urgency]),
      el("b", "alarm-what", what),
      el("span", "alarm-where", yiping.localName(row, "place") || say("alarms.no_place")),
      el("span", "alarm-state", state),
      el("span", "alarm-age", ageS < 60 ? say("time.now") : yiping.duration(ageS)));
    if (count > 1) node.lastChild.title = say("alarms.signals", { n: count });
    return node;
  }

  function alarmLine(row) {
    const node = line(row, yiping.named("alarm_kind", row.kind), yiping.named("alarm_state", row.state), row.signals);
    node.dataset.alarm = row.id;
    node.dataset.state = row.state;
    return node;
  }

  function groupLine(group) {
    const what = say("alarms.group", { kind: yiping.named("alarm_kind", group.kind), n: group.n });
    const node = line(group, what, say("alarms.unacknowledged", { n: group.unacknowledged }), group.n);
    node.dataset.state = group.unacknowledged ? "active_unack" : "active_ack";
    return node;
  }

  /* ---- the desk ---- */
  function showBell() {
    const bell = part("alarm-bell");
    if (!bell) return;
    const found = view();
    const lost = yiping.live.state().state !== "live";
    const open = found ? found.unacknowledged : 0;
    bell.dataset.state = !found || lost ? "unknown" : open ? "alarm" : "quiet";
    const words = !found || lost ? say("alarms.unknown") : open ? say("alarms.bell", { n: open }) : say("alarms.bell_quiet");
    yiping.setText(bell, words);
  }

  function renewDesk() {
    if (!part("alarm-desk-body") || !window.dash_clientside || !window.dash_clientside.set_props) return;
    tick += 1;
    window.dash_clientside.set_props("alarm-desk-tick", { data: tick });
  }

  /* Dash loses what is set while a page is still being put in place: ask again, at most twice a view. */
  function renewIfBehind() {
    const found = view();
    if (!found || triesLeft === 0 || !part("alarm-desk-body")) return;
    const behind = found.rows.some((row) => {
      const shown = document.querySelector('.alarm-row[data-alarm="' + row.id + '"]');
      return !shown || shown.dataset.state !== row.state;
    });
    if (!behind) return;
    triesLeft -= 1;
    renewDesk();
  }

  function show() {
    showPanel();
    showBell();
  }

  yiping.live.on("alarms", () => {
    show();
    triesLeft = 2;
    renewDesk();
  });
  yiping.live.onState(showBell);
  yiping.whenPresent("alarms-panel", (node) => {
    home = node;
    show();
  });
  yiping.whenPresent("alarm-bell", showBell);
  yiping.onLanguage(show);
  setInterval(() => { if (!document.hidden) showPanel(); }, 10000); // ages
  setInterval(renewIfBehind, 4000);
})();
