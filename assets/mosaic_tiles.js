/* The mosaic of camera pictures: one canvas, with names, ages and states as words above it. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  const turns = yiping.mosaicGrid;
  const TURN_EVERY_MS = 20000;
  const AHEAD_MS = 5000; // so long before a turn the next pictures are asked for
  const TILE_FPS = 5;
  const MOST_CROP = 1.35; // a picture is cut to fill its tile by so much, not more
  const KEPT = "yiping-mosaic"; // size, group, pins of this browser

  const kept = JSON.parse(localStorage.getItem(KEPT) || "{}");
  let size = turns.SIZES.includes(kept.size) ? kept.size : innerWidth < 640 ? 4 : 9;
  let group = kept.group || "";
  const pins = new Set(kept.pins || []);
  let page = 0;
  let paused = false;
  let turnedAt = performance.now();
  let home = null;
  let canvas = null;
  let layer = null;
  let fronts = new Map();
  let cells = []; // [{id, tile, x, y, w, h}] in pixels of the page
  let sized = null;

  function keep() {
    localStorage.setItem(KEPT, JSON.stringify({ size, group, pins: [...pins] }));
  }

  function mount(node) {
    home = node;
    if (sized) sized.disconnect();
    canvas = el("canvas", "mosaic-canvas");
    layer = el("div", "mosaic-tiles");
    home.replaceChildren(canvas, layer);
    cells = [];
    sized = new ResizeObserver(() => arrange());
    sized.observe(home);
    layer.onclick = onClick;
    layer.onkeydown = onKey;
    yiping.mosaicControls.mount(controls);
    yiping.pictures.open();
    arrange();
  }

  const controls = {
    size: () => size,
    group: () => group,
    paused: () => paused,
    setSize(value) { size = value; page = 0; keep(); turn(0); },
    setGroup(value) { group = value; page = 0; keep(); turn(0); },
    /* How many pictures of 16:9 a size comes to in the room there is. */
    tiles(value) {
      const { columns, rows } = turns.grid(value, home.clientWidth || 16, home.clientHeight || 9);
      return columns * rows;
    },
    pause() { paused = !paused; turn(0); },
    turn: (by) => turn(by),
  };

  function turn(by) {
    page += by;
    turnedAt = performance.now();
    arrange();
  }

  function inGroup(cameras) {
    const rows = [...cameras.values()];
    if (group === "pinned") return rows.filter((row) => pins.has(row.id)).map((row) => row.id);
    if (group && rows.some((row) => row.zone_id === group)) {
      return rows.filter((row) => row.zone_id === group).map((row) => row.id);
    }
    return rows.map((row) => row.id);
  }

  /* Puts every camera in its place and tells the server what is in sight. */
  function arrange() {
    const cameras = yiping.pictures.cameras();
    if (!home || !home.clientWidth || !cameras || !cameras.size) return showNothing(cameras);
    fronts = yiping.mosaicFronts(cameras);
    const ids = inGroup(cameras);
    for (const id of fronts.keys()) if (!ids.includes(id)) ids.push(id); // an alarm is of every group
    if (!ids.length) return showNothing(cameras);
    const { columns, rows } = turns.grid(size, home.clientWidth, home.clientHeight);
    const plan = turns.arrange({ cameras: ids, fronts, pins, size: columns * rows, page });
    if (plan.shown.join() !== cells.map((cell) => cell.id).join()) yiping.cameraWedges.repaint();
    page = plan.page;
    place(plan.shown, columns, rows);
    ask(plan);
    yiping.mosaicControls.show({ total: cameras.size, page: plan.page, pages: plan.pages, cameras });
    tick();
  }

  function showNothing(cameras) {
    if (!home) return;
    yiping.pictures.hide("mosaic");
    const state = yiping.pictures.state();
    const closed = state === "off" || state === "denied" || state === "over";
    const none = cameras && cameras.size ? "mosaic.no_pins" : "mosaic.no_cameras";
    const word = cameras ? none : closed ? "mosaic.link_" + state : "mosaic.starting";
    for (const cell of cells) cell.tile.remove();
    cells = [];
    const note = layer.querySelector(".empty") || layer.appendChild(el("p", "empty"));
    yiping.setText(note, say(word));
    yiping.mosaicControls.show({ total: cameras ? cameras.size : null, page: 0, pages: 1, cameras });
  }

  function place(shown, columns, rows) {
    const note = layer.querySelector(".empty");
    if (note) note.remove();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(home.clientWidth * ratio);
    const height = Math.round(home.clientHeight * ratio);
    const moved = canvas.width !== width || canvas.height !== height;
    if (moved) Object.assign(canvas, { width, height });
    const gap = 0.3 * yiping.rem();
    const w = (home.clientWidth - gap * (columns + 1)) / columns;
    const h = (home.clientHeight - gap * (rows + 1)) / rows;
    while (cells.length > shown.length) cells.pop().tile.remove();
    shown.forEach((id, index) => {
      const x = gap + (index % columns) * (w + gap);
      const y = gap + Math.floor(index / columns) * (h + gap);
      const cell = cells[index] || (cells[index] = { id: null, tile: layer.appendChild(newTile()) });
      const same = cell.id === id && cell.w === w && cell.h === h && cell.x === x && cell.y === y && !moved;
      if (cell.id !== id) cell.since = performance.now();
      Object.assign(cell, { id, x, y, w, h });
      if (same) return;
      cell.tile.dataset.camera = id;
      Object.assign(cell.tile.style, { left: x + "px", top: y + "px", width: w + "px", height: h + "px" });
      cell.tile.dataset.small = String(w < 9 * yiping.rem());
      cell.empty = true;
    });
    wipe();
  }

  /* No picture of one camera may stand under the name of another. */
  function wipe() {
    const context = canvas.getContext("2d");
    const ratio = canvas.width / home.clientWidth;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = getComputedStyle(home).getPropertyValue("--map-ground");
    const stale = cells.filter((cell) => cell.empty);
    if (stale.length === cells.length) context.clearRect(0, 0, canvas.width, canvas.height);
    for (const cell of stale) {
      context.fillRect(cell.x * ratio, cell.y * ratio, cell.w * ratio, cell.h * ratio);
      cell.empty = false;
    }
    const last = cells[cells.length - 1];
    if (last) context.clearRect(0, (last.y + last.h) * ratio + 1, canvas.width, canvas.height);
  }

  function newTile() {
    const tile = el("div", "mosaic-tile");
    tile.tabIndex = 0;
    tile.setAttribute("role", "button");
    const pin = el("button", "mosaic-pin");
    pin.type = "button";
    const foot = el("span", "mosaic-foot");
    tile.parts = { why: el("span", "mosaic-why"), said: el("b", "mosaic-said"), more: el("span", "mosaic-more"),
      name: el("b", "mosaic-name"), age: el("span", "mosaic-age"), pin };
    const middle = el("span", "mosaic-middle");
    middle.append(tile.parts.said, tile.parts.more);
    foot.append(tile.parts.name, tile.parts.age);
    tile.append(tile.parts.why, middle, foot, pin);
    return tile;
  }

  function ask(plan) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const wants = cells.map((cell) => ({ id: cell.id, w: cell.w * ratio, fps: TILE_FPS, k: false }));
    const soon = !paused && performance.now() - turnedAt > TURN_EVERY_MS - AHEAD_MS;
    if (soon) for (const id of plan.next) wants.push({ id, w: 64, fps: 1, k: true });
    if (yiping.single.open()) yiping.pictures.hide("mosaic"); // what lies behind is not in sight
    else yiping.pictures.show("mosaic", wants, draw);
  }

  function draw(id, bitmap) {
    const context = canvas.getContext("2d");
    const ratio = canvas.width / home.clientWidth;
    for (const cell of cells) {
      if (cell.id === id) yiping.paintPicture(context, bitmap, cell, ratio, MOST_CROP);
    }
  }

  function tick() {
    const cameras = yiping.pictures.cameras();
    if (!cameras) return;
    for (const cell of cells) {
      const { parts } = cell.tile;
      const row = cameras.get(cell.id);
      const word = yiping.pictureState(cell.id, performance.now() - cell.since);
      const reason = fronts.get(cell.id);
      yiping.tellPicture(cell.tile, parts, word);
      cell.tile.dataset.front = reason ? reason.tone : "";
      cell.tile.dataset.pinned = String(pins.has(cell.id));
      yiping.setText(parts.name, row ? yiping.localName(row) : "");
      yiping.setText(parts.why, reason ? reasonText(reason) : "");
      const label = say(pins.has(cell.id) ? "mosaic.unpin" : "mosaic.pin");
      if (parts.pin.title !== label) {
        parts.pin.title = label;
        parts.pin.setAttribute("aria-label", label);
      }
    }
  }
  const reasonText = (reason) =>
    reason.shape + " " + [yiping.named("camera_front", reason.kind), reason.text].filter(Boolean).join(" · ");

  function every() {
    if (!home || document.hidden) return;
    if (!yiping.pictures.cameras()) return arrange();
    const due = performance.now() - turnedAt > TURN_EVERY_MS;
    if (due && !paused && !yiping.single.open()) turn(1);
    else arrange();
  }

  function pin(id) {
    if (!pins.delete(id)) pins.add(id);
    keep();
    arrange();
  }

  function onClick(event) {
    const tile = event.target.closest(".mosaic-tile");
    if (!tile) return;
    if (event.target.closest(".mosaic-pin")) return pin(tile.dataset.camera);
    yiping.single.show(tile.dataset.camera, fronts.get(tile.dataset.camera));
  }

  function onKey(event) {
    const tile = event.target.closest(".mosaic-tile");
    const id = tile && tile.dataset.camera;
    const act = {
      Enter: () => yiping.single.show(id, fronts.get(id)),
      f: () => yiping.single.show(id, fronts.get(id)),
      p: () => pin(id),
      " ": () => controls.pause(),
      ArrowRight: () => turn(1),
      ArrowLeft: () => turn(-1),
    }[event.key];
    if (!act || !id || event.target !== tile) return;
    event.preventDefault();
    act();
  }

  yiping.mosaic = { shown: () => cells.map((cell) => cell.id), refresh: () => arrange() };
  yiping.whenPresent("mosaic", mount);
  yiping.pictures.onCameras(() => arrange());
  for (const view of ["alarms", "plan_runs", "ticker"]) yiping.live.on(view, () => home && arrange());
  yiping.onLanguage(() => home && arrange());
  setInterval(every, 500);
})();
