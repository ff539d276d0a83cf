/* The map editor: tools, the pin, and what clicks and drags ask of the server. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const L = window.L;
  if (!L || yiping.screen === "wall") return;
  const WIDEST_PHONE = 900;
  const LEVEL_OF = { boundary: "community", zone: "zone", grid: "grid" };
  const HEADING_PX = 46;
  const SAME_PX = 5;

  let map = null;
  let home = null;
  let outline = null;
  let ground = null;
  let pins = null;
  let tool = "select";
  let selected = null; // {noun, id, version, …} of what the panel shows
  let fresh = null; // {noun, kind} of what is being made
  let pin = null;
  let pinMoved = false;
  let needle = null;
  let redrawNext = false;
  let lastClick = null;
  const mayEdit = () => window.innerWidth >= WIDEST_PHONE;

  L.Map.addInitHook(function () {
    const container = this.getContainer();
    requestAnimationFrame(() => {
      const editor = container.closest(".setup-editor");
      if (editor) setUp(this, editor);
    });
  });

  function setUp(newMap, editor) {
    map = newMap;
    home = editor;
    const centre = home.dataset.centre ? home.dataset.centre.split(",").map(Number) : null;
    ground = new yiping.SetupGround(map, centre);
    pins = L.layerGroup().addTo(map);
    outline = new yiping.OutlineTool(map, () => ground.neighbours(selected && selected.id), tellShape);
    map.on("click", onClick);
    map.on("dblclick", () => outline.finish());
    map.on("unload", tearDown);
    const sized = new ResizeObserver(() => map && map.invalidateSize({ animate: false }));
    sized.observe(map.getContainer());
    map.on("unload", () => sized.disconnect());
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onTool);
    yiping.setup.complete = complete;
    setTool("select");
    yiping.setup.send({ action: "load" });
  }
  function tearDown() {
    ground.forget();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("click", onTool);
    yiping.setup.complete = null;
    map = home = ground = pins = outline = selected = fresh = pin = needle = null;
  }

  /* ---- tools ---- */
  function setTool(name) {
    tool = name;
    for (const button of home.querySelectorAll(".setup-tool")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === name));
    }
    const hint = name in LEVEL_OF || name === "redraw" ? "draw" : name;
    const code = "setup_map.hint_" + hint;
    yiping.setText(home.querySelector(".setup-map-hint"), yiping.say(code));
    home.dataset.drawing = String(hint !== "select");
  }
  function onTool(event) {
    const button = event.target.closest && event.target.closest("button[data-tool]");
    if (!button || !home || !home.contains(button) || !mayEdit()) return;
    const name = button.dataset.tool;
    if (name === "redraw") return redraw();
    const wasMaking = fresh !== null;
    forget();
    setTool(name);
    if (name in LEVEL_OF) return makeArea(LEVEL_OF[name]);
    if (name === "place") {
      const [noun, kind] = home.querySelector(".setup-kind").value.split(":");
      return make(noun, kind);
    }
    if (name === "centre") return make("community", "");
    if (wasMaking) yiping.setup.send({ action: "close" });
  }
  function make(noun, kind) {
    fresh = { noun, kind };
    yiping.setup.send({ action: "new", noun, kind });
  }
  function makeArea(level) {
    const known = level === "community" ? ground.first(level) : null;
    if (known) {
      redrawNext = true;
      return yiping.setup.send({ action: "open", noun: "area", id: known });
    }
    make("area", level);
    begin();
  }
  function redraw() {
    setTool("redraw");
    begin();
  }
  /* Keys belong to the drawing from now on, not to the button that was pressed. */
  function begin() {
    outline.start();
    map.getContainer().focus({ preventScroll: true });
  }

  /* Lets go of everything drawn and chosen that is not saved. */
  function forget() {
    outline.clear();
    pins.clearLayers();
    pin = needle = selected = fresh = null;
    pinMoved = redrawNext = false;
    ground.unmark();
  }

  /* ---- clicks ---- */
  function onClick(event) {
    if (outline.drawing) return outline.add(event.latlng);
    if ((tool === "place" || tool === "centre") && fresh) return setPin(event.latlng, true);
    if (selected && selected.noun !== "area" && selected.lon === null && mayEdit()) {
      setPin(event.latlng, true);
      return move(event.latlng);
    }
    const found = ground.hits(event.latlng);
    if (found.length) yiping.setup.send({ action: "open", ...found[nextOf(found, event.containerPoint)] });
  }
  /* Clicking the same spot again means what lies below. */
  function nextOf(found, point) {
    const again = lastClick && lastClick.point.distanceTo(point) <= SAME_PX && lastClick.count === found.length;
    const index = again ? (lastClick.index + 1) % found.length : 0;
    lastClick = { point, index, count: found.length };
    return index;
  }
  function onKey(event) {
    if (!home || event.target.closest("input, textarea, select")) return;
    if (event.key === "Escape") {
      forget();
      setTool("select");
      yiping.setup.send({ action: "close" });
    } else if (!outline.drawing || event.target.closest(".setup-side")) return;
    else if (event.key === "Enter") outline.finish();
    else if (event.key === "Backspace") outline.back();
    else return;
    event.preventDefault();
  }

  /* ---- the pin of a place, a device or the centre ---- */
  function setPin(latlng, moved) {
    pinMoved = moved;
    if (pin) pin.setLatLng(latlng);
    else {
      const icon = L.divIcon({ className: "setup-pin", iconSize: [26, 26], html: "" });
      pin = L.marker(latlng, { icon, draggable: mayEdit(), autoPan: true }).addTo(pins);
      pin.on("drag", () => showHeading());
      pin.on("dragend", () => (selected ? move(pin.getLatLng()) : setPin(pin.getLatLng(), true)));
    }
    showHeading();
    if (moved) tellNote("setup_map.moved", {});
  }
  function move(latlng) {
    const position = [latlng.lng, latlng.lat];
    yiping.setup.send({ action: "move", noun: selected.noun, id: selected.id, version: selected.version, position });
  }
  function showHeading() {
    if (needle) needle.remove();
    needle = null;
    if (!pin || !selected || typeof selected.heading !== "number") return;
    const turn = (selected.heading * Math.PI) / 180;
    const from = map.latLngToContainerPoint(pin.getLatLng());
    const to = from.add([HEADING_PX * Math.sin(turn), -HEADING_PX * Math.cos(turn)]);
    const line = [pin.getLatLng(), map.containerPointToLatLng(to)];
    needle = L.polyline(line, { interactive: false, className: "setup-heading" }).addTo(pins);
  }

  /* ---- wishes and answers ---- */
  /* Adds to a form what was drawn; what is typed beside it counts more on the server. */
  function complete(request) {
    if (!map || (request.action !== "save" && request.action !== "centre")) return;
    if (request.noun === "area" && outline.touched && outline.points.length) request.ring = outline.ring;
    if (request.noun !== "area" && pin && pinMoved) {
      const at = pin.getLatLng();
      request.position = [at.lng, at.lat];
    }
  }
  function tellShape(ring, closed) {
    if (!closed) return tellNote("setup_map.drawn_n", { n: ring.length });
    if (outline.touched) tellNote("setup_map.reshaped", {});
  }
  function tellNote(code, values) {
    const note = home.querySelector(".setup-shape-note");
    if (!note) return;
    note.hidden = false;
    yiping.setText(note, yiping.say(code, values));
  }

  function take(answer) {
    if (answer.refused) return;
    if (answer.drawing) ground.draw(answer.drawing, answer.centre);
    if (answer.selected && answer.selected.new) {
      if (outline.drawing) tellShape(outline.ring, false);
      return;
    }
    const again = redrawNext;
    const stale = selected && selected.noun === "place" && answer.drawing && yiping.planLayer.has(selected.id);
    forget();
    setTool("select");
    if (stale) yiping.mapData.restart(); // a footprint of the plan has moved
    if (answer.selected) select(answer.selected);
    if (again && answer.selected) redraw();
  }
  function select(chosen) {
    selected = chosen;
    if (chosen.noun !== "area") {
      if (chosen.lon !== null) setPin(L.latLng(chosen.lat, chosen.lon), false);
      return;
    }
    ground.mark(chosen.id, true);
    const geometry = chosen.geometry ? JSON.parse(chosen.geometry) : null;
    const simple = geometry && geometry.type === "Polygon" && geometry.coordinates.length === 1;
    if (simple && mayEdit()) outline.reshape(geometry.coordinates[0]);
    else if (geometry && !simple) tellNote("setup_map.complex", {});
  }

  yiping.whenPresent("setup-map-answer", (node) => {
    new MutationObserver(() => {
      if (!map || !node.textContent) return;
      const answer = JSON.parse(node.textContent);
      // The panel is put in place in the same turn; what points into it comes after.
      requestAnimationFrame(() => {
        if (map) take(answer);
        yiping.setup.answered(answer.seq, false);
      });
    }).observe(node, { childList: true, characterData: true, subtree: true });
  });

  /* For tests: where a position stands on the screen, and what is chosen. */
  yiping.setupMap = {
    leaflet: () => map,
    pixel: (lon, lat) => map.latLngToContainerPoint([lat, lon]),
    selected: () => selected,
    areas: () => [...ground.areas.values()].map((each) => each.area),
  };
})();
