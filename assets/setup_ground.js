/* What the map editor shows: plan and objects on canvas, areas and gaps as shapes; finds what a click means. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const L = window.L;
  if (!L || yiping.screen === "wall") return;
  const PANES = { "setup-plan": 210, "setup-objects": 410 };
  const REACH_PX = 14;
  const FAR_REACH_PX = 4; // from afar thousands of dots lie everywhere, and the grid is meant
  const CLOSE_ZOOM = 17;
  const LABEL_PX = 60; // an area narrower than this on the screen goes without its name
  const ORDER = ["grid", "zone", "community"]; // a click means the smallest area that holds it
  const shown = (layer) => layer !== "care"; // people are no part of this page
  const ringsOf = (geometry) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const turned = (ring) => ring.map(([lon, lat]) => [lat, lon]);

  yiping.SetupGround = class {
    /* centre: [lon, lat] to open at, or null. */
    constructor(map, centre) {
      this.map = map;
      this.areas = new Map(); // id → {area, rings, shape}
      this.whole = null; // bounds to show until a hand moves the map
      this.held = false;
      for (const name in PANES) {
        const pane = map.createPane(name);
        pane.style.zIndex = PANES[name];
        pane.style.pointerEvents = "none";
      }
      const plan = (context, view) => yiping.planLayer.ready() && yiping.planLayer.paintPiece(context, view);
      const objects = (context, view) => yiping.objectsLayer.paint(context, view, shown);
      this.plan = new yiping.CanvasLayer(plan, "setup-plan").addTo(map);
      this.objects = new yiping.CanvasLayer(objects, "setup-objects").addTo(map);
      this.shapes = L.layerGroup().addTo(map);
      this.names = L.layerGroup().addTo(map);
      this.takePlan = (found) => this.showPlan(found);
      this.takeObjects = (found) => this.showObjects(found);
      yiping.mapData.onPlan(this.takePlan);
      yiping.mapData.onObjects(this.takeObjects);
      map.on("zoomend", () => this.nameAreas());
      map.on("resize", () => this.fit(this.whole));
      for (const gesture of ["pointerdown", "wheel"]) {
        map.getContainer().addEventListener(gesture, () => { this.held = true; }, { passive: true });
      }
      this.lookAt(centre, centre ? 16 : 4);
    }
    forget() {
      yiping.mapData.forget(this.takePlan);
      yiping.mapData.forget(this.takeObjects);
    }

    showPlan(plan) {
      yiping.planLayer.build(plan);
      if (yiping.mapData.objects()) yiping.objectsLayer.build(yiping.mapData.objects());
      if (plan.bounds) this.fit(L.latLngBounds(plan.bounds));
      this.plan.repaint();
      this.objects.repaint();
    }
    showObjects(objects) {
      yiping.objectsLayer.build(objects);
      this.objects.repaint();
    }
    lookAt(centre, zoom) {
      this.map.setView(centre ? [centre[1], centre[0]] : [35, 105], zoom, { animate: false });
    }
    fit(bounds) {
      if (this.held || !bounds || !bounds.isValid()) return;
      this.whole = bounds;
      this.map.fitBounds(bounds.pad(0.03), { animate: false });
    }

    /* All outlines and gaps anew, as the server answers after a step. */
    draw(drawing, centre) {
      this.shapes.clearLayers();
      this.areas = new Map();
      for (const area of drawing.areas) {
        const geometry = JSON.parse(area.geometry);
        if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") continue;
        const rings = ringsOf(geometry);
        const className = "setup-area setup-area-" + area.level;
        const shape = L.polygon(rings.map((part) => part.map(turned)), { interactive: false, className });
        this.areas.set(area.area_id, { area, rings, shape: shape.addTo(this.shapes) });
      }
      for (const gap of drawing.gaps) {
        const rings = ringsOf(JSON.parse(gap.geometry)).map((part) => part.map(turned));
        L.polygon(rings, { interactive: false, className: "setup-gap" }).addTo(this.shapes);
      }
      this.nameAreas();
      const shapes = [...this.areas.values()].map((each) => each.shape);
      if (shapes.length) this.fit(L.featureGroup(shapes).getBounds());
      else if (centre && this.map.getZoom() < 10) this.lookAt(centre, 16);
    }
    nameAreas() {
      this.names.clearLayers();
      for (const { area, shape } of this.areas.values()) {
        if (area.level === "community") continue;
        const bounds = shape.getBounds();
        const left = this.map.latLngToContainerPoint(bounds.getSouthWest()).x;
        const right = this.map.latLngToContainerPoint(bounds.getNorthEast()).x;
        if (right - left < LABEL_PX * (area.level === "zone" ? 3 : 1)) continue;
        // An element, not a text: Leaflet would read a text as HTML.
        const words = yiping.el("span", "", yiping.localName(area));
        const middle = bounds.getCenter();
        const at = area.level === "zone" ? [bounds.getNorth(), middle.lng] : middle;
        const className = "setup-name setup-name-" + area.level;
        L.tooltip({ permanent: true, direction: "center", className })
          .setLatLng(at).setContent(words).addTo(this.names);
      }
    }
    mark(id, on) {
      const known = this.areas.get(id);
      const element = known && known.shape.getElement();
      if (element) element.classList.toggle("setup-chosen", on);
    }
    unmark() {
      for (const id of this.areas.keys()) this.mark(id, false);
    }
    /* The one area of a level, e.g. the boundary. */
    first(level) {
      const found = [...this.areas.values()].find((each) => each.area.level === level);
      return found ? found.area.area_id : null;
    }
    /* Rings of all areas but one, to snap to. */
    neighbours(without) {
      const rings = [];
      for (const [id, { rings: parts }] of this.areas) {
        if (id === without) continue;
        for (const part of parts) for (const ring of part) rings.push(yiping.openRing(ring));
      }
      return rings;
    }

    /* Everything under a click, what is meant most likely first: objects, footprints, areas by size. */
    hits(latlng) {
      const found = [];
      if (yiping.mapData.origin() && yiping.planLayer.ready()) {
        const [x, y] = yiping.mapData.local(latlng.lng, latlng.lat);
        const view = yiping.mapView(this.map);
        const reach = (view.zoom < CLOSE_ZOOM ? FAR_REACH_PX : REACH_PX) / view.scale;
        const near = yiping.objectsLayer.hit(x, y, reach, shown);
        if (near) found.push({ noun: nounOf(near.row.layer), id: near.id });
        const building = yiping.planLayer.hit(x, y);
        if (building) found.push({ noun: "place", id: building.id });
      }
      for (const level of ORDER) {
        for (const [id, { area, rings }] of this.areas) {
          if (area.level === level && rings.some((part) => holds(part[0], latlng))) {
            found.push({ noun: "area", id });
          }
        }
      }
      return found;
    }
  };

  const nounOf = (layer) => (layer === "camera" || layer === "device" ? "device" : "place");
  function holds(ring, { lng, lat }) {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) within = !within;
    }
    return within;
  }
})();
