/* Calls at the command centre ring on every page: by video from the field, by voice from a gate. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || !window.RTCPeerConnection) return;
  if (!document.body || document.body.dataset.phone || document.documentElement.dataset.plain !== undefined) return;
  if (/^\/(wall|kiosk|login)/.test(location.pathname)) return;

  const REFUSED = [4401, 4403];
  const LONGEST_WAIT_MS = 15000;
  const rings = new Map(); // call → what rings
  let socket = null;
  let waitMs = 500;
  let talk = null; // {id, peer, waiting, stream}
  let box = null;
  let resting = null; // how a call ended stands there for a moment

  function send(message) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function open() {
    socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/api/v1/video");
    socket.onopen = () => { waitMs = 500; };
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = (event) => {
      rings.clear();
      if (talk) over(yiping.say("video.lost"));
      show();
      if (REFUSED.includes(event.code)) return; // not somebody who answers calls
      setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    };
  }

  function take(said) {
    if (said.t === "ringing") rings.set(said.call, said);
    else if (said.t === "taken") rings.delete(said.call);
    else if (said.t === "answered" && talk && said.call === talk.id) connect(said.ice);
    else if (said.t === "signal" && talk && said.call === talk.id) signalled(said.data);
    else if (talk && said.call === talk.id && talk.view.told && said.t !== "ended") {
      // A second press that came too late ends no call; one that somebody else took does.
      if (said.t === "refused" && !talk.live) over(yiping.say("error." + said.code));
      else talk.view.told(said);
    } else if (said.t === "refused" && talk && said.call === talk.id) over(yiping.say("error." + said.code));
    else if (said.t === "ended") {
      rings.delete(said.call);
      if (talk && said.call === talk.id) {
        over(talk.view.ended ? talk.view.ended(said) : yiping.named("video_outcome", said.outcome));
      }
    }
    show();
  }

  function element(name, text, more) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (more) made.className = more;
    return made;
  }

  function button(code, deed, more) {
    const made = element("button", yiping.say(code), "door-button " + (more || ""));
    made.type = "button";
    made.dataset.video = code.slice(6);
    made.addEventListener("click", deed);
    return made;
  }

  /* ---- the tile ---- */
  function frame() {
    if (box) return box;
    box = element("aside", "", "video-tile");
    box.setAttribute("role", "alert");
    document.body.appendChild(box);
    return box;
  }

  function show() {
    if (talk || (resting && !rings.size)) return;
    clearTimeout(resting);
    resting = null;
    const first = rings.values().next().value;
    if (!first) {
      if (box) box.remove();
      box = null;
      return;
    }
    const tile = frame();
    tile.textContent = "";
    tile.removeAttribute("data-gate");
    if (first.gate) {
      yiping.gateDesk.ringing(tile, first, { send, answer: () => answer(first) });
      return;
    }
    const purpose = yiping.named("video_purpose", first.purpose);
    tile.appendChild(element("p", yiping.say("video.incoming", { callsign: first.callsign, purpose: purpose })));
    const here = location.pathname === "/cases/" + first.case;
    if (here) tile.appendChild(button("video.answer", () => answer(first), "main"));
    else {
      const link = element("a", yiping.say("video.open_case"), "door-button main");
      link.href = "/cases/" + first.case;
      tile.appendChild(link);
    }
    tile.appendChild(button("video.decline", () => send({ t: "decline", call: first.call })));
  }

  function showTalk(ring) {
    const tile = frame();
    tile.textContent = "";
    if (ring.gate) return yiping.gateDesk.talking(tile, ring, { send });
    const mark = element("p", yiping.say("video.connecting"), "video-live");
    const picture = element("video");
    picture.autoplay = true;
    picture.setAttribute("playsinline", "");
    tile.append(mark, picture, element("p", ring.callsign + " · " + yiping.say("video.not_recorded"), "note"));
    tile.appendChild(button("video.hang_up", () => {
      send({ t: "hang_up", call: talk && talk.id });
      over(yiping.named("video_outcome", "hung_up"));
    }, "main"));
    return { mark, picture };
  }

  /* ---- the call ---- */
  function answer(ring) {
    if (talk) return;
    rings.delete(ring.call);
    talk = { id: ring.call, peer: null, waiting: [], stream: null, view: showTalk(ring) };
    send({ t: "answer", call: ring.call });
  }

  async function connect(ice) {
    const now = talk;
    now.live = true;
    if (ice === null) return; // a door station speaks by its own means
    const peer = new RTCPeerConnection({ iceServers: ice });
    now.peer = peer;
    peer.onicecandidate = (event) => {
      if (event.candidate) send({ t: "signal", call: now.id, data: { candidate: event.candidate } });
    };
    peer.ontrack = (event) => { now.view.picture.srcObject = event.streams[0]; };
    peer.onconnectionstatechange = () => {
      if (talk !== now) return;
      if (peer.connectionState === "connected") {
        now.view.mark.textContent = yiping.say(now.view.live || "video.live");
        box.dataset.live = "yes";
      }
      if (peer.connectionState === "failed") {
        // A gate's call goes on without voice: the picture and the opening need none.
        if (now.view.told) { now.view.mark.textContent = yiping.say("gate.voice_lost"); return; }
        send({ t: "hang_up", call: now.id });
        over(yiping.named("video_outcome", "lost"));
      }
    };
    // The officer's voice, where the desk has a microphone; the picture goes one way.
    try {
      now.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      now.stream.getTracks().forEach((track) => peer.addTrack(track, now.stream));
    } catch (failure) { now.stream = null; }
    now.ready = true;
    await drain();
  }

  async function signalled(data) {
    talk.waiting.push(data);
    await drain();
  }

  async function drain() {
    const now = talk;
    if (!now || !now.ready || now.draining) return;
    now.draining = true;
    try {
      while (now.waiting.length) {
        const at = now.waiting.findIndex((one) => one.description || now.peer.remoteDescription);
        if (at < 0) break;
        const [data] = now.waiting.splice(at, 1);
        if (data.description) {
          await now.peer.setRemoteDescription(data.description);
          await now.peer.setLocalDescription(await now.peer.createAnswer());
          send({ t: "signal", call: now.id, data: { description: now.peer.localDescription } });
        } else if (data.candidate) {
          await now.peer.addIceCandidate(data.candidate);
        }
      }
    } finally {
      now.draining = false;
    }
  }

  function over(line) {
    if (!talk) return;
    const ended = talk;
    talk = null;
    if (ended.stream) ended.stream.getTracks().forEach((track) => track.stop());
    if (ended.peer) ended.peer.close();
    delete box.dataset.live;
    ended.view.mark.textContent = line;
    ended.view.picture.srcObject = null;
    if (ended.view.close) ended.view.close();
    resting = setTimeout(() => { resting = null; show(); }, ended.view.close ? 5000 : 2500);
  }

  window.addEventListener("pagehide", () => { if (talk) send({ t: "hang_up", call: talk.id }); });
  open();
})();
