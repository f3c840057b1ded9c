// read.mjs - a JSON-stat file read by jsonstat-toolkit, and by the rules of
// the format, against our own JSON of the same tables.
//
//     NODE_MODULES=DIR node read.mjs FILE.jsonstat FILE.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(
  path.join(process.env.NODE_MODULES, "node_modules", "x.js"));
const loaded = require("jsonstat-toolkit");
const JSONstat = loaded.default ?? loaded;
const [statFile, jsonFile] = process.argv.slice(2);
const stat = JSON.parse(readFileSync(statFile, "utf8"));
const own = JSON.parse(readFileSync(jsonFile, "utf8"));
let wrong = 0;

function check(good, ...what) {
  if (good) return;
  wrong++;
  console.log(...what);
}

// The rules that a reader which forgives would not see.
function rules(d, root) {
  check(d.class === "dataset", "class", d.class);
  check((d.version === "2.0") === root, "version");
  check(d.id.length === d.size.length, d.label, "id and size");
  check(new Set(d.id).size === d.id.length, d.label, "ids");
  const cells = d.size.reduce((a, b) => a * b, 1);
  check(d.value.length === cells, d.label, "values");
  check(!("updated" in d), "updated");
  d.id.forEach((id, i) => {
    const category = d.dimension[id].category;
    check(category.index.length === d.size[i], d.label, id);
    check(new Set(category.index).size === d.size[i], d.label, id, "twice");
    check(category.index.every((k) => typeof category.label[k] === "string"),
      d.label, id, "labels");
  });
  for (const role of Object.values(d.role))
    check(role.every((id) => d.id.includes(id)), d.label, "role");
  d.value.forEach((v, i) => {
    check(v === null || typeof v === "number", d.label, "value", v);
    check((v === null) === (String(i) in d.status), d.label, "status", i);
  });
}

// Our tables, those of the document's own last; cells as a list.
const tables = own.tables ? [...own.tables, ...own.data] : [own];
const sets = stat.class === "collection" ? stat.link.item : [stat];
check(tables.length === sets.length, "tables", tables.length, sets.length);
sets.forEach((d) => rules(d, sets.length === 1));

// What the I-th cell is a share of, where the counts alone tell it.
function base(t, i) {
  if (t.sum || t.multiple) return null;
  const width = t.columns?.keys.length ?? 1;
  const row = Math.floor(i / width);
  if (Array.isArray(t.base))
    return t.share_of === "rows" || width === 1 ? t.base[row] : null;
  if (t.share_of === "all") return t.base;
  const part = t.share_of === "rows" ? t.cells[row]
    : t.share_of === "columns" ? t.cells.map((r) => r[i % width]) : [null];
  return part.includes(null) ? null : part.reduce((a, b) => a + b, 0);
}

function shares(d, t, cells) {
  const place = d.id.length - 1;
  const metric = d.dimension.metric.category.index;
  if (metric.length === 1) return;
  check(d.size[place] === 2, d.label, "metric");
  cells.forEach((n, i) => {
    const share = d.value[2 * i + 1];
    if (share === null) return;
    const of = t.of ? t.of.flat()[i]
      : base(t, i);
    if (of) check(Math.abs(share - 100 * n / of) < 1e-5, d.label, share);
    check(share >= 0 && (t.counts !== "recipients" || t.sum || share <= 100),
      d.label, share);
  });
}

sets.forEach((d) => {
  const t = tables.find((x) => x.title === d.label
    && (x.table ?? undefined) === d.extension.table
    && (x.where ?? "") === (d.extension.where ?? ""));
  if (!t) {
    check(false, "no table", d.label);
    return;
  }
  const cells = t.cells.flat();
  // It changes what it is given.
  const read = JSONstat(structuredClone({ version: "2.0", ...d }));
  check(read.class === "dataset" && read.length === d.id.length, d.label);
  check(read.Dimension("metric") !== null, d.label, "metric");
  const rows = t.rows.keys ?? t.rows.variables;
  const columns = t.columns?.keys;
  let i = 0;
  for (const row of rows)
    for (const column of columns && d.id.length === 3 ? columns : [null]) {
      const asked = { [d.id[0]]: row, metric: "count" };
      if (column !== null) asked[d.id[1]] = column;
      const found = read.Data(asked);
      check(found !== null && found.value === cells[i], d.label, row, column,
        found?.value, cells[i]);
      if (found?.value === null)
        check(found.status === "hidden", d.label, "status");
      i++;
    }
  check(i === cells.length, d.label, "cells", i, cells.length);
  shares(d, t, cells);
});
console.log(`${sets.length} datasets, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
