// The picture of neighbours.

function around(number, into, from) {
  const labelOf = peer => ends[peer].isOutside || !ends[peer].kind ? outsideWords[ends[peer].full] || ends[peer].name
    : ends[peer].ns === ends[number].ns ? ends[peer].name
    : `${ends[peer].ns}/${ends[peer].name}`;
  const side = peers => {
    const numbers = peers.map(([peer]) => peer).filter(peer => peer !== number);
    const room = Math.floor((LARGEST_PICTURE - 1) / 2);
    if (numbers.length <= room) {
      return numbers.map(peer => ({
        key: `e${peer}`,
        label: short(labelOf(peer)),
        title: ends[peer].full,
        href: peer < own ? address(workloadRoute(peer)) : null,
        isOutside: ends[peer].isOutside,
        isDoubt: (cell(peer, number) || cell(number, peer) || []).every(line => line.isDoubt),
      }));
    }
    const bySpace = new Map();
    for (const peer of numbers) {
      const name = ends[peer].isOutside || !ends[peer].kind ? "outside" : ends[peer].ns;
      bySpace.set(name, (bySpace.get(name) || 0) + 1);
    }
    const nodes = [...bySpace].map(([name, size]) => ({ key: `n${name}`, label: short(`${name} (${size})`), title: `${name}: ${size}`,
      href: ofNamespace.has(name) ? address(`namespace/${encodeURIComponent(name)}`) : null, isOutside: name === "outside" }));
    const rest = { key: "more", label: `${nodes.length - room + 1} more namespaces`, title: "", isOutside: true };
    return nodes.length <= room ? nodes : [...nodes.slice(0, room - 1), rest];
  };
  const [left, right] = [side(into), side(from)];
  if (left.length + right.length === 0)
    return make("p", { class: "faint" }, "It has none.");
  const graph = new dagre.graphlib.Graph().setGraph({ rankdir: "LR", nodesep: 8, ranksep: 70, marginx: 4, marginy: 4 }).setDefaultEdgeLabel(() => ({}));
  const size = label => ({ width: Math.max(60, label.length * 7 + 18), height: 26 });
  const centre = { key: "centre", label: short(ends[number].name), title: ends[number].full, isCentre: true };
  const nodes = [centre];
  graph.setNode("centre", size(centre.label));
  for (const [items, prefix] of [[left, "in-"], [right, "out-"]]) {
    for (const item of items) {
      const key = prefix + item.key;
      nodes.push({ ...item, key });
      graph.setNode(key, size(item.label));
      graph.setEdge(prefix === "in-" ? key : "centre", prefix === "in-" ? "centre" : key);
    }
  }
  dagre.layout(graph);
  const { width, height } = graph.graph();
  const draw = (tag, properties, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(properties))
      element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  const sides = `reached by ${count(left.length, "neighbour")} at the left, reaches ${count(right.length, "neighbour")} at the right`;
  const label = `${ends[number].name}: ${sides}; the lists below name them`;
  const picture = draw("svg", { class: "around", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "group", "aria-label": label });
  picture.append(draw("defs", {}, draw("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    draw("path", { d: "M0 0L8 4L0 8", class: "tip" }))));
  for (const edge of graph.edges()) {
    const points = graph.edge(edge).points.map(point => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`);
    const other = nodes.find(node => node.key === (edge.v === "centre" ? edge.w : edge.v));
    picture.append(draw("path", { d: `M${points.join("L")}`, "marker-end": "url(#tip)", class: other.isDoubt ? "doubt" : "" }));
  }
  for (const node of nodes) {
    const { x, y, width: w, height: h } = graph.node(node.key);
    const shape = draw("g", { class: `node ${node.isCentre ? "centre" : ""} ${node.isOutside ? "outside" : ""}` },
      draw("rect", { x: (x - w / 2).toFixed(1), y: (y - h / 2).toFixed(1), width: w, height: h, rx: 6 }),
      draw("text", { x: x.toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle" }, document.createTextNode(node.label)),
      draw("title", {}, document.createTextNode(node.title)));
    picture.append(node.href ? draw("a", { href: node.href, "aria-label": node.title }, shape) : shape);
  }
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Neighbours" }, picture);
}

const short = label => label.length > 34 ? label.slice(0, 33) + "…" : label;
