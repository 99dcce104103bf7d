"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("main");
  const status = document.getElementById("status");
  const query = document.getElementById("query");
  const text = number => number < 0 ? "" : data.texts[number];
  const LARGEST_TABLE = 80;
  const LINES_AT_ONCE = 200;
  const LARGEST_PICTURE = 50;

  // ---- What the data says ----

  const namedAlone = new Set(["IngressController", "Entity", "DomainName"]);
  const ends = data.ends.map((end, number) => {
    if (end.length === 1)
      return { number, name: end[0], full: end[0], isOutside: true };
    const [ns, name, kind] = [text(end[0]), end[1], text(end[2])];
    const isAlone = namedAlone.has(kind);
    return { number, ns, name, kind, full: isAlone ? name : `${ns}/${name}[${kind}]`, isOutside: isAlone };
  });
  const own = data.own || 0;
  const byFull = new Map(ends.map(end => [end.full, end.number]));
  const isAsked = number => !data.asked || data.asked[number] !== "0";
  const isolationOf = new Map(data.isolation.map(([end, ingress, egress, summary, host]) =>
    [end, { ingress: data.sides[ingress], egress: data.sides[egress], summary: text(summary), isHost: host === 1 }]));
  const policies = data.policies.map(([name, file, line], number) => ({ number, name: text(name), file: text(file), line }));
  const rules = data.rules.map(([policy, path, file, line], number) => ({ number, policy, path: text(path), file: text(file), line }));
  const reasons = (data.reasons || []).map(([rule, policy, action, ports, words]) =>
    ({ rule: rules[rule], policy: policies[policy], action: text(action), ports: text(ports), words: text(words) }));
  const cells = (data.cells || []).map(lines => lines.map(([ports, doubt, node, ...notes]) =>
    ({ ports: text(ports), isDoubt: doubt === 1, isNode: node === 1, notes: notes.map(text) })));

  const grades = (data.grades || []).map(([name, words, reached, reaching]) => ({ name: text(name), words: text(words), reached, reaching }));
  const shapes = (data.shapes || []).map(([side, grade, ports, doubt, isCut]) =>
    ({ side: side === 0 ? "ingress" : "egress", grade: grades[grade], ports: text(ports), doubt: text(doubt), isCut: isCut === 1 }));
  const exposureOf = new Map((data.exposure || []).map(([end, ...lines]) => [end, lines.map(([shape, who, example, ...its]) =>
    ({ ...shapes[shape], who: text(who), example: text(example), reasons: its.map(number => reasons[number]) }))]));

  const decoded = [];
  /** The cells of a source by destination, each with one added: zero is nothing. */
  function row(source) {
    const number = data.rowOf?.[source];
    if (number === undefined)
      return null;
    if (!decoded[number]) {
      const values = cells.length < 65535 ? new Uint16Array(ends.length) : new Uint32Array(ends.length);
      const runs = data.rows[number];
      for (let i = 0, at = 0; i < runs.length; i += 3) {
        at += runs[i];
        values.fill(runs[i + 2] + 1, at, at + runs[i + 1]);
        at += runs[i + 1];
      }
      decoded[number] = values;
    }
    return decoded[number];
  }

  function cell(source, destination) {
    const value = row(source)?.[destination] || 0;
    return value === 0 ? null : cells[value - 1];
  }

  const members = [];
  function isIn(set, end) {
    if (!members[set]) {
      members[set] = new Set();
      const runs = data.sets[set];
      for (let i = 0, at = 0; i < runs.length; i += 2) {
        at += runs[i];
        for (let n = 0; n < runs[i + 1]; n++)
          members[set].add(at++);
      }
    }
    return members[set].has(end);
  }

  /** What decides a connection on the side of one of its ends. */
  function reasonsOf(side, subject, peer) {
    const profile = data.profiles?.[data[side][subject]];
    if (!profile)
      return null;
    const found = [];
    for (let i = 0; i < profile[2].length; i += 2) {
      if (isIn(profile[2][i + 1], peer))
        found.push(reasons[profile[2][i]]);
    }
    return { never: text(profile[0]), policies: profile[1].map(number => policies[number]), found };
  }

  const changed = new Map();
  for (const line of data.change?.changes || [])
    changed.set(`${line[1]},${line[2]}`, text(line[0]));
  const changeOf = (source, destination) => changed.get(`${source},${destination}`);

  const isByWorkload = data.by === "Workload";
  const workloads = isByWorkload ? ends.slice(0, own) : [];
  const namespaces = [...new Set([...data.namespaces.map(([name]) => name), ...ends.slice(0, own).map(end => end.ns)])].sort(compare);
  const ofNamespace = new Map(namespaces.map(name => [name, []]));
  for (const end of ends.slice(0, own))
    ofNamespace.get(end.ns).push(end.number);
  const outside = ends.filter(end => end.isOutside && end.number >= own).map(end => end.number);

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  // ---- Making elements: texts are only ever texts ----

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

  const outsideWords = { "0.0.0.0-255.255.255.255": "every IPv4 address outside", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff": "every IPv6 address outside" };

  function endLink(number) {
    const end = ends[number];
    if (number >= own || !end.kind)
      return make("span", {}, outsideWords[end.full] || end.name);
    return isByWorkload
      ? link(`workload/${encodeURIComponent(end.full)}`, {}, make("span", {}, `${end.ns}/`), make("wbr"), `${end.name}`, make("span", { class: "faint" }, ` ${end.kind}`))
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

  function table(headings, lines, options = {}) {
    const body = make("tbody");
    const frame = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": options.caption || "Table" }, make("table", { class: options.class || "stack" },
      options.caption ? make("caption", { class: "hidden" }, options.caption) : null,
      make("thead", {}, make("tr", {}, headings.map(heading => make("th", { scope: "col", class: heading.number ? "number" : null }, heading.name ?? heading)))), body));
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

  // ---- Where we are: all of it is in the address ----

  function address(route, parameters = {}) {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
    return `#/${route}${given.length ? "?" + given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&") : ""}`;
  }

  function here() {
    const [route, rest] = location.hash.replace(/^#\/?/, "").split("?");
    const parts = route.split("/").map(part => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
    return { view: parts[0] || "overview", argument: parts[1], parameters: Object.fromEntries(new URLSearchParams(rest || "")) };
  }

  /** Changes what is filtered without a step back for each letter. */
  function keep(parameters) {
    const { view, argument, parameters: before } = here();
    const route = view === "overview" ? "" : argument === undefined ? view : `${view}/${encodeURIComponent(argument)}`;
    history.replaceState(null, "", address(route, { ...before, ...parameters }));
  }

  function filterBox(label, name, value, changed) {
    const input = make("input", { type: "search", id: `filter-${name}`, value, autocomplete: "off", spellcheck: "false" });
    input.addEventListener("input", () => {
      keep({ [name]: input.value });
      changed();
    });
    return [make("label", { for: input.id }, label), input];
  }

  function choice(label, name, values, value, changed) {
    const select = make("select", { id: `choice-${name}` }, values.map(([key, words]) => make("option", { value: key, selected: key === (value || "") }, words)));
    select.addEventListener("change", () => {
      keep({ [name]: select.value });
      changed();
    });
    return make("label", {}, label, select);
  }

  /** A part of a page that is made anew when a filter changes. */
  function refreshed(fill) {
    const part = make("div");
    const again = () => part.replaceChildren(...[fill(here().parameters)].flat(Infinity).filter(child => child));
    again();
    return [part, again];
  }

  const holds = (where, what) => !what || where.toLowerCase().includes(what.toLowerCase());

  // ---- Views ----

  function overview() {
    const figures = data.figures;
    const errors = (data.findings || []).filter(finding => text(finding[0]) === "error").length;
    const figure = (name, value, kind, target) =>
      make("div", { class: kind }, make("dt", {}, name), make("dd", {}, target ? make("a", { href: target }, value.toLocaleString("en-US")) : value.toLocaleString("en-US")));
    const change = data.change;
    const kinds = ["Opened", "Closed", "Changed"].map(kind => [kind, (change?.changes || []).filter(line => text(line[0]) === kind).length]);
    const figurePart = make("dl", { class: "figures" },
      change ? kinds.map(([kind, number]) =>
        figure(`Connections ${kind.toLowerCase()}`, number, number === 0 ? null : kind === "Closed" ? "bad" : "some", address("changes", { kind }))) : null,
      figure("Namespaces", figures.namespaces, null, isByWorkload || data.by ? address("namespaces") : null),
      figure("Workloads", figures.workloads, null, isByWorkload ? address("workloads") : null),
      figure("Policies", figures.policies, null, policies.length ? address("policies") : null),
      figures.connections === undefined ? null
        : figure(isByWorkload ? "Allowed connections" : "Allowed between namespaces", figures.connections, null, address("matrix")),
      figure("Open to every source", figures.openToReceive, figures.openToReceive ? "some" : null, isByWorkload ? address("workloads", { state: "in" }) : null),
      figure("Open to every destination", figures.openToSend, figures.openToSend ? "some" : null, isByWorkload ? address("workloads", { state: "out" }) : null),
      figure("Under no policy", figures.wideOpen, figures.wideOpen ? "bad" : null, isByWorkload ? address("workloads", { state: "both" }) : null),
      figures.hostNetwork ? figure("On the host network", figures.hostNetwork, null, isByWorkload ? address("workloads", { state: "host" }) : null) : null,
      data.findings ? figure("Findings", data.findings.length, errors ? "bad" : data.findings.length ? "some" : null, address("findings")) : null);
    const told = data.diagnostics.map(([severity, message, file, line]) => make("p", { class: `message ${text(severity)}` }, mark(text(severity)), " ",
      text(message), " ", place({ file: text(file), line })));
    const told5 = told.slice(0, 5);
    return page("Overview", [
      data.leftOut.map(number => make("p", { class: "message said" }, text(number))),
      figurePart,
      plugin(),
      told.length ? [make("h2", {}, "To know"), told5, told.length > 5 ? make("details", {}, make("summary", {}, `${told.length - 5} more`), told.slice(5)) : null] : null,
      exposureSums(),
      data.findings?.length ? [make("h2", {}, "Gravest findings"), findingTable(data.findings.slice(0, 8)),
        data.findings.length > 8 ? make("p", {}, link("findings", {}, `All ${data.findings.length} findings`)) : null] : null,
      data.namespaces.length ? [make("h2", {}, "Namespaces"), namespaceTable(data.namespaces)] : null,
    ]);
  }

  function plugin() {
    if (!data.plugin)
      return null;
    const enforced = text(data.plugin.enforced);
    return [make("h2", {}, "Network plugin"), make("p", {}, mark(enforced === "Yes" ? "all" : enforced === "No" ? "bad" : "some",
      enforced === "Yes" ? "enforces policies" : enforced === "No" ? "enforces nothing" : `enforces: ${enforced.toLowerCase()}`), ` ${text(data.plugin.name)}. `,
      text(data.plugin.reason)),
    data.plugin.warnings.map(number => make("p", { class: "message" }, text(number))),
    data.plugin.limited.length ? make("details", {}, make("summary", {}, `${count(data.plugin.limited.length, "place")} in policies that do not work as written`),
      make("ul", {}, data.plugin.limited.map(number => make("li", {}, text(number))))) : null];
  }

  function exposureSums() {
    if (!data.exposure)
      return null;
    const number = (its, grade, side) => its === 0 ? "0" : link("exposure", { grade: grade.name, side }, its.toLocaleString("en-US"));
    return [make("h2", {}, "Exposure"), table(["Who does not exist yet, or is outside", { name: "Workloads that it could reach", number: true },
      { name: "Workloads that could reach it", number: true }], grades.filter(grade => grade.reached + grade.reaching > 0), {
      line: grade => [gradeMark(grade), number(grade.reached, grade, "in"), number(grade.reaching, grade, "out")],
      empty: "No pod that does not exist yet could talk to a workload.",
    })];
  }

  const gradeKinds = { Anywhere: "bad", Outside: "bad", LabelledNamespaces: "some", NamedNamespaces: "some", OwnNamespace: "none" };
  const gradeMark = grade => mark(gradeKinds[grade.name], grade.words);

  /** Lines of exposure, each with its workload where that is to be shown. */
  function exposureTable(lines, isOfAll, empty) {
    const headings = ["Who", "Needs", "Ports", "Why"];
    return table(isOfAll ? ["Workload", ...headings] : headings, lines, {
      line: ([end, line]) => {
        const who = [isOfAll ? (line.side === "ingress" ? "from " : "to ") : null, line.who, line.isCut ? " (labels too many to look at all)" : null,
          line.example ? make("div", { class: "faint" }, "such as ", make("code", {}, line.example)) : null];
        const ports = [line.ports ? portWords(line.ports) : null, line.doubt ? [line.ports ? ", " : null, mark("doubt", "undetermined"), ` ${line.doubt}`] : null];
        const cells = [who, gradeMark(line.grade), ports, make("ul", { class: "plain" }, line.reasons.map(reasonItem))];
        return isOfAll ? [end < own ? endLink(end) : ends[end].full, ...cells] : cells;
      },
      empty: empty || "Nobody.",
    });
  }

  function exposureView(_, parameters) {
    if (!data.exposure)
      return missing("This report does not tell exposure.");
    const all = [...exposureOf].flatMap(([end, lines]) => lines.map(line => [end, line]));
    const [part, again] = refreshed(given => {
      const lines = all.filter(([end, line]) => (!given.grade || line.grade.name === given.grade) && (!given.side || (given.side === "in") === (line.side === "ingress"))
        && holds(`${ends[end].full} ${line.who} ${line.ports}`, given.q));
      say(count(lines.length, "line"));
      return [make("p", { class: "faint" }, count(lines.length, "line")), exposureTable(lines, true)];
    });
    return page("Exposure", [make("p", {}, "Which pods that do not exist yet could talk to the workloads, by the labels that they could have, and which addresses outside "
      + "the cluster."), make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again),
      choice("Who", "grade", [["", "all"], ...grades.map(grade => [grade.name, grade.words])], parameters.grade, again),
      choice("Which way", "side", [["", "both"], ["in", "could reach it"], ["out", "could be reached"]], parameters.side, again)), part]);
  }

  function exposureOfWorkload(number) {
    if (!exposureOf.has(number))
      return data.exposure ? [make("h2", {}, "Exposure"), make("p", { class: "faint" }, "No pod that does not exist yet could talk with it.")] : null;
    const its = side => exposureOf.get(number).filter(line => line.side === side).map(line => [number, line]);
    return [make("h2", {}, "Who does not exist yet, or is outside, and could reach it"), exposureTable(its("ingress")),
      make("h2", {}, "Who does not exist yet, or is outside, and could be reached by it"), exposureTable(its("egress"))];
  }

  function namespaceTable(lines) {
    return table(["Namespace", { name: "Workloads", number: true }, { name: "Isolated for ingress", number: true }, { name: "Isolated for egress", number: true },
      "A new pod there"], lines, {
      line: ([name, all, , ingress, egress, summary]) =>
        [link(`namespace/${encodeURIComponent(name)}`, {}, name), all, `${ingress} of ${all}`, `${egress} of ${all}`, text(summary)],
    });
  }

  function findingTable(lines) {
    return table(["Rule", "Severity", "Object", "Finding", "Place"], lines, {
      line: ([severity, id, name, about, message, file, line, field]) => [`${text(id)} ${text(name)}`, mark(text(severity)), text(about), text(message),
        [place({ file: text(file), line }), field < 0 ? null : [" ", make("code", {}, text(field))]]],
      empty: "No finding.",
    });
  }

  function findingsView(_, parameters) {
    const [part, again] = refreshed(given => {
      const lines = (data.findings || []).filter(finding => (!given.severity || text(finding[0]) === given.severity)
        && holds([1, 2, 3, 4, 5].map(i => text(finding[i])).join(" "), given.q));
      say(count(lines.length, "finding"));
      return findingTable(lines);
    });
    return page("Findings", [data.silent === undefined ? null : make("p", { class: "faint" }, text(data.silent)),
      data.suppressed ? make("p", { class: "faint" }, `${count(data.suppressed, "finding")} left out by comments, annotations or a baseline.`) : null,
      make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again),
        choice("Severity", "severity", [["", "all"], ["error", "errors"], ["warning", "warnings"], ["note", "notes"]], parameters.severity, again)), part]);
  }

  const states = { Open: ["some", "open"], Isolated: ["all", "isolated"], Denied: ["bad", "denied"], Restricted: ["doubt", "restricted"] };
  const sideMark = side => mark(...(states[text(side[0])] || ["none", text(side[0])]));

  const isState = {
    in: isolation => !isolation.isHost && text(isolation.ingress[0]) === "Open",
    out: isolation => !isolation.isHost && text(isolation.egress[0]) === "Open",
    both: isolation => isState.in(isolation) && isState.out(isolation),
    host: isolation => isolation.isHost,
  };

  function workloadTable(numbers) {
    return table(["Workload", "Ingress", "Egress", "In short"], numbers, {
      line: number => {
        const isolation = isolationOf.get(number);
        return [endLink(number), isolation ? sideMark(isolation.ingress) : "", isolation ? sideMark(isolation.egress) : "", isolation?.summary ?? "not asked about"];
      },
      empty: "No workload.",
    });
  }

  function workloadsView(_, parameters) {
    const [part, again] = refreshed(given => {
      const numbers = workloads.filter(end => holds(end.full, given.q) && (!isState[given.state] || (isolationOf.has(end.number)
        && isState[given.state](isolationOf.get(end.number))))).map(end => end.number);
      say(count(numbers.length, "workload"));
      return [make("p", { class: "faint" }, count(numbers.length, "workload")), workloadTable(numbers)];
    });
    return page("Workloads", [make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again), choice("Which", "state", [["", "all"],
      ["in", "open to every source"], ["out", "open to every destination"], ["both", "under no policy"], ["host", "on the host network"]], parameters.state, again)), part]);
  }

  function namespacesView(_, parameters) {
    const [part, again] = refreshed(given => namespaceTable(data.namespaces.filter(([name]) => holds(name, given.q))));
    return page("Namespaces", [make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again)), part]);
  }

  function namespaceView(name) {
    const found = data.namespaces.find(([known]) => known === name);
    const numbers = ofNamespace.get(name);
    if (!found && !numbers)
      return missing(`There is no namespace ${name} here.`);
    const its = policies.filter(policy => policy.name.startsWith(`${name}/`) || policy.name.includes(` ${name}/`));
    return page(["Namespace ", name], [
      found ? make("p", {}, `${count(found[1], "workload")}, of these ${found[3]} isolated for ingress and ${found[4]} for egress; a new pod: ${text(found[5])}.`) : null,
      data.by ? make("p", {}, link("matrix", isByWorkload ? { from: name, to: name } : {}, "Matrix"), isByWorkload ? [" · ", link("matrix", { from: name }, "what it sends"),
        " · ", link("matrix", { to: name }, "what it receives")] : null) : null,
      isByWorkload ? [make("h2", {}, "Workloads"), workloadTable(numbers || [])] : namespacePeers(byFull.get(`${name}/${name}[Namespace]`)),
      its.length ? [make("h2", {}, "Policies"), policyTable(its)] : null,
    ]);
  }

  const namespacePeers = number => number === undefined ? null : [make("h2", {}, "Reached by"), peerTable(peersOf(number, "ingress"), number, "ingress"),
    make("h2", {}, "Reaches"), peerTable(peersOf(number, "egress"), number, "egress")];

  function peersOf(number, side) {
    const found = [];
    if (side === "egress") {
      const values = row(number);
      for (let i = 0; values && i < values.length; i++) {
        if (values[i])
          found.push([i, cells[values[i] - 1]]);
      }
    } else {
      for (let i = 0; i < (data.rowOf || []).length; i++) {
        const its = cell(i, number);
        if (its)
          found.push([i, its]);
      }
    }
    return found;
  }

  const portWords = ports => ports === "All" ? "every port" : ports;

  function lineOf(line) {
    return [line.isDoubt ? [mark("doubt", "undetermined"), " "] : null, portWords(line.ports),
      line.isNode ? [" ", make("span", { class: "faint" }, "(node traffic)")] : null,
      line.notes.length ? make("ul", { class: "plain faint" }, line.notes.map(note => make("li", {}, note))) : null];
  }

  const portsOf = its => make("ul", { class: "plain" }, its.map(line => make("li", {}, lineOf(line))));

  function whyOf(side, subject, peer) {
    const why = reasonsOf(side, subject, peer);
    if (!why)
      return null;
    if (why.never)
      return make("span", { class: "faint" }, why.never);
    if (why.policies.length === 0)
      return make("span", { class: "faint" }, `no policy selects ${ends[subject].name}`);
    return make("ul", { class: "plain" }, why.found.map(reasonItem));
  }

  function peerTable(peers, number, side, nothing) {
    const isIn = side === "ingress";
    const pair = peer => isIn ? [peer, number] : [number, peer];
    const headings = [isIn ? "From" : "To", "Ports"].concat(data.profiles ? [isIn ? "Rule that lets it in" : "Rule that lets it out"] : []).concat(isByWorkload ? ["Both sides"] : []);
    return table(headings, peers, {
      line: ([peer, its]) => {
        const [source, destination] = pair(peer);
        const line = [endLink(peer), portsOf(its)];
        if (data.profiles)
          line.push(whyOf(side, number, peer));
        if (isByWorkload)
          line.push(link(`pair/${encodeURIComponent(ends[source].full)}`, { to: ends[destination].full }, "why"));
        return line;
      },
      empty: nothing || "Nobody.",
    });
  }

  function workloadView(full, parameters) {
    const number = byFull.get(full);
    if (number === undefined || number >= own)
      return missing(`There is no workload ${full} here.`);
    const end = ends[number];
    const isolation = isolationOf.get(number);
    const into = peersOf(number, "ingress");
    const from = peersOf(number, "egress");
    const its = [...new Set(["ingress", "egress"].flatMap(side => [...(data.profiles?.[data[side][number]]?.[1] || []), ...(isolation?.[side][3] || [])]))]
      .map(policy => policies[policy]);
    const [part, again] = refreshed(given => {
      const fits = ([peer]) => holds(ends[peer].full, given.q);
      const [shownInto, shownFrom] = [into.filter(fits), from.filter(fits)];
      say(`${count(shownInto.length, "source")}, ${count(shownFrom.length, "destination")}`);
      return [make("h2", { id: "in" }, `Reached by `, make("span", { class: "faint" }, count(shownInto.length, "source"))), peerTable(shownInto, number, "ingress"),
        make("h2", { id: "out" }, "Reaches ", make("span", { class: "faint" }, count(shownFrom.length, "destination"))), peerTable(shownFrom, number, "egress")];
    });
    const other = side => isolation?.[side][4].map(text) || [];
    return page([`${end.name} `, make("small", {}, end.kind, " in ", link(`namespace/${encodeURIComponent(end.ns)}`, {}, end.ns))], [
      isolation ? make("div", { class: "two" }, ["ingress", "egress"].map(side => make("div", { class: "card" }, make("h2", {}, side === "ingress" ? "Receives" : "Sends", " ",
        sideMark(isolation[side])), isolation.isHost ? make("p", { class: "faint" }, "It uses the network of its node: no policy selects it.") : make("p", {}, `May talk with ${text(isolation[side][1])}`,
        text(isolation[side][0]) === "Denied" ? "." : ` on ${portWords(text(isolation[side][2]))}.`), make("ul", { class: "plain" }, isolation[side][3].map(policy =>
        make("li", {}, policyLink(policies[policy]), " ", place(policies[policy]))), other(side).map(name => make("li", {}, name)))))) : null,
      make("details", { open: true }, make("summary", {}, "Neighbours"), around(number, into, from)),
      make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again)), part,
      exposureOfWorkload(number),
      its.length ? [make("h2", {}, "Policies that select it"), policyTable(its)] : null,
    ]);
  }

  function pairView(full, parameters) {
    const [source, destination] = [byFull.get(full), byFull.get(parameters.to)];
    if (source === undefined || destination === undefined)
      return missing("There is no such connection here.");
    const its = cell(source, destination);
    const isKnown = isAsked(source) || isAsked(destination);
    const side = (name, subject, peer) => {
      const isolation = isolationOf.get(subject);
      const why = its ? whyOf(name, subject, peer) : null;
      const by = isolation?.[name][3].map(policy => policies[policy]) || [];
      return make("div", { class: "card" }, make("h2", {}, name === "egress" ? "Egress of " : "Ingress of ", ends[subject].name),
        isolation ? make("p", {}, sideMark(isolation[name]), by.length || isolation[name][4].length ? [" by ", by.map((policy, i) => [i ? ", " : "", policyLink(policy), " ", place(policy)]),
          isolation[name][4].map((policy, i) => [i || by.length ? ", " : "", text(policy)])] : null) : null,
        why || (its ? null : make("p", { class: "faint" }, "Which rules come closest is told by the question below.")));
    };
    const from = endWords(source), to = endWords(destination);
    return page([make("small", {}, "From "), endLink(source), make("small", {}, " to "), endLink(destination)], [
      make("p", {}, its ? [its.some(line => !line.isDoubt) ? mark("all", "allowed") : mark("doubt", "undetermined"), changeOf(source, destination)
        ? [" ", mark(changeOf(source, destination))] : null] : isKnown ? mark("none", "not allowed") : mark("none", "not asked about")),
      its ? portsOf(its) : null,
      make("div", { class: "two" }, side("egress", source, destination), side("ingress", destination, source)),
      make("p", { class: "faint" }, "To ask: ", make("code", {}, `kubectl netpol reach PATH --from '${from}' --to '${to}' --denied --explain`)),
    ]);
  }

  const endWords = number => ends[number].isOutside || !ends[number].kind ? ends[number].name : `${ends[number].ns}/${ends[number].name}`;

  function policyTable(lines) {
    return table(["Policy", "Place", { name: "Rules seen", number: true }], lines, {
      line: policy => [policyLink(policy), place(policy), rules.filter(rule => rule.policy === policy.number).length],
    });
  }

  function policiesView(_, parameters) {
    const [part, again] = refreshed(given => {
      const lines = policies.filter(policy => holds(`${policy.name} ${policy.file}`, given.q)).sort((a, b) => compare(a.name, b.name));
      return [make("p", { class: "faint" }, `${count(lines.length, "policy", "policies")} that select workloads shown here.`), policyTable(lines)];
    });
    return page("Policies", [make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again)), part]);
  }

  function policyView(name, parameters) {
    const its = policies.filter(policy => policy.name === name);
    if (its.length === 0)
      return missing(`There is no policy ${name} here.`);
    const numbers = new Set(its.map(policy => policy.number));
    const selected = side => [...isolationOf].filter(([number, isolation]) => isolation[side][3].some(policy => numbers.has(policy))
      || data.profiles?.[data[side][number]]?.[1].some(policy => numbers.has(policy))).map(([number]) => number);
    const lines = [];
    for (const profile of data.profiles || []) {
      for (let i = 0; i < profile[2].length; i += 2) {
        const reason = reasons[profile[2][i]];
        if (numbers.has(reason.policy?.number) && reason.rule)
          lines.push(reason);
      }
    }
    for (const line of [...exposureOf.values()].flat())
      lines.push(...line.reasons.filter(reason => numbers.has(reason.policy?.number) && reason.rule));
    const its2 = [...new Set(lines)].sort((a, b) => a.rule.line - b.rule.line || compare(a.rule.path, b.rule.path));
    return page(["Policy ", name], [
      make("p", {}, its.map(policy => [place(policy), " "])),
      parameters.rule ? make("p", {}, mark("all", "rule"), " ", make("code", {}, parameters.rule), " ", its2.filter(reason => reason.rule.path === parameters.rule).slice(0, 1)
        .map(reason => place(reason.rule))) : null,
      make("h2", {}, "Rules that decide something here"),
      table(["Rule", "Place", "Does", "Whom"], its2, {
        line: reason => [make("code", {}, reason.rule.path), place(reason.rule), [mark(reason.action, reason.action.toLowerCase()), ` ${reason.ports}`], reason.words],
        empty: "No rule of it decides a connection that is shown here.",
      }),
      ["ingress", "egress"].map(side => {
        const numbers2 = selected(side);
        return numbers2.length ? [make("h2", {}, side === "ingress" ? "Receivers that it selects" : "Senders that it selects"), workloadTable(numbers2)] : null;
      }),
    ]);
  }

  function changesView(_, parameters) {
    const change = data.change;
    if (!change)
      return missing("This report is about one state.");
    const [part, again] = refreshed(given => {
      const lines = change.changes.filter(line => (!given.kind || text(line[0]) === given.kind)
        && holds(`${ends[line[1]].full} ${ends[line[2]].full} ${line[9].map(text).join(" ")}`, given.q));
      say(count(lines.length, "change"));
      return [make("p", { class: "faint" }, count(lines.length, "change")), table(["From", "To", "Change", "Before", "After", "Policies", "Notes"], lines, {
        line: ([kind, source, destination, before, after, doubtBefore, doubtAfter, statusOf, statusOfOther, its, notes]) => [
          [endLink(source), statusOf < 0 ? null : [" ", mark(text(statusOf))]], [endLink(destination), statusOfOther < 0 ? null : [" ", mark(text(statusOfOther))]],
          mark(text(kind)), [text(before), doubtBefore < 0 ? null : ` (undetermined: ${text(doubtBefore)})`],
          [text(after), doubtAfter < 0 ? null : ` (undetermined: ${text(doubtAfter)})`], its.map((policy, i) => [i ? ", " : "", make("code", {}, text(policy))]),
          notes.map((note, i) => [i ? "; " : "", text(note)])],
        empty: "No change in who can reach whom.",
      })];
    });
    return page("Changes", [
      change.ends.length ? make("details", { open: change.ends.length < 20 }, make("summary", {}, count(change.ends.length, "workload or namespace came or went",
        "workloads and namespaces came or went")), make("ul", {}, change.ends.map(([state, end]) => make("li", {}, mark(text(state)), " ", endLink(end))))) : null,
      change.policies.length ? make("p", {}, "Policies that differ: ", change.policies.map((policy, i) => [i ? ", " : "", make("code", {}, text(policy))])) : null,
      make("div", { class: "filters" }, filterBox("Filter", "q", parameters.q, again), choice("Which", "kind", [["", "all"], ["Opened", "opened"], ["Closed", "closed"],
        ["Changed", "changed"]], parameters.kind, again)), part]);
  }

  function searchView(_, parameters) {
    const what = parameters.q || "";
    const found = what ? ends.slice(0, own).filter(end => holds(end.full, what)) : [];
    const spaces = what ? namespaces.filter(name => holds(name, what)) : [];
    const its = what ? policies.filter(policy => holds(`${policy.name} ${policy.file}`, what)) : [];
    say(`${count(found.length + spaces.length + its.length, "hit")} for ${what}`);
    return page("Search", [
      make("p", { class: "faint" }, what ? `${count(found.length + spaces.length + its.length, "hit")} for “${what}”` : "Type a part of a name above."),
      spaces.length ? [make("h2", {}, "Namespaces"), make("ul", {}, spaces.slice(0, LINES_AT_ONCE).map(name => make("li", {}, link(`namespace/${encodeURIComponent(name)}`, {}, name))))] : null,
      found.length && isByWorkload ? [make("h2", {}, "Workloads"), workloadTable(found.map(end => end.number))] : null,
      its.length ? [make("h2", {}, "Policies"), policyTable(its)] : null,
    ]);
  }

  // ---- Matrix ----

  /** A namespace on one side of a matrix of namespaces, or what is outside, as one. */
  function groupsOf() {
    const groups = namespaces.filter(name => ofNamespace.get(name).length).map(name => ({ name, numbers: ofNamespace.get(name) }));
    return outside.length ? [...groups, { name: "outside", numbers: outside, isOutside: true }] : groups;
  }

  const sure = [];
  /** Whether something in a cell is allowed for sure; asked of millions of cells. */
  const isSure = value => sure[value] ??= cells[value - 1].some(line => !line.isDoubt);

  function between(a, b) {
    let [all, allowed, doubt, unknown] = [0, 0, 0, 0];
    if (a.isOutside && b.isOutside)
      return { all, allowed, doubt, unknown };
    const kinds = new Set();
    for (const source of a.numbers) {
      const values = row(source);
      for (const destination of b.numbers) {
        const value = values ? values[destination] : 0;
        if (changed.size > 0) {
          const kind = changeOf(source, destination);
          if (kind)
            kinds.add(kind);
        }
        if (value === 0 && source === destination)
          continue;
        all++;
        if (value === 0)
          unknown += data.asked && !isAsked(source) && !isAsked(destination) ? 1 : 0;
        else if (isSure(value))
          allowed++;
        else
          doubt++;
      }
    }
    return { all, allowed, doubt, unknown, change: kinds.size > 1 ? "Changed" : [...kinds][0] };
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

  const legend = items => make("ul", { class: "legend" }, items.map(([kind, sign, words]) => make("li", {}, make("span", { class: `cell ${kind}`, "aria-hidden": "true" }, sign), words)));

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
    const sums = new Map();
    const sum = (a, b) => {
      const key = `${a.name}\n${b.name}`;
      if (!sums.has(key))
        sums.set(key, between(a, b));
      return sums.get(key);
    };
    const content = Math.max(rows.length, columns.length) <= LARGEST_TABLE
      ? matrixTable(rows, columns, name, (a, b) => {
        const found = sum(a, b);
        const [kind, sign, words] = kindOf(found, a.isOutside || b.isOutside);
        return { kind, sign, words: `${a.name} to ${b.name}: ${words}`, href: found.all ? route(a, b) : null, change: found.change };
      }, group => address("matrix", { from: group.name }), group => address("matrix", { to: group.name }))
      : matrixCanvas(rows, columns, group => group.name, (a, b) => kindOf(sum(a, b), a.isOutside || b.isOutside), route, group => link("matrix", { from: group.name }, group.name),
        group => group.name);
    return page("Matrix of namespaces", [make("p", { class: "faint" }, "Rows send, columns receive. A cell opens the workloads of both."),
      legend([["all", "●", "every pair"], ["some", "◐", "some pairs"], ["none", "·", "none"], ["doubt", "?", "undetermined"]].concat(data.asked ? [["unknown", "", "not asked about"]] : [])
        .concat(data.change ? [["Opened", "", "opened"], ["Closed", "", "closed"], ["Changed", "", "changed"]] : [])), content,
      own <= 4000 ? make("p", {}, link("matrix", { all: 1 }, `All ${own} workloads at once`)) : null], true);
  }

  function workloadMatrix(parameters) {
    const pick = name => name === "outside" && !ofNamespace.get(name) ? outside : name ? ofNamespace.get(name) || [] : [...Array(own).keys(), ...(parameters.all || !isByWorkload ? [] : outside)];
    const items = numbers => numbers.map(number => ({ number, numbers: [number], name: ends[number].full }));
    const rows = items(pick(parameters.from)).filter(item => row(item.number));
    const columns = items(pick(parameters.to));
    const short = item => ends[item.number].isOutside ? ends[item.number].name : parameters.from && parameters.to || !isByWorkload ? ends[item.number].name
      : `${ends[item.number].ns}/${ends[item.number].name}`;
    const about = (a, b) => {
      const its = cell(a.number, b.number);
      if (!its)
        return a.number === b.number ? ["own", "", "itself"] : isAsked(a.number) || isAsked(b.number) ? ["none", "·", "not allowed"] : ["unknown", "", "not asked about"];
      if (its.every(line => line.isDoubt))
        return ["doubt", "?", `undetermined on ${its[0].ports}`];
      const isAll = its.some(line => line.ports === "All" && !line.isDoubt);
      return isAll ? ["all", "●", "allowed on every port"] : ["some", "◐", `allowed on ${its.filter(line => !line.isDoubt).map(line => line.ports).join(", ")}`];
    };
    const route = (a, b) => address(`pair/${encodeURIComponent(a.name)}`, { to: b.name });
    const its = item => endLink(item.number);
    const content = rows.length === 0 || columns.length === 0 ? make("p", { class: "faint" }, "Nobody stands in this matrix.")
      : Math.max(rows.length, columns.length) <= LARGEST_TABLE
        ? matrixTable(rows, columns, short, (a, b) => {
          const [kind, sign, words] = about(a, b);
          return { kind, sign, words: `${short(a)} to ${short(b)}: ${words}`, href: kind === "own" ? null : route(a, b), change: changeOf(a.number, b.number) };
        }, item => item.number < own ? address(`workload/${encodeURIComponent(item.name)}`) : null, item => item.number < own ? address(`workload/${encodeURIComponent(item.name)}`) : null)
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
        line.append(make("td", { class: `cell ${kind} ${change || ""}` }, href ? make("a", { href, title: label, "aria-label": label }, sign || (change ? "−" : " "))
          : make("span", { title: label }, sign)));
      }
      body.append(line);
    }
    return make("div", { class: "scroll fit", tabindex: "0", role: "group", "aria-label": "Matrix" }, make("table", { class: "matrix" }, make("caption", { class: "hidden" }, "Rows send, columns receive"),
      make("thead", {}, make("tr", {}, make("th", { class: "corner" }, "from ↓ to →"), columns.map(b => make("th", { scope: "col" }, heading(b, columnRoute))))), body));
  }

  /** For many rows: one picture, with what lies under the pointer in words, and a list for those who cannot see it. */
  function matrixCanvas(rows, columns, name, about, route, rowLink, bandOf) {
    const size = Math.max(1, Math.min(12, Math.floor(1600 / Math.max(rows.length, columns.length))));
    const canvas = make("canvas", { width: columns.length * size, height: rows.length * size, tabindex: "0", role: "img",
      "aria-label": `Matrix of ${rows.length} rows and ${columns.length} columns; the list below says the same in words. Arrow keys move, Enter opens.` });
    const reading = make("p", { class: "reading", "aria-live": "polite" }, "Point at a cell, or move with the arrow keys.");
    const style = getComputedStyle(document.documentElement);
    const colour = key => style.getPropertyValue(key).trim();
    const colours = { all: colour("--all"), some: colour("--some"), doubt: colour("--doubt"), none: colour("--none-ground"), own: colour("--line"), unknown: colour("--line") };
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

  // ---- The picture of neighbours ----

  function around(number, into, from) {
    const side = peers => {
      const numbers = peers.map(([peer]) => peer).filter(peer => peer !== number);
      const room = Math.floor((LARGEST_PICTURE - 1) / 2);
      if (numbers.length <= room)
        return numbers.map(peer => ({ key: `e${peer}`, label: ends[peer].isOutside || !ends[peer].kind ? short(outsideWords[ends[peer].full] || ends[peer].name) : short(`${ends[peer].ns === ends[number].ns ? "" : ends[peer].ns + "/"}${ends[peer].name}`),
          title: ends[peer].full, href: peer < own ? address(`workload/${encodeURIComponent(ends[peer].full)}`) : null, isOutside: ends[peer].isOutside,
          isDoubt: (cell(peer, number) || cell(number, peer) || []).every(line => line.isDoubt) }));
      const bySpace = new Map();
      for (const peer of numbers) {
        const name = ends[peer].isOutside || !ends[peer].kind ? "outside" : ends[peer].ns;
        bySpace.set(name, (bySpace.get(name) || 0) + 1);
      }
      const nodes = [...bySpace].map(([name, size]) => ({ key: `n${name}`, label: short(`${name} (${size})`), title: `${name}: ${size}`,
        href: ofNamespace.has(name) ? address(`namespace/${encodeURIComponent(name)}`) : null, isOutside: name === "outside" }));
      return nodes.length <= room ? nodes : [...nodes.slice(0, room - 1), { key: "more", label: `${nodes.length - room + 1} more namespaces`, title: "", isOutside: true }];
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
    const picture = draw("svg", { class: "around", viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height), role: "group",
      "aria-label": `${ends[number].name}: reached by ${count(left.length, "neighbour")} at the left, reaches ${count(right.length, "neighbour")} at the right; the lists below name them` });
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

  // ---- Showing a view ----

  function say(words) {
    status.textContent = words;
  }

  function page(title, content, isWide) {
    return { title, content, isWide };
  }

  const missing = words => page("Not here", [make("p", {}, words), make("p", {}, link("", {}, "Overview"))]);

  const views = { overview, matrix: matrixView, workloads: workloadsView, workload: workloadView, namespaces: namespacesView, namespace: namespaceView,
    exposure: exposureView, policies: policiesView, policy: policyView, pair: pairView, findings: findingsView, changes: changesView, search: searchView };

  const entries = [["", "Overview", "overview"], data.change ? ["changes", "Changes", "changes"] : null, data.by ? ["matrix", "Matrix", "matrix"] : null,
    data.namespaces.length ? ["namespaces", "Namespaces", "namespaces"] : null, isByWorkload ? ["workloads", "Workloads", "workloads"] : null,
    data.exposure ? ["exposure", "Exposure", "exposure"] : null, policies.length ? ["policies", "Policies", "policies"] : null, data.findings ? ["findings", "Findings", "findings"] : null].filter(entry => entry);
  const parents = { workload: "workloads", namespace: "namespaces", policy: "policies", pair: "matrix" };

  function show(isFirst) {
    const { view, argument, parameters } = here();
    const made = (views[view] || (() => missing("There is no such page here.")))(argument, parameters);
    const heading = make("h1", { tabindex: "-1" }, made.title);
    main.replaceChildren(heading, ...[made.content].flat(Infinity).filter(child => child));
    main.classList.toggle("wide", Boolean(made.isWide));
    document.title = `${heading.textContent} – Network policies`;
    document.getElementById("nav").replaceChildren(...entries.map(([route, words, name]) =>
      make("a", { href: address(route), "aria-current": name === (parents[view] || view) ? "page" : null }, words)));
    if (view === "search" && document.activeElement !== query)
      query.value = parameters.q || "";
    else if (view !== "search")
      query.value = "";
    if (!isFirst && document.activeElement !== query) {
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  query.addEventListener("input", () => {
    const target = address("search", { q: query.value });
    if (here().view === "search")
      history.replaceState(null, "", target);
    else
      history.pushState(null, "", target);
    show(false);
  });
  document.getElementById("search").addEventListener("submit", event => {
    event.preventDefault();
    main.querySelector("li a, tbody a")?.focus();
  });
  addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
    }
  });
  addEventListener("hashchange", () => show(false));
  addEventListener("beforeprint", () => {
    for (const details of main.querySelectorAll("details"))
      details.open = true;
    for (const frame of main.querySelectorAll(".scroll"))
      frame.showAll?.();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(true));
  if (data.origin)
    document.getElementById("made").prepend(`${data.origin.context ? data.origin.context + ", " : ""}read ${data.origin.taken}. `);
  show(true);
})();
