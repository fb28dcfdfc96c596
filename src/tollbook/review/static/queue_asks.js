// The queue's small forms, above the item they are about: why it is rejected, what it should say, which incident, a note.
// Each opens with a key, is sent with Enter and left with Esc; nothing is asked of the server but incidents to choose from.

import { bring } from "./pieces.js";

const $ = (id) => document.getElementById(id);
const FORMS = ["reject", "edit", "link", "note", "return"];
const NUMBERS = new Set(["value", "low", "high"]);
const DAYS = new Set(["date", "date_end", "as_of"]);

/** The name of the form that is open, "" for none. */
export const opened = () => FORMS.find((name) => $(`ask-${name}`) && !$(`ask-${name}`).hidden) ?? "";

let send = null;
let article = null;
let lastWhy = "";
let before = {};

/** Opens a form on an item; `typed` are values that were typed into it before. */
export function openAsk(name, on, typed = {}) {
  closeAsk();
  article = on;
  const form = $(`ask-${name}`);
  form.hidden = false;
  expanded(name, true);
  if (name === "reject") {
    const buttons = reasons();
    $("reject-why").value = "";
    (buttons.find((one) => one.dataset.why === lastWhy) ?? buttons[0]).focus();
  } else if (name === "note" || name === "return") {
    $(`${name}-why`).value = "";
    $(`${name}-why`).focus();
  } else if (name === "link") {
    $("link-query").value = "";
    $("link-query").focus();
    search();
  } else {
    fill(form, JSON.parse(article.dataset.fields), typed);
  }
}

export function closeAsk() {
  for (const name of FORMS) {
    if ($(`ask-${name}`)) $(`ask-${name}`).hidden = true;
    expanded(name, false);
  }
}

function expanded(name, is) {
  document.querySelector(`.acts [data-do=${name}]`)?.setAttribute("aria-expanded", is);
}

const reasons = () => [...$("ask-reject").querySelectorAll("[data-why]")];

function reject(why) {
  lastWhy = why;
  send("reject", { why });
}

// ---- which incident ----

const options = () => [...$("link-list").querySelectorAll("[role=option]:not([aria-disabled])")];

async function search() {
  const asked = new URLSearchParams({ q: $("link-query").value, but: article.dataset.incident });
  if (await bring("#link-list", `/queue/incidents?${asked}`)) active(options()[0]);
}

function active(option) {
  for (const one of options()) one.setAttribute("aria-selected", one === option);
  if (option) $("link-query").setAttribute("aria-activedescendant", option.id);
  else $("link-query").removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function link() {
  const option = options().find((one) => one.getAttribute("aria-selected") === "true");
  if (!option) return wrong($("link-query"), "Choose an incident from the list.");
  send("link", { why: $("link-why").value, values: { incident: option.dataset.id }, name: option.dataset.name });
}

// ---- what it should say ----

const controls = (form) => [...form.querySelectorAll("[name]:not([name=why])")];

function fill(form, fields, typed) {
  for (const control of controls(form)) {
    const value = String(fields[control.name] ?? "");
    if (control.matches("select") && ![...control.options].some((one) => one.value === value)) control.add(new Option(value, value));
    control.value = value;
  }
  before = Object.fromEntries(controls(form).map((control) => [control.name, control.value]));
  for (const control of controls(form)) if (control.name in typed) control.value = String(typed[control.name] ?? "");
  arrange(form);
  const first = form.dataset.bound === "value" ? form.elements.value : form.elements.bound;
  first.focus();
  first.select?.();
}

/** Shows the fields that a bound needs. */
function arrange(form) {
  const bound = form.elements.bound.value;
  form.dataset.bound = ["range", "vague", "none"].includes(bound) ? bound : "value";
}

function edit(form) {
  const shown = controls(form).filter((control) => control.checkVisibility());
  const changed = shown.filter((control) => control.value.trim() !== before[control.name].trim());
  for (const control of shown) {
    const line = strange(control, form);
    if (line && (changed.includes(control) || control.name === "value")) return wrong(control, line);
  }
  if (!changed.length) return wrong(form.elements.bound, "Nothing was changed: a accepts it as it is.");
  const values = Object.fromEntries(changed.map((control) => [control.name, typedIn(control)]));
  if ("bound" in values && form.dataset.bound === "value") values.value ??= typedIn(form.elements.value);
  send("correct", { why: form.elements.why.value, values });
}

function typedIn(control) {
  const text = control.value.trim();
  if (text === "") return null;
  return NUMBERS.has(control.name) ? Number(plain(text)) : text;
}

const plain = (text) => text.replaceAll(/[,\s]/g, "");

/** What is wrong with what was typed, "" for nothing. */
function strange(control, form) {
  const text = control.value.trim();
  if (NUMBERS.has(control.name) && text && !/^\d+(\.\d+)?$/.test(plain(text))) return "Write a number, as 1200.";
  if (DAYS.has(control.name) && text && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return "Write a day as 2031-05-09.";
  if (control.name === "country" && text && !/^[A-Z]{2}$/.test(text)) return "Write a code of two capitals.";
  if (control.name === "value" && !text && form.dataset.bound === "value") return "Write the number.";
  return "";
}

/** Says beside a field what is wrong with it. */
function wrong(control, line) {
  control.setCustomValidity(line);
  control.reportValidity();
  control.addEventListener("input", () => control.setCustomValidity(""), { once: true });
  control.addEventListener("change", () => control.setCustomValidity(""), { once: true });
}

// ---- all of them ----

/** `then(action, {why, values, name})` is called with what is sent. */
export function startAsks(then) {
  send = (action, told) => {
    if (!told.why.trim()) return wrong($(`${opened()}-why`), "A reason is needed: others must be able to follow it.");
    closeAsk();
    then(action, { ...told, why: told.why.trim() });
  };
  for (const name of FORMS) {
    $(`ask-${name}`).addEventListener("submit", (event) => {
      event.preventDefault();
      if (name === "reject") reject($("reject-why").value || "");
      else if (name === "note" || name === "return") send(name, { why: $(`${name}-why`).value });
      else if (name === "link") link();
      else edit(event.currentTarget);
    });
  }
  $("ask-reject").addEventListener("click", (event) => {
    const { why } = event.target.closest("[data-why]")?.dataset ?? {};
    if (why) reject(why);
  });
  $("ask-reject").addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const some = reasons();
    const at = some.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step && at >= 0) some[(at + step + some.length) % some.length].focus();
    else if (some[Number(event.key) - 1]) reject(some[Number(event.key) - 1].dataset.why);
    else return;
    event.preventDefault();
  });
  $("ask-edit").elements.bound.addEventListener("change", () => arrange($("ask-edit")));
  let pause = 0;
  $("link-query").addEventListener("input", () => {
    active(); // what was typed may be another: Enter takes none that isn't shown for it
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  });
  $("link-query").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const some = options();
    const at = some.findIndex((one) => one.getAttribute("aria-selected") === "true");
    active(some[Math.max(0, Math.min(some.length - 1, at + step))]);
  });
  $("link-list").addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (!option) return;
    active(option);
    link();
  });
}
