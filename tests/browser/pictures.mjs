// The walk that pictures.py sends a browser on: through every room, from the first click to the last, a picture of each page.
// PB_LANGUAGE: fr or en; PB_PICTURES: where pictures go; PB_WANTED: which ones (empty: each at both widths); PB_WHOLE: whole
// pages as PNG; PB_FILES: what an institution sends; PB_DATABASE: the site's. Each picture is a line "picture NAME\tADDRESS\tHEADING" of the output.
// root@example.org and admin@example.org are system administrators. Everybody here is invented.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {chromium} from 'playwright-core';
import {enter, letters, lettersAfter, newestLetter, paris} from './visitor.mjs';
import {callsRoom} from './pictures_calls.mjs';

const {PB_ADDRESS: address, PB_LANGUAGE: language, PB_PICTURES: pictures, PB_WHOLE: whole, PB_FILES: files, PB_WANTED: wanted} = process.env;
const tallest = {375: 1200, 1280: 1250};
const scales = {375: 1, 1280: 0.75};  // light, and still read
const say = (fr, en) => (language === 'fr' ? fr : en);
const browser = await chromium.launch({executablePath: process.env.PB_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', `--lang=${say('fr-FR', 'en-GB')}`]});
const sessions = new Map();

async function visitor(storageState) {
  const context = await browser.newContext({bypassCSP: true, storageState, locale: language, viewport: {width: 1280, height: 900}});
  context.setDefaultTimeout(20000);
  return context.newPage();
}

async function signedIn(email) {
  if (!sessions.has(email)) {
    const page = await visitor();
    await enter(page, language, email);
    await page.click('main button');
    sessions.set(email, await page.context().storageState());
    await page.context().close();
  }
  return visitor(sessions.get(email));
}

// Both widths of the page as it stands.
async function picture(page, name) {
  if (wanted && !wanted.split(' ').includes(name)) return;
  await page.locator('.bottom').waitFor();  // all of it is here, however slowly it comes
  const session = await page.context().newCDPSession(page);
  for (const width of wanted ? [1280] : [375, 1280]) {
    await page.setViewportSize({width, height: 900});
    const tall = await page.evaluate(() => document.querySelector('.bottom').getBoundingClientRect().bottom + scrollY);
    const height = Math.ceil(whole ? tall : Math.min(tall, tallest[width]));
    await page.setViewportSize({width, height});
    await page.evaluate(() => document.activeElement.blur());
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
    const {data} = await session.send('Page.captureScreenshot', whole ? {format: 'png'}
      : {format: 'webp', quality: 25, captureBeyondViewport: true, clip: {x: 0, y: 0, width, height, scale: scales[width]}});
    fs.writeFileSync(path.join(pictures, `${language}-${name}-${width}.${whole ? 'png' : 'webp'}`), Buffer.from(data, 'base64'));
  }
  await session.detach();
  console.log(`picture ${name}\t${new URL(page.url()).pathname.slice(3) || '/'}\t${(await page.textContent('h1')).trim()}`);
  if (await page.locator('[role=alert]').count()) console.log(`${name}: ${await page.locator('[role=alert]').first().textContent()}`);
}

// Monday of next week: days that are still to come.
const monday = () => {
  const day = new Date(Date.now() + 7 * 86400000);
  return new Date(day - ((day.getUTCDay() + 6) % 7) * 86400000).toISOString().slice(0, 10);
};
const listed = async (what) => (await (await fetch(`${address}/${language}/${what}`)).json()).things;
const go = (page, below) => page.goto(`${address}/${language}${below}`);
// A room that the program does not have (yet) has no picture.
const shown = async (page, below, name) => {
  const answer = await go(page, below);
  if (answer.ok()) await picture(page, name);
  else console.log(`${name}: ${answer.status()}`);
};

async function give(email, role, object = '') {
  const page = await signedIn('root@example.org');
  await go(page, '/admin/roles');
  await page.fill('#email', email);
  await page.selectOption('#role', role);
  await page.fill('#object', object && `${address}/${language}${object}`);
  await page.click('main form button');
  if (await page.locator('[role=alert]').count()) throw new Error(`${email}: ${await page.textContent('[role=alert]')}`);
  await page.context().close();
}

const who = {
  staff: 'staff@example.org', researcher: 'camille.orval@example.org', colleague: 'noa.brisset@example.org', manager: 'dominique.fontan@example.org',
  leader: 'jo.marsal@example.org', institution: 'sacha.belmont@example.org', company: 'alix.perrin@company.example', root: 'root@example.org',
};

// What the walk is about: a platform with instruments booked here, a team, a key area, a company.
async function places() {
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
  return {platform, instruments, team: `/team/${team.id}`, teamLabel: team.label, area: `/group/${area.id}`, company: `/organisation/${company.id}`,
    companyLabel: company.label, member: `/organisation/${member.id}`, person: `/person/${person.id}`, personLabel: person.label};
}

async function reading(at) {
  const page = await visitor();
  for (const [below, name] of [['/', 'home'], [`/search?q=${say('cytométrie', 'cytometry')}`, 'search'], ['/person', 'people'], [at.person, 'person'], [at.team, 'team'],
    [at.platform, 'platform'], [at.member, 'organisation'], [at.instruments[0], 'equipment'], [at.area, 'group'], [`${at.area}/size`, 'group-size'],
    ['/topics', 'topics'], ['/slots?minutes=120', 'slots'], [`${at.instruments[0]}/week?from=${monday()}`, 'week'], [`${at.instruments[0]}/day?from=${monday()}`, 'day'],
    [`${at.platform}/week?from=${monday()}`, 'platform-week'], [`${at.platform}/day?from=${monday()}`, 'platform-day'], ['/figures?year=2024', 'figures'],
    ['/figures/matrix?year=2024', 'figures-matrix'], ['/figures/network?year=2024', 'figures-network'], ['/advanced', 'advanced'],
    [`/experts?q=${say('cytométrie', 'cytometry')}`, 'experts'], ['/sign-in', 'sign-in']]) {
    await shown(page, below, name);
  }
  if (language === 'en' && !whole) {  // the one of README.md
    await page.setViewportSize({width: 1280, height: 900});
    await go(page, '/');
    await page.screenshot({path: path.join(pictures, '../home-1280.png')});
  }
  await go(page, '/figures?year=2024');
  await page.locator('#outputs a').first().click();
  await picture(page, 'figures-records');
  await go(page, '/sign-in');
  const known = letters();
  await page.fill('#email', 'lou.tessier@example.org');
  await page.click('main button');
  await picture(page, 'sign-in-sent');
  await page.goto((await newestLetter('lou.tessier@example.org', known)).match(/http\S+\/sign-in\/[0-9a-f]+/)[0]);
  await picture(page, 'sign-in-open');
  await page.context().close();
}

async function booking(at) {
  const manager = await signedIn(who.manager);
  for (const [instrument, checked] of [[at.instruments[0], false], [at.instruments[1], true]]) {
    await go(manager, `${instrument}/terms`);
    await fillIn(manager, {step: '30', smallest: '30', largest: '480'});
    await manager.setChecked('input[name=confirmed]', checked);
    await manager.click('main form button');
  }
  await picture(manager, 'terms');
  const page = await signedIn(who.researcher);
  await shown(page, '/slots?minutes=60', 'slots-signed-in');
  await page.locator('.hits li:not(:has(.badge)) a[href*="/book?"]').first().click();
  await page.fill('#purpose', say('Tri de lymphocytes, 12 échantillons', 'Sorting lymphocytes, 12 samples'));
  await picture(page, 'book');
  await page.click('main form button');
  await picture(page, 'booking');
  await go(page, `${at.instruments[1]}/book`);
  await page.fill('#purpose', say('Essai de marquage', 'Trying out a staining'));
  await page.click('main form button');
  await shown(page, '/bookings', 'bookings');
  await shown(manager, '/bookings/waiting', 'bookings-waiting');
  await manager.locator('.hits a').first().click();
  await picture(manager, 'booking-to-confirm');
  await go(manager, `${at.instruments[1]}/bookings`);
  await fillIn(manager, {email: who.researcher});
  await manager.click('form[action$="/trainings"] button');
  await picture(manager, 'desk');
  for (const each of [page, manager]) await each.context().close();
}

async function fillIn(page, fields) {
  for (const [name, text] of Object.entries(fields)) await page.fill(`#${name}`, text);
}

async function asking(at) {
  const page = await signedIn(who.researcher);
  await go(page, at.platform);
  await page.click('.ways a[href*="/requests/new"]');
  await page.fill('#find', `${address}/${language}${at.team}`);
  await page.click('button[value=find]');
  await page.check(`input[value="${at.team.split('/').at(-1)}"]`);
  await fillIn(page, {subject: say('Tri de cellules de sang', 'Sorting blood cells'), name: 'Camille Orval',
    text: say('Douze échantillons à trier avant la fin du mois.\nQuel jour pouvons-nous venir ?', 'Twelve samples to sort before the end of the month.\nWhich day may we come?')});
  await picture(page, 'ask');
  await page.click('button[value=send]');
  const own = page.url().split('?')[0];
  const manager = await signedIn(who.manager);
  await shown(manager, '/requests/inbox', 'requests-inbox');
  await manager.locator('td a').first().click();
  await manager.locator('form:has(input[value=accepted]) button').click();
  await manager.fill('#text', say('Mardi ou jeudi matin : lequel vous convient ?', 'Tuesday or Thursday morning: which suits you?'));
  await manager.setInputFiles('#files', {name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan\n')});
  await manager.locator('form[action$="/files"] button').click();
  await picture(manager, 'request-thread');
  await page.goto(own);
  await picture(page, 'request');
  await shown(page, '/requests', 'requests');
  for (const each of [page, manager]) await each.context().close();
}

async function company(at) {
  const page = await visitor();
  await shown(page, '/partner', 'partner-empty');
  await page.fill('#need', say('Nous cherchons à mesurer par cytométrie en flux des cellules tumorales', 'We want to measure tumour cells by flow cytometry'));
  await page.click('main form button');
  await picture(page, 'partner');
  await page.locator('.matches input[type=checkbox]').first().check();
  await page.locator('.matches > p button').click();
  await fillIn(page, {name: 'Alix Perrin', company: 'Exemple SA', email: who.company});
  await picture(page, 'company-ask');
  let known = letters();
  await page.click('button[value=send]');
  await picture(page, 'company-sent');
  await page.goto((await newestLetter(who.company, known)).match(/http\S+\/requests\/verify\/[0-9a-f]+/)[0]);
  await picture(page, 'company-verify');
  known = letters();
  await page.click('main button');
  await picture(page, 'company-request');
  await page.context().close();
  await give(who.company, 'company_contact', at.company);
  const contact = await signedIn(who.company);
  await go(contact, at.company);
  await picture(contact, 'company');
  await contact.context().close();
}

async function partnerships(at) {
  const page = await signedIn(who.staff);
  await go(page, '/partnerships');
  await page.click('main a.go');
  await fillIn(page, {title: say('Anticorps pour la cytométrie', 'Antibodies for cytometry'), amount: '250 000', starts: paris(0).slice(0, 10), ends: paris(60 * 1440).slice(0, 10)});
  for (const each of [at.company, at.team]) {
    await page.fill('#find', `${address}/${language}${each}`);
    await page.click('button[value=find]');
    await page.check(`input[value="${each.split('/').at(-1)}"]`);
  }
  await page.selectOption('#amount_seen', 'consortium');
  await picture(page, 'partnership-form');
  await page.click('button[value=store]');
  await page.selectOption('#stage', 'signed');
  await page.click('form[action$="/stage"] button');
  await picture(page, 'partnership');
  await shown(page, '/partnerships', 'partnerships');
  await shown(page, '/requests/all', 'requests-all');
  await page.context().close();
}

async function keyArea(at) {
  const page = await signedIn(who.leader);
  await shown(page, `${at.area}/members`, 'group-members');
  await page.locator('button[value=confirmed]').first().click();
  await page.locator('button[value=confirmed]').first().click();
  await go(page, `${at.area}/presentation`);
  await fillIn(page, {text_fr: '## Ce que nous cherchons\n\nNos équipes étudient la tumeur et ce qui l’entoure.\n\n- microenvironnement\n- réponse immunitaire',
    text_en: '## What we look for\n\nOur teams study the tumour and what surrounds it.\n\n- microenvironment\n- immune response'});
  await picture(page, 'group-presentation');
  await page.click('main form button');
  await go(page, `${at.area}/news/new`);
  await fillIn(page, {title_fr: 'Deux équipes de l’axe récompensées', title_en: 'Two teams of the area win a prize', text_fr: 'Le jury a retenu leur projet commun.', text_en: 'The jury chose their joint project.'});
  await picture(page, 'group-news-form');
  await page.click('main form button');
  await picture(page, 'group-news-item');
  await shown(page, `${at.area}/news`, 'group-news');
  await go(page, `${at.area}/events/new`);
  await fillIn(page, {title_fr: 'Journée de l’axe', title_en: 'A day of the key area', begins: `${paris(30 * 1440).slice(0, 10)}T09:00`, ends: `${paris(30 * 1440).slice(0, 10)}T17:00`, places: '60', place: 'Paris'});
  await picture(page, 'group-event-form');
  await page.click('main form button');
  const event = page.url();
  const guest = await signedIn(who.researcher);
  await guest.goto(event);
  await guest.click('form[action$="/enrol"] button');
  await picture(guest, 'group-event');
  await page.goto(event);
  await picture(page, 'group-event-desk');
  await shown(page, at.area, 'group-written');
  await shown(page, `${at.area}/events`, 'group-events');
  for (const each of [page, guest]) await each.context().close();
}

async function myPage(at) {
  const page = await signedIn(who.researcher);
  await go(page, at.platform);
  await page.click('.star button');
  await go(page, at.team);
  await page.click('.star button');
  await go(page, `/search?q=${say('cytométrie', 'cytometry')}`);
  await page.locator('.save summary').click();
  await fillIn(page, {save_name: say('Cytométrie', 'Cytometry')});
  await page.selectOption('#save_every', 'weekly');
  await picture(page, 'save-search');
  await page.click('.save button');
  await picture(page, 'my-page');
  await page.locator('a[href*="/account/searches/"]').first().click();
  await picture(page, 'saved-search');
  await shown(page, '/account/settings', 'settings');
  await shown(page, '/account/favourites', 'favourites');
  await go(page, '/account');
  await fillIn(page, {card_said: `${address}/${language}${at.person}`});
  await page.click('#card ~ form button');
  const staff = await signedIn(who.staff);
  await shown(staff, '/admin/people', 'people-claims');
  await staff.locator('form[action*="/claims/"][action$="/confirm"] button').first().click();
  await shown(page, '/account', 'my-card');
  await shown(page, '/account/data', 'my-data');
  for (const each of [page, staff]) await each.context().close();
}

async function upkeep(at) {
  const page = await signedIn(who.staff);
  await go(page, '/admin/campaigns');
  const {things} = await (await fetch(`${address}/${language}/person.json?sort=name`)).json();
  await fillIn(page, {title: say('Fiches de la rentrée', 'Cards of the autumn'), cards: things.slice(0, 6).map((each) => `${address}/${language}/person/${each.id}`).join('\n'),
    note_fr: 'Merci de votre aide.', note_en: 'Thank you for your help.'});
  await picture(page, 'campaigns');
  await page.click('main form:last-of-type button');
  await picture(page, 'campaign-draft');
  const known = letters();
  await page.click('main form button');
  for (let wait = 0; wait < 100 && letters() <= known; wait += 1) await new Promise((done) => setTimeout(done, 100));
  const to = fs.readFileSync(path.join(process.env.PB_LETTERS, `${known + 1}.to`), 'utf8').trim();
  const link = (await newestLetter(to, known)).match(/http\S+\/confirm\/[0-9a-f]+/)[0].replace(/\/(fr|en)\/confirm/, `/${language}/confirm`);
  const holder = await visitor();
  await holder.goto(link);
  await picture(holder, 'confirm');
  await holder.click('main form button');
  await picture(holder, 'confirm-done');
  await holder.context().close();
  await page.reload();
  await picture(page, 'campaign');
  await shown(page, '/workbooks', 'workbooks');
  await page.fill('#of', `${address}/${language}${at.platform}`);
  await page.click('main form button');
  await picture(page, 'workbook');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main form button').first().click()]);
  await download.saveAs(path.join(files, 'workbook.xlsx'));
  await page.setInputFiles('#file', path.join(files, 'workbook.xlsx'));
  await page.locator('main form button').last().click();
  await picture(page, 'workbook-read');
  await shown(page, '/curation', 'curation');
  await go(page, at.instruments[0]);
  await page.locator('.ways a').last().click();
  await picture(page, 'curated');
  await page.context().close();
}

async function applied(page, name) {
  for (let look = 0; look < 60 && await page.locator('main a[href$="?wait=1"]').count(); look += 1) await page.click('main a[href$="?wait=1"]');
  if (name) await picture(page, name);
}

// A new institution's spreadsheets, by the guide's steps and no others. Says clicks and seconds.
async function intake() {
  const page = await signedIn(who.staff);
  const began = Date.now();
  let clicks = 0;
  const click = async (what) => { clicks += 1; await page.locator(what).first().click(); };
  await go(page, '/account');
  const sources = `main a[href="/${language}/admin/sources"]`;
  if (!await page.locator(sources).count()) await click(`main a[href="/${language}/admin"]`);
  await click(sources);
  await page.setInputFiles('#file', path.join(files, 'institution.xlsx'));
  await page.selectOption('#format', 'organisations');
  await page.fill('#source', say('ibo', 'eib'));
  await click('main form button');
  await applied(page);
  await click('form[action$="/apply"] button');
  await applied(page, 'sources-institution');
  await click(`a[href="/${language}/admin/sources"]`);
  await page.setInputFiles('#file', path.join(files, say('personnel.xlsx', 'staff.xlsx')));
  await page.selectOption('#format', 'people');
  await page.selectOption('#institution', {label: say('Institut de biologie des Ormes', 'Elm Institute of Biology')});
  await picture(page, 'sources');
  await click('main form button');
  await applied(page, 'source-tried');
  await click('form[action$="/apply"] button');
  await applied(page, 'source-applied');
  console.log(`a new institution on the site ${language}: ${clicks} clicks, ${(Date.now() - began) / 1000} s`);
  await go(page, '/person?q=Tillandre');
  await page.locator('.hits a').first().click();
  await picture(page, 'source-person');
  await page.context().close();
}

async function administration() {
  const page = await signedIn(who.root);
  await shown(page, '/account', 'administration');
  for (const [below, name] of [['/admin', 'admin'], ['/admin/institutions', 'institutions'], ['/admin/texts', 'texts'], ['/admin/texts/home', 'text'],
    ['/admin/roles', 'roles'], ['/admin/outbox', 'outbox'], ['/admin/jobs', 'jobs'], ['/admin/audit', 'audit']]) await shown(page, below, name);
  await go(page, '/admin/institutions');
  await page.locator('main a[href*="/admin/institutions/"]').first().click();
  await picture(page, 'institution');
  await page.context().close();
}

// What letters lead to without signing in: one that tells of finds is due in the night, so it is made due; then notices go out.
async function fromLetters(at) {
  const page = await signedIn(who.researcher);
  await go(page, '/search?q=kind:event');
  await page.locator('.save summary').click();
  await fillIn(page, {save_name: say('Événements', 'Events')});
  await page.selectOption('#save_every', 'daily');
  await page.click('.save button');
  const leader = await signedIn(who.leader);
  await go(leader, `${at.area}/events/new`);
  await fillIn(leader, {title_fr: 'Atelier de l’axe', title_en: 'A workshop of the key area', begins: `${paris(40 * 1440).slice(0, 10)}T09:00`, ends: `${paris(40 * 1440).slice(0, 10)}T17:00`, places: '20', place: 'Paris'});
  await leader.click('main form button');
  const reader = await visitor();
  const read = async (begin, word, name) => {
    const known = letters();
    await begin();
    const link = (await lettersAfter(known, 1))[0].match(new RegExp(`/${word}/\\S+`))[0];
    await shown(reader, link, name);
  };
  await read(() => execFileSync('python3', ['-c', 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=20); db.execute("UPDATE job SET due = \'2000-01-01T00:00:00Z\' WHERE name = \'personal.search\'"); db.commit()',
    process.env.PB_DATABASE]), 'stop', 'stop');
  const staff = await signedIn(who.staff);
  await go(staff, '/admin/people');
  await read(() => staff.click('form[action$="/notices"] button'), 'about-me', 'about-me');
  for (const each of [page, leader, reader, staff]) await each.context().close();
}

const at = await places();
const tools = {address, language, say, at, who, go, shown, picture, signedIn, visitor, fillIn};
for (const [email, role, object] of [[who.staff, 'staff', ''], [who.researcher, 'researcher', at.member], [who.colleague, 'researcher', at.member], [who.manager, 'platform_manager', at.platform],
  [who.leader, 'group_leader', at.area], [who.institution, 'institution_administrator', at.member]]) await give(email, role, object);
const rooms = {reading, booking, asking, company, partnerships, keyArea, calls: () => callsRoom(tools), upkeep, intake, myPage, administration, fromLetters};
let failed = 0;
for (const [name, room] of Object.entries(rooms)) {
  if (process.env.PB_ROOM && process.env.PB_ROOM !== name) continue;
  try {
    await room(at);
  } catch (wrong) {
    failed += 1;
    console.log(`${language} ${name}: ${wrong.stack}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
