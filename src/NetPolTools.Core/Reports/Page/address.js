// Where we are: all of it is in the address.

function address(route, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return `#/${route}${given.length ? "?" + given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&") : ""}`;
}

function here() {
  const [route, rest] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = route.split("/").map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { view: parts[0] || "overview", argument: parts[1], parameters: Object.fromEntries(new URLSearchParams(rest || "")) };
}

/** Changes what is filtered without a step back for each letter. */
function keep(parameters) {
  const { view, argument, parameters: before } = here();
  const route = view === "overview" ? "" : argument === undefined ? view : `${view}/${encodeURIComponent(argument)}`;
  history.replaceState(null, "", address(route, { ...before, ...parameters }));
}

function filterBox(label, name, value, changed) {
  const input = make("input", { type: "search", id: `filter-${name}`, value, autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", () => {
    keep({ [name]: input.value });
    changed();
  });
  return [make("label", { for: input.id }, label), input];
}

const filters = (...boxes) => make("div", { class: "filters" }, boxes);

function choice(label, name, values, value, changed) {
  const options = values.map(([key, words]) => make("option", { value: key, selected: key === (value || "") }, words));
  const select = make("select", { id: `choice-${name}` }, options);
  select.addEventListener("change", () => {
    keep({ [name]: select.value });
    changed();
  });
  return make("label", {}, label, select);
}

/** A part of a page that is made anew when a filter changes. */
function refreshed(fill) {
  const part = make("div");
  const again = () => part.replaceChildren(...[fill(here().parameters)].flat(Infinity).filter(child => child));
  again();
  return [part, again];
}

const holds = (where, what) => !what || where.toLowerCase().includes(what.toLowerCase());
