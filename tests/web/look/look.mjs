// look.mjs - the parts that every page is made of, in a browser: can
// everybody read them, on any screen and on paper?
//
//     node tests/web/look/look.mjs ASSETS [BROWSER]
//
// ASSETS is the build's folder of what the browser fetches. Renders the
// pages beside this file with npm's mustache (tests/web/mustache holds our
// engine against it) over src/web/templates, and serves them under the
// policy of the application. Needs playwright-core, axe-core and mustache in
// the folders that NODE_MODULES names. Prints what failed and "N passed, N
// failed"; exit 1 if anything did. SHOTS=FOLDER keeps pictures.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const folders = (process.env.NODE_MODULES ?? '').split(':').filter(Boolean);
const find = (name) => folders.map((f) => createRequire(
  pathToFileURL(resolve(f) + '/'))).flatMap((r) => {
  try { return [r.resolve(name)]; } catch { return []; }
})[0];
const load = async (name) => import(pathToFileURL(find(name)));
const { chromium } = (await load('playwright-core')).default;
const Mustache = (await load('mustache')).default;
const axe = readFileSync(find('axe-core/axe.min.js'), 'utf8');

const [assets, browserPath = '/usr/bin/chromium'] = process.argv.slice(2);
const LANGS = ['nb', 'nn', 'en'];
const WIDTHS = [320, 400, 640, 1024, 1440, 2560];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
  + "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
  + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const MEDIA = { css: 'text/css', js: 'text/javascript', woff2: 'font/woff2' };
let passed = 0, failed = 0;

function check(name, faults) {
  if (faults.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED ${name}`);
  for (const f of faults.slice(0, 10)) console.log(`    ${f}`);
}

// ---- pages ----
const texts = Object.fromEntries(LANGS.map((lang) => {
  const po = readFileSync(join(root, `po/web/layout.${lang}.po`), 'utf8');
  return [lang, { layout: Object.fromEntries([...po.matchAll(
    /^msgid "layout\.(\w+)"\nmsgstr "(.*)"$/gm)].map((m) => [m[1],
    JSON.parse(`"${m[2]}"`)])) }];
}));
const templates = join(root, 'src/web/templates');
const partials = Object.fromEntries(readdirSync(templates).map((f) =>
  [f.replace(/\.html$/, ''), readFileSync(join(templates, f), 'utf8')]));

function render(name, lang, more) {
  const view = JSON.parse(readFileSync(join(here, `${name}.json`), 'utf8'));
  return Mustache.render(readFileSync(join(here, `${name}.html`), 'utf8'), {
    t: texts[lang], lang, body: 'is-page', css: '/assets/app.css',
    js: '/assets/app.js', font: '/assets/inter.woff2', home: '/',
    round: { municipality: 'Bergen kommune', title: 'Runde 2014' },
    person: { duty: 'Koordinator', href: '/account' }, csrf: 'token',
    menu: ['Fremdrift', 'Oppsett', 'Resultater', 'Tabeller', 'Innsynslogg']
      .map((label, i) => ({ href: `/${i}`, label, current: i === 1 })),
    languages: LANGS.map((code) => ({ code, label: code,
      current: code === lang })),
    back: '/', edition: 'Skjema 2014 · indeksregel 1',
    session: { minutes: 60, keep: '/keep', login: '/login' },
    ...view, ...more,
  }, partials);
}

const posts = [];
const server = createServer((request, response) => {
  const [path, query = ''] = request.url.split('?');
  const asset = path.match(/^\/assets\/(\w[\w-]*?)(?:-[0-9a-f]{12})?\.(\w+)$/);
  if (request.method === 'POST') posts.push(path);
  response.setHeader('Content-Security-Policy', POLICY);
  if (asset) {
    response.setHeader('Content-Type', MEDIA[asset[2]]);
    response.end(readFileSync(join(assets, `${asset[1]}.${asset[2]}`)));
    return;
  }
  const [, lang, name] = path.split('/');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(LANGS.includes(lang) && name ? render(name, lang,
    query === 'training' ? { training: true } : {}) : '<!DOCTYPE html>');
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const at = (path) => `http://127.0.0.1:${server.address().port}/${path}`;

// ---- the browser ----
const browser = await chromium.launch({ executablePath: browserPath,
  args: ['--no-sandbox'] });

async function open(path, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (m) => m.type() === 'error'
    && page.faults.push(m.text()));
  page.on('pageerror', (e) => page.faults.push(e.message));
  await page.goto(at(path));
  await page.evaluate(() => document.fonts.ready);
  return page;
}

// In the page: what is wrong with it at this width.
const tooWide = () => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll('body *')].filter((e) =>
    e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.scroll')).map((e) => e.outerHTML.slice(0, 100)) : [];
const tooSmall = () => [...document.querySelectorAll(
  'button, input:not([type=hidden]), select, textarea, summary, '
  + '.top__nav a, .ds-button, .list .link')].filter((e) => {
  const box = (e.closest('label') ?? e).getBoundingClientRect();
  const own = e.getBoundingClientRect();
  return own.width && Math.max(box.height, own.height) < 24;
}).map((e) => e.outerHTML.slice(0, 100));

for (const lang of LANGS)
  for (const path of [`${lang}/parts`, `${lang}/parts?training`,
    `${lang}/paper`]) {
    const page = await open(path);
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => axe.run({ runOnly: tags }),
      TAGS);
    check(`${path}: axe`, found.violations.flatMap((v) => v.nodes.map((n) =>
      `${v.id}: ${n.target} ${n.failureSummary?.split('\n')[1] ?? ''}`)));
    check(`${path}: console`, page.faults);
    check(`${path}: no text is missing`, (await page.content()).includes(
      '{{') ? ['{{'] : []);
    await page.context().close();
  }
