/* The resident's page: suggestions, place, pictures made smaller, a draft that outlives the network. */
(function () {
  "use strict";
  if (!document.body || document.body.dataset.phone !== "report") return;

  const queue = window.yipingPhone;
  const form = document.querySelector("form.phone-form");
  const words = JSON.parse(form.dataset.words);
  const lines = document.querySelector(".phone-queue");
  const button = form.querySelector(".phone-go");
  const DRAFT = "yiping-report-" + form.elements.c.value + form.action;
  const TYPED = ["text", "address", "number"];
  let photos = [];
  let touched = false;

  const say = (code, values) => Object.keys(values || {})
    .reduce((line, key) => line.replace("{" + key + "}", values[key]), words[code]);

  function tell(line, kind, link) {
    lines.textContent = "";
    const said = document.createElement("p");
    said.className = "phone-said phone-" + (kind || "plain");
    said.textContent = line;
    if (link) {
      const onward = document.createElement("a");
      onward.href = link;
      onward.textContent = " " + words.open_link;
      said.appendChild(onward);
    }
    lines.appendChild(said);
    lines.hidden = false;
  }

  /* ---- what was typed stays, whatever happens to the page ---- */
  function saveDraft() {
    const kept = {};
    TYPED.forEach((name) => { kept[name] = form.elements[name].value; });
    kept.id = form.elements.id.value;
    try { localStorage.setItem(DRAFT, JSON.stringify(kept)); } catch (failure) { /* nothing is kept here */ }
  }

  function loadDraft() {
    try {
      const kept = JSON.parse(localStorage.getItem(DRAFT) || "{}");
      TYPED.forEach((name) => {
        if (kept[name] && !form.elements[name].value) form.elements[name].value = kept[name];
      });
      form.elements.id.value = kept.id || queue.newId();
    } catch (failure) {
      form.elements.id.value = queue.newId();
    }
  }

  function dropDraft() {
    try { localStorage.removeItem(DRAFT); } catch (failure) { /* nothing was kept here */ }
    form.elements.id.value = queue.newId();
  }

  /* ---- what the words suggest, and what lies near ---- */
  let timer = null;
  function lookSoon() {
    clearTimeout(timer);
    timer = setTimeout(look, 600);
  }

  async function look() {
    const asked = new FormData();
    ["c", "text", "p", "lon", "lat", "crs"].forEach((n) => asked.append(n, form.elements[n].value));
    asked.append("category", touched ? form.elements.category.value : "");
    let said;
    try {
      const answer = await fetch(form.dataset.look, {
        method: "POST", body: asked, headers: { Accept: "application/json" },
      });
      if (!answer.ok) return;
      said = await answer.json();
    } catch (failure) {
      return; // without network the server decides when the report arrives
    }
    if (!touched && said.category) form.elements.category.value = said.category;
    showQuestions(said.questions);
    showNear(said.nearby);
  }

  function showQuestions(questions) {
    const box = form.querySelector(".phone-questions");
    const had = Array.from(box.querySelectorAll("input")).map((one) => one.value);
    const asked = Array.from(box.querySelectorAll(".phone-label")).map((one) => one.textContent);
    if (asked.join("\n") === questions.join("\n")) return;
    box.textContent = "";
    questions.forEach((question, number) => {
      const label = document.createElement("label");
      const words = document.createElement("span");
      words.className = "phone-label";
      words.textContent = question;
      const input = document.createElement("input");
      input.name = "answer_" + number;
      input.maxLength = 300;
      if (asked[number] === question) input.value = had[number];
      label.append(words, input);
      box.appendChild(label);
    });
  }

  function showNear(near) {
    const box = form.querySelector(".phone-near");
    if (form.action.endsWith("/desk")) return;
    const now = near.map((one) => one.id).join();
    if (box.dataset.near === now) return;
    box.dataset.near = now;
    box.textContent = "";
    if (!near.length) return;
    const head = document.createElement("p");
    head.className = "phone-label";
    head.textContent = words.near;
    box.appendChild(head);
    [{ id: "", words: words.own }].concat(near).forEach((one, number) => {
      const label = document.createElement("label");
      label.className = "phone-choice";
      const input = document.createElement("input");
      input.type = "radio";
      input.name = "follow";
      input.value = one.id;
      input.checked = number === 0;
      const said = document.createElement("span");
      said.textContent = one.words;
      label.append(input, said);
      box.appendChild(label);
    });
  }

  /* ---- where: the phone's position, put right by a tap on the plan ---- */
  const map = form.querySelector(".phone-map");
  const located = form.querySelector(".phone-located");
  const place = (lon, lat, accuracy) => {
    form.elements.lon.value = lon.toFixed(7);
    form.elements.lat.value = lat.toFixed(7);
    form.elements.accuracy.value = accuracy;
    pin(lon, lat);
    lookSoon();
  };

  function pin(lon, lat) {
    if (!map) return;
    const [west, south, east, north] = JSON.parse(map.dataset.bounds);
    const mark = map.querySelector(".phone-pin");
    mark.style.left = ((lon - west) / (east - west)) * 100 + "%";
    mark.style.top = ((north - lat) / (north - south)) * 100 + "%";
    mark.hidden = lon < west || lon > east || lat < south || lat > north;
  }

  function openMap() {
    const picture = map.querySelector("img");
    if (!picture.src) picture.src = picture.dataset.src;
  }

  function setUpPlace() {
    const locate = form.querySelector(".phone-locate");
    if (navigator.geolocation) {
      locate.hidden = false;
      locate.addEventListener("click", () => {
        located.hidden = false;
        located.textContent = words.locating;
        navigator.geolocation.getCurrentPosition((found) => {
          // The standard says WGS-84; a browser that shifts it is put right by a tap on the plan.
          const metres = Math.round(found.coords.accuracy);
          place(found.coords.longitude, found.coords.latitude, metres);
          located.textContent = say("located", { metres: metres });
          if (map) { map.open = true; openMap(); }
        }, () => { located.textContent = words.not_located; },
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 });
      });
    }
    if (!map) return;
    map.hidden = false;
    map.addEventListener("toggle", openMap);
    map.querySelector(".phone-plan").addEventListener("click", (event) => {
      const box = map.querySelector("img").getBoundingClientRect();
      const [west, south, east, north] = JSON.parse(map.dataset.bounds);
      const lon = west + ((event.clientX - box.left) / box.width) * (east - west);
      const lat = north - ((event.clientY - box.top) / box.height) * (north - south);
      // A thumb is some eight pixels wide.
      const metres = ((east - west) * 111320 * Math.cos((lat * Math.PI) / 180) / box.width) * 8;
      place(lon, lat, Math.max(10, Math.round(metres)));
      located.hidden = false;
      located.textContent = words.tapped;
    });
  }

  /* ---- pictures ---- */
  async function choosePhotos(event) {
    for (const file of Array.from(event.target.files).slice(0, 4 - photos.length)) {
      photos.push({ name: "photo", blob: await queue.smaller(file) });
    }
    event.target.value = "";
    showPhotos();
  }

  function showPhotos() {
    const box = form.querySelector(".phone-pictures");
    box.textContent = "";
    photos.forEach((photo, number) => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      image.src = URL.createObjectURL(photo.blob);
      image.alt = "";
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = words.remove;
      remove.addEventListener("click", () => { photos.splice(number, 1); showPhotos(); });
      figure.append(image, remove);
      box.appendChild(figure);
    });
  }

  /* ---- sending, once ---- */
  async function submit(event) {
    event.preventDefault();
    form.elements.at.value = new Date().toISOString();
    const fields = Array.from(new FormData(form).entries()).filter((pair) => typeof pair[1] === "string");
    const item = {
      id: form.elements.id.value, kind: "report", at: form.elements.at.value,
      address: form.action, fields: fields, photos: photos,
    };
    button.disabled = true;
    tell(words.sending);
    await queue.keep(item);
    const result = await queue.send(item, form.elements.csrf.value);
    button.disabled = false;
    await told(item, result, true);
  }

  async function told(item, result, own) {
    if (result.state === "sent") {
      const mine = own || item.id === form.elements.id.value;
      if (mine) dropDraft();
      if (own) {
        location.assign(result.said.link);
        return;
      }
      if (mine) clear();
      tell(words.sent, "good", result.said.link);
    } else if (result.state === "refused") {
      await queue.drop(item.id);
      tell(words.failed + (result.said.message || result.status), "bad");
    } else if (result.state === "waiting") {
      tell(words.saved, "bad");
      if (own) clear();
    }
    window.scrollTo(0, 0);
  }

  function clear() {
    const kept = form.elements.c.value;
    dropDraft();
    const id = form.elements.id.value;
    form.reset();
    form.elements.c.value = kept;
    form.elements.id.value = id;
    photos = [];
    showPhotos();
    showQuestions([]);
    showNear([]);
  }

  loadDraft();
  setUpPlace();
  form.elements.text.addEventListener("input", () => { saveDraft(); lookSoon(); });
  TYPED.slice(1).forEach((name) => form.elements[name].addEventListener("input", saveDraft));
  form.elements.p.addEventListener("change", lookSoon);
  form.elements.category.addEventListener("change", () => { touched = form.elements.category.value !== ""; look(); });
  form.elements.photo.addEventListener("change", choosePhotos);
  form.addEventListener("submit", submit);
  queue.watch("report", () => form.elements.csrf.value, (item, result) => told(item, result, false));
  if (form.elements.text.value) lookSoon();
})();
