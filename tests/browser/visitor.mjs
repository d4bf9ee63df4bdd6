// What tests in a browser share: letters that came, signing in by them, the clock of Paris, looking at a page at three widths.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const received = () => fs.readdirSync(process.env.PB_LETTERS).filter((name) => name.endsWith('.eml')).map((name) => parseInt(name, 10));
export const letters = () => Math.max(0, ...received());

const file = (number, ending) => path.join(process.env.PB_LETTERS, `${number}.${ending}`);
const textOf = (number) => Buffer.from(fs.readFileSync(file(number, 'eml'), 'latin1').split(/base64\r?\n\r?\n/)[1].split('--part')[0], 'base64').toString('utf8');
const soon = () => new Promise((done) => setTimeout(done, 100));

async function newest(to, known) {
  for (let wait = 0; wait < 100; wait += 1) {
    const number = received().sort((a, b) => b - a).find((each) => each > known && fs.readFileSync(file(each, 'to'), 'utf8').trim() === to);
    if (number) return number;
    await soon();
  }
  throw new Error(`no letter to ${to}`);
}

// The text of the newest letter to an address after `known` letters.
export const newestLetter = async (to, known) => textOf(await newest(to, known));

// The calendar's file that came with it: how it is called in its header, and what stands in it.
export async function newestCalendar(to, known) {
  const parts = fs.readFileSync(file(await newest(to, known), 'eml'), 'latin1').split('--parts_');
  const [head, body] = parts.find((each) => each.includes('text/calendar')).split(/base64\r?\n\r?\n/);
  return {head, text: Buffer.from(body, 'base64').toString('utf8')};
}

// The texts of what came after `known` letters, to anybody, as soon as there are so many.
export async function lettersAfter(known, many) {
  for (let wait = 0; wait < 300 && letters() < known + many; wait += 1) await soon();
  return received().filter((each) => each > known).sort((a, b) => a - b).map(textOf);
}

// Up to the page whose button signs in.
export async function enter(page, language, email, next = '') {
  const known = letters();
  await page.goto(`${process.env.PB_ADDRESS}/${language}/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  await page.fill('#email', email);
  await page.click('main button');
  const url = (await newestLetter(email, known)).match(/http\S+\/sign-in\/[0-9a-f]+/)[0];
  await page.goto(url);
  return url;
}

// On the clock of Paris, so many minutes from now: what a field of date and time takes.
export function paris(minutes) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23'})
    .formatToParts(new Date(Date.now() + minutes * 60000)).map(({type, value}) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

// Tables whose rows are cards on a phone and that are not whole there: cut, a cell without its column (what heads a row may do without), a row that
// is none to who hears it.
const unlike = () => [...document.querySelectorAll('table.stacked')].filter((table) => table.parentElement.scrollWidth > table.parentElement.clientWidth
  || table.getAttribute('role') !== 'table' || [...table.tBodies[0].rows].some((row) => row.getAttribute('role') !== 'row'
    || [...row.cells].some((cell) => !(cell.dataset.label ? /^(cell|rowheader)$/ : /^rowheader$/).test(cell.getAttribute('role'))))).map((table) => table.outerHTML.slice(0, 300));

// Nothing scrolls sideways, axe-core finds nothing (it runs without the page's own script too); a picture under that name.
export async function lookAt(page, name) {
  assert.equal(await page.locator('.crumbs [aria-current=page]').count(), await page.locator('.crumbs').count(), `${page.url()}: the last crumb is where one is`);
  for (const width of [320, 375, 1280]) {
    await page.setViewportSize({width, height: 900});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${page.url()} scrolls sideways at ${width}`);
    assert.ok(await page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth)), `${page.url()}: a picture does not load`);
    if (width < 768) assert.deepEqual(await page.evaluate(unlike), [], `${page.url()} at ${width}: a table`);
    else assert.ok(await page.locator('.top #search').evaluateAll((boxes) => boxes.every((box) => box.offsetWidth >= 280)), `${page.url()}: the search box is short`);
    await page.evaluate(axe);
    const found = await page.evaluate((only) => axe.run(document, {runOnly: only}), rules);
    assert.deepEqual(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`), [], `${page.url()} at ${width}`);
    if (process.env.PB_SCREENSHOTS && name && width !== 320) await page.screenshot({path: `${process.env.PB_SCREENSHOTS}/${name}-${width}.png`, fullPage: true});
  }
}
