// The desk's forms: fields of a claim, a missed claim, and picking words from the text for a field. Only what was changed is sent.

import { $ } from "./desk_page.js";
import { points, selected } from "./desk_words.js";
import { bring } from "./pieces.js";
import { released } from "./press.js";

const form = () => $("form-body");
const FIELDS = ["bound", "value", "low", "high", "word", "measure", "group", "unit", "affiliation", "basis", "modality", "date", "date_end", "as_of", "place"];
const NUMBERS = new Set(["value", "low", "high"]);

let desk = null;
let picking = null;
let sent = null;
let back = null;

/** True while the next selected words go into a field: keys then belong to that. */
export const isPicking = () => picking !== null;

async function open(path) {
  back ??= document.activeElement;
  if (!(await bring("#form", path))) return;
  document.body.classList.add("form-open");
  arrange();
  $("form").querySelector("input:not([type=hidden]), select")?.focus();
}

export const editForm = (claim) => open(`/desk/edit?${new URLSearchParams({ claim })}`);

/** A form for a missed claim: of the words selected, else one that asks for them. */
export function addForm(report, incident, words) {
  getSelection().removeAllRanges();
  $("over").hidden = true;
  return open(`/desk/add?${new URLSearchParams({ report, incident, ...(words ?? {}) })}`);
}

export function closeForm() {
  $("form").replaceChildren();
  document.body.classList.remove("form-open", "picking");
  picking = null;
  sent = null;
  back?.isConnected && back.focus();
  back = null;
}

/** Shows the fields that a bound needs. */
function arrange() {
  if (!form()) return;
  const bound = form().elements.bound.value;
  form().dataset.bound = bound === "range" || bound === "vague" || bound === "none" ? bound : "value";
}

// ---- what was changed ----

const typed = (name, text) => {
  if (text === "") return null;
  const plain = text.replaceAll(",", "").trim();
  return NUMBERS.has(name) && plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : text;
};

function chain() {
  const lines = [...form().querySelectorAll(".links li")];
  return lines
    .map((line) => [line.querySelector("input").value.trim(), line.querySelector("select").value])
    .filter(([name]) => name)
    .map(([name, kind]) => `${name} (${kind})`)
    .join(" < ");
}

/** What goes to the record: of a claim that is there only the fields that hold something else than they did, of a new one all that
 *  is filled in. All that says how large the figure is goes together. */
function changed() {
  const values = {};
  const isNew = form().dataset.action === "claim";
  const now = (name) => form().elements[name].value.trim();
  const was = (name) => (isNew ? "" : form().elements[name].dataset.was);
  const shape = { value: ["bound", "value"], range: ["bound", "low", "high"], vague: ["bound", "low", "high", "word"], none: ["bound"] }[form().dataset.bound];
  const figure = new Set(["bound", "value", "low", "high", "word"]);
  for (const name of FIELDS) if (!figure.has(name) && now(name) !== was(name)) values[name] = typed(name, now(name));
  if (shape.some((name) => now(name) !== was(name))) for (const name of shape) if (!isNew || now(name)) values[name] = typed(name, now(name));
  if ("date_end" in values && !("date" in values) && now("date")) values.date = now("date");
  if ("date" in values && values.date && now("date_end")) values.date_end = now("date_end");
  if (chain() !== (isNew ? "" : $("f-chain").dataset.was)) values.chain = chain() || null;
  return values;
}

// What is said last stays: an answer to an earlier question of check() comes too late.
let said = 0;

