/* Marks several cases of the desk's list and accepts or files them at once. */
(function () {
  "use strict";
  const yiping = window.yiping;
  if (!yiping || yiping.screen === "wall") return;
  const MOST = 200;
  const marked = new Map(); // case → version that was on screen
  const grid = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const bar = () => document.getElementById("desk-batch-bar");
  let seq = 0;

  grid.deskMarked = (params) => Boolean(params.data) && marked.has(params.data.id);

  function toggle(node) {
    if (!node || !node.data || !bar()) return;
    if (!marked.delete(node.data.id) && marked.size < MOST) marked.set(node.data.id, node.data.version);
    show([node]);
  }

  function show(nodes) {
    api((ready) => ready.redrawRows({ rowNodes: nodes.filter(Boolean) }));
    bar().hidden = marked.size === 0;
    yiping.setText(document.getElementById("desk-batch-count"),
      yiping.say("case_batch.marked", { n: marked.size }));
  }

  function api(use) {
    if (document.getElementById("desk-list")) window.dash_ag_grid.getApiAsync("desk-list").then(use);
  }

  function clear() {
    api((ready) => {
      const nodes = [...marked.keys()].map((id) => ready.getRowNode(id));
      marked.clear();
      show(nodes);
    });
  }

  function send(action) {
    if (!marked.size) return;
    seq += 1;
    const cases = [...marked.entries()];
    window.dash_clientside.set_props("desk-batch", { data: { seq, action, cases } });
    clear();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-batch]");
    if (button) {
      if (button.dataset.batch === "clear") clear();
      else send(button.dataset.batch);
      return;
    }
    const row = (event.ctrlKey || event.metaKey) && event.target.closest("#desk-list .ag-row");
    if (row) api((ready) => toggle(ready.getRowNode(row.getAttribute("row-id"))));
  });

  document.addEventListener("keydown", (event) => {
    if (!bar() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("select, input, textarea, button, a, .leaflet-container")) return;
    if (event.key === " ") {
      const chosen = sessionStorage.getItem("yiping-case");
      if (!chosen) return;
      event.preventDefault();
      api((ready) => toggle(ready.getRowNode(chosen)));
    } else if (event.shiftKey) {
      const button = document.querySelector('[data-batch-key="' + event.key.toUpperCase() + '"]');
      if (button && marked.size) send(button.dataset.batch);
    }
  });
})();
