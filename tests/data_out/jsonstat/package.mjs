// package.mjs - a data package read by npm's datapackage: its descriptor
// against the profile of the specification, each row against the types and
// constraints of its columns. Then what it must refuse: a descriptor and a
// row that are spoiled.
//
//     NODE_MODULES=DIR node package.mjs FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(
  path.join(process.env.NODE_MODULES, "node_modules", "x.js"));
const { Package } = require("datapackage");
const folder = process.argv[2];
const descriptor = path.join(folder, "datapackage.json");
const data = path.join(folder, "data.csv");
let wrong = 0;

function check(good, ...what) {
  if (good) return;
  wrong++;
  console.log(...what);
}

// How many rows are read; throws what the first bad one is told of.
async function rows() {
  const p = await Package.load(descriptor);
  const [resource] = p.resources;
  check(resource.tabular, "not tabular");
  return (await resource.read({ cast: true })).length;
}

const text = readFileSync(descriptor, "utf8");
const whole = await Package.load(descriptor);
check(whole.valid, "descriptor", ...whole.errors.map(String));
check(whole.descriptor.profile === "tabular-data-package", "profile");
const csv = readFileSync(data, "utf8");
const lines = csv.trimEnd().split("\n").length - 1;
check(await rows() === lines, "rows", lines);

for (const spoil of [
  (d) => { delete d.resources; },
  (d) => { delete d.resources[0].schema; },
  (d) => { d.resources[0].schema.fields[0].type = "colour"; },
  (d) => { delete d.resources[0].schema.fields[0].name; },
]) {
  const d = JSON.parse(text);
  spoil(d);
  const p = await Package.load(d, { basePath: folder });
  check(!p.valid, "not seen:", spoil.toString());
}
for (const [from, to] of [["male", "mail"], [";2014;", ";20x4;"],
  [",2014,", ",20x4,"]]) {
  if (!csv.includes(from)) continue;
  writeFileSync(data, csv.replace(from, to));
  const said = await rows().then(() => null, (e) => e);
  check(said !== null, "not seen:", from, to);
}
console.log(`${lines} rows of a data package`);
process.exit(wrong > 0 ? 1 : 0);
