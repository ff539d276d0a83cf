/* Prints the page where a button says so; inline handlers are not allowed (ADR 0015). */
document.addEventListener("click", (event) => {
  if (event.target.closest && event.target.closest("[data-print]")) window.print();
});
