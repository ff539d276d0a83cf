/* One websocket to /api/v1/live that heals by itself for ever and says how old the data is. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const SILENCE_MS = 6000; // no message for so long: the link is dead, whatever the socket says
  const OPENING_MS = 10000;
  const OVERSLEPT_MS = 3000; // the watch runs every second
  const SHOW_LOST_MS = 3000; // shorter gaps (a restart) are not worth alarming a room
  const LONGEST_WAIT_MS = 5000;
  const PONG_EVERY = 5; // beats
  const KEYED = new Set(["ticker", "workers", "on_way", "objects"]);

  const views = new Map(); // view name → data (keyed views: Map id → row)
  const stamps = new Map(); // view name → {seq, at}
  const listeners = new Map(); // view name → [fn]
  const stateListeners = [];
  const held = new Set(); // views that came while the page was loading or the tab hidden
  let loading = document.readyState === "loading";

  let socket = null;
  let retryTimer = null;
  let waitMs = 0;
  let heardAt = 0; // performance.now() of the last message
  let openedAt = 0;
  let epoch = null;
  let settled = null; // number of the last message: the server sends them in order
  let beats = 0;
  let offsetMs = 0; // server clock minus ours
  let dataAt = null; // server time of the last message
  let state = "connecting";
  let looking = null; // the case this page shows
  let greeted = false;
  let failing = false; // the server says that some views could not be computed
  const startedAt = performance.now();
  let watchedAt = startedAt;

  const live = (yiping.live = {
    /* fn(data, change): change is null for a whole view, {set, remove} for a patch. */
    on(view, fn) {
      if (!listeners.has(view)) listeners.set(view, []);
      listeners.get(view).push(fn);
      if (!views.has(view)) return;
      if (loading) held.add(view);
      else fn(views.get(view), null);
    },
    off(view, fn) {
      const kept = (listeners.get(view) || []).filter((one) => one !== fn);
      listeners.set(view, kept);
    },
    onState(fn) {
      stateListeners.push(fn);
      fn(live.state());
    },
    get: (view) => views.get(view),
    stamp: (view) => stamps.get(view),
    now: () => Date.now() + offsetMs,
    ageS: (at) => (live.now() - Date.parse(at)) / 1000,
    /* {state: connecting|live|lost|unknown|over, failing, silentS, dataAt} */
    state: () => ({
      state, failing, dataAt, silentS: heardAt ? (performance.now() - heardAt) / 1000 : null }),
    waitedS: () => (performance.now() - startedAt) / 1000,
    /* Another page calls this to show another community; the wall never needs to. */
    follow(community) {
      yiping.community = community;
      views.clear();
      epoch = settled = dataAt = null;
      connect();
    },
    /* The scripts that show something are there: what came before is delivered to them. */
    begin() {
      if (!loading) return;
      loading = false;
      if (!document.hidden) release();
    },
    /* Says which case this page shows; the server answers who else has it open and when it changes. */
    look(id) {
      looking = id;
      tellLook();
    },
    replay(view) {
      if (views.has(view)) emit(view, null);
    },
  });

  function address() {
    const query = new URLSearchParams({ community: yiping.community, screen: yiping.screen || "desk" });
    if (epoch !== null && settled !== null) {
      query.set("epoch", epoch);
      query.set("seq", String(settled));
    }
    return (location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/api/v1/live?" + query;
  }

  function connect() {
    clearTimeout(retryTimer);
    retryTimer = null;
    abandon();
    openedAt = performance.now();
    greeted = false;
    const own = (socket = new WebSocket(address()));
    own.onmessage = (event) => {
      if (own === socket) receive(event.data);
    };
    own.onclose = (event) => {
      if (own !== socket) return;
      socket = null;
      if (event.code === 4404) setState("unknown");
      if (event.code === 4401) setState("over"); // nobody is signed in here any more: no use in asking again
      else retry();
    };
  }

  /* A half-open socket takes minutes to close; it is dropped without waiting for that. */
  function abandon() {
    if (!socket) return;
    const old = socket;
    socket = null;
    old.onmessage = old.onclose = null;
    try { old.close(); } catch (error) { /* already closing */ }
  }

  function retry() {
    if (retryTimer !== null) return;
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs ? waitMs * 1.7 : 250);
    retryTimer = setTimeout(connect, waitMs * (0.5 + Math.random() / 2));
  }

  function receive(text) {
    let message;
    try { message = JSON.parse(text); } catch (error) { return; }
    heardAt = performance.now();
    if (message.t === "view" || message.t === "patch") apply(message);
    else if (message.t === "case") hearCase(message);
    else if (message.t === "hello") greet(message);
    else if (message.t === "beat") beat(message);
    if (greeted) setState("live");
  }

  function tellTime(now) {
    offsetMs = Date.parse(now) - Date.now();
    dataAt = now;
  }

  function greet(message) {
    tellTime(message.now);
    greeted = true;
    waitMs = 0;
    if (looking) tellLook();
    if (!message.resumed) {
      epoch = message.epoch;
      settled = null;
      // Objects are fetched, not pushed on connecting: what we hold may be behind.
      for (const fn of listeners.get("reset") || []) fn(message);
    }
    reloadForNewBuild(message.build);
  }

  /* The program changed under an open page: take the new scripts, once per build. */
  function reloadForNewBuild(build) {
    const ours = document.documentElement.dataset.build;
    if (!build || !ours || build === ours || sessionStorage.getItem("yiping-build") === build) return;
    sessionStorage.setItem("yiping-build", build);
    location.reload();
  }

  function beat(message) {
    tellTime(message.now);
    settled = Math.max(settled || 0, message.seq);
    const late = Boolean(message.failing && message.failing.length);
    if (late !== failing) {
      failing = late;
      tellState();
    }
    beats += 1;
    if (beats % PONG_EVERY === 0 && socket && socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ t: "pong", seq: message.seq }));
      if (looking) tellLook();
    }
  }

  function tellLook() {
    if (looking === null || !greeted || !socket || socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ t: "look", case: looking }));
  }

  function hearCase(message) {
    views.set("case", message);
    emit("case", null);
  }

  function apply(message) {
    const name = message.view;
    settled = Math.max(settled || 0, message.seq);
    stamps.set(name, { seq: message.seq, at: message.at });
    let change = null;
    if (message.t === "patch") {
      const rows = views.get(name) || new Map();
      views.set(name, rows);
      for (const id of message.remove || []) rows.delete(id);
      for (const row of message.set || []) rows.set(row.id, row);
      change = { set: message.set || [], remove: message.remove || [], seq: message.seq };
      if (name === "objects") views.delete(name); // kept by one_map_data.js, which needs each patch
    } else if (KEYED.has(name)) {
      views.set(name, new Map(message.data.rows.map((row) => [row.id, row])));
    } else {
      views.set(name, message.data);
      if (name === "profile") yiping.timezone = message.data.timezone;
    }
    if ((document.hidden || loading) && name !== "objects") held.add(name);
    else emit(name, change);
  }

  function emit(name, change) {
    for (const fn of listeners.get(name) || []) {
      try {
        fn(views.get(name), change);
      } catch (error) {
        console.error("yiping: view " + name, error);
      }
    }
  }

  function setState(next) {
    if (state === next) return;
    state = next;
    document.documentElement.dataset.live = next;
    tellState();
  }
  function tellState() {
    for (const fn of stateListeners) fn(live.state());
  }

  function watch() {
    const now = performance.now();
    const overslept = now - watchedAt > OVERSLEPT_MS;
    watchedAt = now;
    // A busy or sleeping computer: what the server sent meanwhile is read before this is judged.
    if (overslept) return;
    const opening = socket && socket.readyState === WebSocket.CONNECTING;
    const silentMs = now - Math.max(heardAt, openedAt);
    if (socket && silentMs > (opening ? OPENING_MS : SILENCE_MS)) connect();
    const quietMs = performance.now() - (heardAt || 0);
    const connected = socket && socket.readyState === WebSocket.OPEN && greeted;
    if (state === "over") return;
    if (state !== "unknown" && quietMs > (connected ? SILENCE_MS : SHOW_LOST_MS)) setState("lost");
    if (state !== "live") tellState();
  }

  function release() {
    const names = [...held];
    held.clear();
    for (const name of names) emit(name, null);
  }

  function wake() {
    if (document.hidden) return;
    release();
    if (state !== "over" && (!socket || performance.now() - heardAt > SILENCE_MS)) {
      waitMs = 0;
      connect();
    }
  }

  document.documentElement.dataset.live = state;
  addEventListener("DOMContentLoaded", live.begin);
  addEventListener("online", wake);
  addEventListener("visibilitychange", wake);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  setInterval(watch, 1000);
  connect();
})();
