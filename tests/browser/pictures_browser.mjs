// What the rooms of pictures.mjs share: the browser, who signs in, a picture of the page as it stands, the places that the walk is about.
// PB_LANGUAGE: fr or en; PB_PICTURES: where pictures go; PB_WANTED: which ones (empty: all); PB_WHOLE: whole pages as PNG.
import fs from 'node:fs';
import path from 'node:path';
import {chromium} from 'playwright-core';
import {enter} from './visitor.mjs';

export const {PB_ADDRESS: address, PB_LANGUAGE: language, PB_PICTURES: pictures, PB_WHOLE: whole, PB_FILES: files} = process.env;
const wanted = process.env.PB_WANTED;
// Cut there; where a table or a drawing goes on, it is shown to its end, up to the second.
const tallest = {375: [1200, 1500], 1280: [1250, 1900]};
const scales = {375: 1, 1280: 0.75};  // light, and still read
export const say = (fr, en) => (language === 'fr' ? fr : en);
const browser = await chromium.launch({executablePath: process.env.PB_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', `--lang=${say('fr-FR', 'en-GB')}`]});
export const leave = () => browser.close();
const sessions = new Map();

export async function visitor(storageState) {
  const context = await browser.newContext({bypassCSP: true, storageState, locale: say('fr-FR', 'en-GB'), viewport: {width: 1280, height: 900}});
  context.setDefaultTimeout(20000);
  return context.newPage();
}

export async function signedIn(email) {
  if (!sessions.has(email)) {
    const page = await visitor();
    await enter(page, language, email);
    await page.click('main button');
    sessions.set(email, await page.context().storageState());
    await page.context().close();
  }
  return visitor(sessions.get(email));
}

// How tall the picture of a page is at that width.
async function heightOf(page, width) {
  const tall = await page.evaluate(() => document.querySelector('.bottom').getBoundingClientRect().bottom + scrollY);
  if (whole) return Math.ceil(tall);
  const [usual, most] = tallest[width];
  const wide = await page.evaluate((under) => [...document.querySelectorAll('main :is(table, svg)')].filter((each) => !each.closest('aside')).map((each) => each.getBoundingClientRect())
    .filter((each) => each.height && each.top + scrollY < under).map((each) => each.bottom + scrollY + 24), usual);
  return Math.ceil(Math.min(tall, Math.max(usual, Math.min(most, Math.max(0, ...wide)))));
}

// Both widths of the page as it stands.
export async function picture(page, name) {
  if (wanted && !wanted.split(' ').includes(name)) return;
  await page.locator('.bottom').waitFor();  // all of it is here, however slowly it comes
  const session = await page.context().newCDPSession(page);
  for (const width of [375, 1280]) {
    await page.setViewportSize({width, height: 900});
    const height = await heightOf(page, width);
    await page.setViewportSize({width, height});
    await page.evaluate(() => document.activeElement.blur());
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
    const {data} = await session.send('Page.captureScreenshot', whole ? {format: 'png'}
      : {format: 'webp', quality: 22, captureBeyondViewport: true, clip: {x: 0, y: 0, width, height, scale: scales[width]}});
    fs.writeFileSync(path.join(pictures, `${language}-${name}-${width}.${whole ? 'png' : 'webp'}`), Buffer.from(data, 'base64'));
  }
  await session.detach();
  console.log(`picture ${name}\t${new URL(page.url()).pathname.slice(3) || '/'}\t${(await page.textContent('h1')).trim()}`);
  if (await page.locator('[role=alert]').count()) console.log(`${name}: ${await page.locator('[role=alert]').first().textContent()}`);
}

// Monday of next week: days that are still to come.
export const monday = () => {
  const day = new Date(Date.now() + 7 * 86400000);
  return new Date(day - ((day.getUTCDay() + 6) % 7) * 86400000).toISOString().slice(0, 10);
};
const listed = async (what) => (await (await fetch(`${address}/${language}/${what}`)).json()).things;
export const go = (page, below) => page.goto(`${address}/${language}${below}`);
export const shown = async (page, below, name, status = 200) => {
  const answer = await go(page, below);
  if (answer.status() !== status) throw new Error(`${name}: ${below} answers ${answer.status()}`);
  await picture(page, name);
};

export async function fillIn(page, fields) {
  for (const [name, text] of Object.entries(fields)) await page.fill(`#${name}`, text);
}

export async function give(email, role, object = '') {
  const page = await signedIn('root@example.org');
  await go(page, '/admin/roles');
  await page.fill('#email', email);
  await page.selectOption('#role', role);
  await page.fill('#object', object && `${address}/${language}${object}`);
  await page.click('main form button');
  if (await page.locator('[role=alert]').count()) throw new Error(`${email}: ${await page.textContent('[role=alert]')}`);
  await page.context().close();
}

export const who = {
  staff: 'staff@example.org', researcher: 'camille.orval@example.org', colleague: 'noa.brisset@example.org', manager: 'dominique.fontan@example.org',
  leader: 'jo.marsal@example.org', institution: 'sacha.belmont@example.org', company: 'alix.perrin@company.example', root: 'root@example.org',
};

// What the walk is about: a platform with instruments booked here, a team, a key area, a company.
export async function places() {
  const first = (await (await fetch(`${address}/${language}/slots`)).text()).match(/\/equipment\/\w+(?=\/week)/)[0];
  const platform = (await (await fetch(`${address}/${language}${first}`)).text()).match(/\/platform\/\w{10}/)[0];
  const week = await (await fetch(`${address}/${language}${platform}/week`)).text();
  const instruments = [...week.matchAll(/<tr><th scope="row"><a href="\/\w\w(\/equipment\/\w+)\/week[^]*?<\/tr>/g)]
    .filter(([row]) => row.includes('class="closed"') && !row.includes('colspan')).map(([, below]) => below);
  const [team] = await listed('team.json?sort=name');
  const [area] = await listed('group.json?type=key_area&sort=name');
  const [company] = await listed('organisation.json?type=company&sort=name');
  const [member] = await listed('organisation.json?role=member&sort=title');
  const [person] = await listed('person.json?q=cytometry');
  const [publication] = await listed('publication.json?q=cytometry');
  const [project] = await listed('project.json?sort=name');
  return {platform, instruments, team: `/team/${team.id}`, teamLabel: team.label, area: `/group/${area.id}`, company: `/organisation/${company.id}`,
    companyLabel: company.label, member: `/organisation/${member.id}`, person: `/person/${person.id}`, personLabel: person.label, publication: `/publication/${publication.id}`,
    project: `/project/${project.id}`};
}
