/* One camera over the whole screen; an account says why first, and the server keeps it. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  const FPS = 10;
  const MOST_WIDTH = 1920;
  let box = null;
  let shown = null; // {id, reason, since, back, why}

  /* why: [purpose, reason] where it has been said already. */
  function show(id, reason, why) {
    if (!id || !yiping.pictures.cameras() || !yiping.pictures.cameras().has(id)) return;
    close();
    shown = { id, reason, since: performance.now(), back: document.activeElement, why: null };
    box = el("section", "camera-alone on-pictures");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-modal", "true");
    box.tabIndex = -1;
    const shut = el("button", "camera-alone-close", "×");
    shut.type = "button";
    shut.title = say("mosaic.close");
    shut.setAttribute("aria-label", shut.title);
    shut.onclick = close;
    box.parts = { canvas: el("canvas", "camera-alone-canvas"), name: el("h2", "camera-alone-name"), age: el("span", "mosaic-age"),
      why: el("span", "mosaic-why"), said: el("b", "mosaic-said"), more: el("span", "mosaic-more"), middle: el("span", "mosaic-middle") };
    const head = el("header", "camera-alone-head");
    head.append(box.parts.name, box.parts.why, box.parts.age, shut);
    const stage = el("div", "camera-alone-stage mosaic-tile");
    box.parts.middle.append(box.parts.said, box.parts.more);
    stage.append(box.parts.canvas, box.parts.middle);
    box.append(head, stage);
    box.onclick = (event) => { if (event.target === stage || event.target === box.parts.canvas) close(); };
    document.body.append(box);
    box.focus();
    if (yiping.screen === "wall") look(true);
    else if (why) look(why);
    else askWhy();
    if (yiping.mosaic) yiping.mosaic.refresh();
    tick();
  }

  /* Before the first picture: why this one camera is looked at. */
  function askWhy() {
    const form = yiping.whyForm(shown.reason, look);
    box.querySelector(".camera-alone-stage").append(form);
    form.elements.reason.focus();
  }

  function look(why) {
    shown.why = why;
    shown.since = performance.now();
    yiping.pictures.retry(shown.id);
    const width = Math.min(MOST_WIDTH, box.clientWidth * Math.min(2, window.devicePixelRatio || 1));
    yiping.pictures.show("single", [{ id: shown.id, w: width, fps: FPS, k: false, alone: why }], draw);
    box.focus();
  }

  function draw(id, bitmap) {
    if (!box || !shown || id !== shown.id) return;
    yiping.paintWhole(box.parts.canvas, bitmap);
  }

  function tick() {
    if (!box || !shown) return;
    const row = (yiping.pictures.cameras() || new Map()).get(shown.id);
    yiping.setText(box.parts.name, row ? yiping.localName(row) : "");
    yiping.setText(box.parts.why, shown.reason ? shown.reason.shape + " " + shown.reason.text : "");
    const word = shown.why ? yiping.pictureState(shown.id, performance.now() - shown.since) : { state: "", veil: "", said: "", more: "", age: "" };
    const stage = box.querySelector(".camera-alone-stage");
    yiping.tellPicture(stage, box.parts, word);
  }

  function close() {
    if (!box) return;
    const { back } = shown;
    yiping.pictures.hide("single");
    box.remove();
    box = shown = null;
    if (yiping.mosaic) yiping.mosaic.refresh();
    if (back && back.isConnected) back.focus();
  }

  yiping.single = { show, close, open: () => box !== null };
  addEventListener("keydown", (event) => {
    if (!box) return;
    if (event.key === "Escape" || (event.key === "f" && event.target === box)) {
      event.preventDefault();
      close();
    }
  });
  setInterval(tick, 500);
})();