function wrong(line, field = "") {
  said++;
  for (const old of form().querySelectorAll("[data-wrong]")) old.hidden = true;
  for (const old of form().querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  const beside = field && form().querySelector(`[data-wrong="${field}"]`);
  $("wrong").hidden = !line || Boolean(beside);
  $("wrong").textContent = beside ? "" : line;
  if (!beside) return;
  beside.textContent = line;
  beside.hidden = false;
  form().elements[field]?.setAttribute?.("aria-invalid", "true");
}

async function check() {
  if (!form()) return;
  const turn = ++said;
  const answer = await fetch("/desk/check", {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"] },
    body: JSON.stringify({ claim: form().dataset.action === "correct" ? form().dataset.target : "", report: desk.report(), values: changed() }),
  }).catch(() => null);
  const told = answer?.ok ? await answer.json() : null;
  await released(); // a line that comes or goes moves the buttons
  if (told && form() && turn === said) wrong(told.line && `${told.line}.`, told.field);
}

function submit() {
  const values = changed();
  const { action, target, part, start, end, words } = form().dataset;
  if (action === "correct" && !Object.keys(values).length) return wrong("Nothing was changed.");
  const why = form().elements.why.value.trim();
  if (!why) return wrong("A reason is needed: others must be able to follow it.");
  if (action === "claim") {
    if (!values.measure) return wrong("What is counted? Choose a measure.", "measure");
    Object.assign(values, { part, start: Number(start), end: Number(end), words, incident: form().elements.incident.value });
  }
  sent = { action, target };
  desk.rule(action, why, { target, values, head: form().dataset.head, seen: action === "claim" ? null : undefined, told: action === "claim" ? `Added: “${words}”` : `Corrected: ${Object.keys(values).join(", ").replaceAll("_", " ")}` });
}

// ---- words for a field ----

function startPicking(field) {
  picking = field;
  document.body.classList.add("picking");
  $("spoken").textContent = "Select the words in the report, then press Enter. Escape leaves.";
  $("toast").replaceChildren(`Select the words of the ${field} in the report.`);
  $("toast").classList.add("shown");
}

function picked(words, field = picking) {
  if (!form()) return;
  if (field === "source") {
    const first = form().querySelector(".links li");
    const line = picking || !first ? addLink() : first;
    line.querySelector("input").value = words;
  } else form().elements[field].value = words;
  picking = null;
  document.body.classList.remove("picking");
  $("toast").classList.remove("shown");
  getSelection().removeAllRanges();
  $("over").hidden = true;
  (field === "source" ? form().querySelector(".links li input") : form().elements[field]).focus();
  check();
}

/** A new innermost link. */
function addLink(first = true) {
  const line = $("link-line").content.firstElementChild.cloneNode(true);
  form().querySelector(".links")[first ? "prepend" : "append"](line);
  return line;
}

let offered = "";

/** What can be done with the words selected, in a bar at their end. The same words again leave its buttons: one may be pressed. */
function offer() {
  const over = $("over");
  const words = selected();
  over.hidden = !words || document.querySelector("dialog[open]") !== null;
  if (over.hidden) return;
  const acts = form()
    ? [["source", "This is the source"], ["place", "This is the place"], ["word", "The figure’s word"]]
    : [["add", `Add a claim of these ${points(words.words)} characters`]];
  const now = JSON.stringify([words, acts]);
  if (now !== offered) over.replaceChildren(
    ...acts.map(([name, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => (name === "add" ? addForm(desk.report(), desk.incident(), selected()) : picked(selected().words, name)));
      return button;
    }),
  );
  offered = now;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  over.style.top = `${Math.max(4, box.top + scrollY - over.offsetHeight - 6)}px`;
  over.style.left = `${Math.max(4, Math.min(box.left + scrollX, innerWidth - over.offsetWidth - 8))}px`;
}

export function startForms(given) {
  desk = given;
  document.addEventListener("selectionchange", () => {
    if (!picking) requestAnimationFrame(offer);
  });
  document.addEventListener("pointerup", () => {
    const words = picking && selected();
    if (words) picked(words.words);
  });
  document.addEventListener("keydown", (event) => {
    if (picking && event.key === "Enter") {
      const words = selected();
      if (words) picked(words.words);
      event.preventDefault();
    } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      if (picking) {
        picking = null;
        document.body.classList.remove("picking");
        $("toast").classList.remove("shown");
      } else if ($("form").firstElementChild) closeForm();
      else $("toast").classList.remove("shown");
    } else if (event.key === "Enter" && event.ctrlKey && form()?.contains(event.target)) submit();
  });
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target === form()) submit();
    else open(`/desk/add?${new URLSearchParams({ report: desk.report(), incident: desk.incident(), find: $("f-words").value })}`);
  });
  $("form").addEventListener("change", (event) => {
    if (event.target.name === "bound") arrange();
    if (event.target.name && event.target.name !== "why" && event.target.id !== "f-words") check();
  });
  $("form").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("formClose" in button.dataset) closeForm();
    else if (button.dataset.pick) startPicking(button.dataset.pick);
    else if ("addLink" in button.dataset) addLink(false).querySelector("input").focus();
    else if ("dropLink" in button.dataset) {
      button.closest("li").remove();
      check();
    } else if ("found" in button.dataset) {
      const { part, start, end } = button.dataset;
      addForm(desk.report(), desk.incident(), { part, start, end, words: button.querySelector("mark").textContent });
    }
  });
  document.addEventListener("desk:ruled", ({ detail: { order } }) => {
    if (sent && order.action === sent.action && order.target === sent.target) closeForm();
  });
  document.addEventListener("desk:held", () => sent && closeForm());
  document.addEventListener("desk:refused", (event) => {
    const { order, line, changed: isChanged } = event.detail;
    if (!sent || order.action !== sent.action || order.target !== sent.target) return;
    sent = null;
    if (isChanged) return closeForm();
    event.preventDefault();
    const named = [...line.matchAll(/'(\w+)'|no (\w+) '/g)].map((match) => match[1] ?? match[2]);
    wrong(`${line}.`, named.find((name) => form().querySelector(`[data-wrong="${name}"]`)) ?? "");
  });
}
