// A matrix of many rows, as a picture.

/** For many rows: one picture, with what lies under the pointer in words, and a list for those who cannot see it. */
function matrixCanvas(rows, columns, name, about, route, rowLink, bandOf) {
  const size = Math.max(1, Math.min(12, Math.floor(1600 / Math.max(rows.length, columns.length))));
  const canvas = make("canvas", { width: columns.length * size, height: rows.length * size, tabindex: "0", role: "img",
    "aria-label": `Matrix of ${rows.length} rows and ${columns.length} columns; the list below says the same in words. Arrow keys move, Enter opens.` });
  const reading = make("p", { class: "reading", "aria-live": "polite" }, "Point at a cell, or move with the arrow keys.");
  const style = getComputedStyle(document.documentElement);
  const colour = key => style.getPropertyValue(key).trim();
  const colours = {
    all: colour("--all"), some: colour("--some"), doubt: colour("--doubt"), none: colour("--none-ground"), own: colour("--line"), unknown: colour("--line"),
  };
  const context = canvas.getContext("2d");
  let at = { x: 0, y: 0 };
  function draw() {
    context.fillStyle = colours.none;
    context.fillRect(0, 0, canvas.width, canvas.height);
    // The whole as one image: a call for each of millions of cells would take seconds.
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    const values = Object.fromEntries(Object.entries(colours).map(([key, value]) => [key, pixelOf(value)]));
    const width = canvas.width;
    rows.forEach((a, y) => columns.forEach((b, x) => {
      const kind = quickKind(a, b) ?? about(a, b)[0];
      if (kind === "none")
        return;
      const value = values[kind];
      const to = size > 3 ? size - 1 : size;
      for (let dy = 0; dy < to; dy++) {
        // Not by colour alone: some is a smaller square.
        if (kind === "some" && size > 5 && (dy === 0 || dy === to - 1))
          continue;
        const start = (y * size + dy) * width + x * size;
        const inset = kind === "some" && size > 5 ? 1 : 0;
        pixels.fill(value, start + inset, start + to - inset);
      }
    }));
    context.putImageData(image, 0, 0);
    // Lines between namespaces, where they hide no cell.
    if (size < 4)
      return;
    context.fillStyle = colours.own;
    let before = null;
    rows.forEach((a, y) => {
      if (before !== null && bandOf(a) !== before)
        context.fillRect(0, y * size, canvas.width, 1);
      before = bandOf(a);
    });
    before = null;
    columns.forEach((b, x) => {
      if (before !== null && bandOf(b) !== before)
        context.fillRect(x * size, 0, 1, canvas.height);
      before = bandOf(b);
    });
  }
  function quickKind(a, b) {
    if (a.number === undefined)
      return undefined;
    const value = row(a.number)[b.number];
    if (!value)
      return !data.asked && a.number !== b.number ? "none" : undefined;
    return kinds[value] ??= about(a, b)[0];
  }
  const kinds = [];
  function pixelOf(value) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = value;
    probe.fillRect(0, 0, 1, 1);
    return new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0];
  }
  const move = (x, y) => {
    at = { x: Math.max(0, Math.min(columns.length - 1, x)), y: Math.max(0, Math.min(rows.length - 1, y)) };
    const [a, b] = [rows[at.y], columns[at.x]];
    reading.textContent = `${name(a)} → ${name(b)}: ${about(a, b)[2]}`;
  };
  const under = event => [Math.floor(event.offsetX * columns.length / canvas.clientWidth), Math.floor(event.offsetY * rows.length / canvas.clientHeight)];
  canvas.addEventListener("pointermove", event => move(...under(event)));
  canvas.addEventListener("click", event => {
    move(...under(event));
    location.hash = route(rows[at.y], columns[at.x]);
  });
  canvas.addEventListener("keydown", event => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      move(at.x + step[0], at.y + step[1]);
      event.preventDefault();
    } else if (event.key === "Enter") {
      location.hash = route(rows[at.y], columns[at.x]);
    }
  });
  draw();
  const reached = a => {
    let found = 0;
    for (const b of columns) {
      const kind = quickKind(a, b) ?? about(a, b)[0];
      found += kind === "all" || kind === "some" ? 1 : 0;
    }
    return found;
  };
  const list = make("details", {}, make("summary", {}, "The same as a list"));
  list.addEventListener("toggle", () => {
    if (list.open && list.childElementCount === 1)
      list.append(table(["From", { name: `Reaches, of ${columns.length}`, number: true }], rows, { line: a => [rowLink(a), reached(a)] }));
  });
  return [reading, make("div", { class: "canvas", tabindex: "0", role: "group", "aria-label": "Matrix" }, canvas), list];
}
