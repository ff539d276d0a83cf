/* What is said across a picture that is not live: the server's word, or our own count of seconds. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const STALLED_MS = 2500; // looked at each 500 ms: said across the picture within three seconds
  const VEILS = { covered: "light", moved: "light", suspected: "light", black: "light" };

  /* {state, veil: ""|light|heavy, said, more, age}; shownMs: since when the tile shows this camera. */
  yiping.pictureState = function (id, shownMs) {
    const found = yiping.pictures.condition(id);
    const link = yiping.pictures.state();
    const now = yiping.pictures.now();
    const ageMs = found && found.captured ? Math.max(0, now - found.captured) : null;
    const age = ageMs === null ? "" : ageText(ageMs);
    const heavy = (state, said, more) => ({ state, veil: "heavy", said, more: more || "", age });

    if (link === "off" || link === "denied" || link === "over" || link === "many") {
      return heavy("unknown", yiping.named("picture_link", link));
    }
    if (found && found.refused) return heavy("refused", say("mosaic.refused"), refusal(found.refused));
    const old = ageMs === null ? shownMs > STALLED_MS : ageMs > STALLED_MS;
    if (link !== "live" && old) {
      return heavy("cut_off", say("mosaic.cut_off"), ageMs === null ? "" : say("mosaic.for", { age: yiping.age(ageMs / 1000) }));
    }
    if (!found || !found.state) return ageMs === null && old ? heavy("starting", say("mosaic.waiting")) : fine("starting", age);
    if (found.broken) return heavy("refused", say("mosaic.broken"));
    const own = found.state === "live" || found.state === "late" || found.state === "starting";
    if (own && old) return stalled(found, ageMs, heavy);
    if (found.state === "live" || found.state === "starting") return fine(found.state, age);
    // Slower than its own rate, and still of the present: said beside the age, in its colour.
    if (found.state === "late") return fine("late", say("mosaic.late", { age }));
    if (found.state === "unknown" && found.reason === "no_source") return heavy("unknown", say("mosaic.not_connected"));
    if (found.state === "stalled") return stalled(found, ageMs, heavy);
    const since = found.since ? say("mosaic.for", { age: yiping.age(Math.max(0, now - found.since) / 1000) }) : "";
    const more = [found.reason && reasonWord(found.reason), since].filter(Boolean).join(" · ");
    return { state: found.state, veil: VEILS[found.state] || "heavy", said: yiping.named("picture_state", found.state), more, age };
  };

  yiping.tellPicture = function (tile, parts, word) {
    tile.dataset.state = word.state;
    tile.dataset.veil = word.veil;
    yiping.setText(parts.age, word.age);
    yiping.setText(parts.said, word.said);
    yiping.setText(parts.more, word.more);
  };

  /* Fills a box with a picture, cut by at most `mostCrop`; what is left over stays as it is. */
  yiping.paintPicture = function (context, bitmap, box, ratio, mostCrop) {
    const fit = Math.min(box.w / bitmap.width, box.h / bitmap.height);
    const fill = Math.max(box.w / bitmap.width, box.h / bitmap.height);
    const scale = Math.min(fill, fit * mostCrop);
    const w = Math.min(box.w, bitmap.width * scale);
    const h = Math.min(box.h, bitmap.height * scale);
    const sw = w / scale;
    const sh = h / scale;
    context.drawImage(bitmap, (bitmap.width - sw) / 2, (bitmap.height - sh) / 2, sw, sh,
      (box.x + (box.w - w) / 2) * ratio, (box.y + (box.h - h) / 2) * ratio, w * ratio, h * ratio);
  };

  /* The whole picture on a canvas of its own. */
  yiping.paintWhole = function (canvas, bitmap) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [w, h] = [canvas.clientWidth, canvas.clientHeight];
    const [wide, high] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
    yiping.paintPicture(canvas.getContext("2d"), bitmap, { x: 0, y: 0, w, h }, ratio, 1);
  };

  const fine = (state, age) => ({ state, veil: "", said: "", more: "", age });
  function stalled(found, ageMs, heavy) {
    if (ageMs === null) return heavy("stalled", say("mosaic.no_frame"), say("mosaic.trying"));
    const said = say("mosaic.stalled", { age: yiping.age(ageMs / 1000) });
    return heavy("stalled", said, (found.reason && reasonWord(found.reason)) || say("mosaic.trying"));
  }
  /* Quiet where all is well: the same short word as long as a picture is younger than a second. */
  const ageText = (ms) => (ms < 1000 ? say("mosaic.age_now") : yiping.age(ms / 1000));
  function reasonWord(code) {
    const word = yiping.named("camera_reason", code);
    return word === code ? "" : word;
  }
  function refusal(code) {
    const word = yiping.named("camera_refusal", code);
    return word === code ? "" : word;
  }
})();
