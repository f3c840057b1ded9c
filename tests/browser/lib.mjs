// lib.mjs - what the tests of the application in a browser share: the world
// they happen in, a server, a browser with open eyes, and counting.
//
// Needs playwright-core and axe-core from npm in the folder that
// NODE_MODULES names, Python 3, and Chromium. EXE and LIST_PAGES name the
// program and the lister of its pages (tests/web/rights).
import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(pathToFileURL(
  resolve(process.env.NODE_MODULES ?? join(root, 'build/browser')) + '/'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const EXE = resolve(process.env.EXE ?? join(root, 'build/brukerplan'));
const LIST_PAGES = resolve(process.env.LIST_PAGES
  ?? join(root, 'build/tests/unit/list_pages'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];
// "day.title", shown where a text is missing.
const AREAS = [...new Set(readdirSync(join(root, 'po/web'))
  .map((f) => f.split('.')[0]))];

// ---- counting ----
let passed = 0, failed = 0;
export function check(name, faults) {
  if (!Array.isArray(faults)) faults = faults ? [] : ['it is not so'];
  if (faults.length === 0) {
    passed++;
    return true;
  }
  failed++;
  console.log(`FAILED ${name}`);
  for (const f of faults.slice(0, 6)) console.log(`    ${f}`);
  if (faults.length > 6) console.log(`    and ${faults.length - 6} more`);
  return false;
}
export const same = (name, found, wanted) => check(name,
  found === wanted ? [] : [`${JSON.stringify(found)}, not `
    + JSON.stringify(wanted)]);
// One scenario: what it throws is its fault.
export async function scenario(name, run) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) return;
  const begun = performance.now();
  try {
    await run();
  } catch (error) {
    check(name, [String(error.stack ?? error).slice(0, 800)]);
  }
  console.log(`${name}: ${Math.round(performance.now() - begun)} ms`);
}
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

// ---- the world ----
const scripts = join(root, 'tests/web/rights');
export function makeWorld(...words) {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { folder, ...JSON.parse(execFileSync(join(scripts, 'world.py'),
    [EXE, folder, ...words], { encoding: 'utf8' })) };
}
// Which pages there are, and which of them each account may open.
export const readDoors = () => JSON.parse(execFileSync(
  join(scripts, 'rights.py'), ['--open', LIST_PAGES],
  { encoding: 'utf8' }));
// Synthetic numbers of people who differ; every other a woman.
export const numbersOf = (count) => execFileSync('python3', ['-c', `
import world
for i in range(${count}):
    print(world.number(1930 + i % 60, i % 2 == 0, 40 + i))`], {
  encoding: 'utf8', env: { ...process.env, PYTHONPATH: scripts } })
  .trim().split('\n');
export const program = (...words) => execFileSync(EXE, words,
  { encoding: 'utf8' });

export async function serve(store, port = 0) {
  const child = spawn(EXE, ['serve', store, '--listen', `127.0.0.1:${port}`,
    '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const line = await new Promise((done) => {
    createInterface(child.stdout).once('line', done);
    child.once('exit', () => done('ended'));
  });
  const [word, url] = line.split(' ');
  if (word !== 'ready') throw new Error(`the server: ${line}`);
  return { url, async stop() {
    const code = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    return code;
  } };
}

// ---- the browser ----
export const startBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--lang=nb-NO'] });

// A window of its own, with cookies of its own. What the browser complains
// of is kept in page.faults: errors, and requests to another host.
export async function openWindow(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url,
    viewport: { width: 1280, height: 800 }, locale: 'nb-NO', ...options });
  context.setDefaultTimeout(10000);
  const page = await context.newPage();
  page.scriptless = options.javaScriptEnabled === false;
  watch(page, url);
  return page;
}
export function watch(page, url) {
  page.faults = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type())
    && page.faults.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => page.faults.push(`script: ${e.message}`));
  page.on('request', (r) => {
    if (!r.url().startsWith(url) && !r.url().startsWith('data:'))
      page.faults.push(`request: ${r.url()}`);
  });
}
export function checkFaults(page, name) {
  check(`${name}: nothing is said on the console`, page.faults);
  page.faults = [];
}
export async function logIn(page, account, world) {
  await page.goto('/login');
  await page.fill('#login-id', account);
  await page.fill('#login-password', world.accounts[account]);
  await Promise.all([page.waitForURL((u) => u.pathname !== '/login'),
    page.click('#login-go')]);
}
export async function speak(page, lang) {
  const button = page.locator(`.bottom__lang button[value=${lang}]`);
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

// ---- what is true of every page ----
// Run in the page; each returns what is wrong.
const rules = {
  'nothing sticks out to the side': () => {
    const w = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= w) return [];
    return [`${document.documentElement.scrollWidth} px wide`,
      ...[...document.querySelectorAll('body *')].filter((e) =>
        e.checkVisibility() && e.getBoundingClientRect().right > w + 1
        && !e.closest('.scroll')).map((e) => e.outerHTML.slice(0, 120))];
  },
  'ids are unique': () => {
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  },
  'one main heading, and headings step by one': () => {
    const all = [...document.querySelectorAll('h1,h2,h3,h4')]
      .filter((h) => h.checkVisibility());
    const levels = all.map((h) => Number(h.tagName[1]));
    return [...levels.filter((l) => l === 1).length === 1 ? []
      : [`${levels.filter((l) => l === 1).length} h1`],
    ...all.filter((h, i) => levels[i] > (i ? levels[i - 1] : 0) + 1)
      .map((h) => h.outerHTML.slice(0, 100))];
  },
  'every table has scoped headers': () =>
    [...document.querySelectorAll('table')].filter((t) =>
      !t.querySelector('th[scope=col]')
      || [...t.querySelectorAll('th')].some((th) => !th.scope))
      .map((t) => t.outerHTML.slice(0, 120)),
  'what refers to an id finds it': () => ['for', 'aria-labelledby',
    'aria-describedby', 'aria-controls'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((e) =>
      e.getAttribute(name).split(/\s+/).filter((id) => id
        && !document.getElementById(id)).map((id) => `${name}=${id}: `
        + e.outerHTML.slice(0, 100)))),
  'links within the page lead somewhere': () =>
    [...document.querySelectorAll('a[href^="#"]')]
      .filter((a) => !document.getElementById(a.hash.slice(1)))
      .map((a) => a.hash),
  'every form carries its token': () => [...document.forms].filter((f) =>
    f.method === 'post' && f.elements.csrf === undefined)
    .map((f) => f.outerHTML.slice(0, 100)),
  'targets are large enough': () => [...document.querySelectorAll('button,'
    + 'input:not([type=hidden]),select,textarea,summary,.top__nav a,'
    + '.ds-button')].filter((e) => {
    if (!e.checkVisibility() || e.closest('.ds-sr-only')) return false;
    const own = e.getBoundingClientRect();
    const box = (e.closest('label') ?? e).getBoundingClientRect();
    return own.width > 1 && Math.max(box.height, own.height) < 24;
  }).map((e) => e.outerHTML.slice(0, 100)),
  'no tab index above 0': () => [...document.querySelectorAll('[tabindex]')]
    .filter((e) => e.tabIndex > 0).map((e) => e.outerHTML.slice(0, 80)),
};
export const rule = (page, name) => page.evaluate(rules[name]);

