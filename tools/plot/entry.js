// What the dossier's pages use of Observable Plot; see README.md in this folder.
export {plot, dot, rect, ruleX, ruleY, text, axisX, axisY, gridY} from "@observablehq/plot";
