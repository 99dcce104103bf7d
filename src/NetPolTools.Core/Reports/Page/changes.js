// What a change does.

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
        withStatus(source, statusOf),
        withStatus(destination, statusOfOther),
        mark(text(kind)),
        withDoubt(before, doubtBefore),
        withDoubt(after, doubtAfter),
        listed(its.map(policy => make("code", {}, text(policy)))),
        listed(notes.map(text), "; "),
      ],
      empty: "No change in who can reach whom.",
    })];
  });
  const cameOrWent = count(change.ends.length, "workload or namespace came or went", "workloads and namespaces came or went");
  return page("Changes", [
    change.ends.length ? make("details", { open: change.ends.length < 20 }, make("summary", {}, cameOrWent),
      make("ul", {}, change.ends.map(([state, end]) => make("li", {}, mark(text(state)), " ", endLink(end))))) : null,
    change.policies.length ? make("p", {}, "Policies that differ: ", listed(change.policies.map(policy => make("code", {}, text(policy))))) : null,
    filters(filterBox("Filter", "q", parameters.q, again),
      choice("Which", "kind", [["", "all"], ["Opened", "opened"], ["Closed", "closed"], ["Changed", "changed"]], parameters.kind, again)),
    part,
    change.exposure ? [make("h2", {}, "Exposure"), exposureChanges(change.exposure)] : null,
  ]);
}

/** What is opened and closed to pods that do not exist yet, and to addresses outside. */
const exposureChanges = lines => table(["Workload", "Change", "Who does not exist yet, or is outside", "Ports", "Why"], lines, {
  line: ([kind, end, side, who, ports, doubt, ...its]) => [
    endLink(end),
    mark(text(kind)),
    `${side === 0 ? "from" : "to"} ${text(who)}`,
    [ports < 0 ? null : portWords(text(ports)), doubt < 0 ? null : [ports < 0 ? null : ", ", mark("doubt", "undetermined"), ` ${text(doubt)}`]],
    reasonList(its.filter(number => number >= 0).map(number => reasons[number]), its.at(-1) < 0 ? -its.at(-1) : 0),
  ],
  empty: "No change of exposure.",
});

const withStatus = (end, status) => [endLink(end), status < 0 ? null : [" ", mark(text(status))]];

const withDoubt = (ports, doubt) => [text(ports), doubt < 0 ? null : ` (undetermined: ${text(doubt)})`];
