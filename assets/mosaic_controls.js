/* The controls of the mosaic: how many tiles, which group, pause and turning by hand. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  let bar = null;
  let parts = null;
  let act = null;
  let offered = "";

  function build() {
    if (!bar || !act) return;
    parts = { size: el("select", "mosaic-size"), group: el("select", "mosaic-group"),
      back: button("‹"), pause: button("❚❚"), on: button("›") };
    parts.size.onchange = () => act.setSize(Number(parts.size.value));
    parts.group.onchange = () => act.setGroup(parts.group.value);
    parts.back.onclick = () => act.turn(-1);
    parts.on.onclick = () => act.turn(1);
    parts.pause.onclick = () => act.pause();
    offered = "";
    bar.replaceChildren(parts.group, parts.size, parts.back, parts.pause, parts.on);
  }
  function button(sign) {
    const node = el("button", "quiet mosaic-button", sign);
    node.type = "button";
    return node;
  }
  function name(node, code) {
    const words = say(code);
    if (node.title === words) return;
    node.title = words;
    node.setAttribute("aria-label", words);
  }

  function show({ total, page, pages, cameras }) {
    const note = document.getElementById("cameras-note");
    const words = total === null ? "" : total === 0 ? ""
      : say("mosaic.note", { n: yiping.number(total), page: page + 1, pages });
    yiping.setText(note, words);
    if (!parts) return;
    bar.hidden = !total;
    offer(cameras);
    name(parts.size, "mosaic.size");
    name(parts.group, "mosaic.group");
    name(parts.back, "mosaic.back");
    name(parts.on, "mosaic.on");
    name(parts.pause, act.paused() ? "mosaic.go_on" : "mosaic.pause");
    yiping.setText(parts.pause, act.paused() ? "▶" : "❚❚");
    parts.pause.setAttribute("aria-pressed", String(act.paused()));
    parts.back.disabled = parts.on.disabled = pages < 2;
    parts.size.value = String(act.size());
    parts.group.value = act.group();
    if (parts.group.value !== act.group()) parts.group.value = "";
  }

  /* What can be chosen here; written anew only when cameras, room or language change. */
  function offer(cameras) {
    const zones = new Map();
    for (const row of cameras ? cameras.values() : []) {
      if (row.zone_id) zones.set(row.zone_id, yiping.localName(row, "zone"));
    }
    const tiles = yiping.mosaicGrid.SIZES.map((n) => [n, act.tiles(n)]);
    const key = yiping.language + JSON.stringify([...zones, ...tiles]);
    if (key === offered) return;
    offered = key;
    const option = (value, text) => Object.assign(el("option", "", text), { value });
    parts.size.replaceChildren(...tiles.map(([size, n]) => option(String(size), say("mosaic.tiles", { n }))));
    parts.group.replaceChildren(option("", say("mosaic.group_all")), option("pinned", say("mosaic.group_pinned")),
      ...[...zones].map(([id, words]) => option(id, words)));
  }

  yiping.mosaicControls = {
    mount(actions) {
      act = actions;
      build();
    },
    show,
  };
  yiping.whenPresent("mosaic-controls", (node) => {
    bar = node;
    build();
  });
})();
