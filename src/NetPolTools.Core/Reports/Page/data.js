// What the data says, as the views ask for it.

const data = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");
const status = document.getElementById("status");
const query = document.getElementById("query");
const text = number => number < 0 ? "" : data.texts[number];
const LARGEST_TABLE = 80;
const LINES_AT_ONCE = 200;
const LARGEST_PICTURE = 50;

/** Takes from the end of a list that was cut how many more there are: a number below zero. */
const takeMore = list => list.at(-1) < 0 ? -list.pop() : 0;

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
for (const side of data.sides)
  side.more = takeMore(side[3]);
for (const profile of data.profiles || [])
  profile.more = takeMore(profile[1]);
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
  ({ ...shapes[shape], who: text(who), example: text(example), more: takeMore(its), reasons: its.map(number => reasons[number]) }))]));

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
  let more = 0;
  for (let i = 0; profile[3] && i < profile[3].length; i += 2)
    more += isIn(profile[3][i + 1], peer) ? profile[3][i] : 0;
  return { never: text(profile[0]), policies: profile[1].map(number => policies[number]), found, more };
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
