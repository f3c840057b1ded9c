// web.mjs - every page of the application, for every duty, in a browser.
//
//     node tests/browser/web.mjs [--long] [--pictures FOLDER]
//
// Goes from the front page wherever links lead, each kind of page (a row of
// the program's table) at most a few times, and looks at each: axe, the
// console, other hosts, widths, texts. A page that somebody may open and no
// link leads to is a fault. See lib.mjs for what it needs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkAxe, checkFaults, checkRules, checkWidth, finish, logIn,
  makeWorld, openWindow, readDoors, serve, speak, startBrowser, scenario }
  from './lib.mjs';

const long = process.argv.includes('--long');
const pictures = process.argv[process.argv.indexOf('--pictures') + 1];
const wantsPictures = process.argv.includes('--pictures');
const WIDTHS = long ? [320, 640, 1024, 1440, 2560] : [320];
// Addresses of a kind of page in a round: those that ask for other things,
// and of pages of many things so many.
const ASKED = 3, EACH = 2;
// Opened by a step before, or by what is no link.
const STEPS = /^\/(login|account\/second)|\/(style|tables)\/\{/;

const doors = readDoors();
const patterns = doors.rows.filter(([method, , flags]) => method === 'GET'
  && !flags.includes('api')).map(([, path]) => ({ path,
  fits: new RegExp(`^${path.replace(/[.]/g, '\\.')
    .replace(/\{\w+\}/g, '[\\w.@-]+')}$`) }));
const kindOf = (path) => patterns.find((p) => p.fits.test(path))?.path;

// Where a page leads: links to kinds of page that there are.
const linksOf = (page) => page.evaluate(() =>
  [...document.querySelectorAll('a[href]')].map((a) => a.href)
    .filter((h) => h.startsWith(location.origin))
    .map((h) => h.slice(location.origin.length).split('#')[0]));

// Goes through all that links reach; LOOK is done once a page. SPARSE: a kind
// of page in one round only.
async function walk(page, account, look, sparse = false) {
  const seen = new Map(), done = new Set(), queue = ['/'];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path.split('?')[0]);
    if (done.has(path)) continue;
    done.add(path);
    if (kind === undefined) {
      check(`${account}: the link to ${path} leads to a page`, await
      page.request.get(path, { maxRedirects: 0 })
        .then((r) => r.status() < 400 ? [] : [r.status()]));
      continue;
    }
    const round = kind.includes('{round}') && !sparse ? path.split('/')[2]
      : '';
    const asks = [...new URL(path, 'http://x').searchParams.keys()].join();
    const count = seen.get(`${kind} ${round}`) ?? 0;
    const many = kind.replace('{round}', '').includes('{');
    if (count >= (many ? EACH : ASKED)
      || !many && seen.has(`${kind} ${round} ${asks}`)) continue;
    seen.set(`${kind} ${round}`, count + 1);
    seen.set(`${kind} ${round} ${asks}`, 1);
    seen.set(kind, true);
    const head = await page.request.get(path);
    if (!(head.headers()['content-type'] ?? '').startsWith('text/html')
      || /attachment/.test(head.headers()['content-disposition'] ?? '')) {
      check(`${account}: ${path} can be fetched`,
        head.status() === 200 ? [] : [head.status()]);
      continue;
    }
    const response = await page.goto(path);
    check(`${account}: ${path} is shown`, response.status() === 200 ? []
      : [response.status()]);
    const at = new URL(page.url()).pathname;
    if (response.request().redirectedFrom()) queue.unshift(at);
    else await look(kind, path, count);
    queue.push(...await linksOf(page));
  }
  return seen;
}

function checkReached(account, seen) {
  const may = new Set(doors.open[account].map(([path]) => path));
  check(`${account}: links lead to every kind of page`, [...may].filter(
    (path) => !STEPS.test(path) && !seen.has(path)));
}

