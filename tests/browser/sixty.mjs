// sixty.mjs - a day's work by keyboard alone: recipients from an invented
// list are registered as a mapper would, and what the store then holds is
// compared with the list.
//
//     node tests/browser/sixty.mjs [COUNT]
//
// The list says an answer to every question that the form may ask, drawn by
// a fixed seed. The driver sees what a mapper sees: which question the
// browser's focus is on, and what may be answered there. It presses keys,
// nothing else, and counts them. The fewest keys that the questions allow:
// the number's digits and one key to go on; one key a question, for a number
// its digits and one to go on; two keys a service that is ticked (which, and
// what); one key a tab but the last; one to finish. See lib.mjs for what
// this needs.
import { check, finish, logIn, makeWorld, numbersOf, openWindow, same, serve,
  startBrowser } from './lib.mjs';

const COUNT = Number(process.argv[2] ?? 10);
const ROUND = 'work';
const MOST_OVER = 1.1;
const STEPS_MOST = 400;     // keys for one recipient: the driver is lost

// ---- chance ----
let seed = 20140519;
const below = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed >>> 8) / 0x1000000 * n);
};

const numbers = numbersOf(COUNT);

// Every question of the form, as it stands in a page of it.
const readForm = (page) => page.evaluate(() => ({
  questions: [...document.querySelectorAll('[data-q]')].map((q) => ({
    id: q.dataset.q, kind: q.dataset.kind, tab: q.closest('.tab').dataset.tab,
    least: Number(q.querySelector('[data-least]')?.dataset.least),
    most: Number(q.querySelector('[data-most]')?.dataset.most),
    options: [...q.querySelectorAll('input[type=radio],input[type=checkbox]')]
      .filter((i) => !i.closest('.no-js') && i.name === q.dataset.q)
      .map((i) => i.value) })),
  services: [...document.querySelectorAll('tr[data-service]')].map((r) => ({
    id: r.dataset.service, key: r.closest('.cat').dataset.cat,
    names: [...r.querySelectorAll('input')].map((i) => i.name) })) }));

// What the list says of one recipient.
function invent(form) {
  const answers = new Map();
  const count = below(4);   // the same everywhere: "of these" is never more
  for (const q of form.questions) {
    const known = q.options.filter((o) => o !== 'unknown');
    if (q.kind === 'int')
      answers.set(q.id, below(8) === 0 && q.options.includes('unknown')
        ? 'unknown' : String(Math.min(q.least + count, q.most)));
    else if (known.length > 0 && q.kind !== 'codes')
      answers.set(q.id, below(12) === 0 && q.options.includes('unknown')
        ? 'unknown' : known[below(known.length)]);
  }
  const ticks = new Map();
  for (let n = below(8); n > 0; n--)
    ticks.set(form.services[below(form.services.length)].id,
      ['m', 'e', 'b'][below(3)]);
  return { answers, ticks };
}

// Where the focus is.
const focused = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const stop = at.closest('[data-q],tr[data-service]');
  return { tag: at.tagName, id: at.id, type: at.type ?? '',
    tab: at.closest('.tab')?.dataset.tab,
    q: stop?.dataset.q, service: stop?.dataset.service,
    value: stop?.querySelector('input:checked')?.value
      ?? stop?.querySelector('input[type=text]')?.value ?? '' };
});

class Mapper {
  constructor(page, form) {
    Object.assign(this, { page, form, keys: 0 });
  }

  async press(key) {
    this.keys++;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    for (const c of text) await this.press(c);
  }

