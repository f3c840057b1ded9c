// plain.mjs - who is registered, and a whole registration without script.
// See lib.mjs for what it needs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkAxe, checkFaults, checkRules, checkWidth, finish, logIn,
  makeWorld, numbersOf, openWindow, program, same, scenario, serve,
  startBrowser } from './lib.mjs';

const ROUND = 'work', PLACE = 'alpha.1';
const world = makeWorld();
const numbers = numbersOf(30);
const optedOut = numbers.pop();
const list = join(world.folder, 'optouts.txt');
writeFileSync(list, `${optedOut}\n`);
program('optout', 'add', world.store, ROUND, list);
const server = await serve(world.store);
const browser = await startBrowser();
const asked = [];

async function begin(account = 'mapper', options = {}) {
  const page = await openWindow(browser, server.url, options);
  page.on('request', (r) => asked.push(r.url()));
  await logIn(page, account, world);
  return page;
}
async function type(page, number, go = '#go') {
  await page.goto(`/rounds/${ROUND}/register`);
  const place = page.locator(`input[name=place][value="${PLACE}"]`);
  if (await place.count()) await place.check();
  await page.fill('#number', number);
  await Promise.all([page.waitForEvent('load'), page.click(go)]);
}
const pathOf = (page) => new URL(page.url()).pathname
  .replace(/(registrations\/[^/]+).*/, '$1');
const isForm = (page) => /\/registrations\//.test(page.url());
const whole = (page) => page.innerText('body');
// What a page shows and holds, without what is of the request alone.
const bare = async (page) => (await page.content())
  .replace(/name="csrf" value="[^"]*"/g, '')
  .replace(/[0-9a-f]{16,}/g, '').replace(/request-id[^<]*/g, '');

for (const script of [true, false])
  await scenario(`who is registered, ${script ? 'with' : 'without'} script`,
    async () => {
      const page = await begin('mapper', { javaScriptEnabled: script });
      const number = numbers.shift();
      await page.goto(`/rounds/${ROUND}/register`);
      check('the number is masked', await page.evaluate(() =>
        getComputedStyle(document.querySelector('#number'))
          .webkitTextSecurity) === 'disc');
      await type(page, '12345678901');
      check('a wrong number is refused', !isForm(page));
      check('and not shown again', await page.inputValue('#number') === ''
        && !(await page.content()).includes('12345678901'));
      if (script) await checkAxe(page, 'a wrong number');
      await type(page, number);
      check('a right one leads to the form', isForm(page));
      const path = pathOf(page);
      check('and is nowhere in it', !(await page.content())
        .includes(number));
      await type(page, number);
      same('the same person opens the same', pathOf(page), path);
      await type(page, optedOut);
      check('who has opted out is not stored', (await whole(page)).includes(
        'Personen har reservert seg. Ingenting er lagret.'));
      page.faults = page.faults.filter((f) => !/422|409/.test(f));
      checkFaults(page, 'identity');
      await page.context().close();
    });

await scenario('a colleague has the person', async () => {
  const number = numbers.shift();
  const first = await begin('mapper3');
  await type(first, number);
  const page = await begin();
  await type(page, number);
  const text = await whole(page);
  check('the colleague and the running number are said',
    /Mari Medhjelper/.test(text) && !isForm(page));
  check('and nothing else', !/Kvinne|Mann|født/i.test(
    await page.innerText('main')));
  await checkAxe(page, 'a colleague has the person');
  await page.click('main form[action*="handover/ask"] button');
  await page.waitForURL(/\/day/);
  await first.goto(`/rounds/${ROUND}/day`);
  check('the colleague is asked', /Kari Kartlegger/.test(
    await first.innerText('main')));
  await checkAxe(first, 'a request to hand over');
  const form = first.locator('form[action*="/decide"]').first();
  await form.locator('button[value="1"],button').first().click();
  await page.goto(`/rounds/${ROUND}/list`);
  await type(page, number);
  check('and it is the mapper\'s then', isForm(page));
  page.faults = page.faults.filter((f) => !/409|422/.test(f));
  checkFaults(page, 'hand-over');
  await page.context().close();
  await first.context().close();
});

await scenario('another unit tells nothing', async () => {
  const [known, fresh] = [numbers.shift(), numbers.shift()];
  const other = await begin('mapper2');
  await other.goto(`/rounds/${ROUND}/register`);
  await other.fill('#number', known);
  await Promise.all([other.waitForEvent('load'), other.click('#go')]);
  check('the other unit has the person', isForm(other));
  const pages = [];
  for (const number of [known, fresh]) {
    const page = await begin();
    await type(page, number);
    check('it begins as any', isForm(page));
    pages.push((await bare(page)).replace(/Mottaker \d+/g, '')
      .replace(/(Kvinne|Mann), \d+ år/g, '').replace(/kl\. [\d.]+/g, '')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
      .replace(/ checked(="")?/g, '').replace(/value="19\d\d"/g, '')
      .length);
    await page.context().close();
  }
  same('with the same page', pages[0], pages[1]);
  await other.context().close();
});

