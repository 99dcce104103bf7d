// Making elements: texts are only ever texts.

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value !== undefined && value !== null && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false)
      element.append(child);
  }
  return element;
}

const link = (route, parameters, ...children) => make("a", { href: address(route, parameters) }, ...children);
const mark = (kind, words) => make("span", { class: `mark ${kind}` }, words ?? kind);
const count = (number, one, many) => `${number.toLocaleString("en-US")} ${number === 1 ? one : many || one + "s"}`;
const place = about => about.file ? make("span", { class: "place" }, about.line > 0 ? `${about.file}:${about.line}` : about.file) : null;
const policyLink = policy => link(`policy/${encodeURIComponent(policy.name)}`, {}, policy.name);

const outsideWords = {
  "0.0.0.0-255.255.255.255": "every IPv4 address outside",
  "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff": "every IPv6 address outside",
};

const workloadRoute = number => `workload/${encodeURIComponent(ends[number].full)}`;

function endLink(number) {
  const end = ends[number];
  if (number >= own || !end.kind)
    return make("span", {}, outsideWords[end.full] || end.name);
  return isByWorkload
    ? link(workloadRoute(number), {}, make("span", {}, `${end.ns}/`), make("wbr"), `${end.name}`, make("span", { class: "faint" }, ` ${end.kind}`))
    : link(`namespace/${encodeURIComponent(end.ns)}`, {}, end.ns);
}

function ruleLink(reason) {
  if (!reason.rule)
    return reason.policy ? policyLink(reason.policy) : null;
  const { policy, path } = reason.rule;
  return [link(`policy/${encodeURIComponent(policies[policy].name)}`, { rule: path }, `${policies[policy].name} ${path}`), " ", place(reason.rule)];
}

function reasonItem(reason) {
  if (reason.action === "Note")
    return make("li", {}, mark("note", "note"), " ", reason.words);
  if (!reason.rule && !reason.policy && !reason.ports)
    return make("li", { class: "faint" }, reason.words);
  return make("li", {}, reason.action === "Allow" ? null : [mark(reason.action), " "], ruleLink(reason), reason.words ? [make("span", { class: "faint" },
    ` ${reason.action === "Allow" ? "allows" : reason.action === "Deny" ? "denies" : "passes"} ${reason.ports}: ${reason.words}`)] : null);
}

const moreItem = more => more ? make("li", { class: "faint" }, `and ${more.toLocaleString("en-US")} more`) : null;

const reasonList = (found, more) => make("ul", { class: "plain" }, found.map(reasonItem), moreItem(more));

function table(headings, lines, options = {}) {
  const body = make("tbody");
  const heads = headings.map(heading => make("th", { scope: "col", class: heading.number ? "number" : null }, heading.name ?? heading));
  const frame = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Table" },
    make("table", { class: "stack" }, make("thead", {}, make("tr", {}, heads)), body));
  let shown = 0;
  const more = make("button", { type: "button", class: "more" });
  function show(upTo) {
    for (; shown < Math.min(upTo, lines.length); shown++) {
      body.append(make("tr", {}, options.line(lines[shown]).map((content, i) => {
        const heading = headings[i];
        return i === 0
          ? make("th", { scope: "row", class: "name" }, content)
          : make("td", { class: heading.number ? "number" : null, "data-label": heading.name ?? heading }, content);
      })));
    }
    const left = lines.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${left > LINES_AT_ONCE ? `${LINES_AT_ONCE} more of ${left.toLocaleString("en-US")}` : `the last ${left}`}`;
  }
  more.addEventListener("click", () => show(shown + LINES_AT_ONCE));
  frame.showAll = () => show(Math.min(lines.length, 5000));
  show(LINES_AT_ONCE);
  if (lines.length === 0)
    return make("p", { class: "faint" }, options.empty || "None.");
  frame.append(more);
  return frame;
}

/** With something between each two. */
const listed = (items, between = ", ") => items.map((item, i) => [i ? between : "", item]);
