/* Decides which cameras stand on the tiles: those with a reason first, then pins, then the turn. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const SHAPE = 16 / 9;
  const MOST_FRONT_SHARE = 0.5; // half of the tiles go on turning, whatever happens
  const FEWER = 0.85; // a narrow panel may show a little less or more, so that none stays empty
  const MORE = 1.25;

  yiping.mosaicGrid = {
    SIZES: [1, 4, 9, 16, 25, 36, 64],

    /* Columns and rows for about `size` pictures of 16:9 in a box, as large as they can be. */
    grid(size, width, height) {
      let best = { columns: 1, rows: 1, area: 0 };
      for (let columns = 1; columns <= size; columns++) {
        for (const rows of new Set([Math.ceil(size / columns), Math.floor(size / columns) || 1])) {
          const tiles = columns * rows;
          if (tiles < size * FEWER || tiles > size * MORE) continue;
          const wide = Math.min(width / columns, (height / rows) * SHAPE);
          if (wide * wide > best.area * 1.001) best = { columns, rows, area: wide * wide };
        }
      }
      return { columns: best.columns, rows: best.rows };
    },

    /* cameras: ids in order; fronts: Map id → reason; pins: Set; → {shown, next, page, pages}. */
    arrange({ cameras, fronts, pins, size, page }) {
      const room = size === 1 ? 1 : Math.max(1, Math.floor(size * MOST_FRONT_SHARE));
      const front = [...fronts.keys()].filter((id) => cameras.includes(id)).slice(0, room);
      const pinned = cameras.filter((id) => pins.has(id) && !front.includes(id)).slice(0, size - front.length);
      const fixed = [...front, ...pinned];
      const turning = cameras.filter((id) => !fixed.includes(id));
      const places = size - fixed.length;
      const pages = places > 0 ? Math.max(1, Math.ceil(turning.length / places)) : 1;
      const own = ((page % pages) + pages) % pages;
      const of = (n) => (places > 0 ? turning.slice(n * places, (n + 1) * places) : []);
      return {
        shown: [...fixed, ...of(own)],
        next: pages > 1 ? of((own + 1) % pages) : [],
        page: own,
        pages,
      };
    },
  };
})();
