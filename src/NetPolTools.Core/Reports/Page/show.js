// Showing a view. This part is the last, and starts.

function say(words) {
  status.textContent = words;
}

function page(title, content, isWide) {
  return { title, content, isWide };
}

const missing = words => page("Not here", [make("p", {}, words), make("p", {}, link("", {}, "Overview"))]);

const views = { overview, matrix: matrixView, workloads: workloadsView, workload: workloadView, namespaces: namespacesView, namespace: namespaceView,
  exposure: exposureView, policies: policiesView, policy: policyView, pair: pairView, findings: findingsView, changes: changesView, search: searchView };

const entries = [
  ["", "Overview", "overview"],
  data.change && ["changes", "Changes", "changes"],
  data.by && ["matrix", "Matrix", "matrix"],
  data.namespaces.length && ["namespaces", "Namespaces", "namespaces"],
  isByWorkload && ["workloads", "Workloads", "workloads"],
  data.exposure && ["exposure", "Exposure", "exposure"],
  policies.length && ["policies", "Policies", "policies"],
  data.findings && ["findings", "Findings", "findings"],
].filter(entry => entry);
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
