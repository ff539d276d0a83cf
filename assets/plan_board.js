/* Plans that run: a band on every page, striped in a drill, and the board on the wall. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  const SETTLED = new Set(["done", "skipped", "unable"]);
  const MARK = { waiting: "○", under_way: "◐", done: "●", skipped: "–", unable: "×" };
  const TURN_EVERY_MS = 15000; // several plans at once take turns on the board
  let tick = 0;

  const part = (id) => document.getElementById(id);
  const runs = () => yiping.live.get("plan_runs") || [];

  function showRibbon() {
    const band = part("plan-ribbon");
    if (!band) return;
    const found = runs();
    const drill = found.some((run) => run.drill);
    band.hidden = !found.length;
    band.dataset.drill = String(drill);
    document.documentElement.dataset.plan = !found.length ? "" : drill ? "drill" : "real";
    const words = found.map((run) =>
      say(run.drill ? "plan_ribbon.drill" : "plan_ribbon.real", { title: yiping.localName(run, "title") }));
    yiping.setText(band, words.join("　｜　"));
  }

  function showBoard() {
    const board = part("plan-board");
    if (!board) return;
    const found = runs();
    board.hidden = !found.length;
    const wall = board.closest(".wall");
    if (wall) wall.dataset.plan = String(Boolean(found.length));
    if (!found.length) return board.replaceChildren();
    const run = found[Math.floor(Date.now() / TURN_EVERY_MS) % found.length];
    board.dataset.drill = String(run.drill);
    board.dataset.run = run.id;
    board.replaceChildren(head(run), facts(run), steps(run), ...missing(run));
  }

  function head(run) {
    const node = el("header", "plan-head");
    node.append(
      el("span", "plan-mode", say(run.drill ? "plan_board.drill" : "plan_board.real")),
      el("h2", "", yiping.localName(run, "title")),
      el("b", "plan-clock", clock((yiping.live.now() - Date.parse(run.started_at)) / 1000)));
    return node;
  }

  function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const two = (value) => String(value).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    return (hours ? hours + ":" : "") + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
  }

  function facts(run) {
    const settled = run.steps.filter((step) => SETTLED.has(step.state)).length;
    const node = el("p", "plan-facts");
    const place = yiping.localName(run, "place");
    const words = [place, say("plan_board.progress", { done: settled, n: run.steps.length })];
    node.append(el("span", "", words.filter(Boolean).join(" · ")), el("span", "plan-second", second(run)));
    node.lastChild.dataset.state = run.confirmation;
    return node;
  }

  function second(run) {
    if (run.confirmation !== "waiting") return say("plan_board." + run.confirmation);
    const left = (Date.parse(run.confirm_by) - yiping.live.now()) / 1000;
    return say("plan_board.waiting", { left: clock(left) });
  }

  function steps(run) {
    const list = el("ol", "plan-steps");
    list.style.setProperty("--steps", run.steps.length);
    for (const step of run.steps) list.append(line(step));
    return list;
  }

  function line(step) {
    const node = el("li", "plan-step");
    const left = (Date.parse(step.due_at) - yiping.live.now()) / 1000;
    node.dataset.state = step.state;
    node.dataset.step = step.id;
    node.dataset.late = String(!SETTLED.has(step.state) && left < 0);
    node.append(
      el("i", "plan-mark", MARK[step.state]),
      el("b", "plan-what", yiping.localName(step, "title")),
      el("span", "plan-role", yiping.named("plan_role", step.role) + " ×" + step.people),
      el("span", "plan-left", SETTLED.has(step.state)
        ? yiping.named("plan_step_state", step.state)
        : say(left < 0 ? "time.over" : "time.left", { age: clock(Math.abs(left)) })));
    return node;
  }

  function missing(run) {
    if (!run.shortfalls.length) return [];
    const words = run.shortfalls.map((one) => {
      const about = yiping.named("plan_role", one.subject);
      const known = about !== one.subject ? about + " " : "";
      return known + yiping.named("plan_shortfall", one.code) + (one.n > 1 ? " " + one.n : "");
    });
    const shown = [...new Set(words)];
    return [el("p", "plan-missing", say("plan_board.missing", { what: shown.join(say("list.comma")) }))];
  }

  function renewDesk() {
    if (!part("plan-run-body") || !window.dash_clientside || !window.dash_clientside.set_props) return;
    tick += 1;
    window.dash_clientside.set_props("plan-run-tick", { data: tick });
  }

  /* Timers of the desk's board: the server writes when each is due. */
  function tickDesk() {
    for (const node of document.querySelectorAll("[data-plan-due]")) {
      const left = (Date.parse(node.dataset.planDue) - yiping.live.now()) / 1000;
      node.dataset.late = String(left < 0);
      yiping.setText(node, say(left < 0 ? "time.over" : "time.left", { age: clock(Math.abs(left)) }));
    }
    for (const node of document.querySelectorAll("[data-plan-since]")) {
      yiping.setText(node, clock((yiping.live.now() - Date.parse(node.dataset.planSince)) / 1000));
    }
  }

  function show() {
    showRibbon();
    showBoard();
  }

  yiping.live.on("plan_runs", () => {
    show();
    renewDesk();
  });
  yiping.whenPresent("plan-ribbon", show);
  yiping.whenPresent("plan-board", show);
  yiping.onLanguage(show);
  setInterval(() => {
    if (document.hidden) return;
    showBoard();
    tickDesk();
  }, 1000);
})();
