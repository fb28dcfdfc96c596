// Dragging, beside the keys that do the same: a claim onto an incident links it, onto the place for its own splits it off; an
// incident onto another merges it. A question in words follows before anything is done.

const KIND = { claim: "application/x-tollbook-claim", incident: "application/x-tollbook-incident" };

export function startDragging({ link, merge, split }) {
  document.addEventListener("dragstart", (event) => {
    const from = event.target.closest?.("[data-drag-claim], [data-drag-incident]");
    if (!from || !getSelection().isCollapsed) return;
    const { dragClaim, dragIncident } = from.dataset;
    event.dataTransfer.setData(dragClaim ? KIND.claim : KIND.incident, dragClaim ?? dragIncident);
    event.dataTransfer.setData("text/plain", from.textContent.trim());
    event.dataTransfer.effectAllowed = "move";
    document.body.classList.add(dragClaim ? "dragging-claim" : "dragging-incident");
  });
  document.addEventListener("dragend", () => document.body.classList.remove("dragging-claim", "dragging-incident"));
  document.addEventListener("dragover", (event) => {
    const onto = target(event);
    for (const old of document.querySelectorAll(".over-this")) old.classList.toggle("over-this", old === onto);
    if (!onto) return;
    onto.classList.add("over-this");
    event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const onto = target(event);
    if (!onto) return;
    event.preventDefault();
    onto.classList.remove("over-this");
    const to = { id: onto.dataset.dropIncident ?? onto.dataset.incident, name: onto.dataset.name };
    const claim = event.dataTransfer.getData(KIND.claim);
    const from = event.dataTransfer.getData(KIND.incident);
    if (claim) "dropOwn" in onto.dataset ? split(claim) : link(to, claim);
    else if (from && from !== to.id) merge(to, { id: from, name: event.dataTransfer.getData("text/plain") });
  });
}

/** What a drag may be let go on: another incident, or the place for one of its own. */
function target(event) {
  const kinds = [...event.dataTransfer.types];
  const onto = event.target.closest?.("[data-drop-incident], [data-drop-own], #side-head");
  if (!onto || !kinds.some((kind) => Object.values(KIND).includes(kind))) return null;
  return "dropOwn" in onto.dataset && !kinds.includes(KIND.claim) ? null : onto;
}
