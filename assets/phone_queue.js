/* Keeps what a phone could not send, and sends it exactly once when the network is back. ES2017. */
(function () {
  "use strict";
  if (!document.body || !document.body.dataset.phone) return;

  const NAME = "yiping-phone";
  const STORE = "waiting";
  const LONG_EDGE = 1600;
  const RETRY_MS = 15000;
  const memory = new Map(); // where the browser keeps nothing, e.g. in a private window

  function open() {
    return new Promise((resolve, reject) => {
      const asked = window.indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function within(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const deed = database.transaction(STORE, mode);
      const asked = work(deed.objectStore(STORE));
      deed.oncomplete = () => { database.close(); resolve(asked && asked.result); };
      deed.onerror = deed.onabort = () => { database.close(); reject(deed.error); };
    });
  }

  async function keep(item) {
    try {
      await within("readwrite", (store) => store.put(item));
    } catch (failure) {
      memory.set(item.id, item);
    }
  }

  async function drop(id) {
    memory.delete(id);
    try {
      await within("readwrite", (store) => store.delete(id));
    } catch (failure) { /* it was kept in memory only */ }
  }

  async function waiting(kind) {
    let kept = [];
    try {
      kept = await within("readonly", (store) => store.getAll());
    } catch (failure) { /* nothing is kept but in memory */ }
    return kept.concat(Array.from(memory.values())).filter((item) => item.kind === kind)
      .sort((one, two) => one.at.localeCompare(two.at));
  }

  function newId() {
    const bytes = new Uint8Array(24);
    window.crypto.getRandomValues(bytes);
    return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_");
  }

  /* A picture as a phone takes it has several megabytes; half a megabyte says as much. */
  function smaller(file) {
    return new Promise((resolve) => {
      const address = URL.createObjectURL(file);
      const image = new Image();
      const done = (blob) => { URL.revokeObjectURL(address); resolve(blob || file); };
      image.onerror = () => done(null);
      image.onload = () => {
        const edge = Math.max(image.naturalWidth, image.naturalHeight);
        const share = Math.min(1, LONG_EDGE / edge);
        if (share === 1 && file.size < 600000) { done(null); return; }
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * share);
        canvas.height = Math.round(image.naturalHeight * share);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/jpeg", 0.82);
      };
      image.src = address;
    });
  }

  function body(item, word) {
    const form = new FormData();
    item.fields.forEach((pair) => { if (pair[0] !== "csrf") form.append(pair[0], pair[1]); });
    item.photos.forEach((photo) => form.append(photo.name, photo.blob, "photo.jpg"));
    if (word) form.append("csrf", word);
    return form;
  }

  /* One at a time over all tabs: the id makes a second sending harmless, this makes it rare. */
  const busy = new Set();

  async function send(item, word) {
    if (busy.has(item.id)) return { state: "busy" };
    busy.add(item.id);
    try {
      const answer = await fetch(item.address, {
        method: "POST",
        body: body(item, word),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        cache: "no-store",
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) {
        await drop(item.id);
        return { state: "sent", said: said };
      }
      if (answer.status === 429 || answer.status >= 500) return { state: "waiting" };
      return { state: "refused", said: said.error || {}, status: answer.status };
    } catch (failure) {
      return { state: "waiting" };
    } finally {
      busy.delete(item.id);
    }
  }

  /* Sends what waits in the order it was made; stops at the first that cannot go. */
  async function flush(kind, word, told) {
    for (const item of await waiting(kind)) {
      const result = await send(item, word());
      await told(item, result);
      if (result.state === "waiting") break;
    }
  }

  function watch(kind, word, told) {
    let running = false;
    async function turn() {
      if (running) return;
      running = true;
      try {
        await flush(kind, word, told);
      } finally {
        running = false;
      }
    }
    window.addEventListener("online", turn);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
    setInterval(turn, RETRY_MS);
    turn();
    return turn;
  }

  window.yipingPhone = { keep, drop, waiting, newId, smaller, send, watch };
})();
