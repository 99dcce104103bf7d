// What lint found.

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
  const [shown, more] = [data.findings?.length, data.moreFindings].map(number => number?.toLocaleString("en-US"));
  return page("Findings", [more ? make("p", { class: "message said" }, `The gravest ${shown} are here, and ${more} more are not: lint tells all.`) : null,
    data.silent === undefined ? null : make("p", { class: "faint" }, text(data.silent)),
    data.suppressed ? make("p", { class: "faint" }, `${count(data.suppressed, "finding")} left out by comments, annotations or a baseline.`) : null,
    filters(filterBox("Filter", "q", parameters.q, again),
      choice("Severity", "severity", [["", "all"], ["error", "errors"], ["warning", "warnings"], ["note", "notes"]], parameters.severity, again)), part]);
}
