// Lists of workloads and namespaces, and a page for each namespace.

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
      return isolation
        ? [endLink(number), sideMark(isolation.ingress), sideMark(isolation.egress), isolation.summary]
        : [endLink(number), "", "", "not asked about"];
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
  const which = [["", "all"], ["in", "open to every source"], ["out", "open to every destination"], ["both", "under no policy"],
    ["host", "on the host network"]];
  return page("Workloads", [
    filters(filterBox("Filter", "q", parameters.q, again), choice("Which", "state", which, parameters.state, again)),
    part,
  ]);
}

function namespaceTable(lines) {
  const number = name => ({ name, number: true });
  return table(["Namespace", number("Workloads"), number("Isolated for ingress"), number("Isolated for egress"), "A new pod there"], lines, {
    line: ([name, all, , ingress, egress, summary]) =>
      [link(`namespace/${encodeURIComponent(name)}`, {}, name), all, `${ingress} of ${all}`, `${egress} of ${all}`, text(summary)],
  });
}

function namespacesView(_, parameters) {
  const [part, again] = refreshed(given => namespaceTable(data.namespaces.filter(([name]) => holds(name, given.q))));
  return page("Namespaces", [filters(filterBox("Filter", "q", parameters.q, again)), part]);
}

function namespaceView(name) {
  const found = data.namespaces.find(([known]) => known === name);
  const numbers = ofNamespace.get(name);
  if (!found && !numbers)
    return missing(`There is no namespace ${name} here.`);
  const its = policies.filter(policy => policy.name.startsWith(`${name}/`) || policy.name.includes(` ${name}/`));
  const isolated = found ? `of these ${found[3]} isolated for ingress and ${found[4]} for egress` : "";
  const both = link("matrix", isByWorkload ? { from: name, to: name } : {}, "Matrix");
  const sides = isByWorkload ? [" · ", link("matrix", { from: name }, "what it sends"), " · ", link("matrix", { to: name }, "what it receives")] : null;
  return page(["Namespace ", name], [
    found ? make("p", {}, `${count(found[1], "workload")}, ${isolated}; a new pod: ${text(found[5])}.`) : null,
    data.by ? make("p", {}, both, sides) : null,
    isByWorkload ? [make("h2", {}, "Workloads"), workloadTable(numbers || [])] : namespacePeers(byFull.get(`${name}/${name}[Namespace]`)),
    its.length ? [make("h2", {}, "Policies"), policyTable(its)] : null,
  ]);
}

const namespacePeers = number => number === undefined ? null : [make("h2", {}, "Reached by"), peerTable(peersOf(number, "ingress"), number, "ingress"),
  make("h2", {}, "Reaches"), peerTable(peersOf(number, "egress"), number, "egress")];
