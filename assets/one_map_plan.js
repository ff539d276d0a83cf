/* Draws the local plan: green, water, roads, buildings, zone and grid lines, quiet labels. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const ROAD_WIDTH_M = {
    motorway: 22, trunk: 20, primary: 18, major_road: 18, secondary: 14, tertiary: 11, main: 14,
    street: 9, minor_road: 7, residential: 7, internal: 5, path: 2, footway: 2, service: 4,
  };
  const ORDER = ["green", "water", "road", "building", "grid", "zone", "boundary"];
  let shapes = null;
  let buildings = []; // {id, rings: [[x, y]…], box} for clicks

  function build(plan) {
    shapes = {};
    buildings = [];
    wholeId = null;
    for (const layer of ORDER) shapes[layer] = { area: new Path2D(), lines: new Map(), labels: [] };
    for (const feature of plan.features) {
      const shape = shapes[feature.properties.layer];
      if (shape && feature.geometry) add(shape, feature.geometry, feature.properties);
    }
    const width = (label) => label.box[2] - label.box[0];
    const outlines = [...shapes.boundary.labels].sort((a, b) => width(b) - width(a));
    if (shapes.zone.labels.length && outlines.length) wholeId = outlines[0].row.id;
  }

  function add(shape, geometry, properties) {
    const type = geometry.type;
    if (type === "GeometryCollection") {
      for (const part of geometry.geometries) add(shape, part, properties);
    } else if (type === "Polygon" || type === "MultiPolygon") {
      const polygons = type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const rings of polygons) addPolygon(shape, rings, properties);
    } else if (type === "LineString" || type === "MultiLineString") {
      const lines = type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
      const width = ROAD_WIDTH_M[properties.kind] || 6;
      if (!shape.lines.has(width)) shape.lines.set(width, new Path2D());
      for (const line of lines) trace(shape.lines.get(width), line.map(local), false);
    }
  }
  let wholeId = null; // the community's own outline: its name stands in the header
  const local = (point) => yiping.mapData.local(point[0], point[1]);

  function addPolygon(shape, rings, properties) {
    const outline = rings.map((ring) => ring.map(local));
    for (const ring of outline) trace(shape.area, ring, true);
    const box = boxOf(outline[0]);
    if (properties.layer === "building") buildings.push({ ...properties, rings: outline, box });
    shape.labels.push({ x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, box, row: properties });
  }

  function trace(path, points, closed) {
    points.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
    if (closed) path.closePath();
  }

  function boxOf(points) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of points) {
      west = Math.min(west, x); east = Math.max(east, x);
      north = Math.min(north, y); south = Math.max(south, y);
    }
    return [west, north, east, south];
  }

  /* Draws plan shapes without labels; also used by the camera tiles for their little plans. */
  function paintShapes(context, view) {
    const ratio = view.ratio || 1;
    const unit = 1 / view.scale; // one screen pixel in local units
    const metre = yiping.mapData.metre();
    const t = yiping.token;
    context.save();
    context.setTransform(
      ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
    fill(context, shapes.green, t("map-green"));
    fill(context, shapes.water, t("map-water"));
    strokeLines(context, shapes.water, t("map-water"), metre, unit);
    strokeLines(context, shapes.road, t("map-road"), metre, unit);
    fill(context, shapes.road, t("map-road"));
    fill(context, shapes.building, t("map-building"));
    outline(context, shapes.building, t("map-building-edge"), Math.min(1.2 * unit, 0.8 * metre));
    if (!view.plain) {
      context.setLineDash([2 * unit, 5 * unit]);
      outline(context, shapes.grid, t("map-boundary"), 0.8 * unit, 0.55);
      context.setLineDash([8 * unit, 5 * unit]);
      outline(context, shapes.zone, t("map-boundary"), 1.4 * unit);
      context.setLineDash([]);
      outline(context, shapes.boundary, t("map-boundary"), 1.6 * unit);
    }
    context.restore();
  }

  function fill(context, shape, colour) {
    context.fillStyle = colour;
    context.fill(shape.area);
  }
  function outline(context, shape, colour, width, alpha) {
    context.globalAlpha = alpha || 1;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(shape.area);
    for (const path of shape.lines.values()) context.stroke(path);
    context.globalAlpha = 1;
  }
  function strokeLines(context, shape, colour, metre, unit) {
    context.strokeStyle = colour;
    context.lineCap = context.lineJoin = "round";
    for (const [width, path] of shape.lines) {
      context.lineWidth = Math.max(width * metre, 1.2 * unit);
      context.stroke(path);
    }
  }

  /* Zones always; grids and buildings once there is room for their names. */
  function paintLabels(context, view) {
    const taken = [];
    const size = Math.max(view.rem * 0.85, neededPx());
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const [layer, weight, least] of [["zone", 500, 6], ["boundary", 500, 6], ["grid", 400, 16], ["building", 400, 3]]) {
      context.font = weight + " " + size + "px " + yiping.token("font");
      for (const label of shapes[layer].labels) {
        const name = yiping.localName(label.row);
        if (!name || label.row.id === wholeId) continue;
        const room = (label.box[2] - label.box[0]) * view.scale;
        if (room < least * size) continue;
        paintLabel(context, view, label, name, size, taken, layer);
      }
    }
  }
  const neededPx = () =>
    Math.min(parseFloat(document.documentElement.style.getPropertyValue("--needed-text")) || 0, yiping.rem());

  function paintLabel(context, view, label, name, size, taken, layer) {
    const x = label.x * view.scale + view.x;
    const top = label.box[1] * view.scale + view.y + size;
    const y = layer === "zone" || layer === "boundary" ? top : label.y * view.scale + view.y;
    if (x < 0 || y < 0 || x > view.width || y > view.height) return;
    const half = context.measureText(name).width / 2 + 4;
    if ((label.box[2] - label.box[0]) * view.scale < half * 1.8) return;
    const box = [x - half, y - size * 0.7, x + half, y + size * 0.7];
    if (taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) return;
    taken.push(box);
    context.strokeStyle = yiping.token("map-halo");
    context.lineWidth = size / 4;
    context.globalAlpha = 0.8;
    context.strokeText(name, x, y);
    context.globalAlpha = 1;
    context.fillStyle = yiping.token("map-label");
    context.fillText(name, x, y);
  }

  yiping.planLayer = {
    build,
    ready: () => shapes !== null,
    paint(context, view) {
      if (shapes) paintShapes(context, view);
    },
    paintNames(context, view) {
      if (shapes) paintLabels(context, view);
    },
    paintPiece(context, view) {
      if (shapes) paintShapes(context, { ...view, plain: true });
    },
    has: (id) => buildings.some((building) => building.id === id),
    ids: () => new Set(buildings.map((building) => building.id)),
    /* The building under a local position, or null. */
    hit(x, y) {
      for (const building of buildings) {
        const [west, north, east, south] = building.box;
        if (x >= west && x <= east && y >= north && y <= south && inside(building.rings[0], x, y)) {
          return building;
        }
      }
      return null;
    },
  };

  function inside(ring, x, y) {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
    }
    return within;
  }
})();
