"use strict";
// The toll over time: a source's figures as steps, bounds as bands. Nothing is drawn between two claims but what was
// claimed: a step is level, and ends where the source says something else.
(() => {
  const box = document.getElementById("toll");
  if (!box) return;
  const told = JSON.parse(document.getElementById("toll-data").textContent);
  for (const one of told.tolls) {
    one.steps = one.steps.map(([row, start, end, low, value, high, bound, figure, ref, stands]) => ({row, start, end, low,
      value, high, bound, figure, ref, stands: stands.map((at) => told.rules[at])}));
  }
  const place = box.querySelector(".drawn");
  const [counts, sources, times] = ["toll-count", "toll-source", "toll-time"].map((id) => document.getElementById(id));
  const day = (text) => new Date(`${text}T00:00:00Z`);
  const inWords = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  const words = (date) => inWords.format(date);
  const number = new Intl.NumberFormat("en-US");
  // Names stand apart from the words around them whichever way they run; a masked one is told with its kind.
  const name = (row, most = 200) => {
    const signs = [...told.rows[row][0]];
    const short = signs.length > most ? `${signs.slice(0, most - 1).join("").trimEnd()}…` : signs.join("");
    return `\u2068${short}\u2069${short.startsWith("[") ? `, ${told.rows[row][1]}` : ""}`;
  };
  const LETTER = 6.6; // a letter's width at the size of the names, on average
  let rules = "", hot = "";

  const rows = (steps) => [...new Set(steps.map((step) => step.row))];
  const toll = () => told.tolls[counts.value];
  const chosen = (step) => (rules ? step.stands.includes(rules) : step.stands.length > 0);

  // Where most was said within days and some years later, the first days are shown first: the last day before the gap.
  const gap = () => {
    const days = [...new Set(toll().steps.map((step) => step.start))].sort();
    const span = day(days.at(-1)) - day(days[0]);
    const at = days.findIndex((one, place) => place > 1 && day(one) - day(days[place - 1]) > 0.6 * span);
    return at < 0 ? null : days[at - 1];
  };
  const within = (step) => !times.value || step.start <= times.value;

  // A step stands to the last report, ends with the source's next figure, or is a mark where nothing carries it on.
  const placed = (last) => toll().steps.filter(within).map((step) => {
    const stands = chosen(step);
    const end = stands ? last : step.end ? new Date(Math.min(day(step.end), last)) : null;
    return {...step, at: step.value ?? step.low ?? step.high, from: day(step.start), to: end, on: stands};
  });

  const top = (steps) => {
    const results = toll().ruled.filter((one) => !rules || one.rules === rules);
    const ends = [...steps, ...results].flatMap((one) => [one.low, one.value, one.high]).filter((end) => end !== null);
    return Math.max(1, ...ends.filter((end) => end !== undefined));
  };

  // ---- the drawing ----

  const marks = (steps, lift) => {
    const ink = (step) => (step.on ? "var(--ink)" : "var(--soft)");
    const drawn = [];
    for (const row of rows(steps)) {
      const own = steps.filter((step) => step.row === row), className = `src ${row}`;
      const long = own.filter((step) => step.to);
      const band = (some, y1, y2, fill, fillOpacity) => some.length && drawn.push(Plot.rect(some,
        {x1: "from", x2: "to", y1, y2, fill, fillOpacity, className}));
      band(long.filter((one) => one.high !== null && one.low !== null && one.low < one.high && one.bound !== "at_most"
        && one.bound !== "less_than"), "low", "high", "var(--ink)", 0.1);
      band(long.filter((one) => one.high === null), "at", (one) => one.at + lift, "url(#toll-up)");
      band(long.filter((one) => ["at_most", "less_than"].includes(one.bound)), (one) => Math.max(0, one.at - lift),
        "at", "url(#toll-down)");
      const level = (some, more) => some.length && drawn.push(Plot.ruleY(some, {
        x1: "from", x2: "to", y: "at", stroke: ink, strokeWidth: (one) => (one.on ? 2 : 1.25), className, ...more}));
      level(long.filter((one) => one.bound !== "about"));
      level(long.filter((one) => one.bound === "about"), {strokeDasharray: "5 3"});
      const next = long.filter((one) => !one.on).flatMap((one) => own
        .filter((other) => other.start === one.end).map((other) => ({x: other.from, y1: one.at, y2: other.at})));
      if (next.length) drawn.push(Plot.ruleX(next, {x: "x", y1: "y1", y2: "y2", stroke: "var(--soft)", className}));
      drawn.push(Plot.dot(own, {x: "from", y: "at", r: (one) => (one.on ? 3 : 2.5), stroke: ink, strokeWidth: 1.25,
        fill: (one) => (one.on ? "var(--ink)" : "var(--paper)"), className}));
      drawn.push(Plot.ruleY(own, {x1: "from", x2: (one) => one.to ?? one.from, y: "at", stroke: "var(--paper)",
        strokeOpacity: 0, strokeWidth: 14, className: `${className} hit`}));
    }
    return drawn;
  };

  // Lines that would lie on each other stand side by side around where they belong; the lowest stays above the axis.
  const apart = (some, gap, scale) => {
    const groups = [];
    for (const one of some) {
      groups.push({lines: [one], sum: scale(one.at), top: scale(one.at)});
      while (groups.length > 1 && groups.at(-2).top + groups.at(-2).lines.length * gap > groups.at(-1).top) {
        const {lines, sum} = groups.pop(), last = groups.at(-1);
        last.sum += sum - lines.length * last.lines.length * gap;
        last.lines.push(...lines);
        last.top = last.sum / last.lines.length;
      }
    }
    for (const {lines, top} of groups) for (const [at, one] of lines.entries()) one.y = top + at * gap;
    for (let at = some.length - 1, floor = scale(0); at >= 0; at -= 1, floor = some[at + 1].y - gap) {
      some[at].y = Math.min(some[at].y, floor);
    }
  };

  // Names at the ends of what stands, one line a figure, pushed apart; where there is no room the highest, the lowest
  // and every so many between them.
  const labels = (steps, scale, height, room) => {
    const lines = new Map();
    for (const step of steps) {
      if (!step.on) continue;
      const key = `${step.at} ${step.figure}`;
      if (!lines.has(key)) lines.set(key, {at: step.at, figure: step.figure, rows: []});
      if (!lines.get(key).rows.includes(step.row)) lines.get(key).rows.push(step.row);
    }
    const gap = 15, most = Math.floor(height / gap);
    let some = [...lines.values()].sort((one, other) => other.at - one.at);
    if (some.length > most) {
      const every = (some.length - 1) / (most - 1);
      some = Array.from({length: most}, (_, at) => some[Math.round(at * every)]);
    }
    apart(some, gap, scale);
    for (const one of some) {
      const more = one.rows.length > 1 ? ` +${one.rows.length - 1}` : "";
      const left = Math.floor((room - 28) / LETTER) - one.figure.length - more.length - 2;
      one.text = left > 7 ? `${one.figure}  ${name(one.rows[0], left)}${more}` : one.figure;
    }
    return some;
  };

  const bracket = (last, lift) => toll().ruled
    .filter((one) => (!rules || one.rules === rules) && one.low !== null)
    .map((one) => ({...one, x: last, end: one.high ?? one.low + lift}));

  const draw = () => {
    const wide = place.clientWidth > 560, width = Math.max(280, place.clientWidth);
    const all = toll().steps.filter(within).map((step) => day(step.start));
    const [first, last] = [new Date(Math.min(...all)), new Date(Math.max(...all))];
    const early = told.event && first - day(told.event) <= last - first && day(told.event) < first;
    const from = early ? day(told.event) : first;
    // Room behind the last claim, so that it is seen to stand.
    const until = new Date(+last + Math.max((last - from) * 0.12, 36e5 * 24));
    const steps = placed(until);
    const size = new Set(steps.filter((step) => step.on).map((step) => step.figure)).size;
    const height = Math.max(wide ? 300 : 260, Math.min(560, 80 + 16 * size));
    // Behind the plot stand the names of those whose figures stand, as far as there is room.
    const longest = Math.max(0, ...steps.filter((step) => step.on).map((step) => [...step.figure, ...told.rows[step.row][0]].length + 5));
    const margins = {marginLeft: 52, marginRight: wide ? Math.min(Math.max(120, 28 + LETTER * longest), Math.max(230, 0.3 * width)) : 80, marginTop: 14, marginBottom: 34};
    const high = top(steps) * 1.06, inner = height - 48, lift = (high * 26) / inner;
    const scale = (value) => 14 + inner * (1 - value / high);
    const results = bracket(until, lift);
    const svg = Plot.plot({
      width, height, ...margins, className: "toll-plot", ariaLabel: described(),
      style: {fontFamily: "inherit", fontSize: "12px", background: "transparent", overflow: "visible"},
      x: {type: "utc", domain: [from, until]}, y: {domain: [0, high]},
      marks: [
        Plot.gridY({stroke: "var(--rule)", strokeOpacity: 1, ticks: 5}),
        Plot.axisY({ticks: 5, tickSize: 0, label: null, color: "var(--soft)"}),
        Plot.axisX({ticks: last - from < 864e6 && wide ? "day" : wide ? 7 : 3, tickSize: 5, label: null, color: "var(--soft)"}),
        Plot.ruleY([0], {stroke: "var(--strong)"}),
        ...marks(steps, lift),
        Plot.ruleX(results, {x: "x", y1: "low", y2: "end", stroke: "var(--link)", strokeWidth: 4, dx: 10,
          className: "result"}),
        Plot.dot(results.filter((one) => one.value !== null), {x: "x", y: "value", r: 4.5, dx: 10, fill: "var(--link)",
          className: "result"}),
      ],
    });
    svg.setAttribute("role", "img");
    for (const part of svg.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
    for (const one of labels(steps, scale, inner, wide ? margins.marginRight : 0)) {
      const text = document.createElementNS(svg.namespaceURI, "text");
      text.textContent = one.text;
      text.setAttribute("class", `src ${one.rows.join(" ")}`);
      for (const [key, value] of Object.entries({x: width - margins.marginRight + 22, y: one.y, dy: "0.32em",
        "text-anchor": "start", fill: "var(--ink)"})) text.setAttribute(key, value);
      const lead = document.createElementNS(svg.namespaceURI, "path");
      const end = width - margins.marginRight;
      lead.setAttribute("d", `M${end + 1},${scale(one.at)}H${end + 4}L${end + 18},${one.y}`);
      lead.setAttribute("class", `lead src ${one.rows.join(" ")}`);
      svg.append(lead, text);
    }
    svg.prepend(gradients(svg.namespaceURI, rows(steps).length > 8 ? 0.12 : 0.24));
    for (const mark of svg.querySelectorAll(".src")) {
      const row = [...mark.classList].find((one) => told.rows[one]);
      const some = steps.filter((step) => step.row === row);
      mark.addEventListener("pointerenter", () => light(row));
      mark.addEventListener("pointerleave", () => light(sources.value));
      mark.addEventListener("click", (event) => open(some[event.target.__data__] ?? some.at(-1)));
    }
    place.replaceChildren(svg);
    document.getElementById("toll-named").textContent = `${toll().label}${times.value ? `, ${times.selectedOptions[0].text}` : ""}`;
    light(sources.value);
  };

  const gradients = (space, dark) => {
    const defs = document.createElementNS(space, "defs");
    for (const [id, from, to] of [["toll-up", 0, dark], ["toll-down", dark, 0]]) {
      const one = document.createElementNS(space, "linearGradient");
      for (const [key, value] of Object.entries({id, x1: 0, x2: 0, y1: 0, y2: 1})) one.setAttribute(key, value);
      for (const [offset, opacity] of [[0, from], [1, to]]) {
        const stop = document.createElementNS(space, "stop");
        stop.setAttribute("offset", offset);
        stop.setAttribute("stop-opacity", opacity);
        stop.setAttribute("stop-color", "var(--ink)");
        one.append(stop);
      }
      defs.append(one);
    }
    return defs;
  };

  // ---- who is told of ----

  const open = (step) => {
    const link = step && document.querySelector(`#time a[data-entry="${step.ref}"]`);
    if (link) link.click();
  };

  const described = () => {
    const some = toll();
    const results = some.ruled.map((one) => `${one.figure} by ${one.rules}`).join("; ");
    const many = rows(some.steps).length;
    return `${some.label} over time: ${many} sources. ${results}. All figures are in the table below.`;
  };

  const light = (row) => {
    const svg = place.querySelector("svg");
    if (!svg) return;
    svg.classList.toggle("lit", row !== "");
    for (const mark of svg.querySelectorAll(".src")) mark.classList.toggle("on", mark.classList.contains(row || "-"));
    if (row !== hot) say(row);
    hot = row;
  };

  const say = (row) => {
    const line = document.getElementById("toll-said");
    if (!row) return line.replaceChildren("Point at a line, or choose a source, to read what it said.");
    const own = toll().steps.filter((step) => step.row === row);
    const strong = document.createElement("b"), isolated = document.createElement("bdi");
    isolated.textContent = told.rows[row][0];
    strong.append(isolated);
    const parts = own.map((step) => {
      const link = document.createElement("a");
      link.href = `#${step.ref}`;
      link.dataset.entry = step.ref;
      link.textContent = step.figure;
      const to = chosen(step) ? "on, and stands" : step.end ? `to ${words(day(step.end))}` : "alone";
      const when = chosen(step) || step.end ? ` from ${words(day(step.start))} ${to}` : ` on ${words(day(step.start))}, set aside`;
      return [link, when];
    });
    line.replaceChildren(strong, ` (${told.rows[row][1]}): `, ...parts.flatMap((part, at) => (at ? ["; ", ...part] : part)));
  };

  const list = () => {
    const own = rows(toll().steps);
    const known = own.map((row) => [row, told.rows[row][0]]).sort((one, other) => (one[1] < other[1] ? -1 : 1));
    sources.replaceChildren(new Option(`all ${own.length} sources`, ""), ...known.map(([row, text]) => new Option(text, row)));
    const cut = gap(), later = toll().steps.filter((step) => step.start > cut).length;
    times.replaceChildren(...(cut ? [new Option(`to ${words(day(cut))}`, cut), new Option(`all, ${later} later`, "")]
      : [new Option("all", "")]));
    times.parentElement.hidden = !cut;
    const apart = document.getElementById("toll-apart");
    apart.hidden = !toll().apart.length;
    apart.querySelector("summary").textContent = `${toll().apart.length} not drawn, each with the reason`;
    apart.querySelector("ul").replaceChildren(...toll().apart.map(([row, ref, figure, why]) => {
      const line = document.createElement("li"), link = document.createElement("a");
      Object.assign(link, {href: `#${ref}`, textContent: figure});
      link.dataset.entry = ref;
      line.append(link, ` ${name(row)}: ${why}`);
      return line;
    }));
  };

  const again = () => { list(); hot = "-"; draw(); };
  counts.replaceChildren(...told.tolls.map((one, at) => new Option(one.label, at)));
  counts.parentElement.hidden = told.tolls.length < 2;
  counts.addEventListener("change", again);
  times.addEventListener("change", draw);
  sources.addEventListener("change", () => light(sources.value));
  for (const choice of document.querySelectorAll("input[name=rules]")) {
    choice.addEventListener("change", () => { rules = choice.value; draw(); });
    if (choice.checked) rules = choice.value;
  }
  box.hidden = false;
  again();
  let seen = place.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - seen) < 2) return;
    seen = place.clientWidth;
    draw();
  }).observe(place);
})();
