// What the desk's page holds now: which report, which incident, which claim; and the lines in which it speaks.

export const $ = (id) => document.getElementById(id);

export const report = () => $("text")?.dataset.report ?? "";
export const incident = () => $("side-head")?.dataset.incident ?? "";
export const nameOf = () => $("side-head")?.dataset.name ?? "";
let wanted = "";
/** The claim that somebody went to, whatever is still on its way to the page: what is ruled next is ruled on this one. */
export const chosen = () => (wanted && item(wanted) ? wanted : ($("claim")?.dataset.claim ?? ""));
export const want = (claim) => (wanted = claim);
export const items = () => [...document.querySelectorAll("#claim-list [data-claim]")];
export const item = (claim) => items().find((one) => one.dataset.claim === claim);
export const asked = (more = {}) =>
  new URLSearchParams(Object.entries({ report: report(), incident: incident(), claim: chosen(), ...more }).filter(([, value]) => value));
export const say = (words) => ($("spoken").textContent = words);

/** What stands for a page in its address, so that it can be reloaded, sent and gone back to. */
export function address(claim) {
  const onReport = location.pathname.startsWith("/report/");
  const rest = new URLSearchParams(onReport ? { incident: incident(), claim } : { report: report(), claim });
  for (const [name, value] of [...rest]) if (!value) rest.delete(name);
  return `${onReport ? `/report/${encodeURIComponent(report())}` : location.pathname}${rest.size ? `?${rest}` : ""}`;
}

let hiding = 0;

/** Says what was done; the line goes after a while, the undo by key and button stays. */
export function toast(words, undo) {
  const line = $("toast");
  clearTimeout(hiding);
  hiding = setTimeout(() => line.classList.remove("shown"), 12_000);
  line.replaceChildren(words);
  if (undo) {
    const button = document.createElement("button");
    const key = document.createElement("kbd");
    key.textContent = "u";
    button.type = "button";
    button.dataset.do = "undo";
    button.append("Undo ", key);
    line.append(" ", button);
  }
  line.classList.add("shown");
}

/** The figure of the chosen claim, as the list shows it. */
export const figure = () => [...(item(chosen())?.querySelectorAll("b, b + span") ?? [])].map((one) => one.textContent).join(" ");

/** True where this person may rule. */
export const may = Boolean($("desk").dataset.may);
