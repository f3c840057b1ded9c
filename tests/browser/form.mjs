// form.mjs - how the registration form behaves: keys, saving, and whatever
// may come in between. See lib.mjs for what it needs; ONLY=words runs the
// scenarios that have these words in their name.
import { check, checkAxe, checkFaults, finish, logIn, makeWorld, numbersOf,
  openWindow, same, scenario, serve, startBrowser } from './lib.mjs';

const ROUND = 'work', PLACE = 'alpha.1';
const world = makeWorld();
const numbers = numbersOf(40);
const server = await serve(world.store);
const browser = await startBrowser();

// ---- a mapper at work ----
async function begin(account = 'mapper', options = {}) {
  const page = await openWindow(browser, server.url, options);
  await logIn(page, account, world);
  return page;
}
async function register(page, number = numbers.shift()) {
  await page.goto(`/rounds/${ROUND}/register`);
  const place = page.locator(`input[name=place][value="${PLACE}"]`);
  if (await place.count()) await place.check();
  await page.fill('#number', number);
  await Promise.all([page.waitForURL(/\/registrations\//),
    page.press('#number', 'Enter')]);
  return pathOf(page);
}
const pathOf = (page) => new URL(page.url()).pathname
  .replace(/(registrations\/[^/]+).*/, '$1');
const stored = async (page, path) => (await (await page.request.get(
  `/api/v1${path}`)).json()).answers;
const saved = async (page) => {
  await page.evaluate(() => window.formFlushed());
  await page.waitForFunction(() =>
    document.querySelector('#saved').className === 'saved');
};
const savedText = (page) => page.innerText('#saved');
const here = (page) => page.evaluate(() => {
  const stop = document.activeElement.closest('[data-q],tr[data-service]');
  return stop?.dataset.q ?? stop?.dataset.service ?? '';
});
const tabNow = (page) => page.evaluate(() =>
  document.querySelector('.tab:not([hidden])').dataset.tab);
const valueOf = (page, id) => page.evaluate((name) => document.querySelector(
  `[name="${name}"]:checked`)?.value ?? document.querySelector(
  `input[type=text][name="${name}"]`)?.value ?? '', id);
async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}
async function goTo(page, tab) {
  await page.click(`.steps [data-goto="${tab}"]`);
  same(`the tab ${tab} is shown`, await tabNow(page), tab);
}
const focusOn = (page, id) => page.evaluate((q) => document.querySelector(
  `[data-q="${q}"] input:not([type=hidden])`).focus(), id);
async function end(page, name) {
  checkFaults(page, name);
  check(`${name}: nothing is kept in the browser`, await page.evaluate(
    async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map((d) => d.name)]));
  await page.context().close();
}

// ---- saving ----
await scenario('each answer is saved as it is given', async () => {
  const page = await begin();
  const path = await register(page);
  same('the focus is on the first unanswered', await here(page),
    'target_group');
  let answer;
  const asked = new Promise((done) => { answer = done; });
  await page.route('**/api/v1/**', async (route) => {
    await asked;
    await route.continue();
  });
  await press(page, '1');
  await page.waitForFunction(() => document.querySelector('#saved')
    .className.includes('busy'));
  check('it says that it saves', /Lagrer/.test(await savedText(page)));
  answer();
  await saved(page);
  check('it says that all is saved, and when', /Alt er lagret.*\d\d\.\d\d/s
    .test(await savedText(page)));
  await page.unroute('**/api/v1/**');
  same('the store has it', (await stored(page, path)).target_group,
    'mental');
  await page.reload();
  same('it is there after loading anew', await valueOf(page,
    'target_group'), 'mental');
  await end(page, 'saving');
});

await scenario('without a network one goes on', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'function');
  await page.context().setOffline(true);
  await press(page, '1', '2', '3');
  await page.waitForFunction(() => /3/.test(
    document.querySelector('#saved b')?.textContent ?? ''));
  check('it says how much waits', /Ingen kontakt. 3 svar venter/.test(
    await savedText(page)));
  await press(page, 'Enter');
  same('one may go on to the next tab', await tabNow(page), 'services');
  const asked = page.waitForEvent('dialog');
  page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await page.context().setOffline(false);
  await saved(page);
  const answers = await stored(page, path);
  check('all is saved later', answers.economy === '1'
    && answers.mental === '2' && answers.physical === '3');
  page.faults = page.faults.filter((f) =>
    !/ERR_INTERNET_DISCONNECTED/.test(f));
  await end(page, 'offline');
});

