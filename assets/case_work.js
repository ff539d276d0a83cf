/* The case page: a key for every move, drafts that outlive a refresh, who else is looking, live renewal. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const UNDO_MS = 60000;
  const panel = () => document.querySelector("[data-case-version]");
  const drafts = new Map(); // move → what was typed for it
  let caseId = null;
  let also = [];
  let latest = null; // version the server spoke of last
  let asked = null; // version whose display was asked for
  let tick = 0;

  /* ---- keys: one press makes a move, or opens its form ---- */
  document.addEventListener("keydown", (event) => {
    if (!panel() || event.isComposing || event.repeat) return;
    const form = event.target.closest("form[data-door]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) return submit(event, form);
    if (event.key === "Escape") return close(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const control = [...document.querySelectorAll("[data-move-key]")].find(
      (one) => one.dataset.moveKey === event.key.toLowerCase() && one.offsetParent !== null);
    if (!control) return;
    event.preventDefault();
    if (control.matches("summary")) open(control.parentElement);
    else control.click();
  });

  function submit(event, form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-action]"));
  }

  function open(details) {
    for (const other of document.querySelectorAll(".case-move[open]")) other.open = false;
    details.open = true;
    const field = details.querySelector("textarea, input") || details.querySelector("[data-action]");
    if (field) field.focus();
  }

  function close(event) {
    const opened = event.target.closest(".case-move[open]") || document.querySelector(".case-move[open]");
    if (!opened) return;
    opened.open = false;
    opened.querySelector("summary").focus();
    event.preventDefault();
  }

  /* ---- what was typed stays, whatever is shown anew ---- */
  document.addEventListener("input", (event) => {
    const details = event.target.dataset.draft && event.target.closest("[data-move]");
    if (details) drafts.set(details.dataset.move, event.target.value);
  });

  function restore() {
    for (const [move, words] of drafts) {
      const details = document.querySelector('[data-move="' + move + '"]');
      const field = details && details.querySelector("[data-draft]");
      if (!field || field.value || !words) continue;
      field.value = words;
      details.open = true;
    }
  }

  /* ---- what the server says of the case, by the one websocket ---- */
  yiping.live.on("case", (said) => {
    if (!said || said.case !== caseId) return;
    also = said.also;
    latest = said.version;
    showOthers();
    renewIfOld();
  });

  /* One's own move brings the new state with its answer. */
  function renewIfOld() {
    const shown = panel();
    if (!shown || !latest || [shown.dataset.caseVersion, asked].includes(latest)) return;
    if (shown.closest("[data-door-page]").dataset.busy === "true") return;
    asked = latest;
    tick += 1;
    window.dash_clientside.set_props("case-work-tick", { data: tick });
  }

  function showOthers() {
    const line = document.getElementById("case-work-also");
    if (!line) return;
    const who = also.map((one) => yiping.named("role", one.role) + " " + one.label);
    line.hidden = who.length === 0;
    yiping.setText(line, who.length ? yiping.say("case_work.also_open", { who: who.join("、") }) : "");
  }

  /* ---- each time Dash has put something new in place ---- */
  let version = null;
  let notice = null;
  function follow() {
    const shown = panel();
    const id = shown ? shown.dataset.caseId : null;
    if (id !== caseId) {
      caseId = id;
      also = [];
      latest = null;
      drafts.clear();
      yiping.live.look(id || "");
    }
    if (!shown) return;
    noticeChanged();
    if (shown.dataset.caseVersion === version) return;
    version = shown.dataset.caseVersion;
    restore();
    showOthers();
  }

  function noticeChanged() {
    const box = document.getElementById("case-work-notice");
    const said = box && box.firstElementChild;
    if (!said || said === notice) return;
    notice = said;
    box.closest("[data-door-page]").dataset.busy = "false";
    renewIfOld();
    if (said.querySelector(".refused")) return;
    drafts.clear();
    const undo = box.querySelector(".case-undo");
    if (undo) setTimeout(() => { undo.hidden = true; }, UNDO_MS);
  }

  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
  follow();
})();
