/* What every page shows of the link: lost since when, data as of when; and the DEMO ribbon. */
(function () {
  "use strict";
  const yiping = window.yiping;

  function showState() {
    const node = document.getElementById("live-state");
    if (!node) return;
    const { state, silentS, dataAt, failing } = yiping.live.state();
    const text = sentence(state, silentS, dataAt, failing);
    node.dataset.state = state;
    node.hidden = !text;
    yiping.setText(node, text);
  }

  function sentence(state, silentS, dataAt, failing) {
    if (state === "over") return ""; // session.js says it
    if (state === "live") return failing ? yiping.say("wall.views_late") : "";
    if (state === "unknown") return yiping.say("live.unknown_community", { community: yiping.community });
    if (state === "connecting") return silentS === null ? "" : yiping.say("live.connecting");
    const until = dataAt
      ? yiping.say("live.as_of", { time: yiping.timeSeconds(dataAt) })
      : yiping.say("live.no_data_yet");
    const since = silentS === null ? yiping.live.waitedS() : silentS;
    return yiping.say("live.lost", { age: yiping.age(since) }) + " · " + until;
  }

  function showRibbon() {
    const node = document.getElementById("ribbon");
    const profile = yiping.live.get("profile");
    if (!node || !profile) return;
    node.hidden = !profile.is_demo;
    document.documentElement.dataset.demo = String(Boolean(profile.is_demo));
    document.title = [yiping.localName(profile), yiping.say("app.name")].filter(Boolean).join(" · ");
  }

  /* Dash has put the real page in place: the early one goes, in the same frame. */
  yiping.whenPresent("first-paint", (early) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector("#react-entry-point #wall")) return;
      watch.disconnect();
      early.remove();
      yiping.sayAll(); // the language may have been switched while the page was on its way
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
  /* The server went away while the page was still loading: Dash does not ask twice, so we do. */
  let brokenOff = false;
  function loadAgain() {
    if (document.querySelector("#react-entry-point #wall, #react-entry-point #page")) return;
    const { state } = yiping.live.state();
    if (state === "lost") brokenOff = true;
    else if (state === "live" && brokenOff) location.reload();
  }

  yiping.live.onState(showState);
  yiping.live.onState(loadAgain);
  yiping.live.on("profile", showRibbon);
  yiping.whenPresent("live-state", showState);
  yiping.whenPresent("ribbon", showRibbon);
  yiping.onLanguage(() => {
    showState();
    showRibbon();
  });
})();
