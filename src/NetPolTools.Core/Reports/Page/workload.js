// A page for each workload, and one for each connection.

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
  return reasonList(why.found, why.more);
}

function peerTable(peers, number, side, nothing) {
  const isIn = side === "ingress";
  const pair = peer => isIn ? [peer, number] : [number, peer];
  const headings = [
    isIn ? "From" : "To",
    "Ports",
    ...data.profiles ? [isIn ? "Rule that lets it in" : "Rule that lets it out"] : [],
    ...isByWorkload ? ["Both sides"] : [],
  ];
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

function isolationCard(isolation, direction, heading) {
  const [state, peers, ports, its, others] = isolation[direction];
  const talk = text(state) === "Denied" ? `May talk with ${text(peers)}.` : `May talk with ${text(peers)} on ${portWords(text(ports))}.`;
  return make("div", { class: "card" },
    make("h2", {}, heading, " ", sideMark(isolation[direction])),
    isolation.isHost ? make("p", { class: "faint" }, "It uses the network of its node: no policy selects it.") : make("p", {}, talk),
    make("ul", { class: "plain" },
      its.map(policy => make("li", {}, policyLink(policies[policy]), " ", place(policies[policy]))),
      moreItem(isolation[direction].more),
      others.map(name => make("li", {}, text(name)))));
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
    return [
      make("h2", { id: "in" }, "Reached by ", make("span", { class: "faint" }, count(shownInto.length, "source"))),
      peerTable(shownInto, number, "ingress"),
      make("h2", { id: "out" }, "Reaches ", make("span", { class: "faint" }, count(shownFrom.length, "destination"))),
      peerTable(shownFrom, number, "egress"),
    ];
  });
  return page([`${end.name} `, make("small", {}, end.kind, " in ", link(`namespace/${encodeURIComponent(end.ns)}`, {}, end.ns))], [
    isolation ? make("div", { class: "two" }, isolationCard(isolation, "ingress", "Receives"), isolationCard(isolation, "egress", "Sends")) : null,
    make("details", { open: true }, make("summary", {}, "Neighbours"), around(number, into, from)),
    filters(filterBox("Filter", "q", parameters.q, again)), part,
    exposureOfWorkload(number),
    its.length ? [make("h2", {}, "Policies that select it"), isolation?.ingress.more || isolation?.egress.more ? policiesMore() : null,
      policyTable(its)] : null,
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
    const named = [...by.map(policy => [policyLink(policy), " ", place(policy)]), ...(isolation?.[name][4] || []).map(text)];
    if (isolation?.[name].more)
      named.push(`${isolation[name].more.toLocaleString("en-US")} more`);
    return make("div", { class: "card" },
      make("h2", {}, name === "egress" ? "Egress of " : "Ingress of ", ends[subject].name),
      isolation ? make("p", {}, sideMark(isolation[name]), named.length ? [" by ", listed(named)] : null) : null,
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
