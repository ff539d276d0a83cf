/* Draws who goes to which case: a dashed line from the person's last position, solid once accepted. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const WIDTH_REM = 0.14;
  const DASH_REM = 0.45;
  let rows = [];

  function update(all) {
    rows = [...all.values()];
    yiping.workersLayer.repaint();
  }

  /* The nearest of those who could be on the way, as pairs of points in local coordinates. */
  function lines() {
    const cases = new Map(yiping.casesLayer.marks().map((mark) => [mark.id, mark]));
    const found = [];
    for (const row of rows) {
      const target = cases.get(row.case_id);
      if (!target) continue;
      let best = null;
      for (const id of row.workers) {
        const worker = yiping.workersLayer.at(id);
        if (!worker || yiping.workersLayer.isOld(worker.row)) continue;
        const distance = Math.hypot(worker.x - target.x, worker.y - target.y);
        if (!best || distance < best.distance) best = { worker, distance };
      }
      if (best) found.push({ from: best.worker, to: target, answered: row.status !== "sent" });
    }
    return found;
  }

  function paint(context, view) {
    context.save();
    context.strokeStyle = yiping.token("map-worker");
    context.lineWidth = Math.max(1.5, WIDTH_REM * view.rem);
    context.globalAlpha = 0.75;
    for (const line of lines()) {
      context.setLineDash(line.answered ? [] : [DASH_REM * view.rem, DASH_REM * view.rem]);
      context.beginPath();
      context.moveTo(line.from.x * view.scale + view.x, line.from.y * view.scale + view.y);
      context.lineTo(line.to.x * view.scale + view.x, line.to.y * view.scale + view.y);
      context.stroke();
    }
    context.restore();
  }

  yiping.wayLayer = { paint, lines };
  yiping.live.on("on_way", update);
})();