for (const width of WIDTHS) {
  const page = await open('nb/parts', { viewport: { width, height: 900 } });
  check(`${width} px: nothing to the side`, await page.evaluate(tooWide));
  check(`${width} px: targets`, await page.evaluate(tooSmall));
  if (process.env.SHOTS)
    await page.screenshot({ path: join(process.env.SHOTS, `${width}.png`),
      fullPage: true });
  await page.context().close();
}
{
  const page = await open('nb/parts', { viewport: { width: 320,
    height: 200 } });     // 1280 by 800 at 400 %
  check('400 %: nothing to the side', await page.evaluate(tooWide));
  await page.context().close();
}
{
  const page = await open('nb/parts', { forcedColors: 'active' });
  check('forced colours: grades keep fill and mark', await page.evaluate(() =>
    [...document.querySelectorAll('.swatch-grade, .score:has(:checked)')]
      .filter((e) => getComputedStyle(e).backgroundColor === getComputedStyle(
        document.body).backgroundColor).map((e) => e.outerHTML)));
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run({ runOnly: ['wcag2a',
    'wcag21a'] }));
  check('forced colours: axe', found.violations.map((v) => v.id));
  await page.context().close();
}
{
  const page = await open('nb/parts', { reducedMotion: 'reduce' });
  check('reduced motion', await page.evaluate(() => document.getAnimations()
    .map((a) => a.animationName)));
  await page.context().close();
}

// ---- app.js ----
{
  const page = await open('nb/parts');
  const focused = () => page.evaluate(() => document.activeElement.id
    || document.activeElement.textContent.trim());
  check('the faults take the focus', await focused() === 'faults' ? []
    : [await focused()]);
  await page.click('#faults a[href="#wrongradio"]');
  check('a fault leads into its group',
    await focused() === 'wrongradio-health' ? [] : [await focused()]);

  await page.click('[data-confirm]');
  await page.click('#ask [data-answer=no]');
  check('"no" sends nothing', [...posts]);
  check('"no" gives the focus back', await focused() === 'Slett' ? []
    : [await focused()]);
  await page.click('[data-confirm]');
  await page.keyboard.press('Escape');
  check('Escape sends nothing', [...posts]);

  const rows = () => page.$$eval('#enheter tbody tr', (all) =>
    all.filter((r) => !r.hidden).length);
  const counts = [await rows()];
  for (const words of ['nav', 'HELSE laks', 'finnes ikke', '']) {
    await page.fill('[data-find]', words);
    counts.push(await rows());
  }
  check('the list is filtered', String(counts) === '3,1,1,0,3' ? []
    : [String(counts)]);

  await Promise.all([page.waitForNavigation(),
    page.click('[data-confirm]').then(() =>
      page.click('#ask [data-answer=yes]'))]);
  check('"yes" sends once', posts.length === 1 ? [] : posts);
  check('app.js: console', page.faults);
  await page.context().close();
}
{
  const page = await open('nb/parts', { javaScriptEnabled: false });
  check('without script what needs it is not there',
    await page.isVisible('.js-only') ? ['.js-only'] : []);
  await page.context().close();
}
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(at('nb/paper'));
  await page.clock.fastForward('58:30');
  const early = await page.isVisible('#idle');
  await page.clock.fastForward('00:45');
  const late = await page.isVisible('#idle');
  check('a minute before the session ends it asks', !early && late ? []
    : [`${early} ${late}`]);
  await page.click('#idle [data-answer=yes]');
  check('and goes on', await page.isVisible('#idle') ? ['#idle'] : []);
  await context.close();
}

// ---- paper, weight ----
{
  const page = await open('nb/paper', { viewport: { width: 700,
    height: 990 } });
  await page.emulateMedia({ media: 'print' });
  check('on paper no buttons', await page.isVisible('[data-print]')
    ? ['a button'] : []);
  check('on paper nothing to the side', await page.evaluate(tooWide));
  if (process.env.SHOTS)
    await page.pdf({ path: join(process.env.SHOTS, 'paper.pdf'),
      preferCSSPageSize: true });
  await page.context().close();
}
{
  const html = render('paper', 'nb', {});
  const weight = gzipSync(html).length + ['app.css.gz', 'app.js.gz',
    'inter.woff2'].reduce((sum, f) => sum
    + readFileSync(join(assets, f)).length, 0);
  check('under 100 kB', weight < 100000 ? [] : [`${weight} bytes`]);
  console.log(`${weight} bytes over the wire`);
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
