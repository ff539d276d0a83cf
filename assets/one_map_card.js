/* The card of a clicked object: where it is, whose it is, what happened last and how long ago. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const CLOSES_AFTER_MS = 60000; // nobody stands at a wall to close a card
  const MARGIN_REM = 0.6;

  let node = null;
  let shown = null; // {x, y} in local coordinates
  let card = null;
  let closing = null;
  let question = 0;

  function attach(root) {
    node = root.querySelector("#one-map-card");
    close();
  }

  async function open(map, found) {
    if (!node) return;
    shown = found;
    card = null;
    question += 1;
    const own = question;
    yiping.cameraCard.end();
    node.hidden = false;
    node.replaceChildren(yiping.el("p", "card-wait", yiping.say("app.starting")));
    follow(map);
    clearTimeout(closing);
    if (yiping.screen === "wall") closing = setTimeout(close, CLOSES_AFTER_MS);
    try {
      const answer = await yiping.mapData.card(found.id);
      if (own !== question) return;
      card = answer;
      render();
      const still = () => own === question;
      if (isCase()) yiping.dispatchCard.extend(node, found.id, still).then(() => follow(map));
      if (card.layer === "camera") yiping.cameraCard.extend(node, found.id, still, () => follow(map));
    } catch (error) {
      if (own !== question) return;
      node.replaceChildren(yiping.el("p", "card-wait", yiping.say("map.card_failed")));
    }
    follow(map);
  }

  function close() {
    question += 1;
    clearTimeout(closing);
    shown = card = null;
    yiping.cameraCard.end();
    if (node) node.hidden = true;
  }

  function render() {
    if (!card || !node) return;
    const foot = node.querySelectorAll(".card-dispatch");
    const picture = node.querySelectorAll(".card-picture");
    const light = isCase() ? yiping.caseLight(card, yiping.live.now()) : "none";
    node.dataset.light = light;
    const head = yiping.el("h3", "card-head", isCase() ? caseTitle() : objectTitle());
    const shut = yiping.el("button", "card-close", "×");
    shut.type = "button";
    shut.title = yiping.say("map.close");
    shut.onclick = close;
    const rows = isCase() ? caseRows(light) : objectRows();
    const list = yiping.el("dl", "card-rows");
    for (const [code, value, tone] of rows) {
      list.append(yiping.el("dt", "", yiping.say("card." + code)), yiping.el("dd", tone || "", value));
    }
    node.replaceChildren(head, shut, ...picture, list, ...foot);
  }

  const isCase = () => card.layer === "case" || card.category !== undefined;
  const place = () => yiping.localName(card, "place");
  const caseTitle = () =>
    [yiping.shapeOf(card) + " " + yiping.named("category", card.category), place()].filter(Boolean).join(" · ");
  function objectTitle() {
    const kind = kindWord();
    const name = yiping.localName(card) || card.callsign;
    return name || kind;
  }
  function kindWord() {
    const list = { worker: "worker", device: "device", camera: "device" }[card.layer] || "place";
    if (card.layer === "care") return yiping.say("layer.care");
    return yiping.named(list, card.kind);
  }

  function caseRows(light) {
    const now = yiping.live.now();
    const left = card.deadline_at
      ? yiping.say(light === "over" ? "time.over" : "time.left", {
          age: yiping.duration(Math.abs(Date.parse(card.deadline_at) - now) / 1000),
        })
      : yiping.say("time.no_limit");
    const tone = { over: "tone-attention", soon: "tone-warning" }[light];
    return [
      ["urgency", yiping.named("urgency", card.urgency)],
      ["status", yiping.named("status", card.status)],
      ["left", left, tone],
      ["reported", yiping.moment(card.reported_at, now) + " · " + ago(card.reported_at)],
      ...common(),
    ];
  }

  function objectRows() {
    const rows = [["kind", kindWord()]];
    if (place()) rows.push(["place", place()]);
    if (card.layer === "care") rows.push(["care_count", yiping.number(card.state)]);
    else if (card.state !== null && card.state !== undefined && card.state !== "") {
      const trouble = card.state === "offline" || card.state === "fault";
      rows.push(["state", yiping.named("state", card.state), trouble ? "tone-warning" : ""]);
    }
    if (card.open_cases) rows.push(["open_cases", yiping.number(card.open_cases), "tone-text"]);
    return [...rows, ...common()];
  }

  function common() {
    const rows = [["role", card.role ? yiping.named("worker", card.role) : yiping.say("card.no_role")]];
    rows.push(["last_event", card.last_event ? eventText(card.last_event) : yiping.say("card.no_event")]);
    if (card.lon !== null && card.lon !== undefined) {
      const accuracy = card.accuracy_m ? " ± " + Math.round(card.accuracy_m) + " m" : "";
      rows.push(["position", card.lon.toFixed(5) + ", " + card.lat.toFixed(5) + accuracy]);
    }
    return rows;
  }
  function eventText(event) {
    const word = event.status ? yiping.named("status", event.status) : yiping.named("event", event.kind);
    return word + " · " + ago(event.at);
  }
  const ago = (at) => yiping.say("time.ago", { age: yiping.duration(yiping.live.ageS(at)) });

  /* Stands beside its object, inside the map. */
  function follow(map) {
    if (!shown || !node || node.hidden) return;
    const view = yiping.mapView(map);
    const margin = MARGIN_REM * view.rem;
    const x = shown.x * view.scale + view.x;
    const y = shown.y * view.scale + view.y;
    const width = node.offsetWidth;
    const height = node.offsetHeight;
    const left = x + margin * 2 + width < view.width ? x + margin * 2 : x - width - margin * 2;
    const top = y - height / 2;
    const within = (value, most) => Math.max(margin, Math.min(value, most - margin));
    node.style.left = within(left, view.width - width) + "px";
    node.style.top = within(top, view.height - height) + "px";
  }

  yiping.mapCard = { attach, open, close, follow };
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  yiping.onLanguage(render);
})();
