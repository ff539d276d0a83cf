/* The foot of a case's card: whom to send and why; an officer sends with two presses, a wall shows kinds. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const MOST_SHOWN = 3;

  /* Adds the foot to a card that is shown; `still` says whether it still is when the answer comes. */
  async function extend(node, caseId, still) {
    let advice;
    try {
      const answer = await fetch(address(caseId) + "/responders", { credentials: "same-origin" });
      if (!answer.ok) return;
      advice = await answer.json();
    } catch (error) {
      return; // without the network the card stays as it is
    }
    if (!still()) return;
    const foot = yiping.el("div", "card-dispatch");
    fill(foot, caseId, advice);
    node.append(foot);
  }
  const address = (caseId) => "/api/v1/cases/" + encodeURIComponent(caseId);

  function fill(foot, caseId, advice) {
    const first = advice.suggestions.filter((one) => one.recommended).slice(0, MOST_SHOWN);
    if (!first.length && !advice.gaps.length) return;
    foot.append(yiping.el("h4", "", say("dispatch.title")));
    for (const one of first) {
      const kind = yiping.named("responder", one.kind);
      const name = yiping.localName(one);
      foot.append(yiping.el("p", "", name ? say("dispatch.gap", { kind, what: name }) : kind));
      foot.append(yiping.el("p", "card-why", one.reasons.map(reason).filter(Boolean).join(" · ")));
    }
    for (const gap of advice.gaps) foot.append(yiping.el("p", "card-gap", gapWords(gap)));
    if (advice.may_dispatch && first.some((one) => !one.called)) foot.append(button(foot, caseId, advice, first));
    if (yiping.screen !== "wall" || advice.may_dispatch) {
      const link = yiping.el("a", "", say("dispatch.open"));
      link.href = "/cases/" + encodeURIComponent(caseId);
      foot.append(link);
    } else if (advice.desk_qr) {
      const picture = yiping.el("img");
      picture.src = advice.desk_qr;
      picture.alt = say("dispatch.scan");
      foot.append(yiping.el("p", "card-why", say("dispatch.at_desk")), picture);
    }
  }

  function button(foot, caseId, advice, first) {
    const send = yiping.el("button", "door-button main", say("dispatch.confirm"));
    send.type = "button";
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-"); // the same press is sent once
    const assignees = first.filter((one) => !one.called).map((one) => one.responder_id);
    send.onclick = async () => {
      send.disabled = true;
      let done = false;
      try {
        const answer = await fetch(address(caseId) + "/dispatch", {
          method: "POST",
          credentials: "same-origin",
          headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
          body: JSON.stringify({ key, seen_version: advice.version, assignees }),
        });
        done = answer.ok;
      } catch (error) {
        send.disabled = false; // the same key again: nobody is sent twice
      }
      const said = done ? say("dispatch.sent", { n: assignees.length }) : say("dispatch.failed");
      const line = yiping.el("p", done ? "" : "card-gap", said);
      line.setAttribute("role", "status");
      if (done) send.replaceWith(line);
      else foot.append(line);
    };
    return send;
  }

  function csrf() {
    const found = document.cookie.match(/(?:^|;\s*)_csrf_token=([^;]*)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function reason(one) {
    const words = yiping.named("dispatch_reason", one.code);
    if (one.value === null || one.value === undefined) return words;
    if (one.code === "distance") return words + " " + way(one.value);
    if (one.code === "load") return say("dispatch.load", { n: one.value });
    if (one.code.startsWith("position_")) return words + " " + say("time.ago", { age: yiping.duration(one.value) });
    if (one.code === "service") return words + " " + yiping.named("service", one.value);
    return words + " " + one.value;
  }
  const way = (m) => m >= 995
    ? say("dispatch.kilometres", { n: (m / 1000).toFixed(1) })
    : say("dispatch.metres", { n: Math.round(m / 10) * 10 });
  function gapWords(gap) {
    const what = yiping.named("dispatch_gap", gap.code);
    return gap.kind ? say("dispatch.gap", { kind: yiping.named("responder", gap.kind), what }) : what;
  }

  yiping.dispatchCard = { extend };
})();