// ---- pictures ----
const taken = new Map();    // which round is rather shown
async function takePicture(page, kind, account) {
  const name = kind === '/' ? 'front' : kind
    .replace(/^(\/rounds\/\{round\})?\//, '').replaceAll('/', '-')
    .replace('registrations-{id}-', 'form-').replace(/[{}]/g, '');
  const round = ['bergen-ovelse', 'bergen-2014', 'elsewhere', 'work']
    .indexOf(new URL(page.url()).pathname.split('/')[2]);
  if (!wantsPictures || taken.get(name) >= round) return;
  taken.set(name, round);
  mkdirSync(pictures, { recursive: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await savePicture(page, name, 1440);
  console.log(`picture ${name} (${account})`);
}
async function savePicture(page, name, width) {
  const high = await page.evaluate(() => document.body.scrollHeight);
  await page.screenshot({ path: join(pictures, `${name}.png`),
    fullPage: true, clip: { x: 0, y: 0, width,
      height: Math.min(Math.max(high, 900), 1500) } });
}
// What no link leads to: one question to the builder, tabs of the form.
async function morePictures(browser, server, world) {
  const shots = [['analyst', 'tables-table', 1440,
    '/rounds/bergen-2014/tables?rows=index_grade&columns=age_group']];
  const mapper = await openWindow(browser, server.url);
  await logIn(mapper, 'mapper', world);
  const list = await (await mapper.request.get(
    '/api/v1/rounds/work/registrations')).json();
  const id = JSON.stringify(list).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)[0];
  for (const tab of ['background', 'cooperation', 'function', 'services'])
    for (const width of [1440, 400])
      shots.push(['mapper', `form-${tab}${width === 400 ? '-400' : ''}`,
        width, `/rounds/work/registrations/${id}/${tab}`]);
  await mapper.context().close();
  for (const [account, name, width, path] of shots) {
    const page = await openWindow(browser, server.url,
      { viewport: { width, height: 900 } });
    await logIn(page, account, world);
    await page.goto(path);
    await page.evaluate(() => document.fonts.ready);
    if (wantsPictures) await page.screenshot({
      path: join(pictures, `${name}.png`) });
    await checkAxe(page, `${path} at ${width}`);
    await checkWidth(page, 320, path);
    checkFaults(page, path);
    await page.context().close();
  }
}

// ---- the tests ----
const spoken = { nn: new Set(), en: new Set() };

async function everyPage(browser, server, world, account) {
  const page = await openWindow(browser, server.url);
  await logIn(page, account, world);
  const seen = await walk(page, account, async (kind, path, count) => {
    const name = `${account} ${path}`;
    await checkAxe(page, name);
    await checkRules(page, name, 'nb');
    for (const width of WIDTHS) await checkWidth(page, width, name);
    if (long) await checkWidth(page, 320, `${name} at 400 %`, 256);
    checkFaults(page, name);
    if (count === 0) await takePicture(page, kind, account);
    if (wantsPictures) await page.setViewportSize({ width: 1280,
      height: 800 });
  });
  checkReached(account, seen);
  await page.context().close();
  return seen;
}

// Every kind of page once (or, when it may take long, for everybody), in a
// language and in ways of looking.
async function inLanguage(browser, server, world, account, lang) {
  const page = await openWindow(browser, server.url);
  await logIn(page, account, world);
  await page.goto('/rights');
  await speak(page, lang);
  await walk(page, account, async (kind, path) => {
    if (!long && spoken[lang].has(kind)) return;
    spoken[lang].add(kind);
    const name = `${account} ${lang} ${path}`;
    await checkAxe(page, name);
    await checkRules(page, name, lang);
    for (const width of WIDTHS) await checkWidth(page, width, name);
    checkFaults(page, name);
  }, !long);
  await page.goto('/rights');
  await speak(page, 'nb');
  await page.context().close();
}

async function inAnotherWay(browser, server, world, account, how, options) {
  const page = await openWindow(browser, server.url, options);
  await logIn(page, account, world);
  await walk(page, account, async (kind, path) => {
    const name = `${account} ${how} ${path}`;
    await checkAxe(page, name);
    await checkWidth(page, 320, name);
    checkFaults(page, name);
  });
  await page.context().close();
}

// The steps before one is in, for nobody.
async function outside(browser, server) {
  const page = await openWindow(browser, server.url);
  for (const path of ['/login', '/login/slip', '/privacy', '/accessibility',
    '/rights']) {
    await page.goto(path);
    await checkAxe(page, path);
    await checkRules(page, path, 'nb');
    await checkWidth(page, 320, path);
    await takePicture(page, path, 'nobody');
    checkFaults(page, path);
  }
  const first = await page.context().newCDPSession(page);
  await first.send('Network.enable');
  await first.send('Network.clearBrowserCache');
  let bytes = 0;
  first.on('Network.loadingFinished', (e) => {
    bytes += e.encodedDataLength;
  });
  await page.goto('/login', { waitUntil: 'networkidle' });
  check('the first page is under 100 kB over the wire',
    bytes > 10000 && bytes < 100000 ? [] : [`${bytes} bytes`]);
  console.log(`the first page: ${bytes} bytes`);
  await page.context().close();
}

const browser = await startBrowser();
const world = makeWorld('--live');
const server = await serve(world.store);
const accounts = (process.env.ACCOUNTS?.split(',')
  ?? Object.keys(world.accounts).filter((a) => !/\d$|nobody/.test(a)));
try {
  await scenario('outside', () => outside(browser, server));
  for (const account of accounts)
    await scenario(account, () => everyPage(browser, server, world,
      account));
  await scenario('more', () => morePictures(browser, server, world));
  for (const lang of ['nn', 'en'])
    for (const account of accounts)
      await scenario(`${account} ${lang}`, () => inLanguage(browser, server,
        world, account, lang));
  const ways = long ? { 'forced colours': { forcedColors: 'active' },
    'reduced motion': { reducedMotion: 'reduce' },
    'no script': { javaScriptEnabled: false } } : {};
  for (const [how, options] of Object.entries(ways))
    for (const account of accounts)
      await scenario(`${account} ${how}`, () => inAnotherWay(browser, server,
        world, account, how, options));
} finally {
  await browser.close();
}
check('the server ends well', await server.stop() === 0);
finish();
