/* Puts the one map together: panes, layers with counts, fitting, the lock of the view, clicks. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const L = window.L;
  if (!L) return; // a page without a map
  const CHIPS = ["worker", "care", "key_place", "building", "facility", "device", "camera"];
  const PANES = { plan: 210, objects: 410, names: 430, workers: 450, cases: 470, pulses: 460 };
  const HIDDEN_KEY = "yiping-hidden-layers";
  const REACH_REM = 0.9;
  const FIT_PADDING = 0.02;
  const SMALL_PART = 0.25; // cases in less than this share of the plan's width are zoomed to

  let map = null;
  let root = null;
  let layers = {};
  let locked = false;
  let openSet = "";
  let planBounds = null;
  const hidden = new Set(JSON.parse(localStorage.getItem(HIDDEN_KEY) || "[]"));
  const visible = (layer) => !hidden.has(layer);

  L.Map.addInitHook(function () {
    const container = this.getContainer();
    // The container joins the page a moment later; until then it has no size to fit to.
    requestAnimationFrame(() => {
      const home = container.closest(".one-map");
      if (home) setUp(this, home);
    });
  });

  function setUp(newMap, home) {
    map = newMap;
    root = home;
    locked = false;
    openSet = "";
    for (const name in PANES) {
      const pane = map.createPane(name);
      pane.style.zIndex = PANES[name];
      pane.style.pointerEvents = "none";
    }
    const paintObjects = (context, view) => {
      yiping.cameraWedges.paint(context, view, visible);
      yiping.objectsLayer.paint(context, view, visible);
    };
    const paintWorkers = (context, view) => {
      if (!visible("worker")) return;
      yiping.wayLayer.paint(context, view);
      yiping.workersLayer.paint(context, view);
    };
    layers = {
      plan: new yiping.CanvasLayer(yiping.planLayer.paint, "plan").addTo(map),
      objects: new yiping.CanvasLayer(paintObjects, "objects").addTo(map),
      names: new yiping.CanvasLayer(yiping.planLayer.paintNames, "names").addTo(map),
      workers: new yiping.CanvasLayer(paintWorkers, "workers").addTo(map),
      cases: new yiping.CanvasLayer(yiping.casesLayer.paint, "cases").addTo(map),
    };
    yiping.casesLayer.attach(map, map.getPane("pulses"));
    yiping.workersLayer.onRepaint(() => layers.workers && layers.workers.repaint());
    map.on("zoomend viewreset moveend resize", yiping.casesLayer.placePulses);
    map.on("resize", fit);
    map.on("dragstart", lock);
    map.on("click", onClick);
    map.on("move zoomend", () => yiping.mapCard.follow(map));
    map.on("unload", tearDown);
    const container = map.getContainer();
    for (const gesture of ["wheel", "dblclick"]) {
      container.addEventListener(gesture, lock, { passive: true });
    }
    container.addEventListener("touchmove", lock, { passive: true });
    const sized = new ResizeObserver(() => map && map.invalidateSize({ animate: false }));
    sized.observe(container);
    map.on("unload", () => sized.disconnect());
    part("one-map-lock").onclick = release;
    root.addEventListener("click", onButton);
    yiping.mapCard.attach(root);
    yiping.mapData.onPlan(takePlan);
    yiping.mapData.onObjects(takeObjects);
    for (const view of ["workers", "ticker", "on_way", "layers"]) yiping.live.replay(view);
    paintChips();
  }
  const part = (id) => root.querySelector("#" + id);

  function tearDown() {
    yiping.mapData.forget(takePlan);
    yiping.mapData.forget(takeObjects);
    yiping.workersLayer.onRepaint(() => {});
    yiping.workersLayer.clear();
    yiping.casesLayer.detach();
    map = root = planBounds = null;
    layers = {};
  }

  function takePlan(plan) {
    yiping.planLayer.build(plan);
    planBounds = plan.bounds ? L.latLngBounds(plan.bounds) : null;
    yiping.setText(part("one-map-credit"), (plan.attribution || []).join(" · "));
    const note = part("one-map-note");
    note.hidden = plan.features.length > 0;
    yiping.setText(note.firstChild, yiping.say("map.no_plan"));
    if (yiping.mapData.objects()) takeObjects(yiping.mapData.objects());
    fit();
    afterOrigin();
  }

  function takeObjects(objects) {
    yiping.objectsLayer.build(objects);
    if (!planBounds) fit();
    afterOrigin();
    layers.objects.repaint();
    paintChips();
    for (const fn of paintedListeners) fn();
  }
  const paintedListeners = [];

  /* Workers and cases that came before the plan could not be placed: do it now. */
  function afterOrigin() {
    for (const view of ["workers", "ticker"]) {
      const rows = yiping.live.get(view);
      if (rows) (view === "workers" ? takeWorkers : takeCases)(rows, null);
    }
    for (const name in layers) layers[name].repaint();
  }

  function takeWorkers(rows, change) {
    if (map) yiping.workersLayer.update(rows, change);
  }

  function takeCases(rows) {
    if (!map || !yiping.mapData.origin()) return;
    yiping.casesLayer.build(rows);
    layers.cases.repaint();
    const set = [...rows.keys()].sort().join(" ");
    if (set !== openSet) {
      openSet = set;
      fit();
    }
  }

  /* The whole community, or the part where all open cases lie when that is much smaller. */
  function fit() {
    if (!map || locked || !yiping.mapData.origin()) return;
    const points = yiping.casesLayer.marks().map((mark) => {
      const [lon, lat] = yiping.mapData.lonLat(mark.x, mark.y);
      return L.latLng(lat, lon);
    });
    let bounds = planBounds || boundsOfObjects();
    if (points.length > 1 && bounds) {
      const cases = L.latLngBounds(points).pad(0.6);
      const small = (a, b) => a / (b || 1) < SMALL_PART;
      if (
        small(cases.getEast() - cases.getWest(), bounds.getEast() - bounds.getWest()) &&
        small(cases.getNorth() - cases.getSouth(), bounds.getNorth() - bounds.getSouth())
      ) bounds = cases;
    }
    if (!bounds || !bounds.isValid()) {
      const { lat, lon } = yiping.mapData.origin();
      map.setView([lat, lon], 16, { animate: false });
      return;
    }
    const foot = part("one-map-layers");
    map.fitBounds(bounds.pad(FIT_PADDING), {
      animate: false,
      paddingBottomRight: [0, foot.offsetHeight + 0.6 * yiping.rem()],
    });
  }

  function boundsOfObjects() {
    const bounds = L.latLngBounds([]);
    for (const row of (yiping.mapData.objects() || new Map()).values()) {
      if (row.lon !== null && row.lat !== null) bounds.extend([row.lat, row.lon]);
    }
    return bounds.isValid() ? bounds : null;
  }

  function lock() {
    if (locked) return;
    locked = true;
    showLock();
  }
  function release() {
    locked = false;
    showLock();
    yiping.mapCard.close();
    fit();
  }
  function showLock() {
    paintChips();
    part("one-map-lock").hidden = !locked;
    document.documentElement.dataset.view = locked ? "locked" : "free";
  }

  function onButton(event) {
    const chip = event.target.closest("[data-layer]");
    if (!chip) return;
    const layer = chip.dataset.layer;
    if (hidden.has(layer)) hidden.delete(layer);
    else hidden.add(layer);
    localStorage.setItem(HIDDEN_KEY, JSON.stringify([...hidden]));
    paintChips();
    layers.objects.repaint();
    layers.workers.repaint();
  }

  function paintChips() {
    if (!root) return;
    const row = part("one-map-layers");
    CHIPS.forEach((layer, index) => {
      const chip = row.children[index] || row.appendChild(newChip(layer));
      chip.setAttribute("aria-pressed", String(visible(layer)));
      const count = yiping.objectsLayer.count(layer);
      yiping.setText(chip.children[0], yiping.say("layer." + layer));
      yiping.setText(chip.children[1], countText(layer, count));
    });
    const total = yiping.objectsLayer.total();
    const words = total === null ? [] : [yiping.say("map.items", { n: yiping.number(total) })];
    words.push(yiping.say(locked ? "map.view_locked" : "map.view_free"));
    yiping.setText(document.getElementById("map-note"), words.join(" · "));
  }
  /* Fewer than five care recipients are never counted on a screen. */
  function countText(layer, count) {
    if (layer === "care" && count === null) return "< 5";
    return yiping.number(count === undefined ? null : count);
  }
  function newChip(layer) {
    const chip = yiping.el("button", "chip chip-" + layer);
    chip.type = "button";
    chip.dataset.layer = layer;
    chip.append(yiping.el("span"), yiping.el("b"));
    return chip;
  }

  function onClick(event) {
    if (!yiping.mapData.origin()) return;
    const [x, y] = yiping.mapData.local(event.latlng.lng, event.latlng.lat);
    const reach = (REACH_REM * yiping.rem()) / yiping.mapView(map).scale;
    const found =
      yiping.casesLayer.hit(x, y, reach) ||
      (visible("worker") && yiping.workersLayer.hit(x, y, reach)) ||
      yiping.objectsLayer.hit(x, y, reach, visible) ||
      buildingAt(x, y);
    if (found) yiping.mapCard.open(map, found);
    else yiping.mapCard.close();
  }
  function buildingAt(x, y) {
    const building = visible("building") && yiping.planLayer.hit(x, y);
    return building ? { id: building.id, x, y } : null;
  }

  yiping.live.on("workers", takeWorkers);
  yiping.live.on("ticker", takeCases);
  yiping.live.on("layers", (counts) => {
    yiping.objectsLayer.tell(counts);
    paintChips();
  });
  yiping.onLanguage(() => {
    yiping.forgetSprites();
    paintChips();
    for (const name in layers) layers[name].repaint();
  });
  if (document.fonts) {
    document.fonts.addEventListener("loadingdone", () => {
      if (!map) return;
      yiping.forgetSprites();
      for (const name in layers) layers[name].repaint();
    });
  }
  setInterval(() => {
    if (!map || document.hidden) return;
    if (yiping.casesLayer.tick()) layers.cases.repaint();
    layers.workers.repaint(); // a position grows old without any message
  }, 5000);

  yiping.oneMap = {
    /* The desk moves the map to a row of its list and opens the same card. */
    show(id, lon, lat) {
      if (!map || lon === null || lat === null) return;
      lock();
      map.setView([lat, lon], Math.max(map.getZoom(), 18), { animate: false });
      const [x, y] = yiping.mapData.local(lon, lat);
      yiping.mapCard.open(map, { id, x, y });
    },
    locked: () => locked,
    leaflet: () => map,
    repaintObjects: () => layers.objects && layers.objects.repaint(),
    onPainted: (fn) => paintedListeners.push(fn),
  };
})();
