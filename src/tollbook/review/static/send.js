// Forms that send files: how much has gone, and what the server says of it, an error too, in the place of the answer.

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target.id !== "job" || xhr.status < 400) return;
  event.detail.shouldSwap = false;
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = textOf(xhr);
  target.replaceChildren(line);
});

// The answer is a line in markup of ours; only its words are taken over.
function textOf(xhr) {
  const words = new DOMParser().parseFromString(xhr.responseText, "text/html").body.textContent.trim();
  return words || `the server answered ${xhr.status}; try again`;
}

document.addEventListener("htmx:sendError", (event) => {
  const target = event.detail.target;
  if (target?.id !== "job") return;
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = "the server can't be reached; nothing was lost, send it again";
  target.replaceChildren(line);
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress.sent");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const bar = event.target.querySelector?.("progress.sent");
  if (bar) bar.hidden = true;
});
