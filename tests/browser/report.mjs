// report.mjs - a report in a browser: can everybody read it, on any screen
// and on paper?
//
//     node tests/browser/report.mjs REPORT.html [BROWSER]
//
// Needs playwright-core and axe-core from npm, found beside this file or in
// the folder that NODE_MODULES names, and Chromium. Prints what failed and
// "N passed, N failed"; exit 1 if anything did.
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const from = process.env.NODE_MODULES
  ? pathToFileURL(resolve(process.env.NODE_MODULES) + '/') : import.meta.url;
const require = createRequire(from);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [file, browserPath = '/usr/bin/chromium'] = process.argv.slice(2);
if (!file || !existsSync(file)) {
  console.error('usage: report.mjs REPORT.html [BROWSER]');
  process.exit(2);
}
const WIDTHS = [320, 768, 1440];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];
let passed = 0, failed = 0;

function check(name, faults) {
  if (faults.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED ${name}`);
  for (const f of faults.slice(0, 10)) console.log(`    ${f}`);
  if (faults.length > 10) console.log(`    and ${faults.length - 10} more`);
}

// Runs in the page: everything in it that should be otherwise.
const rules = {
  'every drawing has title and description': () =>
    [...document.querySelectorAll('svg[role="img"]')].filter((s) => {
      const ids = (s.getAttribute('aria-labelledby') ?? '').split(' ');
      return !s.querySelector(':scope > title')?.textContent.trim()
        || !s.querySelector(':scope > desc')?.textContent.trim()
        || ids.some((id) => !document.getElementById(id));
    }).map((s) => s.outerHTML.slice(0, 120)),
  'every other drawing is hidden from screen readers': () =>
    [...document.querySelectorAll('svg:not([role="img"])')]
      .filter((s) => !s.closest('[aria-hidden="true"]'))
      .map((s) => s.outerHTML.slice(0, 120)),
  'every table has a caption and scoped headers': () =>
    [...document.querySelectorAll('table')].filter((t) =>
      !t.caption?.textContent.trim() || !t.querySelector('th[scope=col]')
      || [...t.querySelectorAll('th')].some((th) => !th.hasAttribute('scope'))
      || [...t.tBodies].some((b) => [...b.rows].some((r) =>
        r.cells[0].tagName !== 'TH'))).map((t) => t.caption?.textContent),
  'every table is in a region with a name that takes focus': () =>
    [...document.querySelectorAll('table')].filter((t) => {
      const r = t.closest('[role=region]');
      return !r || r.tabIndex !== 0 || !r.getAttribute('aria-label');
    }).map((t) => t.caption?.textContent),
  'every chart has a table with its numbers': () =>
    [...document.querySelectorAll('figure')].filter((f) =>
      !f.closest('section')?.querySelector('table'))
      .map((f) => f.querySelector('figcaption')?.textContent),
  'ids are unique': () => {
    const seen = new Set(), twice = [];
    for (const e of document.querySelectorAll('[id]')) {
      if (seen.has(e.id)) twice.push(e.id);
      seen.add(e.id);
    }
    return twice;
  },
  'links within the page lead somewhere': () =>
    [...document.querySelectorAll('a[href^="#"]')]
      .filter((a) => !document.getElementById(a.hash.slice(1)))
      .map((a) => a.hash),
  'nothing is fetched and nothing runs': () =>
    [...document.querySelectorAll('script,link,img,iframe,[src],[onclick]')]
      .map((e) => e.outerHTML.slice(0, 80)),
  'headings step by one': () => {
    const faults = [];
    let last = 0;
    for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
      const level = Number(h.tagName[1]);
      if (level > last + 1) faults.push(h.textContent);
      last = level;
    }
    return faults;
  },
  'language, title and landmarks are there': () =>
    ['html[lang]', 'head > title', 'header', 'nav[aria-labelledby]', 'main',
      'footer'].filter((s) => document.querySelectorAll(s).length !== 1
        && s !== 'header' && s !== 'footer'),
  'no tab index above 0': () =>
    [...document.querySelectorAll('[tabindex]')]
      .filter((e) => e.tabIndex > 0).map((e) => e.outerHTML.slice(0, 80)),
};

async function checkAxe(page, name) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (tags) => {
    // What is in order is not described: that takes longer than to look.
    const result = await globalThis.axe.run(document, { runOnly: tags,
      resultTypes: ['violations'], preload: false });
    return result.violations;
  }, TAGS);
  check(`axe ${name}`, violations.map((v) =>
    `${v.id}: ${v.help}: ${v.nodes[0].target.join(' ')} `
    + `(${v.nodes.length})`));
}

// The first stops of the Tab key, and that all come in the page's order.
async function checkTabs(page) {
  const faults = [];
  let last = -1;
  const total = await page.evaluate(() => {
    globalThis.stops = [...document.querySelectorAll(
      'a[href],summary,[tabindex="0"]')].filter((e) =>
      e.checkVisibility());
    return globalThis.stops.length;
  });
  for (let i = 0; i < Math.min(total, 60); i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() =>
      globalThis.stops.indexOf(document.activeElement));
    if (at !== last + 1) faults.push(`stop ${i}: ${at} after ${last}`);
    last = at;
  }
  check('the Tab key goes through the page in order', faults);
}

const browser = await chromium.launch({
  executablePath: browserPath, args: ['--no-sandbox'],
});
const folder = mkdtempSync(join(tmpdir(), 'report-'));
try {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (m) => said.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => said.push(String(e)));
  page.on('request', (r) => {
    if (!r.url().startsWith('file:') && !r.url().startsWith('data:'))
      said.push(`request: ${r.url()}`);
  });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(resolve(file)).href);
    await page.evaluate(() => {
      for (const d of document.querySelectorAll('details')) d.open = true;
    });
    check(`no horizontal scroll at ${width}`, await page.evaluate(() => {
      const w = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= w) return [];
      return [...document.querySelectorAll('body *')].filter((e) =>
        e.getBoundingClientRect().right > w + 1
        && !e.closest('.scroll')).map((e) => e.outerHTML.slice(0, 100));
    }));
    await checkAxe(page, `at ${width}`);
  }
  for (const [name, rule] of Object.entries(rules))
    check(name, await page.evaluate(rule));
  await page.reload();
  await checkTabs(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await checkAxe(page, 'in forced colours');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.emulateMedia({ media: 'print' });
  check('no sum is repeated on every page of a table', await page.evaluate(
    () => [...document.querySelectorAll('tfoot')].filter((t) =>
      getComputedStyle(t).display === 'table-footer-group')
      .map((t) => t.closest('table').caption.textContent)));
  await page.emulateMedia({ media: null });
  const pdf = join(folder, 'report.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  check('it can be printed', readFileSync(pdf).length > 20000 ? []
    : ['the file is too small']);
  check('nothing is said on the console', said);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
