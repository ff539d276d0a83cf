/* Draws the thousands of standing objects: tiny quiet dots, larger marks only for key places and care. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const LAYERS = ["facility", "device", "building", "camera", "key_place", "care"]; // drawn in this order
  const RADIUS_REM = { facility: 0.05, device: 0.06, building: 0.1, camera: 0.11, key_place: 0.15, care: 0.12 };
  const STRENGTH = { facility: 0.5, device: 0.6, building: 0.8, camera: 0.75, key_place: 0.9, care: 0.9 };
  const CARE_NUMBER_REM = 0.5;
  const CARE_NUMBER_ZOOM = 17.2; // from here on there is room for a number on each building
  const TROUBLE = new Set(["fault", "offline"]);
  const GROWTH_ZOOM = 16; // marks grow a little from here on, where there is room

  let groups = new Map(); // layer → [{id, x, y, row}]
  let counts = null;

  function build(objects) {
    groups = new Map(LAYERS.map((layer) => [layer, []]));
    const drawn = yiping.planLayer.ids();
    for (const row of objects.values()) {
      if (row.lon === null || row.lat === null || !groups.has(row.layer)) continue;
      if (row.layer === "building" && drawn.has(row.id)) continue;
      const [x, y] = yiping.mapData.local(row.lon, row.lat);
      groups.get(row.layer).push({ id: row.id, x, y, row });
    }
  }

  function radius(layer, view) {
    if (layer === "care" && view.zoom >= CARE_NUMBER_ZOOM) return CARE_NUMBER_REM * view.rem;
    const growth = Math.min(2.5, Math.max(1, 2 ** ((view.zoom - GROWTH_ZOOM) / 1.5)));
    return Math.max(0.7, RADIUS_REM[layer] * view.rem * growth);
  }

  function paint(context, view, visible) {
    for (const layer of LAYERS) {
      if (!visible(layer)) continue;
      const size = radius(layer, view);
      // A dot of two pixels needs no round picture; thousands of squares cost a tenth.
      const square = size <= 1.6 && (layer === "facility" || layer === "device" || layer === "building");
      context.fillStyle = yiping.token("map-dot");
      context.globalAlpha = square ? STRENGTH[layer] : 1;
      for (const mark of groups.get(layer) || []) {
        const x = mark.x * view.scale + view.x;
        const y = mark.y * view.scale + view.y;
        if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
        if (layer === "care" && view.zoom >= CARE_NUMBER_ZOOM) paintCare(context, view, mark, x, y, size);
        else if (square && !TROUBLE.has(mark.row.state)) {
          context.fillRect(x - size, y - size, size * 2, size * 2);
        } else yiping.stamp(context, spriteOf(layer, mark.row.state, size, view.ratio), x, y);
      }
    }
  }

  function spriteOf(layer, state, size, ratio) {
    const trouble = TROUBLE.has(state);
    const unknown = state === "unknown";
    const key = layer + (trouble ? "!" : unknown ? "?" : "");
    const grown = trouble ? Math.max(size * 1.4, 2) : size;
    return yiping.sprite(key, grown, ratio, (context, r) => {
      const colour = yiping.token(
        trouble ? "warning" : layer === "key_place" ? "map-dot-strong" : "map-dot");
      context.fillStyle = context.strokeStyle = colour;
      context.lineWidth = Math.max(1, r / 3);
      context.globalAlpha = trouble ? 1 : STRENGTH[layer];
      context.beginPath();
      if (layer === "camera") {
        context.moveTo(-r, 0);
        context.lineTo(r * 0.8, -r * 0.9);
        context.lineTo(r * 0.8, r * 0.9);
        context.closePath();
      } else context.arc(0, 0, r, 0, 7);
      if (layer === "camera" && unknown) context.globalAlpha = 0.5;
      if (layer === "care") context.stroke();
      else context.fill();
    });
  }

  /* Care is a number per building or grid, never a person. */
  function paintCare(context, view, mark, x, y, r) {
    const ring = yiping.sprite("care number", r, view.ratio, (sprite, size) => {
      sprite.fillStyle = yiping.token("map-halo");
      sprite.strokeStyle = yiping.token("map-dot");
      sprite.globalAlpha = 0.85;
      sprite.beginPath();
      sprite.arc(0, 0, size, 0, 7);
      sprite.fill();
      sprite.stroke();
    });
    yiping.stamp(context, ring, x, y);
    context.font = "500 " + Math.max(8, r * 1.05) + "px " + yiping.token("font");
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = yiping.token("second");
    context.fillText(String(mark.row.state), x, y);
  }

  yiping.objectsLayer = {
    build,
    paint,
    tell: (view) => { counts = view; },
    count(layer) {
      if (counts) return counts[layer === "care" ? "care_recipient" : layer];
      return groups.has(layer) ? groups.get(layer).length : null;
    },
    total: () => (counts ? counts.total : null),
    /* The nearest visible mark within reach of a local position. */
    hit(x, y, reach, visible) {
      let best = null;
      for (const layer of LAYERS) {
        if (!visible(layer)) continue;
        for (const mark of groups.get(layer) || []) {
          const distance = Math.hypot(mark.x - x, mark.y - y);
          if (distance <= reach && (!best || distance <= best.distance)) best = { ...mark, distance };
        }
      }
      return best;
    },
    group: (layer) => groups.get(layer) || [],
  };
})();
