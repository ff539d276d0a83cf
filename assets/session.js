/* Says when the session is over, instead of failing silently; signs out on the button. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping) return;
  const isWall = yiping.screen === "wall";
  let over = false;

  /* Dash's own calls: an answer 401 means that nobody is signed in any more. */
  const fetched = window.fetch;
  window.fetch = async function (...request) {
    const answer = await fetched.apply(this, request);
    if (answer.status === 401 && ownAddress(request[0])) yiping.sessionOver();
    return answer;
  };

  function ownAddress(asked) {
    const address = new URL(typeof asked === "string" ? asked : asked.url || String(asked), location.href);
    return address.origin === location.origin;
  }

  yiping.sessionOver = function () {
    if (over) return;
    over = true;
    document.documentElement.dataset.session = "over";
    const box = yiping.el("div", "signed-out");
    box.setAttribute("role", "alert");
    box.append(yiping.el("span", "", yiping.say(isWall ? "session.wall_over" : "session.over")));
    if (!isWall) {
      const link = yiping.el("a", "", yiping.say("session.sign_in"));
      link.href = "/login?next=" + encodeURIComponent(location.pathname + location.search);
      box.append(link);
    }
    document.body.append(box);
  };
  yiping.live.onState(({ state }) => {
    if (state === "over") yiping.sessionOver();
  });

  function csrf() {
    const found = document.cookie.split("; ").find((part) => part.startsWith("_csrf_token="));
    return found ? found.slice("_csrf_token=".length) : "";
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("#sign-out");
    if (!button) return;
    button.disabled = true;
    try {
      await fetched("/logout", { method: "POST", headers: { "X-CSRFToken": csrf() }, redirect: "manual" });
    } catch (error) { /* the page below says whether it worked */ }
    location.assign("/login?signed_out=1");
  });
})();
