/* One websocket for all pictures of a page: says what is in sight, decodes, hands out, acknowledges. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const SILENCE_MS = 3000; // the server says something each second
  const OPENING_MS = 8000;
  const LONGEST_WAIT_MS = 5000;
  const OFF_WAIT_MS = 30000; // the server shows no pictures: asked again now and then
  const HEAD = 20; // bytes; api/camera_wire.py
  const PART = 16;
  const VERSION = 1;
  const DRIFT_MS = 20; // how fast a guess of the server's clock gives way to a smaller one
  const ENDINGS = { 4401: "over", 4403: "denied", 4404: "denied", 4410: "off", 4429: "many" };

  const owners = new Map(); // owner → {wants: [{id, w, fps, k, alone}], draw(id, bitmap)}
  const registered = []; // fn() when the cameras are known or change
  const told = []; // fn(id, code) when one is refused
  let cameras = null; // Map id → row; null until the server has said
  let states = [];
  let known = new Map(); // id → {state, since, reason, captured, drawn, refused, broken}
  let numbers = new Map(); // id → number of this connection
  let ids = [];
  let socket = null;
  let state = "idle"; // idle, connecting, live, lost, over, denied, off, many
  let heardAt = 0;
  let openedAt = 0;
  let offsetMs = null; // server's clock minus performance.now()
  let retryTimer = null;
  let waitMs = 0;
  let sayTimer = null;
  let said = "";

  const links = (yiping.pictures = {
    /* Show these cameras to draw(id, bitmap); replaces what the owner showed before. */
    show(owner, wants, draw) {
      owners.set(owner, { wants, draw });
      say();
      if (!socket && retryTimer === null && (state === "idle" || state === "lost")) connect();
    },
    hide(owner) {
      if (owners.delete(owner)) say();
    },
    /* Connect without showing anything: for where cameras stand and look. */
    open() {
      if (!socket && retryTimer === null && state === "idle") connect();
    },
    cameras: () => cameras,
    onCameras(fn) {
      registered.push(fn);
      if (cameras) fn();
    },
    onRefused: (fn) => told.push(fn),
    condition: (id) => known.get(id) || null,
    now: () => (offsetMs === null ? Date.now() : performance.now() + offsetMs),
    state: () => state,
    silentMs: () => (heardAt ? performance.now() - heardAt : 0),
    /* Forget that a camera was refused, to ask once more with a reason. */
    retry(id) {
      const one = known.get(id);
      if (one) one.refused = "";
      said = "";
      say();
    },
  });

  function address() {
    const query = new URLSearchParams({ community: yiping.community });
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    return scheme + location.host + "/api/v1/cameras/live?" + query;
  }

  function connect() {
    clearTimeout(retryTimer);
    retryTimer = null;
    abandon();
    if (state !== "lost") setState("connecting");
    openedAt = performance.now();
    heardAt = 0;
    const own = (socket = new WebSocket(address()));
    own.binaryType = "arraybuffer";
    own.onmessage = (event) => {
      if (own !== socket) return;
      heardAt = performance.now();
      if (typeof event.data === "string") hear(JSON.parse(event.data));
      else take(own, event.data);
    };
    own.onclose = (event) => {
      if (own !== socket) return;
      socket = null;
      const ending = ENDINGS[event.code];
      setState(ending || "lost");
      if (ending === "over" || ending === "denied") return; // no use in asking again
      retry(ending ? OFF_WAIT_MS : 0);
    };
  }

  /* A half-open socket takes minutes to close; it is dropped without waiting for that. */
  function abandon() {
    numbers = new Map();
    ids = [];
    said = "";
    if (!socket) return;
    const old = socket;
    socket = null;
    old.onmessage = old.onclose = null;
    try { old.close(); } catch (error) { /* already closing */ }
  }

  function retry(leastMs) {
    if (retryTimer !== null) return;
    waitMs = Math.max(leastMs, Math.min(LONGEST_WAIT_MS, waitMs ? waitMs * 1.7 : 250));
    retryTimer = setTimeout(connect, waitMs * (0.5 + Math.random() / 2));
  }

  function setState(next) {
    state = next;
    document.documentElement.dataset.pictures = next;
  }

  function tellTime(now) {
    const guess = now - performance.now();
    if (offsetMs === null || Math.abs(guess - offsetMs) > 5000) offsetMs = guess;
    else offsetMs = Math.max(guess, offsetMs - DRIFT_MS);
  }

  function hear(message) {
    tellTime(message.now);
    if (message.t === "hello") {
      states = message.states;
      waitMs = 0;
      setState("live");
      say();
    } else if (message.t === "cameras") {
      cameras = new Map(message.rows.map((row) => [row.id, row]));
      for (const fn of registered) fn();
    } else if (message.t === "state") {
      for (const [n, word, since, , reason] of message.rows) {
        if (ids[n]) Object.assign(one(ids[n]), { state: word, since, reason, refused: "" });
      }
    } else if (message.t === "refused" && ids[message.n]) {
      one(ids[message.n]).refused = message.code;
      for (const fn of told) fn(ids[message.n], message.code);
    }
  }

  function one(id) {
    if (!known.has(id)) {
      known.set(id, { state: "", since: 0, reason: "", captured: 0, drawn: 0, refused: "", broken: false });
    }
    return known.get(id);
  }

  /* What is in sight on the whole page, each camera once, in the largest size asked for. */
  function merged() {
    const all = new Map();
    if (document.hidden) return all;
    for (const { wants } of owners.values()) {
      for (const want of wants) {
        const have = all.get(want.id);
        if (!have) all.set(want.id, { ...want });
        else {
          have.w = Math.max(have.w, want.w);
          have.fps = Math.max(have.fps, want.fps);
          have.k = have.k && want.k;
          have.alone = have.alone || want.alone;
        }
      }
    }
    return all;
  }

  function say() {
    if (sayTimer === null) sayTimer = setTimeout(sayNow, 20);
  }

  function sayNow() {
    sayTimer = null;
    if (!socket || socket.readyState !== WebSocket.OPEN || state !== "live") return;
    const tiles = [...merged().values()].map((want) => {
      if (!numbers.has(want.id)) {
        numbers.set(want.id, ids.length);
        ids.push(want.id);
      }
      return { n: numbers.get(want.id), id: want.id, w: Math.round(want.w), fps: want.fps,
        k: want.k || undefined, alone: want.alone || undefined };
    });
    const text = JSON.stringify({ t: "want", tiles });
    if (text === said) return;
    said = text;
    socket.send(text);
  }

  /* A message of pictures: each decoded, drawn by whoever shows it, and closed. */
  function take(own, buffer) {
    const view = new DataView(buffer);
    if (view.getUint8(0) !== VERSION) return;
    const count = view.getUint32(4, true);
    const number = view.getUint32(8, true);
    tellTime(view.getFloat64(12, true));
    let start = HEAD + count * PART;
    const drawn = [];
    for (let index = 0; index < count; index++) {
      const at = HEAD + index * PART;
      const id = ids[view.getUint16(at, true)];
      const length = view.getUint32(at + 4, true);
      const captured = view.getFloat64(at + 8, true);
      if (id) {
        const found = one(id);
        found.state = states[view.getUint8(at + 2)];
        drawn.push(draw(id, new Uint8Array(buffer, start, length), captured));
      }
      start += length;
    }
    Promise.all(drawn).then(() => {
      if (own === socket && own.readyState === WebSocket.OPEN) own.send(JSON.stringify({ t: "ack", n: number }));
    });
  }

  async function draw(id, bytes, captured) {
    const found = one(id);
    let bitmap = null;
    try {
      bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
      found.broken = false;
      if (captured < found.drawn) return; // a newer one was ready first
      found.drawn = found.captured = captured;
      for (const { wants, draw: fn } of owners.values()) {
        if (wants.some((want) => want.id === id && !want.k)) fn(id, bitmap);
      }
    } catch (error) {
      found.broken = true; // the camera sends what is no picture; its tile says so
    } finally {
      if (bitmap) bitmap.close();
    }
  }

  function watch() {
    if (!socket) return;
    const opening = socket.readyState === WebSocket.CONNECTING;
    const silent = performance.now() - Math.max(heardAt, openedAt);
    if (silent <= (opening ? OPENING_MS : SILENCE_MS)) return;
    setState("lost");
    if (!document.hidden) connect();
  }

  function wake() {
    said = "";
    say();
    if (document.hidden || state !== "lost") return;
    waitMs = 0;
    connect();
  }

  addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  setInterval(watch, 1000);
  if (yiping.live) yiping.live.on("reset", () => { if (state === "off") { waitMs = 0; connect(); } });
})();
