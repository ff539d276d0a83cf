/* Calls the command centre by video: the phone's camera, browser to browser, nothing recorded. ES2017. */
(function () {
  "use strict";
  if (!document.body || document.body.dataset.phone !== "field") return;
  const devices = navigator.mediaDevices;
  if (!devices || !devices.getUserMedia || !window.RTCPeerConnection) return;

  const words = JSON.parse(document.querySelector("[data-field]").dataset.field);
  let socket = null;
  let call = null; // {id, stream, peer, screen}
  let waiting = []; // signals that came before the connection was made

  function send(message) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function element(name, text, more) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (more) made.className = more;
    return made;
  }

  function show(stream) {
    const screen = element("div", "", "phone-call");
    const mark = element("p", words.calling, "phone-live");
    mark.setAttribute("role", "status");
    const own = element("video");
    own.muted = true;
    own.autoplay = true;
    own.setAttribute("playsinline", "");
    own.srcObject = stream;
    const sound = element("audio");
    sound.autoplay = true;
    const end = element("button", words.hang_up, "phone-hang-up");
    end.type = "button";
    end.addEventListener("click", () => { send({ t: "hang_up", call: call && call.id }); over(words.hung_up); });
    screen.append(mark, own, sound, end);
    document.body.appendChild(screen);
    return { screen, mark, sound };
  }

  async function begin(task, purpose) {
    if (call) return;
    let stream;
    try {
      stream = await devices.getUserMedia({
        audio: true, video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } },
      });
    } catch (failure) {
      window.alert(words.no_camera);
      return;
    }
    call = { id: null, stream: stream, peer: null, view: show(stream) };
    const address = location.origin.replace(/^http/, "ws") + "/api/v1/video";
    socket = new WebSocket(address);
    socket.onopen = () => send({ t: "call", task: task, purpose: purpose });
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = () => over(words.lost);
  }

  async function take(said) {
    if (!call) return;
    if (said.t === "calling") call.id = said.call;
    else if (said.t === "answered" && said.call === call.id) await connect(said.ice);
    else if (said.t === "signal" && said.call === call.id) await signalled(said.data);
    else if (said.t === "ended" && said.call === call.id) over(words[said.outcome] || words.ended);
    else if (said.t === "refused") over(words.ended);
  }

  async function connect(ice) {
    const peer = new RTCPeerConnection({ iceServers: ice });
    call.peer = peer;
    call.stream.getTracks().forEach((track) => peer.addTrack(track, call.stream));
    peer.onicecandidate = (event) => {
      if (event.candidate) send({ t: "signal", call: call.id, data: { candidate: event.candidate } });
    };
    peer.ontrack = (event) => { call.view.sound.srcObject = event.streams[0]; };
    peer.onconnectionstatechange = () => {
      if (!call) return;
      if (peer.connectionState === "connected") {
        call.view.mark.textContent = words.live;
        call.view.screen.dataset.live = "yes";
      }
      if (peer.connectionState === "failed") { send({ t: "hang_up", call: call.id }); over(words.lost); }
    };
    await peer.setLocalDescription(await peer.createOffer());
    send({ t: "signal", call: call.id, data: { description: peer.localDescription } });
    const held = waiting;
    waiting = [];
    for (const data of held) await signalled(data);
  }

  async function signalled(data) {
    if (!call.peer || (data.candidate && !call.peer.remoteDescription)) { waiting.push(data); return; }
    if (data.description) {
      await call.peer.setRemoteDescription(data.description);
      const held = waiting;
      waiting = [];
      for (const each of held) await signalled(each);
    } else if (data.candidate) {
      await call.peer.addIceCandidate(data.candidate);
    }
  }

  function over(line) {
    if (!call) return;
    const ended = call;
    call = null;
    waiting = [];
    ended.stream.getTracks().forEach((track) => track.stop());
    if (ended.peer) ended.peer.close();
    if (socket) { socket.onclose = null; socket.close(); }
    ended.view.mark.textContent = line;
    setTimeout(() => ended.view.screen.remove(), 2500);
  }

  Array.from(document.querySelectorAll("[data-call]")).forEach((box) => {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => {
      begin(box.dataset.call, box.querySelector("select").value);
    });
  });
  window.addEventListener("pagehide", () => { if (call) send({ t: "hang_up", call: call.id }); });
})();
