/* Fetches the plan and the objects of the one map early, keeps the objects current by pushed patches. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const FIRST_RETRY_MS = 1000;
  const LONGEST_RETRY_MS = 10000;
  const MOST_WAITING_PATCHES = 500;

  const planListeners = [];
  const objectListeners = [];
  let plan = null;
  let planTag = null;
  let objects = null; // Map id → {id, layer, kind, name_zh, name_en, lon, lat, state}
  let objectsSeq = 0;
  let objectsEpoch = null;
  let waiting = []; // patches that came before the objects they change
  let origin = null;
  let again = false; // a new session of the server began while the first answers were under way
  let asked = 0; // grows with every question, so that a late answer to an old one is dropped

  /* Web-mercator position at zoom 0, in pixels of a 256-pixel world. */
  function mercator(lon, lat) {
    const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
    return [
      128 * (1 + lon / 180),
      128 * (1 - Math.log((1 + sine) / (1 - sine)) / (2 * Math.PI)),
    ];
  }
  const LOCAL = 2 ** 18; // local unit: a pixel at zoom 18, counted from the community's middle

  const data = (yiping.mapData = {
    LOCAL,
    mercator,
    /* Single-precision paths need small numbers: positions relative to the community's middle. */
    local(lon, lat) {
      const [x, y] = mercator(lon, lat);
      return [(x - origin.x) * LOCAL, (y - origin.y) * LOCAL];
    },
    lonLat(x, y) {
      const wx = x / LOCAL + origin.x;
      const wy = y / LOCAL + origin.y;
      const lat = (Math.atan(Math.sinh(Math.PI * (1 - wy / 128))) * 180) / Math.PI;
      return [(wx / 128 - 1) * 180, lat];
    },
    origin: () => origin,
    metre: () => (origin ? LOCAL / ((40075016.7 / 256) * Math.cos((origin.lat * Math.PI) / 180)) : 1),
    plan: () => plan,
    objects: () => objects,
    onPlan(fn) {
      planListeners.push(fn);
      if (plan) fn(plan);
    },
    /* fn(objects, change): change null for a whole set, else {set, remove}. */
    onObjects(fn) {
      objectListeners.push(fn);
      if (objects) fn(objects, null);
    },
    forget(fn) {
      for (const list of [planListeners, objectListeners]) {
        const at = list.indexOf(fn);
        if (at >= 0) list.splice(at, 1);
      }
    },
    card: (id) =>
      get("/api/v1/map/" + path(yiping.community) + "/" + path(id)).then((answer) => answer.body),
    restart() {
      plan = objects = origin = null;
      waiting = [];
      load();
    },
  });
  const path = encodeURIComponent;

  async function get(address) {
    const answer = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status + " " + address);
    const body = await answer.json();
    return { body, tag: answer.headers.get("etag") };
  }

  function place(lon, lat) {
    const [x, y] = mercator(lon, lat);
    origin = { x, y, lon, lat };
  }

  async function keepTrying(question, address, take) {
    let waitMs = FIRST_RETRY_MS;
    for (;;) {
      try {
        const answer = await get(address);
        if (question === asked) take(answer.body, answer.tag);
        return;
      } catch (error) {
        if (question !== asked) return;
        await new Promise((done) => setTimeout(done, waitMs * (0.5 + Math.random() / 2)));
        waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2);
      }
    }
  }

  function load() {
    if (!yiping.community) return;
    asked += 1;
    const community = path(yiping.community);
    keepTrying(asked, "/api/v1/plan/" + community, takePlan);
    keepTrying(asked, "/api/v1/map/" + community, takeObjects);
  }

  function takePlan(answer, tag) {
    if (plan && tag && tag === planTag) return;
    planTag = tag;
    plan = answer;
    if (answer.bounds && !origin) {
      const [[south, west], [north, east]] = answer.bounds;
      place((west + east) / 2, (south + north) / 2);
    }
    if (origin) for (const fn of planListeners) fn(plan);
  }

  function takeObjects(answer) {
    if (objects && answer.epoch && answer.epoch === objectsEpoch && answer.seq === objectsSeq) return;
    const fresh = new Map();
    for (const values of answer.rows) {
      const row = {};
      answer.columns.forEach((name, index) => { row[name] = values[index]; });
      fresh.set(row.id, row);
    }
    objects = fresh;
    objectsSeq = answer.seq;
    objectsEpoch = answer.epoch;
    if (!origin) {
      const first = [...fresh.values()].find((row) => row.lon !== null && row.lat !== null);
      if (first) place(first.lon, first.lat);
    }
    for (const patch of waiting) merge(patch);
    waiting = [];
    if (origin) {
      if (plan) for (const fn of planListeners) fn(plan);
      for (const fn of objectListeners) fn(objects, null);
    }
    if (again) {
      again = false;
      load();
    }
  }

  function merge(patch) {
    if (patch.seq <= objectsSeq) return false;
    for (const id of patch.remove) objects.delete(id);
    for (const row of patch.set) objects.set(row.id, row);
    return true;
  }

  yiping.live.on("objects", (whole, change) => {
    if (!change) {
      if (whole) takeObjects({ columns: [], rows: [], seq: 0, epoch: null });
      return;
    }
    if (!objects) {
      waiting.push(change);
      if (waiting.length > MOST_WAITING_PATCHES) waiting.shift();
      return;
    }
    if (merge(change)) for (const fn of objectListeners) fn(objects, change);
  });

  // A new session of the server: what we hold may be behind; unchanged answers cost a 304.
  yiping.live.on("reset", () => {
    if (objects) load();
    else again = true;
  });
  yiping.live.on("profile", (profile) => {
    if (!origin && profile.lon !== null && profile.lat !== null) place(profile.lon, profile.lat);
  });

  load();
})();
