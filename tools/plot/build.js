// Bundles what entry.js names into one file, and the licences of every package of which a byte is in it.
import {build} from "esbuild";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = `${here}../../src/tollbook/dossiers/vendored`;
const made = await build({
  absWorkingDir: here, entryPoints: ["entry.js"], bundle: true, minify: true, format: "iife", globalName: "Plot",
  target: "es2020", charset: "utf8", legalComments: "none", metafile: true, write: false, outfile: "plot.min.js",
});
const [inputs] = Object.values(made.metafile.outputs).map((one) => one.inputs);
const packages = new Set();
for (const [path, {bytesInOutput}] of Object.entries(inputs)) {
  const name = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
  if (name && bytesInOutput) packages.add(name);
}
const licences = [...packages].sort().map((name) => {
  const folder = `${here}node_modules/${name}`;
  const {version, license} = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});
writeFileSync(`${out}/plot.min.js`, made.outputFiles[0].text);
writeFileSync(`${out}/plot.LICENSE.txt`, licences.join(`\n${"-".repeat(72)}\n\n`));
