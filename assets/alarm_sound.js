/* The sound of alarms: tones made here, an expiring silence, and an honest word where the browser forbids it. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const MUTE_MS = 10 * 60000;
  const KEPT = "yiping-alarm-mute";
  // Pause between two sounds, and the tones: [Hz, seconds]. What is only ordinary sounds once.
  const SOUNDS = {
    urgent: { everyMs: 4000, tones: [[880, 0.22], [660, 0.22], [880, 0.22], [660, 0.22]] },
    hazard: { everyMs: 12000, tones: [[660, 0.3], [660, 0.3]] },
    ordinary: { everyMs: Infinity, tones: [[520, 0.35]] },
  };
  const Audio = window.AudioContext || window.webkitAudioContext;
  let context = null;
  let soundedAt = -Infinity;
  const heard = new Set(); // alarms that have sounded once

  const node = () => document.getElementById("alarm-sound");

  function open() {
    if (context || !Audio) return;
    context = new Audio();
    context.onstatechange = show;
  }

  /* A browser lets a page sound only after somebody has pressed something in it. */
  function allow() {
    if (!node()) return;
    open();
    if (context && context.state === "suspended") context.resume().then(show, show);
  }

  function muted() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || "null");
      return kept && kept.until > Date.now() ? kept : null;
    } catch (error) {
      return null; // storage is switched off: silence then lasts as long as the page
    }
  }

  function keep(value) {
    try {
      if (value) localStorage.setItem(KEPT, JSON.stringify(value));
      else localStorage.removeItem(KEPT);
    } catch (error) { /* as above */ }
  }

  /* What may sound now: nobody has taken it, it is not silenced there, and not by this screen. */
  function due() {
    const found = yiping.live.get("alarms");
    if (!found) return [];
    const silence = muted();
    return found.rows.filter((row) => row.sounds && !(silence && silence.ids.includes(row.id)));
  }

  function gravest(rows) {
    return ["urgent", "hazard", "ordinary"].find((urgency) => rows.some((row) => row.urgency === urgency));
  }

  function beat() {
    show();
    const rows = due();
    for (const id of [...heard]) if (!rows.some((row) => row.id === id)) heard.delete(id);
    if (!rows.length || !node() || !context || context.state !== "running") return;
    const fresh = rows.filter((row) => !heard.has(row.id));
    const urgency = gravest(fresh.length ? fresh : rows);
    const { everyMs, tones } = SOUNDS[urgency];
    const now = performance.now();
    const flood = yiping.live.get("alarms").flood;
    if ((!fresh.length || flood) && now - soundedAt < Math.max(everyMs, SOUNDS.urgent.everyMs)) return;
    if (!fresh.length && everyMs === Infinity) return;
    soundedAt = now;
    for (const row of rows) heard.add(row.id);
    play(tones);
  }

  function play(tones) {
    let at = context.currentTime + 0.02;
    for (const [hertz, seconds] of tones) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.type = "triangle";
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(0.35, at + 0.02);
      gain.gain.setValueAtTime(0.35, at + seconds - 0.04);
      gain.gain.linearRampToValueAtTime(0, at + seconds);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + 0.04;
    }
    yiping.alarmsSounded = (yiping.alarmsSounded || 0) + 1;
  }

  function state() {
    if (!Audio) return "none";
    if (!context || context.state !== "running") return "blocked";
    return muted() ? "muted" : "ready";
  }

  function show() {
    const button = node();
    if (!button) return;
    const now = state();
    const silence = muted();
    const left = silence ? yiping.age((silence.until - Date.now()) / 1000) : "";
    button.dataset.state = now;
    button.disabled = now === "none";
    yiping.setText(button, yiping.say("alarm_sound." + now, { left }));
    const hint = yiping.say("alarm_sound." + now + "_hint");
    if (button.title !== hint) button.title = hint;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#alarm-sound");
    if (button && state() === "ready") {
      const found = yiping.live.get("alarms");
      keep({ until: Date.now() + MUTE_MS, ids: found ? found.rows.map((row) => row.id) : [] });
    } else if (button && state() === "muted") keep(null);
    allow();
    show();
  });
  addEventListener("keydown", allow);
  yiping.live.on("alarms", beat);
  yiping.whenPresent("alarm-sound", () => {
    open();
    show();
  });
  yiping.onLanguage(show);
  setInterval(beat, 1000);
})();
