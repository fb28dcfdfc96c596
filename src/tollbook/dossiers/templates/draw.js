"use strict";
// The figures' own script lies beside the pages and is the only one that this one may load.
if (document.querySelector("[data-figure]")) {
  const drawing = document.createElement("script");
  drawing.src = "figures.js";
  document.head.append(drawing);
}
