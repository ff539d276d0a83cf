/* The plain pages: the reader's theme, showing a password, one sending at a time. */
(function () {
  "use strict";
  const root = document.documentElement;
  if (!root.hasAttribute("data-plain")) return;

  try {
    const theme = localStorage.getItem("yiping-theme");
    if (theme === "dark") root.dataset.theme = "dark";
  } catch (error) { /* private window */ }

  function prepare() {
    for (const button of document.querySelectorAll("[data-shows]")) {
      button.hidden = false;
      button.addEventListener("click", () => show(button));
    }
    for (const form of document.querySelectorAll("form")) {
      form.addEventListener("submit", () => hold(form, true));
    }
  }

  function show(button) {
    const field = document.getElementById(button.dataset.shows);
    field.type = field.type === "password" ? "text" : "password";
    const words = button.textContent;
    button.textContent = button.dataset.other;
    button.dataset.other = words;
    field.focus();
  }

  /* Two clicks must not count as two attempts. */
  function hold(form, busy) {
    for (const button of form.querySelectorAll(".go")) button.disabled = busy;
  }

  addEventListener("DOMContentLoaded", prepare);
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form")) hold(form, false);
  });
})();
