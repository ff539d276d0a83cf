/* A tablet at a gate: one press calls the command centre, by voice; it says what became of the call. */
(function () {
  "use strict";
  const body = document.body;
  if (!body || body.dataset.gate !== "door") return;
  const words = JSON.parse(body.dataset.words);
  const button = document.querySelector(".gate-press");
  const end = document.querySelector(".gate-end");
  const line = document.querySelector(".gate-state");
  const ENDED_MS = 12000; // how long the end of a call stands there
  const LONGEST_WAIT_MS = 15000;
  const REFUSED = { gate_off: "said_off", gate_busy: "said_busy" };
  let socket = null;
  let call = null; // {id, stream, peer, waiting, ready}
  let waitMs = 500;
  let rest = null;

  function send(message) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function state(name, text) {
    body.dataset.state = name;
    line.textContent = text;
    button.disabled = name !== "ready" && name !== "ended";
    button.textContent = name === "ended" ? words.again : words.press;
    end.hidden = !["calling", "talking"].includes(name);
    clearTimeout(rest);
    if (name === "ended") rest = setTimeout(() => state("ready", ""), ENDED_MS);
  }

  function open() {
    socket = new WebSocket(location.origin.replace(/^http/, "ws") + location.pathname.replace(/\/$/, "") + "/line");
    socket.onopen = () => { waitMs = 500; state("ready", ""); };
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = () => {
      hush();
      state("offline", words.offline);
      setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    };
  }

  /* The microphone is asked for by the press, shown as open by the browser, and closed with the call. */
  async function press() {
    if (call) return;
    const mine = (call = { id: null, stream: null, peer: null, waiting: [], ready: false });
    state("calling", words.calling);
    send({ t: "press" });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (call === mine) mine.stream = stream;
      else stream.getTracks().forEach((track) => track.stop());
    } catch (failure) { mine.stream = null; } // without one it still rings and is seen
    mine.asked = true;
    if (call === mine && mine.ice) await connect();
  }

  async function take(said) {
    if (said.t === "refused") { hush(); state("ended", words[REFUSED[said.code]] || words.said_failed); return; }
    if (!call) return;
    if (said.t === "calling") call.id = said.call;
    else if (said.call !== call.id) return;
    else if (said.t === "answered") {
      state("talking", call.stream || !call.asked ? words.talking : words.talking_silent);
      call.ice = said.ice || [];
      if (call.asked) await connect();
    } else if (said.t === "signal") await signalled(said.data);
    else if (said.t === "gate_opening") state("opening", words.opening);
    else if (said.t === "ended") { hush(); state("ended", words["said_" + said.outcome] || words.said_missed); }
  }

  async function connect() {
    const now = call;
    if (!window.RTCPeerConnection || now.peer) return;
    const peer = (now.peer = new RTCPeerConnection({ iceServers: now.ice }));
    if (now.stream) now.stream.getTracks().forEach((track) => peer.addTrack(track, now.stream));
    else peer.addTransceiver("audio", { direction: "recvonly" });
    const sound = document.createElement("audio");
    sound.autoplay = true;
    now.sound = sound;
    body.appendChild(sound);
    peer.ontrack = (event) => { sound.srcObject = event.streams[0]; };
    peer.onicecandidate = (event) => {
      if (event.candidate) send({ t: "signal", call: now.id, data: { candidate: event.candidate } });
    };
    peer.onconnectionstatechange = () => { if (call === now) body.dataset.voice = peer.connectionState; };
    await peer.setLocalDescription(await peer.createOffer());
    send({ t: "signal", call: now.id, data: { description: peer.localDescription } });
  }

  async function signalled(data) {
    const now = call;
    if (!now.peer || (data.candidate && !now.peer.remoteDescription)) { now.waiting.push(data); return; }
    if (data.description) {
      await now.peer.setRemoteDescription(data.description);
      const held = now.waiting;
      now.waiting = [];
      for (const each of held) await signalled(each);
    } else if (data.candidate) {
      await now.peer.addIceCandidate(data.candidate);
    }
  }

  function hush() {
    if (!call) return;
    const ended = call;
    call = null;
    delete body.dataset.voice;
    if (ended.stream) ended.stream.getTracks().forEach((track) => track.stop());
    if (ended.peer) ended.peer.close();
    if (ended.sound) ended.sound.remove();
  }

  button.addEventListener("click", press);
  end.addEventListener("click", () => send({ t: "hang_up", call: call && call.id }));
  window.addEventListener("pagehide", () => { if (call) send({ t: "hang_up", call: call.id }); });
  open();
})();
