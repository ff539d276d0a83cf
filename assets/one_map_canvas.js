/* A Leaflet layer that owns one canvas over the whole map and repaints it in local coordinates. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const L = window.L;
  if (!L) return; // a page without a map

  /* What a painter needs to put local coordinates (pixels at zoom 18) on the canvas. */
  yiping.mapView = function (map) {
    const origin = yiping.mapData.origin();
    const zoom = map.getZoom();
    const scale = 2 ** (zoom - 18);
    const world = 2 ** zoom;
    const pane = L.DomUtil.getPosition(map.getPane("mapPane")) || L.point(0, 0);
    const pixel = map.getPixelOrigin();
    const size = map.getSize();
    return {
      scale,
      x: origin.x * world - pixel.x + pane.x,
      y: origin.y * world - pixel.y + pane.y,
      width: size.x,
      height: size.y,
      rem: yiping.rem(),
      zoom,
    };
  };

  yiping.CanvasLayer = L.Layer.extend({
    /* paint(context, view) draws everything; it is called at most once per frame. */
    initialize: function (paint, pane) {
      this._paint = paint;
      L.setOptions(this, { pane });
    },
    onAdd: function (map) {
      const canvas = (this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated"));
      canvas.style.pointerEvents = "none";
      map.getPane(this.options.pane).appendChild(canvas);
      this._draw();
    },
    onRemove: function () {
      cancelAnimationFrame(this._frame);
      this._frame = null;
      L.DomUtil.remove(this._canvas);
      this._canvas = null;
    },
    getEvents: function () {
      return {
        move: this._draw,
        moveend: this._draw,
        viewreset: this._draw,
        resize: this._draw,
        zoomanim: this._follow,
      };
    },
    repaint: function () {
      if (this._frame || !this._canvas) return;
      this._frame = requestAnimationFrame(() => {
        this._frame = null;
        this._draw();
      });
    },
    _follow: function (event) {
      const scale = this._map.getZoomScale(event.zoom, this._drawnZoom);
      const corner = this._map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
      L.DomUtil.setTransform(this._canvas, corner, scale);
    },
    _draw: function () {
      const map = this._map;
      if (!map || !this._canvas || !yiping.mapData.origin() || map._animatingZoom) return;
      const view = yiping.mapView(map);
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const width = Math.round(view.width * ratio);
      const height = Math.round(view.height * ratio);
      const canvas = this._canvas;
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = view.width + "px";
        canvas.style.height = view.height + "px";
      }
      const corner = map.containerPointToLayerPoint([0, 0]);
      L.DomUtil.setTransform(canvas, corner, 1);
      this._corner = map.layerPointToLatLng(corner);
      this._drawnZoom = view.zoom;
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
      view.ratio = ratio;
      this._paint(context, view);
    },
  });

  /* Small pictures drawn once and stamped many times; thrown away when size or theme changes. */
  const sprites = new Map();
  const MOST_SPRITES = 200;
  yiping.sprite = function (key, radius, ratio, draw) {
    const full = key + "/" + radius + "/" + ratio + "/" + document.documentElement.dataset.theme;
    let sprite = sprites.get(full);
    if (!sprite) {
      if (sprites.size >= MOST_SPRITES) sprites.clear();
      const side = Math.ceil(radius) * 2 + 4;
      sprite = document.createElement("canvas");
      sprite.width = sprite.height = side * ratio;
      sprite.side = side;
      const context = sprite.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, (side / 2) * ratio, (side / 2) * ratio);
      draw(context, radius);
      sprites.set(full, sprite);
    }
    return sprite;
  };
  yiping.stamp = function (context, sprite, x, y) {
    context.drawImage(sprite, x - sprite.side / 2, y - sprite.side / 2, sprite.side, sprite.side);
  };
  yiping.forgetSprites = () => sprites.clear();
})();
