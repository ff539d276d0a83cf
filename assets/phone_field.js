/* The worker's page: deeds that outlive the network, own reports with position, last position. ES2017. */
(function () {
  "use strict";
  if (!document.body || document.body.dataset.phone !== "field") return;

  const queue = window.yipingPhone;
  const set = document.querySelector("[data-field]");
  const words = JSON.parse(set.dataset.field);
  const lines = document.querySelector(".phone-queue");
  const POSITION_MS = 60000;
  const SEEN = "yiping-field-seen";
  const SHARE = "yiping-field-share";
  let lastFix = null;

  function tell(line, kind) {
    lines.textContent = "";
    const said = document.createElement("p");
    said.className = "phone-said phone-" + (kind || "plain");
    said.textContent = line;
    lines.appendChild(said);
    lines.hidden = false;
  }

  function remembered(key) {
    try { return localStorage.getItem(key); } catch (failure) { return null; }
  }

  function remember(key, value) {
    try { localStorage.setItem(key, value); } catch (failure) { /* nothing is kept here */ }
  }

  /* ---- deeds ---- */
  async function pictures(form) {
    const found = [];
    for (const input of Array.from(form.querySelectorAll('input[type="file"]'))) {
      for (const file of Array.from(input.files).slice(0, 4)) {
        found.push({ name: input.name, blob: await queue.smaller(file) });
      }
    }
    return found;
  }

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("button");
    button.disabled = true;
    tell(words.sending);
    form.elements.id.value = queue.newId();
    form.elements.at.value = new Date().toISOString();
    if (form.elements.lon && !form.elements.p.value) await fillPosition(form);
    const fields = Array.from(new FormData(form).entries()).filter((pair) => typeof pair[1] === "string");
    const item = {
      id: form.elements.id.value, kind: "field", at: form.elements.at.value,
      address: form.action, fields: fields, photos: await pictures(form),
    };
    await queue.keep(item);
    const result = await queue.send(item, set.dataset.csrf);
    button.disabled = false;
    if (result.state === "waiting") {
      form.reset();
      form.closest("[data-task], [data-part]").classList.add("phone-waiting");
    }
    await told(item, result);
  }

  async function told(item, result) {
    if (result.state === "sent") {
      const left = await queue.waiting("field");
      if (left.length) return;
      location.assign("/field?done=1");
    } else if (result.state === "refused" && (result.status === 401 || result.status === 409)) {
      tell(words.stale, "bad"); // signed out, or another word: it stays until the page is new
    } else if (result.state === "refused") {
      await queue.drop(item.id);
      tell(words.refused + (result.said.message || result.status), "bad");
    } else if (result.state === "waiting") {
      const left = await queue.waiting("field");
      tell(words.saved.replace("{n}", left.length), "bad");
    }
    window.scrollTo(0, 0);
  }

  /* ---- where: for an own report, and the last position while on duty ---- */
  function fix(timeout) {
    return new Promise((resolve) => {
      if (!navigator.geolocation) { resolve(null); return; }
      navigator.geolocation.getCurrentPosition(resolve, () => resolve(null),
        { enableHighAccuracy: true, timeout: timeout, maximumAge: 60000 });
    });
  }

  async function fillPosition(form) {
    const found = (await fix(8000)) || lastFix;
    if (!found) return;
    form.elements.lon.value = found.coords.longitude;
    form.elements.lat.value = found.coords.latitude;
    form.elements.accuracy.value = Math.round(found.coords.accuracy);
  }

  async function sendPosition() {
    if (document.hidden || !share.checked) return;
    const found = await fix(20000);
    if (!found) return;
    lastFix = found;
    const form = new FormData();
    form.append("csrf", set.dataset.csrf);
    form.append("lon", found.coords.longitude);
    form.append("lat", found.coords.latitude);
    form.append("accuracy", Math.round(found.coords.accuracy));
    try {
      const answer = await fetch("/field/position", {
        method: "POST", body: form, headers: { Accept: "application/json" },
      });
      if (answer.status === 422) share.checked = false; // off duty meanwhile
    } catch (failure) { /* an old position is worth nothing: it is not kept for later */ }
  }

  const share = document.querySelector('input[name="share"]');
  if (set.dataset.duty === "yes") {
    share.checked = remembered(SHARE) === "yes";
    share.addEventListener("change", () => {
      remember(SHARE, share.checked ? "yes" : "no");
      sendPosition();
    });
    setInterval(sendPosition, POSITION_MS);
    sendPosition();
  }

  /* ---- messages that were read ---- */
  function showTold() {
    const seen = remembered(SEEN) || "";
    const part = document.querySelector('[data-part="told"]');
    if (!part) return;
    const all = Array.from(part.querySelectorAll("[data-told]"));
    all.forEach((one) => { one.hidden = one.dataset.told <= seen; });
    part.hidden = all.every((one) => one.hidden);
    part.querySelector(".phone-seen").addEventListener("click", () => {
      remember(SEEN, all.map((one) => one.dataset.told).sort().pop());
      part.hidden = true;
    });
  }

  showTold();
  Array.from(document.querySelectorAll("form.phone-form")).forEach((form) => form.addEventListener("submit", submit));
  queue.watch("field", () => set.dataset.csrf, told);
})();
