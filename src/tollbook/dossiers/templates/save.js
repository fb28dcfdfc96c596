"use strict";
// Each figure as a picture that stands alone: with its title, where it is from and by which rule set, in the colours of
// paper. All is made in the page; nothing is asked of anybody.
(() => {
  const SPACE = "http://www.w3.org/2000/svg";
  const PAPER = {"--paper": "#ffffff", "--raised": "#f5f2ea", "--ink": "#1b1a17", "--soft": "#5d584e", "--rule": "#d9d3c5",
    "--strong": "#8d8574", "--link": "#174a7c", "--clash": "#8f1d14", "--clash-paper": "#fbeeea", "--focus": "#0b5fcc", "--water": "#e3eaee", "--land": "#f8f4ea", "--town": "#5d584e"};
  const SANS = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
  const SERIF = "Charter, Georgia, 'Liberation Serif', serif";
  const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "opacity", "font-size", "font-weight", "font-style", "font-family", "text-anchor", "visibility",
    "dominant-baseline", "paint-order", "letter-spacing", "direction", "unicode-bidi"];
  const PAD = 24;

  const made = (name, given = {}, text) => {
    const one = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(given)) one.setAttribute(key, value);
    if (text !== undefined) one.textContent = text;
    return one;
  };

  // ---- a drawing that is in the page ----

  // What the page's style gives each part is written into it, under the colours of paper.
  const styled = (svg) => {
    const root = document.documentElement;
    for (const [name, value] of Object.entries(PAPER)) root.style.setProperty(name, value);
    const copy = svg.cloneNode(true), ground = getComputedStyle(svg).backgroundColor;
    const [from, to] = [svg, copy].map((one) => [one, ...one.querySelectorAll("*")]);
    for (const [at, one] of from.entries()) {
      if (one.closest("defs") && one.localName !== "stop") continue;
      const given = getComputedStyle(one);
      if (one.localName === "stop") to[at].setAttribute("stop-color", given.stopColor);
      else for (const key of KEPT) if (given.getPropertyValue(key)) to[at].setAttribute(key, given.getPropertyValue(key));
      if (given.display === "none") to[at].setAttribute("display", "none");
    }
    for (const name of Object.keys(PAPER)) root.style.removeProperty(name);
    for (const one of copy.querySelectorAll("style, title")) one.remove();
    for (const one of copy.querySelectorAll("a")) one.replaceWith(...one.childNodes);
    for (const one of [copy, ...copy.querySelectorAll("*")]) {
      for (const name of ["class", "style", "aria-label", "role", "tabindex"]) one.removeAttribute(name);
    }
    if (!/, 0\)$/.test(ground)) copy.prepend(made("rect", {width: "100%", height: "100%", fill: ground}));
    return copy;
  };

  const ofDrawing = (svg) => {
    const copy = styled(svg), box = svg.viewBox.baseVal;
    const size = box && box.width ? [box.width, box.height] : [svg.clientWidth, svg.clientHeight];
    for (const [key, value] of [["x", PAD], ["width", size[0]], ["height", size[1]]]) copy.setAttribute(key, value);
    return {part: copy, width: size[0], height: size[1]};
  };

  // ---- the matrix, which is a table ----

  const ofTable = (table) => {
    const rows = [...table.rows].filter((row) => !row.hidden);
    const words = (cell) => {
      const copy = cell.cloneNode(true);
      for (const one of copy.querySelectorAll(".sr, [hidden]")) one.remove();
      for (const one of copy.querySelectorAll("b.not")) one.textContent = `(${one.textContent})`;
      const comma = cell.tagName === "TH" ? "," : "";
      for (const one of copy.querySelectorAll("i, small, .mark")) one.textContent = `${comma} ${one.textContent} `;
      return copy.textContent.replace(/\s+/g, " ").replace(/ ,/g, ",").trim();
    };
    const pen = document.createElement("canvas").getContext("2d");
    const wide = (text, bold) => { pen.font = `${bold ? "600 " : ""}12px ${SANS}`; return pen.measureText(text).width; };
    const cut = (text, most) => {
      const signs = [...text];
      while (signs.length > 1 && wide(`${signs.join("")}…`) > most) signs.pop();
      return signs.length < [...text].length ? `${signs.join("").trimEnd()}…` : text;
    };
    const cells = rows.map((row) => [...row.cells].map((cell) => ({text: words(cell), head: cell.tagName === "TH",
      band: row.classList.contains("band"), many: cell.colSpan})));
    const count = Math.max(...cells.map((row) => row.length));
    const widths = Array.from({length: count}, (_, at) => Math.min(at ? 190 : 280, 18 + Math.max(30,
      ...cells.filter((row) => row.length > at && !row[0].band).map((row) => wide(row[at].text, true)))));
    const part = made("g", {transform: `translate(${PAD} 0)`, "font-family": SANS, "font-size": 12, fill: PAPER["--ink"]});
    const total = widths.reduce((sum, one) => sum + one, 0);
    for (const [line, row] of cells.entries()) {
      let x = 0;
      const y = line * 24;
      if (row[0].band) part.append(made("rect", {x: 0, y, width: total, height: 24, fill: PAPER["--raised"]}));
      part.append(made("line", {x1: 0, x2: total, y1: y + 24, y2: y + 24, stroke: PAPER["--rule"]}));
      for (const [at, cell] of row.entries()) {
        const text = made("text", {x: x + (at ? 8 : 2), y: y + 16}, `\u2068${cut(cell.text, row[0].band ? total : widths[at] - 10)}\u2069`);
        if (cell.head && (line === 0 || cell.band)) text.setAttribute("font-weight", 600);
        if (cell.text.includes("≠")) text.setAttribute("fill", PAPER["--clash"]);
        part.append(text);
        x += widths[at];
      }
    }
    return {part, width: total, height: cells.length * 24 + 4};
  };

  // ---- title, source line, file ----

  const chosen = () => {
    const choice = document.querySelector("input[name=rules]:checked");
    const every = [...document.querySelectorAll("input[name=rules]")].map((one) => one.value).filter(Boolean);
    return choice && choice.value ? choice.value : every.join(", ") || document.body.dataset.rulesets || "";
  };

  const picture = (box) => {
    const drawing = box.querySelector("svg:not(.plot)"), table = box.querySelector("table.matrix");
    const {part, width, height} = table ? ofTable(table) : ofDrawing(drawing);
    const heading = box.querySelector("h2, h3") ?? box.closest("section").querySelector("h2");
    const count = box.querySelector("#toll-count option:checked");
    const title = [heading.textContent, count && count.textContent].filter(Boolean).join(": ");
    const about = document.querySelector("h1").textContent;
    const rules = box.matches("[data-figure=map]") ? "" : ` Rule set: ${chosen()}.`;
    const lines = [`${document.body.dataset.source}${rules}`, box.dataset.note ?? "Each figure is somebody’s; the page has the words it was read from."];
    const whole = Math.max(width + 2 * PAD, 640), high = 76 + height + 64;
    const svg = made("svg", {xmlns: SPACE, width: whole, height: high, viewBox: `0 0 ${whole} ${high}`, "font-family": SANS});
    svg.append(made("title", {}, `${about}: ${title}`), made("desc", {}, lines.join(" ")));
    svg.append(made("rect", {width: whole, height: high, fill: PAPER["--paper"]}));
    svg.append(made("text", {x: PAD, y: 34, "font-size": 20, "font-weight": 600, "font-family": SERIF, fill: PAPER["--ink"]}, `\u2068${about}\u2069`));
    svg.append(made("text", {x: PAD, y: 56, "font-size": 14, fill: PAPER["--soft"]}, title));
    if (table) part.setAttribute("transform", `translate(${PAD} 72)`);
    else part.setAttribute("y", 68);
    svg.append(part);
    for (const [at, line] of lines.entries()) {
      svg.append(made("text", {x: PAD, y: high - 34 + at * 17, "font-size": 11, fill: PAPER["--soft"]}, line));
    }
    const safe = `${about} ${title}`.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80);
    return {text: new XMLSerializer().serializeToString(svg), name: safe || "figure", width: whole, height: high};
  };

  const offered = (url, name) => {
    const link = document.createElement("a");
    Object.assign(link, {href: url, download: name});
    link.click();
  };

  const asSvg = (box) => {
    const {text, name} = picture(box);
    const url = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
    offered(url, `${name}.svg`);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  const asPng = async (box) => {
    const {text, name, width, height} = picture(box);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    // Twice the size, for print; less where a browser would refuse so large a canvas.
    const scale = Math.min(2, 8000 / width, 8000 / height);
    Object.assign(canvas, {width: Math.round(width * scale), height: Math.round(height * scale)});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    offered(canvas.toDataURL("image/png"), `${name}.png`);
  };

  for (const box of document.querySelectorAll("[data-figure]")) {
    if (!box.querySelector("svg:not(.plot), table.matrix")) continue;
    const heading = box.querySelector("h2, h3") ?? box.closest("section").querySelector("h2");
    const line = document.createElement("p");
    line.className = "save";
    line.append("Save as ");
    for (const [name, save] of [["SVG", asSvg], ["PNG", asPng]]) {
      const button = document.createElement("button");
      Object.assign(button, {type: "button", textContent: name});
      button.setAttribute("aria-label", `Save “${heading.textContent}” as ${name}`);
      button.addEventListener("click", () => save(box));
      line.append(button, " ");
    }
    box.append(line);
  }
})();
