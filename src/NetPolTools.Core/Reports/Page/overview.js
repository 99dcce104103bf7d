// The first page: figures and what matters most.

function overview() {
  const figures = data.figures;
  const found = (data.findings || []).length + (data.moreFindings || 0);
  const errors = (data.findings || []).filter(finding => text(finding[0]) === "error").length;
  const figure = (name, value, kind, target) => {
    const number = value.toLocaleString("en-US");
    return make("div", { class: kind }, make("dt", {}, name), make("dd", {}, target ? make("a", { href: target }, number) : number));
  };
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
    data.findings ? figure("Findings", found, errors ? "bad" : found ? "some" : null, address("findings")) : null);
  const told = data.diagnostics.map(([severity, message, file, line]) => make("p", { class: `message ${text(severity)}` }, mark(text(severity)), " ",
    text(message), " ", place({ file: text(file), line })));
  const rest = told.length > 5 ? make("details", {}, make("summary", {}, `${told.length - 5} more`), told.slice(5)) : null;
  return page("Overview", [
    data.leftOut.map(number => make("p", { class: "message said" }, text(number))),
    figurePart,
    plugin(),
    told.length ? [make("h2", {}, "To know"), told.slice(0, 5), rest] : null,
    exposureSums(),
    data.findings?.length ? [make("h2", {}, "Gravest findings"), findingTable(data.findings.slice(0, 8)),
      data.findings.length > 8 ? make("p", {}, link("findings", {}, data.moreFindings ? "More findings" : `All ${found} findings`)) : null] : null,
    data.namespaces.length ? [make("h2", {}, "Namespaces"), namespaceTable(data.namespaces)] : null,
  ]);
}

function plugin() {
  if (!data.plugin)
    return null;
  const { name, enforced, reason, warnings, limited } = data.plugin;
  const does = text(enforced);
  const kind = does === "Yes" ? "all" : does === "No" ? "bad" : "some";
  const words = does === "Yes" ? "enforces policies" : does === "No" ? "enforces nothing" : `enforces: ${does.toLowerCase()}`;
  return [
    make("h2", {}, "Network plugin"),
    make("p", {}, mark(kind, words), ` ${text(name)}. `, text(reason)),
    warnings.map(number => make("p", { class: "message" }, text(number))),
    limited.length ? make("details", {}, make("summary", {}, `${count(limited.length, "place")} in policies that do not work as written`),
      make("ul", {}, limited.map(number => make("li", {}, text(number))))) : null,
  ];
}
