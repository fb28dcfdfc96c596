// The matrix of the desk: the cell of the chosen claim, the way back to its words, arrows from cell to cell.

import { $, chosen } from "./desk_page.js";

const cells = () => [...document.querySelectorAll("#matrix td a")];
export const cellOf = (claim) => claim && document.querySelector(`#matrix [data-claims~="${CSS.escape(claim)}"]`);

/** Moves the matrix, and nothing else, as far as a cell can be seen beside what sticks at its edges. */
function bringIntoSight(cell) {
  const box = $("matrix");
  const [inner, outer] = [cell.getBoundingClientRect(), box.getBoundingClientRect()];
  const left = outer.left + (box.querySelector("tbody th[scope=row]")?.offsetWidth ?? 0);
  const top = outer.top + (box.querySelector("thead")?.offsetHeight ?? 0);
  box.scrollLeft += Math.max(0, inner.right - outer.right + 8) - Math.max(0, left - inner.left);
  box.scrollTop += Math.max(0, inner.bottom - outer.bottom + 8) - Math.max(0, top - inner.top);
}

/** Marks the cell of the chosen claim, and tells in the inspector which it is. */
export function placeInMatrix(bring = false) {
  for (const old of document.querySelectorAll("#matrix .here")) old.classList.remove("here");
  const cell = cellOf(chosen());
  cell?.classList.add("here");
  for (const one of cells()) one.tabIndex = -1;
  const entry = cell ?? cells()[0];
  if (entry) entry.tabIndex = 0;
  const line = $("in-cell");
  if (line) line.hidden = !cell;
  if (cell && line) tellCell(line, cell);
  if (cell && bring) bringIntoSight(cell);
}

function tellCell(line, cell) {
  const to = document.createElement("button");
  const key = document.createElement("kbd");
  key.textContent = "c";
  to.type = "button";
  to.dataset.do = "cell";
  to.className = "quiet";
  to.append("In the matrix ", key);
  const all = cell.dataset.claims.split(" ");
  const at = all.indexOf(chosen());
  const own = Number(cell.dataset.own);
  const where = at >= own ? "folded here as a copy" : own > 1 ? `${at + 1} of ${own} there` : "";
  const figures = [...cell.querySelectorAll("b")].map((one) => one.textContent).join(" → ");
  line.replaceChildren(to, ` ${cell.dataset.row}: ${figures}${where ? `, ${where}` : ""} `);
  for (const [name, claim] of [["earlier", all[at - 1]], ["later", all[at + 1]]]) {
    if (!claim) continue;
    const other = document.createElement("button");
    other.type = "button";
    other.className = "quiet";
    other.dataset.claim = claim;
    other.textContent = name;
    line.append(other, " ");
  }
}

export function moveInMatrix(event) {
  const cell = event.target.closest("#matrix td");
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!cell || !by || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...document.querySelectorAll("#matrix tbody tr:not(.band, .more)")];
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  for (let found = null; !found; ) {
    row += by[0];
    column += by[1];
    found = rows[row]?.cells[column];
    if (!found || !column) return event.preventDefault();
    found = found.querySelector("a");
    if (found) found.focus();
  }
  event.preventDefault();
}

/** The figures of the matrix before a ruling, to show which of them it changed. */
export function figures() {
  const some = document.querySelectorAll("#matrix td a, #matrix .computed td");
  return new Map([...some].filter((one) => one.id).map((one) => [one.id, one.textContent]));
}