await scenario('a wrong number is replaced', async () => {
  const page = await begin();
  const [wrong, right] = [numbers.shift(), numbers.shift()];
  await type(page, wrong);
  const path = pathOf(page);
  await page.goto(`${path}/person`);
  await checkAxe(page, 'replace');
  await page.fill('#number', right);
  await Promise.all([page.waitForEvent('load'),
    page.press('#number', 'Enter')]);
  check('it says that sex and birth year are another\'s', /kjønn|fødselsår/i
    .test(await page.innerText('#main .ds-alert')));
  await type(page, right);
  same('whom the right number finds', pathOf(page), path);
  await type(page, wrong);
  check('and the wrong one does not', pathOf(page) !== path);
  page.faults = page.faults.filter((f) => !/422/.test(f));
  checkFaults(page, 'replace');
  await page.context().close();
});

// ---- a whole registration ----
await scenario('a whole registration without script', async () => {
  const page = await begin('mapper', { javaScriptEnabled: false });
  await type(page, numbers.shift());
  const path = pathOf(page);
  const tabs = await page.locator('.steps a').count();
  const wanted = new Map();
  for (let i = 0; i < tabs; i++) {
    const names = await page.evaluate(() => [...document.querySelectorAll(
      '.tab:not([hidden]) [data-q]:not([hidden])')].map((q) => ({
      id: q.dataset.q, kind: q.dataset.kind,
      first: [...q.querySelectorAll('input[type=radio]')].find((r) =>
        r.value && r.value !== 'unknown')?.value })));
    for (const q of names) {
      if (!q.first || wanted.has(q.id)) continue;
      const input = page.locator(
        `[data-q="${q.id}"] input[name="${q.id}"][value="${q.first}"]`);
      if (!await input.isVisible()) continue;
      await input.check();
      wanted.set(q.id, q.first);
    }
    const tick = page.locator('tr[data-service] input').first();
    if (await tick.isVisible()) {
      await tick.check();
      wanted.set(await tick.getAttribute('name'), '1');
    }
    await checkRules(page, `tab ${i + 1} without script`, 'nb');
    await checkWidth(page, 320, `tab ${i + 1} without script`);
    const last = i === tabs - 1;
    await Promise.all([page.waitForEvent('load'), page.click(
      `.dock [name=go][value=${last ? 'finish' : 'next'}]:visible`)]);
  }
  if (/\/done/.test(page.url())) {
    check('what is unanswered is said', await page.locator(
      '.finish__open a').count() > 0);
    await Promise.all([page.waitForEvent('load'),
      page.click('.finish button[type=submit]')]);
  }
  const stored = await (await page.request.get(`/api/v1${path}`)).json();
  same('it is complete', stored.status, 'complete');
  check('and as it was filled in', [...wanted].filter(([id, v]) =>
    String(stored.answers[id] ?? '') !== v).map(([id, v]) =>
    `${id}: ${stored.answers[id]}, not ${v}`));
  await page.context().close();
});

await scenario('two windows without script', async () => {
  const page = await begin('mapper', { javaScriptEnabled: false });
  await type(page, numbers.shift());
  const path = pathOf(page);
  const other = await page.context().newPage();
  await page.goto(`${path}/function`);
  await other.goto(`${path}/function`);
  for (const [p, value] of [[page, '2'], [other, '4']]) {
    await p.check(`[name=economy][value="${value}"]`, { force: true });
    await Promise.all([p.waitForEvent('load'),
      p.click('.dock [name=go][value=stay]')]);
  }
  check('the second is told', (await whole(other)).includes(
    'endret i et annet vindu'));
  same('and has changed nothing', (await (await page.request.get(
    `/api/v1${path}`)).json()).answers.economy, '2');
  await page.context().close();
});

await scenario('the session ends while a tab is filled in', async () => {
  const page = await begin('mapper', { javaScriptEnabled: false });
  await type(page, numbers.shift());
  const path = pathOf(page);
  await page.goto(`${path}/function`);
  await page.check('[name=economy][value="3"]', { force: true });
  const other = await begin();
  await other.goto('/account');
  await other.request.post('/logout/everywhere', { form: {
    csrf: await other.inputValue('input[name=csrf] >> nth=0') } });
  await other.context().close();
  await Promise.all([page.waitForEvent('load'),
    page.click('.dock [name=go][value=stay]')]);
  await page.fill('#login-id', 'mapper');
  await page.fill('#login-password', world.accounts.mapper);
  await Promise.all([page.waitForEvent('load'), page.click('#login-go')]);
  if (await page.locator('#again-go').count())
    await Promise.all([page.waitForEvent('load'), page.click('#again-go')]);
  if (process.env.DEBUG) console.log(page.url(), await whole(page));
  same('nothing is lost', (await (await page.request.get(
    `/api/v1${path}`)).json()).answers?.economy, '3');
  await page.context().close();
});

check('no address holds a number', asked.filter((u) =>
  /\d{11}/.test(new URL(u).pathname.replace(/[0-9a-f-]{36}/g, '')
    + new URL(u).search)));
await browser.close();
same('the server ends well', await server.stop(), 0);
finish();