await scenario('the session ends in between', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'function');
  const other = await begin();
  await other.goto('/account');
  const token = await other.inputValue('input[name=csrf] >> nth=0');
  await other.request.post('/logout/everywhere', { form: { csrf: token } });
  await press(page, '4');
  await page.waitForSelector('#relog[open]');
  check('it says how many wait', /1 svar venter/.test(await savedText(page)));
  await checkAxe(page, 'log in again');
  const [fresh] = await Promise.all([page.context().waitForEvent('page'),
    page.click('#relog a')]);
  await logIn(fresh, 'mapper', world);
  await page.click('#relog [data-retry]');
  await saved(page);
  same('nothing is lost', (await stored(page, path)).economy, '4');
  await press(page, '2');
  await page.waitForFunction(() => true);
  await saved(page);
  same('and one goes on', (await stored(page, path)).mental, '2');
  /* Before the new token is fetched, an answer is refused with the old. */
  page.faults = page.faults.filter((f) => !/40[13]/.test(f));
  await end(page, 'session');
  await other.context().close();
});

await scenario('two windows do not overwrite each other', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'function');
  const other = await page.context().newPage();
  await other.goto(`${path}/function`);
  await focusOn(page, 'economy');
  await press(page, '3');
  await saved(page);
  await focusOn(other, 'economy');
  await press(other, '5');
  await other.waitForSelector('.conflict');
  same('the first answer stands', (await stored(page, path)).economy, '3');
  check('both are shown', /Der står 3, her står 5/.test(
    await other.innerText('.conflict')));
  await checkAxe(other, 'conflict');
  await other.click('.conflict button >> nth=1');
  await saved(other);
  same('what was kept is stored', (await stored(page, path)).economy, '5');
  await focusOn(page, 'economy');
  await press(page, '1');
  await page.waitForSelector('.conflict');
  await page.click('.conflict button >> nth=0');
  same('or what stands there is taken', await valueOf(page, 'economy'), '5');
  same('and nothing changed', (await stored(page, path)).economy, '5');
  page.faults = page.faults.filter((f) => !/409/.test(f));
  await end(page, 'two windows');
});

await scenario('on another machine one goes on', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'function');
  await press(page, '2', '2');
  await saved(page);
  const other = await begin();
  await other.goto(`/rounds/${ROUND}/day`);
  await other.click(`a[href^="${path}"] >> nth=0`);
  await other.waitForSelector('main[data-api]');
  same('the answers are there', await valueOf(other, 'mental'), '2');
  await end(page, 'one machine');
  await end(other, 'another machine');
});

// ---- questions ----
await scenario('a change that takes answers away asks', async () => {
  const page = await begin();
  const path = await register(page);
  await press(page, '2');
  await goTo(page, 'function');
  await focusOn(page, 'substance');
  await press(page, '4');
  const extra = await page.evaluate(() => [...document.querySelectorAll(
    '[data-extra]:not([hidden]) [data-q]:not([hidden])')].map((q) =>
    q.dataset.q));
  check('questions on it follow in place', extra.length > 0);
  await focusOn(page, extra[0]);
  await press(page, '1');
  await goTo(page, 'background');
  await focusOn(page, 'target_group');
  await press(page, '1');
  await page.waitForSelector('#clears[open]');
  await checkAxe(page, 'it asks');
  await page.click('#clears [data-answer=no]');
  await page.waitForFunction(() =>
    document.querySelector('[name=target_group]:checked')
      ?.value !== 'mental').catch(() => {});
  same('no: as it was', await valueOf(page, 'target_group'), 'substance');
  await focusOn(page, 'target_group');
  await press(page, '1');
  await page.click('#clears [data-answer=yes]');
  await page.waitForFunction(() =>
    document.querySelector('[data-q="substance"]').hidden);
  await saved(page);
  same('yes: it is saved', (await stored(page, path)).target_group, 'mental');
  await end(page, 'clears');
});

await scenario('everything can be unknown', async () => {
  const page = await begin();
  const path = await register(page);
  await press(page, '3');
  const without = await page.evaluate(() =>
    [...document.querySelectorAll('[data-q]')].filter((q) =>
      !q.querySelector('input[value=unknown]')).map((q) => q.dataset.q));
  same('all but what must be known', without.join(' '),
    'target_group services_done');
  await goTo(page, 'function');
  for (let i = 0; i < 40 && await tabNow(page) === 'function'; i++) {
    const id = await here(page);
    await press(page, 'v');
    same(`${id} is unknown`, await valueOf(page, id), 'unknown');
    if (await here(page) === id) await press(page, 'Enter');
  }
  await saved(page);
  same('and stored', (await stored(page, path)).activity, 'unknown');
  await end(page, 'unknown');
});

