// Our templates against npm's mustache; see run.sh.
//
//     node compare.mjs RENDER COUNT SEED
//
// RENDER is the program of render.c. A case of cases.json that has EXPECT
// is where we differ on purpose (WHY): ours must be that, and npm's must
// not, or the note is out of date. One that has REFUSED we take at load.
// What npm escapes beyond & < > " ' is of no use in quoted attributes, so
// it is told to escape as we do.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_MODULES, "x.js"));
const mustache = require("mustache");
const [render, count, seed] = process.argv.slice(2);

const entity = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
                 "'": "&#39;" };
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => entity[c]);

// Numbers that are the same for a seed (mulberry32).
let state = Number(seed) >>> 0;
function below(n) {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
}
const one = (list) => list[below(list.length)];
const sometimes = (n) => below(n) === 0;

// A name is always of one kind, at whatever depth it is set, so that it is
// known where {{.}} stands for a text: of an object, npm prints what
// JavaScript makes of it.
const kinds = {
    text: ["a", "name", "label", "long_name_of_twenty"],
    int: ["n", "count"], flag: ["on", "chosen"],
    object: ["o", "inner"], list: ["rows", "kids"], texts: ["words", "ws"],
    raw: ["svg", "chart"],
};
const words = ["", "x", "Kari", "<b>", "a & b", 'say "æøå"', "it's",
               "1234567890 & some more", "line\nfeed", "{{n}}"];

function data(depth) {
    const v = {};
    const set = (kind, value) => {
        for (const name of kinds[kind]) {
            if (!sometimes(3)) v[name] = value();
        }
    };
    set("text", () => one(words));
    set("raw", () => one(words));
    set("int", () => below(4) * (sometimes(2) ? 1 : -12345));
    set("flag", () => sometimes(2));
    set("texts", () => Array.from({ length: below(4) }, () => one(words)));
    if (depth > 0) {
        set("object", () => data(depth - 1));
        set("list", () => Array.from({ length: below(4) },
                                     () => data(depth - 1)));
    }
    // Only the outermost has it: npm looks for all of a.b further out.
    if (depth === 3) v.deep = { er: { x: one(words), n: 7 }, y: one(words) };
    return v;
}

const blanks = ["", "", "", " ", "  ", "\t"];
const feed = () => (sometimes(6) ? "\r\n" : "\n");
const tag = (sign, name) =>
    `{{${sign}${one(["", "", " "])}${name}${one(["", "", " ", "\n"])}}}`;

function value(scalar) {
    switch (below(9)) {
    case 0: return tag("", one(["deep.er.x", "deep.er.n", "deep.y",
                                "deep.no.x", "deep.er.x.y", "nowhere"]));
    case 1: return `{{{${one(kinds.raw)}}}}`;
    case 2: return tag("&", one(kinds.raw));
    case 3: return scalar ? tag("", ".") : "";
    case 4: return tag("", one([...kinds.int, ...kinds.flag]));
    default: return tag("", one(kinds.text));
    }
}

// Sections begin and end in a line or on lines of their own.
function section(depth, scalar, partials) {
    const kind = one(["text", "int", "flag", "object", "list", "texts"]);
    const name = one(kinds[kind]);
    const not = sometimes(4);
    const inside = not || kind === "flag" ? scalar
        : kind !== "object" && kind !== "list";
    const edge = () =>
        (sometimes(2) ? "" : one(blanks) + (sometimes(4) ? "" : feed()));
    return edge() + one(blanks) + tag(not ? "^" : "#", name) + edge()
        + template(depth - 1, inside, partials)
        + edge() + one(blanks) + tag("/", name) + edge();
}

function template(depth, scalar, partials) {
    let text = "";
    for (let i = below(7); i >= 0; i--) {
        switch (below(depth > 0 ? 9 : 6)) {
        case 0: text += feed() + one(blanks); break;
        case 1: text += one(["text", "<p>", "}", "{ ", " ", "æ", "a b"]);
            break;
        case 2: text += one(blanks) + tag("!", one(["c", " c\n c "]))
            + one(["", feed()]); break;
        case 3: // where the two do not differ: alone, or one line in a line
            if (partials.length > 0) {
                text += sometimes(2) ? `|{{>line}}|`
                    : feed() + one(blanks) + tag(">", one(partials))
                      + one(blanks) + feed();
            }
            break;
        case 4: case 5: text += value(scalar); break;
        default: text += section(depth, scalar, partials);
        }
    }
    return text;
}

// A text may be the context where a partial is, so none has {{.}}.
function random(i) {
    const partials = { line: `${one(words)}{{a}}${one(["", "!", " "])}`
        .replace(/[\n{}]/g, "").concat("{{n}}") };
    partials.first = template(1, false, ["line"]);
    partials.second = template(2, false, ["first", "line"]);
    return { rule: `random ${i}`, data: data(3), partials,
             template: template(3, false, ["first", "second", "line"]) };
}

function npm(c) {
    try {
        return { out: mustache.render(c.template, c.data, c.partials,
                                      { escape }) };
    } catch (e) {
        return { refused: e.message };
    }
}

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url)));
const rules = cases.length;
for (let i = 0; i < Number(count); i++) cases.push(random(i));
for (const c of cases) {
    c.data ??= {};
    c.partials ??= {};
}
const lines = execFileSync(render, {
    input: cases.map((c) => JSON.stringify(c) + "\n").join(""),
    encoding: "utf8", maxBuffer: 1 << 30,
}).trimEnd().split("\n");

let failed = lines.length === cases.length ? 0 : 1;
let bytes = 0, shortest = null;
cases.forEach((c, i) => {
    const ours = JSON.parse(lines[i] ?? "{}");
    const theirs = npm(c);
    const good = c.refused !== undefined ? ours.refused === c.refused
        : c.expect !== undefined
            ? ours.out === c.expect && theirs.out !== c.expect
            : ours.out !== undefined && ours.out === theirs.out;
    bytes += ours.out?.length ?? 0;
    if (good) return;
    failed++;
    const all = JSON.stringify({ ...c, ours, theirs }, null, 1);
    if (shortest === null || all.length < shortest.length) shortest = all;
});
if (shortest !== null) console.log(shortest);
console.log(`${rules} rules, ${count} random templates (seed ${seed}), `
            + `${bytes} characters, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
