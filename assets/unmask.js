/* Opens one masked value of a file after purpose and reason, and takes it away again: after five
   minutes, when the page is left, hidden for long, printed, or signed out of. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const HIDDEN_FOR_MS = 30000;
  const TICK_MS = 1000;
  const PURPOSES = [
    "case_handling", "emergency", "care_visit", "data_correction", "rights_request", "statutory_request",
  ];
  const say = yiping.say;
  const open = new Map(); // box of the value → when it goes, by this machine's own clock
  let ticking = null;
  let leaving = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-unmask]");
    if (button) ask(button);
  });

  function ask(button) {
    const field = button.dataset.unmask;
    const dialog = yiping.el("dialog", "unmask-dialog");
    const form = yiping.el("form");
    form.method = "dialog";
    const purpose = choice(PURPOSES.map((code) => [code, say("unmask_purpose." + code)]));
    const cases = choice([["", say("unmask.no_case")], ...offeredCases()]);
    const reason = yiping.el("textarea", "file-input");
    reason.maxLength = 200;
    reason.rows = 2;
    reason.placeholder = say("unmask.reason_hint");
    const said = yiping.el("p", "unmask-said");
    said.setAttribute("role", "alert");
    const confirm = yiping.el("button", "quiet unmask-confirm", say("unmask.confirm"));
    confirm.type = "submit";
    const cancel = yiping.el("button", "quiet", say("unmask.cancel"));
    cancel.type = "button";
    cancel.addEventListener("click", () => dialog.close());
    const buttons = yiping.el("div", "unmask-buttons");
    buttons.append(confirm, cancel);
    form.append(
      yiping.el("h2", "", say("unmask.title", { field: say("field." + field) })),
      yiping.el("p", "note", say("unmask.note")),
      labelled("unmask.purpose", purpose), labelled("unmask.reason", reason),
      labelled("unmask.case", cases), said, buttons,
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      confirm.disabled = true;
      const refusal = await fetchValue(button, purpose.value, reason.value, cases.value);
      confirm.disabled = false;
      if (refusal === null) dialog.close();
      else yiping.setText(said, refusal);
    });
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
    reason.focus();
  }

  function choice(options) {
    const select = yiping.el("select", "choice");
    for (const [value, words] of options) {
      const option = yiping.el("option", "", words);
      option.value = value;
      select.append(option);
    }
    return select;
  }

  function offeredCases() {
    const items = document.querySelectorAll(".unmask-cases [data-case]");
    return [...items].map((item) => [item.dataset.case, item.textContent]);
  }

  function labelled(code, control) {
    const label = yiping.el("label", "file-label");
    label.append(yiping.el("span", "", say(code)), control);
    return label;
  }

  function csrf() {
    const found = document.cookie.split("; ").find((part) => part.startsWith("_csrf_token="));
    return found ? found.slice("_csrf_token=".length) : "";
  }

  /* Asks the server; the value goes straight into the page and nowhere else. Null when it is there. */
  async function fetchValue(button, purpose, reason, caseId) {
    const box = button.closest(".file-value");
    const wanted = {
      subject_id: button.dataset.subject, field: button.dataset.unmask,
      purpose, reason, case_id: caseId || null,
    };
    try {
      const answer = await fetch("/api/v1/unmask", {
        method: "POST", cache: "no-store", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
        body: JSON.stringify(wanted),
      });
      const body = await answer.json();
      if (!answer.ok) return refusalWords(body);
      const codes = button.dataset.codes;
      show(box, codes ? yiping.named(codes, body.value) : body.value, body.shown_s * 1000);
      return null;
    } catch (error) {
      return say("unmask.failed");
    }
  }

  function refusalWords(body) {
    const code = "error." + ((body && body.error && body.error.code) || "unknown");
    const words = say(code);
    return words === code ? say("unmask.failed") : words;
  }

  function show(box, value, forMs) {
    hide(box);
    const slot = box.querySelector(".file-clear");
    if (!slot) return;
    const away = yiping.el("button", "file-hide", say("unmask.hide"));
    away.type = "button";
    away.addEventListener("click", () => hide(box));
    slot.append(yiping.el("span", "file-opened", value), yiping.el("span", "file-left"), away);
    box.classList.add("is-open");
    open.set(box, performance.now() + forMs);
    if (ticking === null) ticking = setInterval(tick, TICK_MS);
    tick();
  }

  function hide(box) {
    open.delete(box);
    box.classList.remove("is-open");
    const slot = box.querySelector(".file-clear");
    if (slot) slot.replaceChildren();
    if (!open.size && ticking !== null) {
      clearInterval(ticking);
      ticking = null;
    }
  }

  function hideAll() {
    for (const box of [...open.keys()]) hide(box);
  }

  function tick() {
    for (const [box, until] of [...open]) {
      const leftMs = until - performance.now();
      if (leftMs <= 0 || !box.isConnected) hide(box);
      else yiping.setText(box.querySelector(".file-left"), say("unmask.left", { seconds: Math.ceil(leftMs / 1000) }));
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(hideAll, HIDDEN_FOR_MS);
    else tick(); // timers stand still in a page put to sleep
  });
  addEventListener("pagehide", hideAll);
  addEventListener("popstate", hideAll);
  addEventListener("beforeprint", hideAll);
  yiping.onLanguage(hideAll);
  yiping.live.onState(({ state }) => { if (state === "over") hideAll(); });
})();
