/* The menus of the desk's navigation: one open at a time, closed by Escape or a click elsewhere. */
(function () {
  "use strict";
  const openMenus = () => document.querySelectorAll(".nav-group[open]");

  function toggleAll() {
    const nav = document.getElementById("nav");
    const open = nav.classList.toggle("open");
    document.getElementById("nav-open").setAttribute("aria-expanded", String(open));
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("#nav-open")) toggleAll();
    const own = target.closest(".nav-group");
    for (const menu of openMenus()) if (menu !== own) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
