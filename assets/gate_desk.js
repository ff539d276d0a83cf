/* A visitor's call at the command centre: the tile with the gate's camera, the voice and the opening. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping) return;
  const OWNER = "gate";
  const FPS = 5;
  const WIDTH = 640;

  function element(name, text, more) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (more) made.className = more;
    return made;
  }

  function button(code, deed, more) {
    const made = element("button", yiping.say(code), "door-button " + (more || ""));
    made.type = "button";
    made.dataset.gate = code.slice(5);
    made.addEventListener("click", deed);
    return made;
  }

  function named(ring) {
    return yiping.localName(ring);
  }

  /* It rings: no picture yet, for only who answers looks, and is written down. */
  function ringing(tile, ring, line) {
    tile.dataset.gate = "ringing";
    tile.appendChild(element("p", yiping.say("gate.incoming", { gate: named(ring) })));
    if (ring.simulated) tile.appendChild(element("p", yiping.say("gate.simulated_note"), "note"));
    tile.appendChild(button("gate.answer", line.answer, "main"));
    tile.appendChild(button("gate.refuse", () => line.send({ t: "decline", call: ring.call })));
  }

  function picture(ring) {
    const box = element("div", "", "gate-picture mosaic-tile on-pictures");
    if (!ring.camera) {
      box.appendChild(element("p", yiping.say("gate.no_camera"), "note"));
      return box;
    }
    if (ring.community !== yiping.community || !yiping.pictures) {
      box.appendChild(element("p", yiping.say("gate.other_community"), "note"));
      return box;
    }
    const parts = { canvas: element("canvas"), age: element("span", "", "mosaic-age"), said: element("b", "", "mosaic-said"),
      more: element("span", "", "mosaic-more"), middle: element("span", "", "mosaic-middle") };
    parts.middle.append(parts.said, parts.more);
    box.append(parts.canvas, parts.age, parts.middle);
    const since = performance.now();
    const why = ["gate_call", yiping.say("gate.why", { gate: named(ring) })];
    yiping.pictures.retry(ring.camera);
    yiping.pictures.show(OWNER, [{ id: ring.camera, w: WIDTH, fps: FPS, k: false, alone: why }],
      (id, bitmap) => yiping.paintWhole(parts.canvas, bitmap));
    const tick = () => yiping.tellPicture(box, parts, yiping.pictureState(ring.camera, performance.now() - since));
    box.timer = setInterval(tick, 500);
    tick();
    return box;
  }

  /* Answered: the camera beside the voice, and two presses to open. Returns what video_desk.js drives. */
  function talking(tile, ring, line) {
    tile.dataset.gate = "answered";
    const mark = element("p", yiping.say(ring.talks ? "video.connecting" : "gate.station"), "video-live");
    const seen = picture(ring);
    const sound = element("audio");
    sound.autoplay = true;
    const name = element("p", named(ring) + " · " + yiping.say("video.not_recorded"), "note");
    const first = button("gate.open", () => line.send({ t: "gate_open", call: ring.call }), "main");
    const second = button("gate.open_sure", () => {}, "main gate-sure");
    const close = button("gate.close", () => line.send({ t: "decline", call: ring.call }));
    let forget = null;
    second.hidden = true;
    first.disabled = !ring.opens;
    tile.append(mark, seen, sound, name);
    if (ring.simulated) tile.appendChild(element("p", yiping.say("gate.simulated_note"), "note"));
    if (!ring.opens) tile.appendChild(element("p", yiping.say("gate.not_openable"), "note"));
    tile.append(first, second, close);

    function back() {
      clearTimeout(forget);
      second.hidden = true;
      first.hidden = false;
    }

    return {
      mark, picture: sound, live: "gate.live",
      told(said) {
        if (said.t === "gate_sure") {
          first.hidden = true;
          second.hidden = false;
          second.disabled = false;
          second.onclick = () => {
            second.disabled = true;
            line.send({ t: "gate_open", call: ring.call, sure: said.sure });
          };
          second.focus();
          forget = setTimeout(back, said.within_s * 1000);
        } else if (said.t === "gate_opening") {
          clearTimeout(forget);
          mark.textContent = yiping.say("gate.opening");
          first.disabled = second.disabled = close.disabled = true;
        } else if (said.t === "refused") {
          back();
          mark.textContent = yiping.say("error." + said.code);
        }
      },
      ended(said) {
        const words = yiping.named("gate_state", said.outcome);
        const why = ["failed", "missed"].includes(said.outcome) ? " · " + yiping.named("gate_reason", said.reason) : "";
        tile.dataset.gate = said.outcome;
        return words + why;
      },
      close() {
        clearTimeout(forget);
        clearInterval(seen.timer);
        if (yiping.pictures) yiping.pictures.hide(OWNER);
        [first, second, close].forEach((each) => each.remove());
      },
    };
  }

  yiping.gateDesk = { ringing, talking };
})();
