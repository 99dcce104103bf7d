// The matrix of namespaces and of workloads, as a table.

/** A namespace on one side of a matrix of namespaces, or what is outside, as one. */
function groupsOf() {
  const groups = namespaces.filter(name => ofNamespace.get(name).length).map(name => ({ name, numbers: ofNamespace.get(name) }));
  return outside.length ? [...groups, { name: "outside", numbers: outside, isOutside: true }] : groups;
}

const sure = [];
/** Whether something in a cell is allowed for sure; asked of millions of cells. */
const isSure = value => sure[value] ??= cells[value - 1].some(line => !line.isDoubt);

/** What is between any two groups. A row of the matrix is counted in one pass over what its members send: there are millions of pairs. */
function sumsOf(groups) {
  const groupOf = new Int32Array(ends.length).fill(groups.length);
  groups.forEach((group, at) => group.numbers.forEach(number => groupOf[number] = at));
  const unasked = groups.map(group => data.asked ? group.numbers.filter(number => !isAsked(number)).length : 0);
  const kinds = new Map();
  for (const [pair, kind] of changed) {
    const key = pair.split(",").map(number => groupOf[number]).join();
    kinds.set(key, kinds.has(key) && kinds.get(key) !== kind ? "Changed" : kind);
  }
  function line(a) {
    // One more, for what is in no group.
    const [allowed, doubt, unknown] = [0, 1, 2].map(() => new Int32Array(groups.length + 1));
    const all = groups.map(b => a.numbers.length * b.numbers.length);
    const own = groupOf[a.numbers[0]];
    for (const source of a.numbers) {
      const values = row(source);
      const isUnasked = data.asked && !isAsked(source);
      if (isUnasked)
        unasked.forEach((count, at) => unknown[at] += count);
      for (let destination = 0; values && destination < values.length; destination++) {
        const value = values[destination];
        if (value === 0)
          continue;
        (isSure(value) ? allowed : doubt)[groupOf[destination]]++;
        if (isUnasked && !isAsked(destination))
          unknown[groupOf[destination]]--;
      }
      // Nobody asks about an end and itself, unless it stands for several.
      if (!values?.[source]) {
        all[own]--;
        unknown[own] -= isUnasked ? 1 : 0;
      }
    }
    return groups.map((b, at) =>
      ({ all: all[at], allowed: allowed[at], doubt: doubt[at], unknown: unknown[at], change: kinds.get(`${own},${at}`) }));
  }
  const lines = new Map();
  return (a, b) => {
    if (a.isOutside && b.isOutside)
      return { all: 0, allowed: 0, doubt: 0, unknown: 0 };
    if (!lines.has(a))
      lines.set(a, line(a));
    return lines.get(a)[groupOf[b.numbers[0]]];
  };
}

function kindOf(sum, isOutside) {
  if (sum.all === 0)
    return ["own", "", "no pair"];
  if (sum.all > 0 && sum.unknown === sum.all)
    return ["unknown", "", "not asked about"];
  if (sum.allowed === 0)
    return sum.doubt ? ["doubt", "?", "undetermined"] : ["none", "·", "nothing allowed"];
  if (isOutside)
    return ["some", "○", "some of it allowed"];
  return sum.allowed === sum.all ? ["all", "●", "everything allowed"] : ["some", "◐", `${sum.allowed} of ${sum.all} pairs allowed`];
}

const legend = items => make("ul", { class: "legend" }, items.map(([kind, sign, words]) =>
  make("li", {}, make("span", { class: `cell ${kind}`, "aria-hidden": "true" }, sign), words)));

function matrixView(_, parameters) {
  if (!data.by)
    return missing("There are too many workloads and namespaces for a matrix; a report of some namespaces has one.");
  const isOfWorkloads = isByWorkload && (parameters.from || parameters.to || parameters.all);
  return isOfWorkloads || !isByWorkload ? workloadMatrix(parameters) : namespaceMatrix();
}

function namespaceMatrix() {
  const groups = groupsOf();
  const [rows, columns] = [groups.filter(group => group.numbers.some(number => row(number))), groups];
  const name = group => group.isOutside ? make("em", {}, "outside") : group.name;
  const route = (a, b) => address("matrix", { from: a.name, to: b.name });
  const sum = sumsOf(groups);
  const content = Math.max(rows.length, columns.length) <= LARGEST_TABLE
    ? matrixTable(rows, columns, name, (a, b) => {
      const found = sum(a, b);
      const [kind, sign, words] = kindOf(found, a.isOutside || b.isOutside);
      return { kind, sign, words: `${a.name} to ${b.name}: ${words}`, href: found.all ? route(a, b) : null, change: found.change };
    }, group => address("matrix", { from: group.name }), group => address("matrix", { to: group.name }))
    : matrixCanvas(rows, columns, group => group.name, (a, b) => kindOf(sum(a, b), a.isOutside || b.isOutside), route,
      group => link("matrix", { from: group.name }, group.name), group => group.name);
  const signs = [
    ["all", "●", "every pair"], ["some", "◐", "some pairs"], ["none", "·", "none"], ["doubt", "?", "undetermined"],
    ...data.asked ? [["unknown", "", "not asked about"]] : [],
    ...data.change ? [["Opened", "", "opened"], ["Closed", "", "closed"], ["Changed", "", "changed"]] : [],
  ];
  return page("Matrix of namespaces", [
    make("p", { class: "faint" }, "Rows send, columns receive. A cell opens the workloads of both."),
    legend(signs),
    content,
    own <= 4000 ? make("p", {}, link("matrix", { all: 1 }, `All ${own} workloads at once`)) : null,
  ], true);
}

