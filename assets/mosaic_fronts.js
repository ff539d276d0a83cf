/* Which cameras an alarm, an urgent case or a running plan brings to the front, and why. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const NEAREST = 2;
  const REACH_M = 250; // farther away a camera shows nothing of it
  const DEGREE_M = 111320;

  function metres(a, b) {
    const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
    return Math.hypot(east, a.lat - b.lat) * DEGREE_M;
  }

  function nearest(place, cameras) {
    if (!place || place.lon === null || place.lon === undefined) return [];
    const near = [];
    for (const camera of cameras.values()) {
      if (camera.lon === null) continue;
      const distance = metres(place, camera);
      if (distance <= REACH_M) near.push({ id: camera.id, distance });
    }
    near.sort((a, b) => a.distance - b.distance);
    return near.slice(0, NEAREST).map((each) => each.id);
  }

  /* Alarms first, then plans, then cases; the first reason of a camera is the one written on it. */
  yiping.mosaicFronts = function (cameras) {
    const found = new Map();
    const objects = yiping.mapData.objects();
    const put = (ids, reason) => {
      for (const id of ids) if (!found.has(id) && cameras.has(id)) found.set(id, reason);
    };
    const placeOf = (id) => (objects && id && objects.get(id)) || null;
    const where = (row) => yiping.localName(row, "place");

    const alarms = yiping.live.get("alarms");
    for (const row of (alarms && alarms.rows) || []) {
      const place = placeOf(row.device_id) || placeOf(row.place_id);
      const camera = cameras.has(row.device_id) ? [row.device_id] : [];
      put([...camera, ...nearest(place, cameras)], {
        kind: "alarm", tone: row.urgency === "urgent" ? "attention" : "warning",
        shape: yiping.shapeOf(row), text: yiping.named("alarm_kind", row.kind), where: where(row) });
    }
    for (const run of yiping.live.get("plan_runs") || []) {
      const ids = (run.camera_ids || []).concat(nearest(placeOf(run.place_id), cameras));
      put(ids, { kind: "plan", tone: run.drill ? "drill" : "attention", shape: run.drill ? "◇" : "▲",
        text: yiping.localName(run, "title"), where: where(run) });
    }
    const cases = yiping.live.get("ticker");
    for (const row of cases ? cases.values() : []) {
      if (row.urgency !== "urgent") continue;
      put(nearest(row.lon !== null && row.lon !== undefined ? row : placeOf(row.place_id), cameras), {
        kind: "case", tone: "attention", shape: "▲",
        text: yiping.named("category", row.category), where: where(row) });
    }
    return found;
  };
})();