  async identify(number) {
    const at = await focused(this.page);
    if (at.type !== 'text') throw new Error('the number has not the focus: '
      + JSON.stringify(at));
    await this.type(number);
    await Promise.all([this.page.waitForURL(/\/registrations\//),
      this.press('Enter')]);
    await this.page.waitForSelector('main[data-api]');
  }

  async answer(q, value) {
    const known = q.options.filter((o) => o !== 'unknown');
    if (value === 'unknown') await this.press('v');
    else if (q.kind === 'int') {
      await this.type(value);
      await this.press('Enter');
    } else {
      const digit = q.kind === 'score' ? Number(value)
        : known.indexOf(value) + 1;
      if (digit < 1 || digit > 9) throw new Error(`${q.id}: no key`);
      await this.press(String(digit));
    }
  }

  // One tab of questions; the services are another matter.
  async tab(list, done) {
    for (let steps = 0; steps < STEPS_MOST; steps++) {
      const at = await focused(this.page);
      const q = this.form.questions.find((one) => one.id === at.q);
      if (!q || done.has(q.id)) return;
      done.add(q.id);
      if (!list.has(q.id)) await this.press('ArrowDown');
      else if (at.value !== list.get(q.id) || at.value === '')
        await this.answer(q, list.get(q.id));
      else await this.press('ArrowDown');
    }
    throw new Error('the tab has no end');
  }

  async services(ticks) {
    if (ticks.size === 0) return this.press('i');
    const all = this.form.services;
    const first = (key) => all.findIndex((s) => s.key === key);
    let at;
    for (const [to, s] of all.entries()) {
      if (!ticks.has(s.id)) continue;
      // By arrows, or by the key of a category and arrows from there.
      const ways = [...new Set(all.map((one) => one.key))].map((key) => ({
        key, from: first(key), keys: 1 + Math.abs(to - first(key)) }));
      if (at !== undefined) ways.push({ from: at, keys: to - at });
      const way = ways.reduce((a, b) => b.keys < a.keys ? b : a);
      if (way.key) await this.press(way.key);
      for (let i = way.from; i !== to; i += Math.sign(to - way.from))
        await this.press(to > way.from ? 'ArrowDown' : 'ArrowUp');
      at = to;
      const here = await focused(this.page);
      if (here.service !== s.id)
        throw new Error(`on ${here.service}, not ${s.id}`);
      await this.press(ticks.get(s.id));
    }
  }

  // The whole form; which questions were met, and the least for them.
  async register({ answers, ticks }) {
    const done = new Set();
    const tabs = [...new Set(this.form.questions.map((q) => q.tab))];
    for (const [i, tab] of tabs.entries()) {
      const at = await focused(this.page);
      if (at.tab !== tab) throw new Error(`on ${at.tab}, not ${tab}`);
      if (i === tabs.length - 1) await this.services(ticks);
      else {
        await this.tab(answers, done);
        if ((await focused(this.page)).tab === tab) await this.press('Enter');
      }
    }
    return done;
  }

  // Ctrl+Enter, and what asks to be confirmed.
  async end() {
    await Promise.all([this.page.waitForURL(/\/(done|register)/),
      this.press('Control+Enter')]);
    if (!/\/done/.test(this.page.url())) return 0;
    await this.page.waitForFunction(() =>
      document.activeElement.type === 'submit');
    await Promise.all([this.page.waitForURL(/\/register/),
      this.press('Enter')]);
    return 1;
  }
}

function fewest(form, number, { answers, ticks }, met) {
  let keys = number.length + 1;
  for (const id of met) {
    const q = form.questions.find((one) => one.id === id);
    const value = answers.get(id);
    if (value === undefined) continue;
    keys += q.kind === 'int' && value !== 'unknown' ? value.length + 1 : 1;
  }
  return keys + Math.max(1, 2 * ticks.size)
    + new Set(form.questions.map((q) => q.tab)).size - 1 + 1;
}

// What the store must hold: what was met, but for what the number tells.
function expected(form, { answers, ticks }, met) {
  const all = new Map([...answers].filter(([id]) => met.has(id)));
  for (const s of form.services) {
    const key = ticks.get(s.id);
    const [got, want] = s.names;
    if (key === 'm' || key === 'b') all.set(got, '1');
    if (key === 'e' || key === 'b') all.set(want, '1');
  }
  return all;
}

// ---- the test ----
async function lost(page, error) {
  console.log(`lost at ${new URL(page.url()).pathname}:`, await focused(page));
  console.log(page.faults, (await page.innerText('body')).slice(0, 2000));
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  throw error;
}

const world = makeWorld();
const server = await serve(world.store);
const browser = await startBrowser();
const page = await openWindow(browser, server.url);
page.setDefaultTimeout(15000);
let micros = 0, requests = 0;
page.on('requestfinished', (r) => {
  const t = r.timing();
  if (t.responseStart > 0) micros += (t.responseStart - t.requestStart) * 1000;
  requests++;
});
const answersOf = async (path) => (await (await page.request.get(
  `/api/v1${path}`)).json());

await logIn(page, 'mapper', world);
await page.goto(`/rounds/${ROUND}/register`);
await page.getByRole('radio').first().press('Space');
await page.locator('#number').focus();

let form, over = 0;
const rows = [];
for (const [i, number] of numbers.entries()) {
  const mapper = new Mapper(page, form);
  micros = requests = 0;
  const begun = performance.now();
  await mapper.identify(number);
  if (!form) {
    mapper.form = form = await readForm(page);
    // Sex and birth year come from the number: they are not in the list.
  }
  const list = invent(form);
  const proposed = await page.evaluate(() => Object.fromEntries(
    [...document.querySelectorAll('[data-q]')].map((q) => [q.dataset.q,
      q.querySelector('input:checked')?.value
      ?? q.querySelector('input[type=text]')?.value ?? ''])
      .filter(([, v]) => v !== '')));
  for (const id of Object.keys(proposed)) list.answers.delete(id);
  const path = new URL(page.url()).pathname.replace(
    /(registrations\/[^/]+).*/, '$1');
  const met = await mapper.register(list).catch((e) => lost(page, e));
  const confirmed = await mapper.end().catch((e) => lost(page, e));
  const least = fewest(form, number, list, met);
  over += mapper.keys;
  rows.push({ least, keys: mapper.keys, ms: micros / 1000, requests,
    wall: performance.now() - begun, confirmed });
  const stored = await answersOf(path);
  same(`recipient ${i + 1} is complete`, stored.status, 'complete');
  check(`recipient ${i + 1} is stored as in the list`,
    [...expected(form, list, met)].filter(([id, value]) =>
      String(stored.answers?.[id] ?? '') !== value).map(([id, value]) =>
      `${id}: ${stored.answers?.[id]}, not ${value}`));
  for (const [id, value] of Object.entries(proposed))
    same(`recipient ${i + 1}: ${id} from the number`,
      String(stored.answers?.[id]), value);
}
check('nothing is said on the console', page.faults);
await browser.close();
same('the server ends well', await server.stop(), 0);

const sum = (name) => rows.reduce((s, r) => s + r[name], 0);
const middle = (name) => rows.map((r) => r[name]).sort((a, b) => a - b)[
  Math.floor(rows.length / 2)];
console.log(`recipients ${rows.length}: keys ${sum('keys')}, the fewest `
  + `${sum('least')}, ${(sum('keys') / sum('least')).toFixed(3)} times`);
console.log(`a recipient, the middle: ${middle('keys')} keys of `
  + `${middle('least')}, ${middle('requests')} requests, `
  + `${middle('ms').toFixed(1)} ms of waiting for the server, `
  + `${Math.round(middle('wall'))} ms in all`);
console.log(`asked to confirm: ${sum('confirmed')}`);
check('at most a tenth over the fewest keys', sum('keys')
  <= MOST_OVER * sum('least') ? [] : [`${sum('keys')} of ${sum('least')}`]);
finish();
