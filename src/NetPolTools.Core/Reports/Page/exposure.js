// Who that does not exist yet could come.

function exposureSums() {
  if (!data.grades)
    return null;
  const number = (its, grade, side) => {
    const words = its.toLocaleString("en-US");
    return its === 0 || !data.exposure ? words : link("exposure", { grade: grade.name, side }, words);
  };
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
      const doubt = line.doubt ? [line.ports ? ", " : null, mark("doubt", "undetermined"), ` ${line.doubt}`] : null;
      const ports = [line.ports ? portWords(line.ports) : null, doubt];
      const cells = [who, gradeMark(line.grade), ports, reasonList(line.reasons, line.more)];
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
    const isSide = line => !given.side || (given.side === "in") === (line.side === "ingress");
    const lines = all.filter(([end, line]) => (!given.grade || line.grade.name === given.grade) && isSide(line)
      && holds(`${ends[end].full} ${line.who} ${line.ports}`, given.q));
    say(count(lines.length, "line"));
    return [make("p", { class: "faint" }, count(lines.length, "line")), exposureTable(lines, true)];
  });
  return page("Exposure", [
    make("p", {}, "Which pods that do not exist yet could talk to the workloads, by the labels that they could have, and which addresses outside."),
    filters(filterBox("Filter", "q", parameters.q, again),
      choice("Who", "grade", [["", "all"], ...grades.map(grade => [grade.name, grade.words])], parameters.grade, again),
      choice("Which way", "side", [["", "both"], ["in", "could reach it"], ["out", "could be reached"]], parameters.side, again)),
    part,
  ]);
}

function exposureOfWorkload(number) {
  if (!exposureOf.has(number))
    return data.exposure ? [make("h2", {}, "Exposure"), make("p", { class: "faint" }, "No pod that does not exist yet could talk with it.")] : null;
  const its = side => exposureOf.get(number).filter(line => line.side === side).map(line => [number, line]);
  return [make("h2", {}, "Who does not exist yet, or is outside, and could reach it"), exposureTable(its("ingress")),
    make("h2", {}, "Who does not exist yet, or is outside, and could be reached by it"), exposureTable(its("egress"))];
}
