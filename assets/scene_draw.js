/* Draws a zone or a line on the ground of a camera; its corners go with the form as shares of the picture. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const SVG = "http://www.w3.org/2000/svg";
  const MOST = 24, STEP = 0.005, SHARES = 4, TWICE_MS = 400;
  const STANDS = ["occupancy", "water"]; // kinds that count seconds
  const say = yiping.say;
  const el = yiping.el;
  let open = null; // the drawing of this page

  class Drawing {
    constructor(stage, holder) {
      this.stage = stage;
      this.holder = holder;
      this.form = holder.querySelector("form");
      this.kind = this.form.querySelector('select[data-name="kind"]');
      this.way = this.form.querySelector('select[data-name="direction"]');
      this.field = this.form.querySelector('input[name="points"]');
      this.points = read(this.field.value);
      this.others = read(holder.dataset.others);
      this.build();
      this.form.onchange = () => this.draw();
      this.draw();
    }

    get line() {
      return this.holder.dataset.sceneForm.split(",").includes(this.kind.value || this.kind.dataset.chosen);
    }
    get most() {
      return this.line ? 2 : MOST;
    }

    build() {
      this.stage.querySelectorAll(".scene-layer, .scene-tools").forEach((old) => old.remove());
      this.layer = el("div", "scene-layer");
      this.shapes = document.createElementNS(SVG, "svg");
      this.shapes.setAttribute("viewBox", "0 0 1600 900");
      this.shapes.setAttribute("preserveAspectRatio", "none");
      this.corners = el("div", "scene-corners");
      this.layer.append(this.shapes, this.corners);
      const tools = el("div", "scene-tools");
      tools.append(this.tool("scenes.add", () => this.add([0.5, 0.5])), this.tool("scenes.clear", () => this.put([])));
      this.stage.append(this.layer, tools);
      this.layer.onpointerdown = (event) => this.pressed(event);
      this.layer.onpointermove = (event) => this.moved !== undefined && this.move(this.moved, this.at(event));
      this.layer.onpointerup = this.layer.onpointercancel = () => { this.moved = undefined; };
    }
    tool(code, act) {
      const button = el("button", "quiet", say(code));
      button.type = "button";
      button.onclick = act;
      return button;
    }

    /* Where a pointer is on the picture, as shares of its width and height. */
    at(event) {
      const frame = this.layer.getBoundingClientRect();
      return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
    }
    pressed(event) {
      if (event.button !== 0) return;
      const corner = event.target.closest(".scene-corner");
      // The layer holds the pointer, so a corner hears no double click of its own.
      if (corner && corner === this.last && event.timeStamp - this.lastAt < TWICE_MS) {
        this.drop(Number(corner.dataset.number));
        this.last = null;
      } else if (corner) {
        [this.last, this.lastAt] = [corner, event.timeStamp];
        this.moved = Number(corner.dataset.number);
        this.layer.setPointerCapture(event.pointerId);
        corner.focus();
      } else this.add(this.at(event));
      event.preventDefault();
    }

    add(point) {
      if (this.points.length < this.most) this.put([...this.points, point]);
    }
    move(number, point) {
      this.put(this.points.map((each, index) => (index === number ? point : each)));
    }
    drop(number) {
      this.put(this.points.filter((_, index) => index !== number));
    }
    put(points) {
      const share = (value) => Number(Math.min(1, Math.max(0, value)).toFixed(SHARES));
      this.points = points.map((point) => point.map(share));
      this.draw();
    }

    draw() {
      if (this.points.length > this.most) this.points = this.points.slice(0, this.most);
      this.field.value = JSON.stringify(this.points);
      this.shapes.replaceChildren();
      for (const other of this.others) this.shape(other.points, other.points.length === 2, "scene-other", other.name);
      this.shape(this.points, this.line, "scene-mine");
      if (this.line && this.points.length === 2 && this.kind.value === "crossing") this.arrows();
      this.handles();
      this.show();
    }
    shape(points, line, className, name) {
      if (points.length < 2) return;
      const made = document.createElementNS(SVG, line || points.length < 3 ? "polyline" : "polygon");
      made.setAttribute("points", points.map(([x, y]) => `${x * 1600},${y * 900}`).join(" "));
      made.setAttribute("class", className);
      if (name) {
        const title = document.createElementNS(SVG, "title");
        title.textContent = name;
        made.append(title);
      }
      this.shapes.append(made);
    }
    /* Which way over the line counts; to the right of the way from its first end to its second. */
    arrows() {
      const [[x0, y0], [x1, y1]] = this.points.map(([x, y]) => [x * 1600, y * 900]);
      const long = Math.hypot(x1 - x0, y1 - y0) || 1;
      const right = [-(y1 - y0) / long, (x1 - x0) / long];
      const middle = [(x0 + x1) / 2, (y0 + y1) / 2];
      for (const [way, sign] of [["to_right", 1], ["to_left", -1]]) {
        if (this.way.value !== "any" && this.way.value !== way) continue;
        const tip = middle.map((each, side) => each + sign * right[side] * 130);
        const wing = (turn) => tip.map((each, side) =>
          each - sign * right[side] * 45 + turn * [right[1], -right[0]][side] * 32);
        const arrow = document.createElementNS(SVG, "path");
        const path = (points) => points.map((point) => point.join(" ")).join(" L ");
        arrow.setAttribute("d", `M ${path([middle, tip])} M ${path([wing(1), tip, wing(-1)])}`);
        arrow.setAttribute("class", "scene-arrow");
        this.shapes.append(arrow);
      }
    }

    /* One button for each corner; those that are there are kept, so that the one in hand keeps its focus. */
    handles() {
      while (this.corners.children.length > this.points.length) this.corners.lastChild.remove();
      while (this.corners.children.length < this.points.length) this.corners.append(this.handle());
      this.points.forEach(([x, y], number) => {
        const corner = this.corners.children[number];
        Object.assign(corner.style, { left: x * 100 + "%", top: y * 100 + "%" });
      });
    }
    handle() {
      const number = this.corners.children.length;
      const corner = el("button", "scene-corner", String(number + 1));
      corner.type = "button";
      corner.dataset.number = number;
      corner.setAttribute("aria-label", say("scenes.corner", { n: number + 1 }));
      corner.onkeydown = (event) => this.nudge(event, number);
      return corner;
    }
    nudge(event, number) {
      const steps = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] };
      const step = steps[event.key];
      if (event.key === "Delete" || event.key === "Backspace") this.drop(number);
      else if (step) this.move(number, this.points[number].map((each, side) => each + step[side]));
      else return;
      event.preventDefault();
    }

    /* Fields that mean nothing for a kind are hidden; what they hold goes along and is not used. */
    show() {
      const seconds = this.form.querySelector('input[name="seconds"]').closest(".door-field");
      this.way.closest(".door-field").hidden = this.kind.value !== "crossing";
      seconds.hidden = !STANDS.includes(this.kind.value);
    }
  }

  /* The ground takes some seconds to be made; until then, and without it, the stage says so. */
  function load(stage) {
    if (stage.dataset.loads) return;
    stage.dataset.loads = "true";
    const words = el("p", "scene-words", say("scenes.making"));
    words.setAttribute("role", "status");
    const picture = el("img", "scene-ground");
    picture.alt = "";
    picture.onload = () => words.remove();
    picture.onerror = () => {
      yiping.setText(words, say("scenes.no_ground"));
      const again = el("button", "quiet", say("scenes.again"));
      again.type = "button";
      again.onclick = () => {
        words.remove();
        picture.remove();
        delete stage.dataset.loads;
        load(stage);
      };
      words.append(" ", again);
    };
    picture.src = stage.dataset.ground + "?" + Date.now();
    stage.prepend(picture, words);
  }

  function read(written) {
    try {
      return JSON.parse(written || "[]");
    } catch {
      return [];
    }
  }

  function look() {
    const stage = document.querySelector(".scene-stage");
    const holder = document.querySelector("[data-scene-form]");
    // A list says what is chosen only once door_forms.js has set it.
    if (!stage || !holder || holder.querySelector("select:not([data-ready])")) return;
    load(stage);
    if (open && open.holder === holder && open.stage === stage) return;
    open = new Drawing(stage, holder);
  }
  new MutationObserver(look).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-ready"],
  });
  look();
})();
