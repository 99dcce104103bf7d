// The policies, and a page for each.

function policyTable(lines) {
  return table(["Policy", "Place", { name: "Rules seen", number: true }], lines, {
    line: policy => [policyLink(policy), place(policy), rules.filter(rule => rule.policy === policy.number).length],
  });
}

/** What is missing where workloads are under too many policies to name all of them. */
const policiesMore = () => [...data.sides, ...data.profiles || []].some(list => list.more)
  ? make("p", { class: "faint" }, "Of workloads under many policies, the first alone are named here.") : null;

const rulesMore = () => (data.profiles || []).some(profile => profile[3]) || [...exposureOf.values()].flat().some(line => line.more)
  ? make("p", { class: "faint" }, "Of connections that many rules decide, the first rules alone are named here.") : null;

function policiesView(_, parameters) {
  const [part, again] = refreshed(given => {
    const lines = policies.filter(policy => holds(`${policy.name} ${policy.file}`, given.q)).sort((a, b) => compare(a.name, b.name));
    return [make("p", { class: "faint" }, `${count(lines.length, "policy", "policies")} that select workloads shown here.`), policiesMore(),
      policyTable(lines)];
  });
  return page("Policies", [filters(filterBox("Filter", "q", parameters.q, again)), part]);
}

function policyView(name, parameters) {
  const its = policies.filter(policy => policy.name === name);
  if (its.length === 0)
    return missing(`There is no policy ${name} here${policiesMore() ? ", or it is not named: of workloads under many policies, the first alone are" : ""}.`);
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
  const deciding = [...new Set(lines)].sort((a, b) => a.rule.line - b.rule.line || compare(a.rule.path, b.rule.path));
  const named = deciding.find(reason => reason.rule.path === parameters.rule);
  return page(["Policy ", name], [
    make("p", {}, its.map(policy => [place(policy), " "])),
    parameters.rule ? make("p", {}, mark("all", "rule"), " ", make("code", {}, parameters.rule), " ", named ? place(named.rule) : null) : null,
    make("h2", {}, "Rules that decide something here"),
    rulesMore(),
    table(["Rule", "Place", "Does", "Whom"], deciding, {
      line: ({ rule, action, ports, words }) => [make("code", {}, rule.path), place(rule), [mark(action, action.toLowerCase()), ` ${ports}`], words],
      empty: "No rule of it decides a connection that is shown here.",
    }),
    policiesMore(),
    ["ingress", "egress"].map(side => {
      const numbers2 = selected(side);
      return numbers2.length ? [make("h2", {}, side === "ingress" ? "Receivers that it selects" : "Senders that it selects"), workloadTable(numbers2)] : null;
    }),
  ]);
}
