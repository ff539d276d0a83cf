/* Draws open cases as shapes, coloured only where a person is needed; new ones pulse once. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const DUE_SOON_SHARE = 0.8; // REFERENCE §2: yellow from 80 % of the limit
  const RADIUS_REM = 0.46;
  const MOST_PULSES = 12;
  const NEW_PULSE_MS = 6000;

  /* The light of a case at a time: over, soon, fine or none (no limit). */
  yiping.caseLight = function (row, nowMs) {
    if (!row.deadline_at) return "none";
    const deadline = Date.parse(row.deadline_at);
    if (nowMs > deadline) return "over";
    const reported = Date.parse(row.reported_at);
    return nowMs - reported >= DUE_SOON_SHARE * (deadline - reported) ? "soon" : "fine";
  };
  yiping.shapeOf = (row) => ({ urgent: "▲", hazard: "■" })[row.urgency] || "●";
  const RANK = { over: 3, soon: 2, fine: 1, none: 0 };

  let marks = []; // {id, x, y, row, light}, most pressing last so that it is drawn on top
  const knownSince = new Map(); // id → time it first appeared here; null for those of the first view
  let pane = null;
  let map = null;
  const pulses = [];

  function build(rows) {
    const now = yiping.live.now();
    const first = knownSince.size === 0;
    for (const id of [...knownSince.keys()]) if (!rows.has(id)) knownSince.delete(id);
    marks = [];
    for (const row of rows.values()) {
      if (!knownSince.has(row.id)) knownSince.set(row.id, first ? null : now);
      if (row.lon === null || row.lat === null || row.lon === undefined) continue;
      const [x, y] = yiping.mapData.local(row.lon, row.lat);
      marks.push({ id: row.id, x, y, row, light: yiping.caseLight(row, now) });
    }
    marks.sort((a, b) => RANK[a.light] - RANK[b.light]);
    placePulses();
  }

  /* Lights change with time alone; true where something must be repainted. */
  function tick() {
    const now = yiping.live.now();
    let changed = false;
    for (const mark of marks) {
      const light = yiping.caseLight(mark.row, now);
      changed = changed || light !== mark.light;
      mark.light = light;
    }
    if (changed) marks.sort((a, b) => RANK[a.light] - RANK[b.light]);
    placePulses();
    return changed;
  }

  function paint(context, view) {
    for (const mark of marks) {
      const x = mark.x * view.scale + view.x;
      const y = mark.y * view.scale + view.y;
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      const pressing = mark.light === "over" || mark.light === "soon";
      const radius = RADIUS_REM * view.rem * (pressing ? 1.15 : 0.8);
      yiping.stamp(context, spriteOf(mark, radius, view.ratio), x, y);
    }
  }

  function spriteOf(mark, radius, ratio) {
    const shape = yiping.shapeOf(mark.row);
    const colour = { over: "attention", soon: "warning" }[mark.light] || "map-case";
    return yiping.sprite("case" + shape + colour, radius, ratio, (context, r) => {
      context.beginPath();
      if (shape === "▲") {
        context.moveTo(0, -r);
        context.lineTo(r, r * 0.8);
        context.lineTo(-r, r * 0.8);
        context.closePath();
      } else if (shape === "■") context.rect(-r * 0.8, -r * 0.8, r * 1.6, r * 1.6);
      else context.arc(0, 0, r * 0.85, 0, 7);
      context.fillStyle = yiping.token(colour);
      context.strokeStyle = yiping.token("map-halo");
      context.lineWidth = Math.max(1.5, r / 4);
      context.stroke();
      context.fill();
    });
  }

  /* Rings are a few elements animated by the compositor; the canvas stays still. */
  function placePulses() {
    if (!pane || !yiping.mapData.origin()) return;
    const now = yiping.live.now();
    const wanted = [];
    for (let i = marks.length - 1; i >= 0 && wanted.length < MOST_PULSES; i--) {
      const since = knownSince.get(marks[i].id);
      const fresh = since !== null && since !== undefined && now - since < NEW_PULSE_MS;
      if (fresh || marks[i].light === "over") wanted.push({ mark: marks[i], fresh });
    }
    while (pulses.length < wanted.length) {
      pulses.push(pane.appendChild(yiping.el("div", "case-pulse")));
    }
    while (pulses.length > wanted.length) pulses.pop().remove();
    const view = yiping.mapView(map);
    const corner = map.containerPointToLayerPoint([0, 0]);
    wanted.forEach(({ mark, fresh }, index) => {
      const ring = pulses[index];
      const name = "case-pulse " + (fresh ? "case-pulse-new" : "case-pulse-over");
      if (ring.className !== name || ring.dataset.case !== mark.id) {
        ring.className = name;
        ring.dataset.case = mark.id;
      }
      const x = Math.round(mark.x * view.scale + view.x) + corner.x;
      const y = Math.round(mark.y * view.scale + view.y) + corner.y;
      ring.style.left = x + "px";
      ring.style.top = y + "px";
    });
  }

  yiping.casesLayer = {
    build,
    tick,
    paint,
    placePulses,
    attach(newMap, newPane) {
      map = newMap;
      pane = newPane;
      pulses.length = 0;
    },
    detach() {
      pane = map = null;
      marks = [];
      knownSince.clear();
    },
    marks: () => marks,
    hit(x, y, reach) {
      let best = null;
      for (const mark of marks) {
        const distance = Math.hypot(mark.x - x, mark.y - y);
        if (distance <= reach && (!best || distance <= best.distance)) best = { ...mark, distance };
      }
      return best;
    },
  };
})();
