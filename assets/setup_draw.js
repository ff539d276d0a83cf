/* Draws one outline on the map and reshapes it: corners by click, squares to drag, snapping to others. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const L = window.L;
  if (!L || yiping.screen === "wall") return;
  const CORNER_PX = 11; // this near a corner that is there, its very place is taken
  const EDGE_PX = 8; // this near an edge, the nearest point of it
  const SAME_PX = 3;
  const ROOM_PX = 16; // corners nearer than this on the screen wait until one zooms in
  const MOST_HANDLES = 300; // beyond it only those in view get a square
  const DIGITS = 8;
  const round = (degrees) => Number(degrees.toFixed(DIGITS));

  /* others() gives the rings to snap to, as lists of [lon, lat]; changed(ring, closed) hears of it. */
  yiping.OutlineTool = class {
    constructor(map, others, changed) {
      this.map = map;
      this.others = others;
      this.changed = changed;
      this.points = [];
      this.mode = "idle"; // idle, drawing or reshaping
      this.touched = false;
      this.layer = L.layerGroup().addTo(map);
      this.onMove = (event) => this.follow(event.latlng);
      this.onZoom = () => this.mode === "reshaping" && this.handles();
      map.on("mousemove", this.onMove);
      map.on("moveend", this.onZoom);
    }

    get ring() {
      return this.points.map((point) => [round(point.lng), round(point.lat)]);
    }
    get drawing() {
      return this.mode === "drawing";
    }

    start() {
      this.clear();
      this.mode = "drawing";
      this.touched = true;
      const style = { interactive: false, className: "setup-draft" };
      this.line = L.polyline([], style).addTo(this.layer);
      this.ghost = L.polyline([], { ...style, className: "setup-draft setup-ghost" }).addTo(this.layer);
      this.tell();
    }

    /* Shows a ring with squares to drag; nothing counts as changed until one is dragged. */
    reshape(ring) {
      this.clear();
      this.points = open(ring).map(([lon, lat]) => L.latLng(lat, lon));
      this.mode = "reshaping";
      this.touched = false;
      this.show();
    }

    clear() {
      this.layer.clearLayers();
      this.points = [];
      this.marks = [];
      this.line = this.ghost = this.shape = null;
      this.mode = "idle";
      this.touched = false;
    }

    add(latlng) {
      if (!this.drawing) return;
      const point = this.snapped(latlng);
      const first = this.points[0];
      if (first && this.points.length >= 3 && this.apart(first, point) <= CORNER_PX) return this.finish();
      const last = this.points[this.points.length - 1];
      if (last && this.apart(last, point) <= SAME_PX) return;
      this.points.push(point);
      this.line.setLatLngs(this.points);
      this.tell();
    }
    back() {
      if (!this.drawing) return;
      this.points.pop();
      this.line.setLatLngs(this.points);
      this.ghost.setLatLngs([]);
      this.tell();
    }
    finish() {
      if (!this.drawing || this.points.length < 3) return;
      this.mode = "reshaping";
      this.layer.clearLayers();
      this.show();
      this.tell();
    }

    follow(latlng) {
      if (!this.drawing || !this.points.length) return;
      this.ghost.setLatLngs([this.points[this.points.length - 1], this.snapped(latlng)]);
    }

    show() {
      this.shape = L.polygon(this.points, { interactive: false, className: "setup-draft" });
      this.shape.addTo(this.layer);
      this.marks = [];
      this.handles();
    }

    /* A square on every corner, and a small one on every edge that makes a new corner. */
    handles() {
      for (const mark of this.marks) mark.remove();
      this.marks = [];
      const view = this.map.getBounds().pad(0.1);
      const all = this.points.length <= MOST_HANDLES;
      let last = null;
      this.points.forEach((point, index) => {
        const after = this.points[(index + 1) % this.points.length];
        const middle = L.latLng((point.lat + after.lat) / 2, (point.lng + after.lng) / 2);
        const roomy = !last || this.apart(last, point) >= ROOM_PX;
        if (roomy && (all || view.contains(point))) {
          this.corner(index);
          last = point;
        }
        if ((all || view.contains(middle)) && this.apart(point, after) > 30) this.between(index, middle);
      });
    }
    corner(index) {
      const mark = this.mark(this.points[index], "setup-corner");
      mark.on("drag", (event) => this.put(index, event.latlng));
      mark.on("dragend", () => {
        mark.setLatLng(this.put(index, this.snapped(this.points[index])));
        this.settle();
      });
      mark.on("dblclick contextmenu", () => this.drop(index));
      mark.on("keydown", (event) => this.nudge(event.originalEvent, index));
    }
    between(index, middle) {
      const mark = this.mark(middle, "setup-middle");
      let made = false;
      mark.on("drag", (event) => {
        if (!made) this.points.splice(index + 1, 0, event.latlng);
        made = true;
        this.put(index + 1, event.latlng);
      });
      mark.on("dragend", () => {
        if (made) this.put(index + 1, this.snapped(this.points[index + 1]));
        this.settle();
      });
    }
    mark(latlng, className) {
      const icon = L.divIcon({ className, iconSize: [14, 14], html: "" });
      const mark = L.marker(latlng, { icon, draggable: true, autoPan: true }).addTo(this.layer);
      this.marks.push(mark);
      return mark;
    }
    put(index, latlng) {
      this.points[index] = latlng;
      this.shape.setLatLngs(this.points);
      return latlng;
    }
    drop(index) {
      if (this.points.length <= 3) return;
      this.points.splice(index, 1);
      this.shape.setLatLngs(this.points);
      this.settle();
    }
    nudge(event, index) {
      const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
      if (event.key === "Delete") this.drop(index);
      else if (step) {
        const place = this.map.latLngToContainerPoint(this.points[index]).add(step);
        this.put(index, this.map.containerPointToLatLng(place));
        this.marks.forEach((mark) => mark.getElement() === event.target && mark.setLatLng(this.points[index]));
        this.touched = true;
        this.tell();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }
    settle() {
      this.touched = true;
      this.handles();
      this.tell();
    }
    tell() {
      this.changed(this.ring, this.mode === "reshaping");
    }

    apart(one, other) {
      return this.map.latLngToContainerPoint(one).distanceTo(this.map.latLngToContainerPoint(other));
    }

    /* The corner or edge nearby; own corners count too, so that a ring can be closed exactly. */
    snapped(latlng) {
      const here = this.map.latLngToContainerPoint(latlng);
      const reach = this.map.containerPointToLatLng(here.add([CORNER_PX, CORNER_PX]));
      const wide = Math.abs(reach.lng - latlng.lng);
      const high = Math.abs(reach.lat - latlng.lat);
      const near = (lon, lat) => Math.abs(lon - latlng.lng) <= wide && Math.abs(lat - latlng.lat) <= high;
      let best = null;
      let edge = null;
      if (this.drawing) {
        for (const point of this.points) best = this.nearer(best, here, point, CORNER_PX);
      }
      for (const ring of this.others()) {
        for (let i = 0; i < ring.length; i += 1) {
          const [lon, lat] = ring[i];
          if (near(lon, lat)) best = this.nearer(best, here, L.latLng(lat, lon), CORNER_PX);
          const [toLon, toLat] = ring[(i + 1) % ring.length];
          const inside =
            Math.min(lon, toLon) - wide <= latlng.lng && latlng.lng <= Math.max(lon, toLon) + wide &&
            Math.min(lat, toLat) - high <= latlng.lat && latlng.lat <= Math.max(lat, toLat) + high;
          if (!best && inside) edge = this.nearerEdge(edge, here, [lat, lon], [toLat, toLon]);
        }
      }
      return best ? best.latlng : edge ? edge.latlng : latlng;
    }
    nearer(best, here, latlng, most) {
      const distance = here.distanceTo(this.map.latLngToContainerPoint(latlng));
      return distance <= most && (!best || distance < best.distance) ? { latlng, distance } : best;
    }
    nearerEdge(best, here, from, to) {
      const a = this.map.latLngToContainerPoint(from);
      const b = this.map.latLngToContainerPoint(to);
      const point = L.LineUtil.closestPointOnSegment(here, a, b);
      return this.nearer(best, here, this.map.containerPointToLatLng(point), EDGE_PX);
    }

    remove() {
      this.clear();
      this.map.off("mousemove", this.onMove);
      this.map.off("moveend", this.onZoom);
      this.layer.remove();
    }
  };

  /* A stored ring repeats its first corner at the end. */
  function open(ring) {
    const [first, last] = [ring[0], ring[ring.length - 1]];
    return first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
  }
  yiping.openRing = open;
})();
