// What has a text in its name.

function searchView(_, parameters) {
  const what = parameters.q || "";
  const found = what ? ends.slice(0, own).filter(end => holds(end.full, what)) : [];
  const spaces = what ? namespaces.filter(name => holds(name, what)) : [];
  const its = what ? policies.filter(policy => holds(`${policy.name} ${policy.file}`, what)) : [];
  const namespaceItem = name => make("li", {}, link(`namespace/${encodeURIComponent(name)}`, {}, name));
  const hits = count(found.length + spaces.length + its.length, "hit");
  say(`${hits} for ${what}`);
  return page("Search", [
    make("p", { class: "faint" }, what ? `${hits} for “${what}”` : "Type a part of a name above."),
    spaces.length ? [make("h2", {}, "Namespaces"), make("ul", {}, spaces.slice(0, LINES_AT_ONCE).map(namespaceItem))] : null,
    found.length && isByWorkload ? [make("h2", {}, "Workloads"), workloadTable(found.map(end => end.number))] : null,
    its.length ? [make("h2", {}, "Policies"), policyTable(its)] : null,
  ]);
}
