// The desk's small questions: a reason, a grade, which incident; each in one dialog that says in words what will happen.

import { $ } from "./desk_page.js";
import { bring } from "./pieces.js";

export const REASONS = [
  "the words don't say this",
  "it is about another event",
  "it is no total of its own",
  "it is counted already",
  "the source is misread",
  "the report takes it back",
];

let done = null;
let incident = null;

/** Asks; `then(why, {value, incident})` is called with the answer, once. */
export function ask({ title, words = "", reason = "Reason", why = "", choices = [], grade = false, find = null, verb, then }) {
  $("ask-title").textContent = title;
  $("ask-words").textContent = words;
  $("ask-words").hidden = !words;
  $("ask-error").hidden = true;
  $("ask-why").value = why;
  $("ask-form").querySelector("label[for=ask-why]").textContent = reason;
  $("ask-grade").hidden = !grade;
  $("ask-do").textContent = verb;
  $("ask-choices").hidden = !choices.length;
  $("ask-choices").querySelector("ol").replaceChildren(...choices.map(choice));
  incident = null;
  done = (value) => then(value, { value: $("ask-value").value, incident });
  showFind(find);
  $("ask").showModal();
  (find ? $("ask-query") : grade ? $("ask-value") : choices.length ? $("ask-choices").querySelector("button") : $("ask-why")).focus();
}

function choice(words, number) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  const key = document.createElement("kbd");
  button.type = "button";
  key.textContent = number + 1;
  button.append(key, ` ${words}`);
  button.addEventListener("click", () => answer(words));
  line.append(button);
  return line;
}

function answer(why) {
  if (finding() && !incident) return say("Choose an incident first.");
  if (!why.trim()) return say("A reason is needed: others must be able to follow it.");
  const then = done;
  done = null;
  $("ask").close();
  then?.(why.trim());
}

function say(line) {
  $("ask-error").textContent = line;
  $("ask-error").hidden = false;
}

// ---- which incident ----

let sought = null;
const finding = () => !$("ask-find").hidden;

function showFind(find) {
  sought = find;
  $("ask-find").hidden = !find;
  $("ask-query").value = "";
  $("ask-list").replaceChildren();
  if (!find) return;
  if (find.chosen) choose(find.chosen);
  else search();
}

async function search() {
  if (incident) return;
  const asked = new URLSearchParams({ q: $("ask-query").value, but: sought.but ?? "", report: sought.report ?? "" });
  if (!(await bring("#ask-list", `/desk/incidents?${asked}`))) return;
  if (incident) $("ask-list").replaceChildren();
  else active(options()[0]);
}

const options = () => [...$("ask-list").querySelectorAll("[role=option]:not([aria-disabled])")];

function active(option) {
  for (const one of options()) one.setAttribute("aria-selected", one === option);
  $("ask-query").setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

function choose(one) {
  incident = one;
  $("ask-query").value = one.name;
  $("ask-list").replaceChildren();
  $("ask-words").textContent = sought.words(one);
  $("ask-words").hidden = false;
  $("ask-error").hidden = true;
  $("ask-why").focus();
}

const told = (option) => ({ id: option.dataset.id, name: option.dataset.name, claims: Number(option.dataset.claims) });

export function startAsks() {
  let pause = 0;
  $("ask-query").addEventListener("input", () => {
    incident = null;
    active(); // what was typed may be another: Enter takes none that isn't shown for it
    clearTimeout(pause);
    pause = setTimeout(search, 150);
  });
  $("ask-query").addEventListener("keydown", (event) => {
    const some = options();
    const at = some.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") active(some[Math.max(0, Math.min(some.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]);
    else if (event.key === "Enter" && some[at]) choose(told(some[at]));
    else return;
    event.preventDefault();
  });
  $("ask-list").addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (option) choose(told(option));
  });
  $("ask-form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer($("ask-why").value);
  });
  $("ask-cancel").addEventListener("click", () => $("ask").close());
  $("ask").addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    const button = typing ? null : $("ask-choices").querySelectorAll("button")[Number(event.key) - 1];
    if (button) {
      event.preventDefault();
      button.click();
    } else if (event.key === "Enter" && event.target === $("ask-why") && !event.shiftKey) {
      event.preventDefault();
      answer($("ask-why").value);
    }
  });
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}

/** Shows a piece of a page in the panel. */
export async function panel(title, path, find = false) {
  $("panel-title").textContent = title;
  $("panel-body").replaceChildren();
  $("panel-find").hidden = !find;
  $("panel").showModal();
  await bring("#panel-body", path);
}
