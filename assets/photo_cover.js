/* Draws boxes over faces and plates on a photo; they go with the form beside it as shares of its sides. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const SMALLEST = 0.005, MOST = 40;
  let drawn = null;

  document.addEventListener("pointerdown", (event) => {
    const ground = event.target.closest && event.target.closest("[data-cover]");
    if (!ground || event.button !== 0 || event.target.closest(".cover-box")) return;
    if (ground.querySelectorAll(".cover-box").length >= MOST) return;
    event.preventDefault();
    const box = document.createElement("button");
    box.type = "button";
    box.className = "cover-box";
    box.title = ground.dataset.remove;
    box.setAttribute("aria-label", ground.dataset.remove);
    ground.append(box);
    drawn = { ground, box, from: at(ground, event) };
    ground.setPointerCapture(event.pointerId);
    stretch(event);
  });
  document.addEventListener("pointermove", (event) => drawn && stretch(event));
  document.addEventListener("pointerup", (event) => drawn && finish(event));
  document.addEventListener("pointercancel", () => {
    if (drawn) drawn.box.remove();
    drawn = null;
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest && event.target.closest(".cover-box");
    if (!box || drawn) return;
    const ground = box.parentElement;
    box.remove();
    tell(ground);
  });

  /* Where a pointer is on the picture, as shares of its width and height. */
  function at(ground, event) {
    const frame = ground.querySelector("img").getBoundingClientRect();
    const within = (value) => Math.min(1, Math.max(0, value));
    return [within((event.clientX - frame.left) / frame.width), within((event.clientY - frame.top) / frame.height)];
  }

  function stretch(event) {
    const to = at(drawn.ground, event), from = drawn.from;
    drawn.shares = [0, 1].map((side) => Math.min(from[side], to[side]));
    drawn.shares.push(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
    const [left, top, width, height] = drawn.shares.map((share) => share * 100 + "%");
    Object.assign(drawn.box.style, { left, top, width, height });
  }

  function finish(event) {
    stretch(event);
    const { ground, box, shares } = drawn;
    if (shares[2] < SMALLEST || shares[3] < SMALLEST) box.remove();
    box.dataset.shares = shares.map((share) => share.toFixed(5)).join(",");
    // The click that ends the drawing must not take the box away again.
    setTimeout(() => { drawn = null; }, 0);
    tell(ground);
  }

  function tell(ground) {
    const boxes = [...ground.querySelectorAll(".cover-box")].map((box) => box.dataset.shares);
    ground.parentElement.querySelector('input[name="boxes"]').value = boxes.join(";");
  }
})();
