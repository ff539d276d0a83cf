/* Draws workers in a canvas of their own and lets them glide to a new position. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const OLD_AFTER_S = 1800; // REFERENCE §8: positions older than 30 minutes are shown as old
  const GLIDE_MS = 900;
  const GLIDE_STEP_MS = 80; // a walking person needs no 60 pictures a second, for weeks
  const SHORTEST_GLIDE_PX = 2; // less is not seen as a jump
  const LONGEST_GLIDE_M = 300; // farther is a new fix, not a walk
  const RADIUS_REM = 0.44;

  const workers = new Map(); // id → {row, x, y, fromX, fromY, toX, toY, startedAt}
  let timer = null;
  let scale = 1; // screen pixels per local unit, of the last painting
  let repaint = () => {};

  function update(rows, change) {
    if (!yiping.mapData.origin()) return;
    if (!change) {
      for (const id of [...workers.keys()]) if (!rows.has(id)) workers.delete(id);
      for (const row of rows.values()) move(row);
    } else {
      for (const id of change.remove) workers.delete(id);
      for (const row of change.set) move(row);
    }
    repaint();
  }

  function move(row) {
    if (row.lon === null || row.lat === null || row.lon === undefined) {
      workers.delete(row.id);
      return;
    }
    const [x, y] = yiping.mapData.local(row.lon, row.lat);
    const worker = workers.get(row.id);
    if (!worker) {
      workers.set(row.id, { row, x, y, toX: x, toY: y, startedAt: null });
      return;
    }
    worker.row = row;
    if (worker.toX === x && worker.toY === y) return;
    const distance = Math.hypot(worker.x - x, worker.y - y);
    const far = distance > LONGEST_GLIDE_M * yiping.mapData.metre();
    const near = distance * scale < SHORTEST_GLIDE_PX;
    Object.assign(worker, { fromX: worker.x, fromY: worker.y, toX: x, toY: y });
    if (far || near || document.hidden) Object.assign(worker, { x, y, startedAt: null });
    else {
      worker.startedAt = performance.now();
      if (timer === null) timer = setTimeout(glide, GLIDE_STEP_MS);
    }
  }

  function glide() {
    timer = null;
    let moving = false;
    const now = performance.now();
    for (const worker of workers.values()) {
      if (worker.startedAt === null) continue;
      const part = Math.min(1, (now - worker.startedAt) / GLIDE_MS);
      worker.x = worker.fromX + (worker.toX - worker.fromX) * part;
      worker.y = worker.fromY + (worker.toY - worker.fromY) * part;
      if (part === 1) worker.startedAt = null;
      else moving = true;
    }
    repaint();
    if (moving) timer = setTimeout(glide, GLIDE_STEP_MS);
  }

  const isOld = (row) => !row.located_at || yiping.live.ageS(row.located_at) > OLD_AFTER_S;

  function paint(context, view) {
    const radius = RADIUS_REM * view.rem;
    scale = view.scale;
    for (const worker of workers.values()) {
      const x = worker.x * view.scale + view.x;
      const y = worker.y * view.scale + view.y;
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      yiping.stamp(context, spriteOf(worker.row, radius, view.ratio), x, y);
    }
  }

  function spriteOf(row, radius, ratio) {
    const old = isOld(row) || !row.on_duty;
    const mark = yiping.named("worker_mark", row.kind);
    return yiping.sprite("worker" + mark + old, radius, ratio, (context, r) => {
      const colour = yiping.token(old ? "map-worker-old" : "map-worker");
      context.beginPath();
      context.arc(0, 0, r, 0, 7);
      context.fillStyle = yiping.token("map-halo");
      context.globalAlpha = old ? 0.55 : 0.92;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = Math.max(1, r / 6);
      if (old) context.setLineDash([r / 3, r / 3]);
      context.stroke();
      if (old) return; // hollow: we do not know where this person is now
      context.font = "500 " + r * 1.15 + "px " + yiping.token("font");
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText([...mark][0], 0, r * 0.04);
    });
  }

  yiping.workersLayer = {
    update,
    paint,
    isOld,
    at: (id) => workers.get(id) || null,
    repaint: () => repaint(),
    onRepaint(fn) { repaint = fn; },
    clear: () => workers.clear(),
    size: () => workers.size,
    hit(x, y, reach) {
      let best = null;
      for (const [id, worker] of workers) {
        const distance = Math.hypot(worker.x - x, worker.y - y);
        if (distance <= reach && (!best || distance < best.distance)) {
          best = { id, x: worker.x, y: worker.y, distance, row: worker.row };
        }
      }
      return best;
    },
  };
})();