// Axe waits for timers, which do not run in a page without script.
export async function checkAxe(page, name) {
  if (page.scriptless) return true;
  if (!await page.evaluate(() => typeof globalThis.axe === 'object'))
    await page.evaluate(axe);
  const violations = await page.evaluate(async (tags) => {
    // What is in order is not described: that takes longer than to look.
    const result = await globalThis.axe.run(document, { runOnly: tags,
      resultTypes: ['violations'], preload: false });
    return result.violations;
  }, TAGS);
  return check(`${name}: axe`, violations.flatMap((v) =>
    v.nodes.slice(0, 2).map((n) => `${v.id} (${v.nodes.length}): `
      + `${n.target.join(' ')}: `
      + (n.failureSummary?.split('\n')[1]?.trim() ?? ''))));
}

// Everything but axe.
export async function checkRules(page, name, lang) {
  for (const [what, run] of Object.entries(rules))
    check(`${name}: ${what}`, await page.evaluate(run));
  // What people write in the language of texts has braces of its own.
  const text = await page.evaluate(() => [...document.querySelectorAll(
    'code, pre, [data-source]')].map((e) => e.innerText)
    .sort((a, b) => b.length - a.length)
    .reduce((all, one) => one ? all.replaceAll(one, '') : all,
      document.body.innerText));
  check(`${name}: no text is missing`, [...text.matchAll(new RegExp(
    `\\{\\{|(?<![\\w./])(?:${AREAS.join('|')})\\.[a-z][a-z_]+(?![\\w(])`,
    'g'))].map((m) => m[0]));
  if (lang) same(`${name}: language`, await page.getAttribute('html', 'lang'),
    lang);
}

// As a screen of another width.
export async function checkWidth(page, width, name, height = 800) {
  const was = page.viewportSize();
  await page.setViewportSize({ width, height });
  check(`${name} at ${width}: nothing sticks out to the side`,
    await rule(page, 'nothing sticks out to the side'));
  await page.setViewportSize(was);
}