await scenario('every key does what it says', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'function');
  const first = await here(page);
  await press(page, '5', 'ArrowUp');
  same('up', await here(page), first);
  await press(page, 'ArrowLeft');
  same('left: one step', await valueOf(page, first), '4');
  await press(page, '0');
  same('0 clears', await valueOf(page, first), '');
  await press(page, 'ArrowDown', 'ArrowDown', 'u');
  check('U: the next unanswered', await here(page) !== first);
  await press(page, 'Shift+Enter');
  same('Shift Enter: back', await tabNow(page), 'cooperation');
  await press(page, 'Enter');
  same('Enter: on', await tabNow(page), 'function');
  await press(page, '?');
  await page.waitForSelector('#keysheet[open]');
  await checkAxe(page, 'all keys');
  await page.uncheck('#letters');
  await press(page, 'Escape');
  await focusOn(page, 'economy');
  await press(page, 'v');
  same('letters can be turned off', await valueOf(page, 'economy'), '');
  await saved(page);
  same('what was cleared is not stored', (await stored(page, path))[first]
    ?? '', '');
  await end(page, 'keys');
});

await scenario('services by keys', async () => {
  const page = await begin();
  const path = await register(page);
  await goTo(page, 'services');
  const rows = await page.evaluate(() => [...document.querySelectorAll(
    'tr[data-service]')].map((r) => ({ id: r.dataset.service,
    key: r.closest('.cat').dataset.cat,
    label: r.querySelector('th').firstChild.textContent.trim(),
    names: [...r.querySelectorAll('input')].map((i) => i.name) })));
  const second = rows.filter((r) => r.key === '2');
  await press(page, '2');
  same('a digit: the category', await here(page), second[0].id);
  await press(page, 'm', 'ArrowDown', 'e', 'ArrowDown', 'b');
  await saved(page);
  let answers = await stored(page, path);
  const has = (r) => r.names.map((n) => answers[n] === '1').join();
  same('M: received', has(second[0]), 'true,false');
  same('E: wanted', has(second[1]), 'false,true');
  same('B: both', has(second[2]), 'true,true');
  await press(page, 'b');
  await page.waitForTimeout(100);
  await saved(page);
  answers = await stored(page, path);
  same('B again: neither', has(second[2]), 'false,false');
  await press(page, 'h');
  same('H: the next category', await here(page),
    rows.find((r) => r.key === '3').id);
  await press(page, '/');
  const wanted = rows.at(-1);
  await page.keyboard.type(wanted.label.slice(0, 12));
  await press(page, 'Enter');
  check('/ finds', rows.some((r) => r.label.startsWith(
    wanted.label.slice(0, 12)) && r.id) && await here(page) !== '');
  same('and shows all again', await page.locator(
    'tr[data-service]:visible').count(), rows.length);
  check('the twelve months are a date', /siden \d+\. \w+ \d{4}/.test(
    await page.innerText('.what')));
  const none = await begin();
  const empty = await register(none);
  await goTo(none, 'services');
  await press(none, 'i');
  await saved(none);
  same('I: gone through, none', (await stored(none, empty)).services_done,
    '1');
  await end(none, 'no services');
  await end(page, 'services');
});

await scenario('finishing shows what is unanswered', async () => {
  const page = await begin();
  const path = await register(page);
  check('what is left is in sight from the start',
    await page.locator('#left-list a:visible').count() > 3
    && /\d+ av \d+ besvart/.test(await page.innerText('#left')));
  await press(page, 'Control+Enter');
  await page.waitForURL(/\/done/);
  check('what is demanded is said', await page.locator(
    '.finish__must a').count() > 0);
  await checkAxe(page, 'finish');
  await page.goto(`${path}/background`);
  await press(page, '1');
  await goTo(page, 'function');
  await press(page, '1', '1', '1');
  await saved(page);
  await press(page, 'Control+Enter');
  await page.waitForURL(/\/done/);
  check('what is unanswered is said', await page.locator(
    '.finish__open a').count() > 5);
  await Promise.all([page.waitForURL(/\/register/),
    press(page, 'Enter')]);
  check('and may be confirmed; the next begins', await page.evaluate(() =>
    document.activeElement.id) === 'number');
  same('it is complete', (await (await page.request.get(
    `/api/v1${path}`)).json()).status, 'complete');
  await end(page, 'finish');
});

await browser.close();
same('the server ends well', await server.stop(), 0);
finish();
