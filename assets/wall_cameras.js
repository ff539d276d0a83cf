/* The room of the camera pictures until they are connected: which cameras there are, and where. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const TURN_EVERY_MS = 20000;
  const TILE_SHAPE = 1.2; // width to height a tile tries to have
  const TILE_REM = 11.5;
  const ACROSS_M = 130; // how much of the plan a tile shows

  let page = 0;
  let box = null;

  function grid() {
    const rem = yiping.rem();
    const columns = Math.max(2, Math.min(5, Math.round(box.clientWidth / (TILE_REM * rem * 1.08))));
    const height = box.clientWidth / columns / TILE_SHAPE;
    const rows = Math.max(2, Math.min(6, Math.round(box.clientHeight / height)));
    return { columns, rows, size: columns * rows };
  }

  function cameras() {
    if (!yiping.mapData.objects()) return null;
    return yiping.objectsLayer.group("camera").map((mark) => mark);
  }

  function show() {
    if (!box || !box.clientWidth) return;
    const all = cameras();
    const note = document.getElementById("cameras-note");
    if (!all) return;
    if (!all.length) {
      showEmpty();
      yiping.setText(note, "");
      return;
    }
    const { columns, rows, size } = grid();
    const pages = Math.ceil(all.length / size);
    page %= pages;
    box.className = "tiles";
    box.style.setProperty("--columns", columns);
    box.style.setProperty("--rows", rows);
    const shown = all.slice(page * size, page * size + size);
    if (box.firstChild && !box.firstChild.parts) box.replaceChildren();
    while (box.children.length > shown.length) box.lastChild.remove();
    shown.forEach((mark, index) => write(box.children[index] || box.appendChild(newTile()), mark));
    yiping.setText(note, say("wall.cameras_note", { n: yiping.number(all.length), page: page + 1, pages }));
  }

  function showEmpty() {
    const { columns, rows, size } = grid();
    box.className = "tiles tiles-empty";
    box.style.setProperty("--columns", columns);
    box.style.setProperty("--rows", rows);
    const ghosts = Array.from({ length: size }, () => yiping.el("div", "ghost"));
    box.replaceChildren(...ghosts, yiping.el("p", "empty", say("wall.no_cameras")));
  }

  function newTile() {
    const tile = yiping.el("figure", "tile");
    const parts = (tile.parts = {
      canvas: yiping.el("canvas"),
      state: yiping.el("span", "tile-state"),
      name: yiping.el("b"),
      seen: yiping.el("span"),
    });
    const foot = yiping.el("figcaption");
    foot.append(parts.name, parts.seen);
    tile.append(parts.canvas, parts.state, foot);
    return tile;
  }

  function write(tile, mark) {
    const { row } = mark;
    const trouble = row.state === "offline" || row.state === "fault";
    tile.dataset.tone = trouble ? "warning" : "";
    yiping.setText(tile.parts.state, say("wall.no_picture"));
    yiping.setText(tile.parts.name, yiping.localName(row));
    yiping.setText(tile.parts.seen, row.state === "online" ? "" : yiping.named("state", row.state));
    sketch(tile.parts.canvas, mark);
  }

  /* Where the camera stands, from the plan; honest in place of a picture we do not have. */
  function sketch(canvas, mark) {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext("2d");
    const scale = width / (ACROSS_M * yiping.mapData.metre());
    const view = { scale, ratio, width, height, rem: yiping.rem(),
      x: width / 2 - mark.x * scale, y: height * 0.45 - mark.y * scale };
    yiping.planLayer.paintPiece(context, view);
    context.setTransform(ratio, 0, 0, ratio, (width / 2) * ratio, height * 0.45 * ratio);
    const r = view.rem * 0.32;
    context.fillStyle = yiping.token(tileColour(mark.row.state));
    context.beginPath();
    context.arc(0, 0, r, 0, 7);
    context.fill();
    context.strokeStyle = context.fillStyle;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.arc(0, 0, r * 2.6, 0, 7);
    context.stroke();
    context.globalAlpha = 1;
  }
  const tileColour = (state) => (state === "offline" || state === "fault" ? "warning" : "map-dot-strong");

  yiping.whenPresent("wall-cameras", (node) => {
    box = node;
    new ResizeObserver(show).observe(node);
    show();
  });
  if (yiping.oneMap) yiping.oneMap.onPainted(show);
  yiping.onLanguage(show);
  setInterval(() => {
    if (document.hidden || !box) return;
    page += 1;
    show();
  }, TURN_EVERY_MS);
})();
