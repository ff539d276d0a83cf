/* Cameras on the map: where each looks, as a wedge, and the picture in the card of a clicked one. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const el = yiping.el;
  const USUAL_FOV_DEG = 70; // where the record of the camera does not say
  const REACH_M = 28;
  const SHORTEST_REM = 1.1;
  const ALL_ZOOM = 17.6; // from here on there is room for the wedge of every camera
  const CARD_FPS = 5;
  let shown = null; // {id, since, parts, why}

  /* ---- wedges ---- */
  const repaint = () => yiping.oneMap && yiping.oneMap.repaintObjects();

  function paint(context, view, visible) {
    const cameras = yiping.pictures.cameras();
    if (!cameras || !visible("camera")) return;
    const seen = new Set(yiping.mosaic ? yiping.mosaic.shown() : []);
    if (shown) seen.add(shown.id);
    const length = Math.max(SHORTEST_REM * view.rem, REACH_M * yiping.mapData.metre() * view.scale);
    context.fillStyle = yiping.token("information");
    for (const camera of cameras.values()) {
      const inSight = seen.has(camera.id);
      if (camera.heading_deg === null || camera.lon === null || (!inSight && view.zoom < ALL_ZOOM)) continue;
      const [localX, localY] = yiping.mapData.local(camera.lon, camera.lat);
      const x = localX * view.scale + view.x;
      const y = localY * view.scale + view.y;
      if (x < -length || y < -length || x > view.width + length || y > view.height + length) continue;
      const middle = ((camera.heading_deg - 90) * Math.PI) / 180;
      const half = ((camera.fov_deg || USUAL_FOV_DEG) * Math.PI) / 360;
      context.globalAlpha = inSight ? 0.3 : 0.12;
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, length, middle - half, middle + half);
      context.closePath();
      context.fill();
    }
    context.globalAlpha = 1;
  }

  /* ---- the card ---- */
  async function extend(node, id, still, moved) {
    end();
    yiping.pictures.open();
    for (let tries = 0; tries < 40 && !yiping.pictures.cameras(); tries++) {
      const state = yiping.pictures.state();
      if (state === "denied" || state === "off" || state === "over" || !still()) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    const cameras = yiping.pictures.cameras();
    if (!still() || !cameras || !cameras.has(id)) return; // out of reach: the card stays as it is
    const box = el("div", "card-picture");
    node.insertBefore(box, node.querySelector(".card-rows"));
    shown = { id, box, parts: null, since: 0 };
    const reason = yiping.mosaicFronts(cameras).get(id) || null;
    if (yiping.screen === "wall") look(true);
    else box.append(yiping.whyForm(reason, (why) => { look(why); moved(); }));
    repaint();
    moved();
  }

  function look(why) {
    const canvas = el("canvas");
    const tile = el("div", "mosaic-tile");
    const middle = el("span", "mosaic-middle");
    const foot = el("span", "mosaic-foot");
    shown.parts = { canvas, tile, said: el("b", "mosaic-said"), more: el("span", "mosaic-more"), age: el("span", "mosaic-age") };
    middle.append(shown.parts.said, shown.parts.more);
    foot.append(el("span", "mosaic-name"), shown.parts.age);
    tile.append(middle, foot);
    shown.box.classList.add("on-pictures");
    shown.box.replaceChildren(canvas, tile);
    shown.since = performance.now();
    const { id } = shown;
    tile.onclick = () => yiping.single.show(id, null, why);
    yiping.pictures.retry(id);
    const width = shown.box.clientWidth * Math.min(2, window.devicePixelRatio || 1);
    yiping.pictures.show("card", [{ id, w: width, fps: CARD_FPS, k: false, alone: why }], draw);
    tick();
  }

  function draw(id, bitmap) {
    if (!shown || !shown.parts || id !== shown.id) return;
    yiping.paintWhole(shown.parts.canvas, bitmap);
  }

  function tick() {
    if (!shown || !shown.parts) return;
    if (!shown.box.isConnected) return end();
    yiping.tellPicture(shown.parts.tile, shown.parts, yiping.pictureState(shown.id, performance.now() - shown.since));
  }

  function end() {
    if (!shown) return;
    shown.box.remove();
    shown = null;
    yiping.pictures.hide("card");
    repaint();
  }

  yiping.cameraCard = { extend, end };
  yiping.cameraWedges = { paint, repaint };
  yiping.pictures.onCameras(repaint);
  yiping.whenPresent("one-map", () => yiping.pictures.open());
  setInterval(tick, 500);
})();
