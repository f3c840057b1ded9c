// What npm's pptxtojson reads of a deck, as JSON for pptx.py: of each slide
// its titles, texts, charts, tables and notes. It makes every blank a no-break
// one; here they are all blanks.
//
//     NODE_MODULES=build/office node tests/office/pptx.mjs DECK.pptx > READ
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { parse } = require(process.env.NODE_MODULES
    + '/node_modules/pptxtojson/dist/index.cjs');

const entities = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"' };
const plain = (html) => (html ?? '')
    .replace(/<\/p>/g, '\n').replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (all, name) => entities[name]
        ?? (name[0] === '#' ? String.fromCodePoint(+name.slice(1)) : all))
    .replace(/\u00a0/g, ' ').trim();

const chart = (e) => ({
    type: e.chartType, grouping: e.grouping, direction: e.barDir,
    series: e.data.map((s) => ({
        name: s.key, labels: Object.values(s.xlabels ?? {})
            .map((l) => (typeof l === 'string' ? l : '')),
        values: s.values.map((v) => [Number(v.x), v.y]),
    })),
});
const table = (e) => e.data.map((row) => row.map((cell) => plain(cell.text)));

const bytes = readFileSync(process.argv[2]);
const deck = await parse(bytes.buffer.slice(
    bytes.byteOffset, bytes.byteOffset + bytes.length));
const slides = deck.slides.map((s) => ({
    titles: s.elements.filter((e) => e.name === 'Title')
        .map((e) => plain(e.content)),
    texts: s.elements.filter((e) => e.content).map((e) => plain(e.content)),
    charts: s.elements.filter((e) => e.type === 'chart').map(chart),
    tables: s.elements.filter((e) => e.type === 'table').map(table),
    note: plain(s.note),
}));
console.log(JSON.stringify({ size: deck.size, slides }));
