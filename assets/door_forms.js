/* Sends the forms of the pages about accounts, walls and keys whole, and shows what is secret on wish. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const CONFIRM_MS = 5000;
  let seq = 0;

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-door]")) return;
    event.preventDefault();
    const pressed = event.submitter || form.querySelector("[data-action]");
    if (pressed && confirmed(pressed)) send(form, pressed);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-door-page] button");
    if (!button) return;
    if (button.dataset.flips) {
      button.setAttribute("aria-checked", String(button.getAttribute("aria-checked") !== "true"));
    } else if (button.dataset.shows) show(button);
  });

  function send(form, pressed) {
    const home = form.closest("[data-door-page]");
    seq += 1;
    const wish = { seq, action: pressed.dataset.action, id: form.dataset.id || "", values: valuesOf(form) };
    home.dataset.busy = "true";
    window.dash_clientside.set_props(home.dataset.doorPage + "-request", { data: wish });
  }

  function valuesOf(form) {
    const values = {};
    for (const field of form.querySelectorAll("input[name], textarea[name]")) values[field.name] = field.value;
    for (const choice of form.querySelectorAll("select[data-name]")) {
      values[choice.dataset.name] = choice.value;
    }
    for (const one of form.querySelectorAll("[data-flips]")) {
      const name = one.dataset.flips;
      values[name] = values[name] || [];
      if (one.getAttribute("aria-checked") === "true") values[name].push(one.dataset.value);
    }
    return values;
  }

  /* What cannot be undone asks twice. */
  function confirmed(button) {
    if (!button.dataset.confirm || button.dataset.armed === "true") return true;
    const words = button.textContent;
    button.dataset.armed = "true";
    yiping.setText(button, button.dataset.confirm);
    setTimeout(() => {
      button.dataset.armed = "false";
      yiping.setText(button, words);
    }, CONFIRM_MS);
    return false;
  }

  function show(button) {
    const field = button.parentElement.querySelector("input");
    if (!field) return;
    field.type = field.type === "password" ? "text" : "password";
    const words = button.textContent;
    yiping.setText(button, button.dataset.other);
    button.dataset.other = words;
    field.focus();
  }

  /* A list shows what is chosen; HTML has no attribute for that which Dash would pass on. */
  function choose() {
    for (const list of document.querySelectorAll("[data-door-page] select:not([data-ready])")) {
      list.dataset.ready = "true";
      list.value = list.dataset.chosen || "";
      if (list.selectedIndex < 0) list.selectedIndex = 0;
    }
  }
  new MutationObserver(choose).observe(document.documentElement, { childList: true, subtree: true });
  choose();
})();
