// publish.mjs - the publication, as a working group makes it: the editor's
// preview while one types, faults found by their place, two windows, a
// focus area, the checklist, and publishing; and the same without script.
// See lib.mjs for what it needs.
import { check, checkAxe, checkFaults, checkWidth, finish, logIn, makeWorld,
  openWindow, same, scenario, serve, startBrowser } from './lib.mjs';

const R = '/rounds/bergen-2014/publication', TEXT = `${R}/texts/media.nb`;
const world = makeWorld();
const server = await serve(world.store);
const browser = await startBrowser();

async function begin(account, path, options = {}) {
  const page = await openWindow(browser, server.url, options);
  await logIn(page, account, world);
  await page.goto(path);
  return page;
}
const flash = (page) => page.waitForSelector('.flash');
const press = (page, what) => Promise.all([page.waitForEvent('load'),
  page.click(what)]);
// What a page shows, its no-break spaces as others.
const shown = async (page, where) => (await page.innerText(where))
  .replaceAll('\u00a0', ' ');
// What the text of the round as it is counts; the demo's is published.
const PEOPLE = '{{count all}} i alt';

await scenario('the editor', async () => {
  const page = await begin('group', TEXT), other = await begin('coordinator',
    TEXT);
  const source = await page.inputValue('#source');
  check('a template is what one begins with', source.startsWith('---\n'));
  await page.fill('#source', `${source}\n# Nytt avsnitt\n\n${PEOPLE}.\n`);
  await page.waitForSelector('#preview >> text=1 845 i alt');
  check('what is typed is previewed, and said', (await page.textContent(
    '#say')).length > 0);
  check('and not saved', await page.locator('text=Versjoner').count() === 0);
  await checkAxe(page, 'a preview');
  const bad = source.replace('kind: media', 'kind: media\nnothing: 1');
  await page.fill('#source', bad);
  await page.waitForSelector('#fault-title');
  await page.click('[data-line]');
  same('a fault is found by its place', await page.evaluate(() => {
    const field = document.querySelector('#source');
    return document.activeElement === field
      && field.value.slice(field.selectionStart).split('\n')[0];
  }), 'nothing: 1');
  await checkAxe(page, 'a fault');
  await checkWidth(page, 320, 'a fault');
  await page.fill('#source', `${source}\n# Nytt avsnitt\n\n${PEOPLE}.\n`);
  await page.keyboard.press('Control+s');
  await flash(page);
  check('Ctrl+S saves', (await page.inputValue('#source')).includes(PEOPLE));
  await other.fill('#source', `${source}\n# Fra et annet vindu\n`);
  await press(other, 'button[value=save]');
  check('an old window is refused', await other.isVisible('#faults'));
  check('and keeps what was typed', (await other.inputValue('#source'))
    .includes('Fra et annet vindu'));
  await checkAxe(other, 'an old window');
  await page.goto(`${R}/versions/media.nb`);
  same('and saved nothing', await page.locator('tbody tr').count(), 1);
  checkFaults(page, 'the editor');
  await page.context().close();
  await other.context().close();
});

await scenario('without script', async () => {
  const page = await begin('group', TEXT, { javaScriptEnabled: false });
  const source = await page.inputValue('#source');
  await page.fill('#source', source.replace(PEOPLE,
    '{{count all}} til sammen'));
  await press(page, 'button[value=preview]');
  check('a button previews', (await shown(page, '#preview'))
    .includes('1 845 til sammen'));
  await press(page, 'button[value=save]');
  await page.goto(`${R}/versions/media.nb/1`);
  await press(page, 'main form button');
  check('a version is restored', (await page.inputValue('#source'))
    .includes(PEOPLE));
  await page.context().close();
});

await scenario('focus and checklist', async () => {
  const page = await begin('group', `${R}/focus`);
  const title = await page.innerText('.pub-area h3 >> nth=0');
  await press(page, '.pub-area button >> nth=0');
  same('a proposal is picked', await page.inputValue('#title-0'), title);
  await page.fill('#recommendation-0', 'Følg opp barna først.');
  await press(page, '.pub-focus button[type=submit]');
  await page.goto(`${R}/texts/report.nb`);
  check('and comes into the report', (await page.innerText('#preview'))
    .includes('Følg opp barna først.'));
  await page.goto(`${R}/checklist/checks`);
  await press(page, 'main button[type=submit]');
  const items = await page.locator('.pub-todo li').count();
  await press(page, '.pub-todo li:nth-child(3) button');
  same('an item is ticked off', await page.locator('.pub-todo .is-done')
    .count(), 1);
  check('of many', items > 5);
  await page.fill('#embargo', '2031-01-20T06:00');
  await press(page, 'form[action$=embargo] button');
  check('an embargo is set', (await shown(page, 'main'))
    .includes('20. januar 2031 kl. 06.00'));
  await checkAxe(page, 'the checklist');
  checkFaults(page, 'focus and checklist');
  await page.context().close();
});

await scenario('publishing', async () => {
  const page = await begin('coordinator', `${R}/release`);
  check('what is not done stands there', (await shown(page, 'main'))
    .includes('20. januar 2031'));
  await press(page, 'main button[type=submit]');
  check('one must be sure', await page.isVisible('#faults'));
  await checkAxe(page, 'not sure');
  page.faults = [];             // the browser tells of the 422
  await page.check('#sure');
  await press(page, 'main button[type=submit]');
  check('it is in the list', (await page.innerText('main'))
    .includes('media (nb): '));
  await checkAxe(page, 'published');
  await checkWidth(page, 320, 'published');
  await page.goto(TEXT);
  check('the text is locked', await page.getAttribute('#source', 'readonly')
    !== null);
  await page.click('summary:has-text("Lås opp")');
  await page.fill('#reason', 'En feil i avsnitt 2');
  await press(page, 'form[action$=unlock] button');
  check('and can be unlocked', await page.getAttribute('#source',
    'readonly') === null);
  await page.goto(`${R}/versions/media.nb`);
  check('with the reason in the list', (await page.innerText('tbody'))
    .includes('En feil i avsnitt 2'));
  checkFaults(page, 'publishing');
  await page.context().close();
});

await browser.close();
check('the server ends well', await server.stop() === 0);
finish();