function workloadMatrix(parameters) {
  const everybody = [...Array(own).keys(), ...parameters.all || !isByWorkload ? [] : outside];
  const pick = name => name === "outside" && !ofNamespace.get(name) ? outside : name ? ofNamespace.get(name) || [] : everybody;
  const items = numbers => numbers.map(number => ({ number, numbers: [number], name: ends[number].full }));
  const rows = items(pick(parameters.from)).filter(item => row(item.number));
  const columns = items(pick(parameters.to));
  const short = item => ends[item.number].isOutside ? ends[item.number].name : parameters.from && parameters.to || !isByWorkload ? ends[item.number].name
    : `${ends[item.number].ns}/${ends[item.number].name}`;
  const about = (a, b) => {
    const its = cell(a.number, b.number);
    if (!its) {
      return a.number === b.number ? ["own", "", "itself"]
        : isAsked(a.number) || isAsked(b.number) ? ["none", "·", "not allowed"]
        : ["unknown", "", "not asked about"];
    }
    if (its.every(line => line.isDoubt))
      return ["doubt", "?", `undetermined on ${its[0].ports}`];
    const sure = its.filter(line => !line.isDoubt).map(line => line.ports);
    return sure.includes("All") ? ["all", "●", "allowed on every port"] : ["some", "◐", `allowed on ${sure.join(", ")}`];
  };
  const route = (a, b) => address(`pair/${encodeURIComponent(a.name)}`, { to: b.name });
  const its = item => endLink(item.number);
  const ownRoute = item => item.number < own ? address(workloadRoute(item.number)) : null;
  const content = rows.length === 0 || columns.length === 0 ? make("p", { class: "faint" }, "Nobody stands in this matrix.")
    : Math.max(rows.length, columns.length) <= LARGEST_TABLE
      ? matrixTable(rows, columns, short, (a, b) => {
        const [kind, sign, words] = about(a, b);
        return { kind, sign, words: `${short(a)} to ${short(b)}: ${words}`, href: kind === "own" ? null : route(a, b), change: changeOf(a.number, b.number) };
      }, ownRoute, ownRoute)
      : matrixCanvas(rows, columns, short, about, route, its, item => ends[item.number].ns || "outside");
  const side = name => name || (parameters.all || !isByWorkload ? "everybody" : "all namespaces");
  return page(isByWorkload ? ["Matrix ", make("small", {}, `from ${side(parameters.from)} to ${side(parameters.to)}`)] : "Matrix of namespaces", [
    isByWorkload ? make("p", {}, link("matrix", {}, "All namespaces"), parameters.from && parameters.to && parameters.from !== parameters.to
      ? [" · ", link("matrix", { from: parameters.to, to: parameters.from }, "the other way round")] : null) : null,
    legend([["all", "●", "every port"], ["some", "◐", "some ports"], ["none", "·", "not allowed"], ["doubt", "?", "undetermined"]]), content], true);
}

function matrixTable(rows, columns, name, about, rowRoute, columnRoute) {
  const heading = (item, route) => {
    const label = name(item);
    const href = route(item);
    return href ? make("a", { href, title: item.name }, label) : make("span", { title: item.name }, label);
  };
  const body = make("tbody");
  for (const a of rows) {
    const line = make("tr", {}, make("th", { scope: "row" }, heading(a, rowRoute)));
    for (const b of columns) {
      const { kind, sign, words, href, change } = about(a, b);
      const label = change ? `${words}; ${change.toLowerCase()}` : words;
      line.append(make("td", { class: `cell ${kind} ${change || ""}` }, href
        ? make("a", { href, title: label, "aria-label": label }, sign || (change ? "−" : " "))
        : make("span", { title: label }, sign)));
    }
    body.append(line);
  }
  const heads = columns.map(b => make("th", { scope: "col" }, heading(b, columnRoute)));
  return make("div", { class: "scroll fit", tabindex: "0", role: "group", "aria-label": "Matrix" },
    make("table", { class: "matrix" },
      make("caption", { class: "hidden" }, "Rows send, columns receive"),
      make("thead", {}, make("tr", {}, make("th", { class: "corner" }, "from ↓ to →"), heads)),
      body));
}
