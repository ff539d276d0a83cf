/* Sends the forms and buttons of the set-up pages whole, one wish at a time, and waits for the answer. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const CONFIRM_MS = 4000;
  const ANSWER_MS = 20000;
  const page = () => document.querySelector("[data-setup-page]");
  const isMap = () => page() && page().dataset.setupPage === "map";

  let seq = 0;
  let waiting = null; // {seq, timer} of the wish that has no answer yet; the map's only
  const queue = [];

  /* ---- one wish after another: a later one must not make Dash drop the answer of an earlier ---- */
  function send(wish) {
    const home = page();
    if (!home) return;
    seq += 1;
    const request = { ...wish, seq, community: home.dataset.community, page: home.dataset.setupPage };
    if (isMap()) {
      if (yiping.setup.complete) yiping.setup.complete(request);
      queue.push(request);
      next();
    } else {
      window.dash_clientside.set_props("setup-request", { data: request });
    }
  }
  function next() {
    if (waiting || !queue.length) return;
    const request = queue.shift();
    waiting = { seq: request.seq, timer: setTimeout(() => answered(request.seq, true), ANSWER_MS) };
    busy(true);
    window.dash_clientside.set_props("setup-map-request", { data: request });
  }
  function answered(number, late) {
    if (!waiting || waiting.seq !== number) return;
    clearTimeout(waiting.timer);
    waiting = null;
    busy(false);
    if (late) say(yiping.say("setup.no_answer"));
    next();
  }
  function busy(on) {
    const home = page();
    if (home) home.dataset.busy = String(on);
  }
  function say(words) {
    const box = document.getElementById("setup-map-notice");
    if (!box) return;
    const line = yiping.el("div", "setup-notice setup-refused", words);
    line.setAttribute("role", "alert");
    box.replaceChildren(line);
  }

  yiping.setup = { send, answered, complete: null };

  /* ---- forms ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-setup='form']")) return;
    event.preventDefault();
    const pressed = event.submitter || form.querySelector("[data-action]");
    if (!pressed || !confirmed(pressed)) return;
    send({ ...about(form), action: pressed.dataset.action, values: valuesOf(form) });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button || !page()) return;
    if (button.dataset.switch) {
      button.setAttribute("aria-checked", String(button.getAttribute("aria-checked") !== "true"));
    } else if (button.dataset.setup === "act") {
      send({ ...about(button), action: button.dataset.action, values: {} });
    }
  });
  const about = (node) => ({
    noun: node.dataset.noun || "",
    id: node.dataset.id || "",
    version: node.dataset.version || "",
    kind: node.dataset.kind || "",
  });
  function valuesOf(form) {
    const values = {};
    for (const field of form.querySelectorAll("input[name], textarea[name]")) {
      values[field.name] = field.value;
    }
    for (const choice of form.querySelectorAll("select[data-name]")) {
      values[choice.dataset.name] = choice.value;
    }
    for (const one of form.querySelectorAll("[data-switch]")) {
      const on = one.getAttribute("aria-checked") === "true";
      const name = one.dataset.switch;
      const several = form.querySelectorAll("[data-switch='" + name + "']").length > 1;
      if (several) {
        values[name] = values[name] || [];
        if (on) values[name].push(one.dataset.value);
      } else values[name] = on;
    }
    return values;
  }

  /* What cannot be seen any more asks twice. */
  function confirmed(button) {
    if (!button.dataset.confirm || button.dataset.armed === "true") return true;
    const words = button.textContent;
    button.dataset.armed = "true";
    yiping.setText(button, button.dataset.confirm);
    setTimeout(() => {
      button.dataset.armed = "false";
      yiping.setText(button, words);
    }, CONFIRM_MS);
    return false;
  }

  /* A list shows what is chosen; HTML has no attribute for that which Dash would pass on. */
  function choose() {
    if (!page()) return;
    for (const list of document.querySelectorAll("select.setup-input:not([data-ready])")) {
      list.dataset.ready = "true";
      list.value = list.dataset.chosen || "";
      if (list.selectedIndex < 0) list.selectedIndex = 0;
    }
  }
  new MutationObserver(choose).observe(document.documentElement, { childList: true, subtree: true });
  choose();
})();
