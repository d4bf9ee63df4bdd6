// Rooms of pictures.mjs: cards that are confirmed, curated, brought; my page; roles, administration, what letters lead to.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {address, fillIn, files, go, language, monday, picture, say, shown, signedIn, visitor, who} from './pictures_browser.mjs';
import {letters, lettersAfter, newestLetter, paris} from './visitor.mjs';

export async function upkeep(at) {
  const page = await signedIn(who.staff);
  await go(page, '/admin/campaigns');
  const {things} = await (await fetch(`${address}/${language}/person.json?sort=name`)).json();
  await fillIn(page, {title: say('Fiches de la rentrée', 'Cards of the autumn'), cards: things.slice(0, 6).map((each) => each.id).join('\n'),
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
  await shown(page, `/cards/${at.platform.split('/').at(-1)}`, 'card');
  await page.context().close();
}

export async function curation(at) {
  const page = await signedIn(who.staff);
  await shown(page, '/curation/questions', 'curation-questions');
  await shown(page, '/curation', 'curation');
  await page.fill('#why', say('Lues côte à côte : deux choses.', 'Read side by side: two things.'));
  await page.click('button[value=different]');
  await picture(page, 'curation-answered');
  await go(page, at.instruments[0]);
  await page.locator('.ways a').last().click();
  await picture(page, 'curated');
  await shown(page, '/curation/decisions', 'curation-decisions');
  await page.context().close();
}

async function applied(page, name) {
  for (let look = 0; look < 60 && await page.locator('main a[href$="?wait=1"]').count(); look += 1) await page.click('main a[href$="?wait=1"]');
  if (name) await picture(page, name);
}

// A table that nobody knows is asked about: which row has its titles, what its columns are.
async function odd(page) {
  await go(page, '/admin/sources');
  const rows = say('Parc;;\nÉtiquette;Quoi;Fabricant\n1;Cytomètre;Exemple SA\n2;Trieur;Exemple SA\n', 'Assets;;\nTag;What;Built by\n1;Cytometer;Example Inc\n2;Sorter;Example Inc\n');
  await page.setInputFiles('#file', {name: say('parc.csv', 'assets.csv'), mimeType: 'text/csv', buffer: Buffer.from(rows)});
  await page.fill('#source', say('parc', 'assets'));
  await page.click('main form button');
  const settled = async (what) => {
    for (let look = 0; look < 60 && !(await page.locator(what).count()); look += 1) await page.reload();
  };
  await settled('form[action$="/say"]');
  await page.selectOption('form[action$="/say"] #format', 'equipment');
  await page.click('form[action$="/say"] button');
  await settled('form[action$="/table"]');
  await picture(page, 'source-titles');
  await page.click('form[action$="/table"] button');
  await settled('form[action$="/columns"]');
  await picture(page, 'source-columns');
}

// A new institution's spreadsheets, by the guide's steps and no others. Says clicks and seconds.
export async function intake() {
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
  await page.click('main a[href$="/made"]');
  await picture(page, 'source-made');
  await go(page, '/person?q=Tillandre');
  await page.locator('.hits a').first().click();
  await picture(page, 'source-person');
  await odd(page);
  await page.context().close();
}

export async function myPage(at) {
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
  await shown(page, '/account/card', 'own-card');
  await shown(page, '/account/data', 'my-data');
  for (const each of [page, staff]) await each.context().close();
}

// A role is asked for and waits; others come in a table.
export async function roles(at) {
  const asker = await signedIn('lou.tessier@example.org');
  await go(asker, '/account/roles');
  await asker.selectOption('#role', 'institution_administrator');
  await fillIn(asker, {object: `${address}/${language}${at.member}`, why: say('Je tiens l’annuaire de l’institut.', 'I keep the directory of the institute.')});
  await asker.click('#ask ~ form button');
  await picture(asker, 'account-roles');
  await shown(asker, '/admin', 'refused', 403);
  const page = await signedIn(who.root);
  await shown(page, '/admin/roles/asked', 'roles-asked');
  await go(page, '/admin/roles/table');
  const until = `${new Date().getUTCFullYear() + 3}-12-31`;
  await page.fill('#table', `${say('adresse\trôle\tobjet\tau', 'e-mail\trole\tobject\tuntil')}\nlea.aubrac@example.org\tresearcher\t${at.member.split('/').at(-1)}\t${until}\n`
    + `tom.vial@example.org\tteam_leader\t${at.team.split('/').at(-1)}\t${until}\nmax.orme\tresearcher\t${at.member.split('/').at(-1)}\t\n`);
  await picture(page, 'roles-table');
  await page.click('#bring ~ form button');
  await picture(page, 'roles-table-read');
  await page.click('#read ~ form button');
  for (const each of [asker, page]) await each.context().close();
}

// A form that is sent after its session ended: the words are given back.
export async function session(at) {
  const page = await signedIn(who.colleague);
  await go(page, `${at.instruments[0]}/book?from=${monday()}T10:00&minutes=60`);
  await page.fill('#purpose', say('Tri de lymphocytes, 12 échantillons', 'Sorting lymphocytes, 12 samples'));
  await page.context().clearCookies();
  await page.click('main form.form > p button');
  await picture(page, 'words-kept');
  await page.context().close();
}

export async function administration() {
  const page = await signedIn(who.root);
  await shown(page, '/account', 'administration');
  for (const [below, name] of [['/admin', 'admin'], ['/admin/institutions', 'institutions'], ['/admin/texts', 'texts'], ['/admin/texts/home', 'text'],
    ['/admin/roles', 'roles'], ['/admin/accounts', 'accounts'], ['/admin/outbox', 'outbox'], ['/admin/jobs', 'jobs'], ['/admin/audit', 'audit']]) await shown(page, below, name);
  await go(page, '/admin/institutions');
  await page.locator('main a[href*="/admin/institutions/"]').first().click();
  await picture(page, 'institution');
  await page.context().close();
}

// What letters lead to without signing in: one that tells of finds is due in the night, so it is made due; then notices go out.
export async function fromLetters(at) {
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
  const read = async (begin, word, name, again = () => {}) => {
    const known = letters();
    await begin();
    let link;
    for (let look = 1; !link && look < 900; look += 1) {
      [link] = (await lettersAfter(known, 0)).join('\n').match(new RegExp(`/${word}/\\S+`)) ?? [];
      await new Promise((done) => setTimeout(done, 100));
      if (look % 100 === 0) again();
    }
    if (!link) throw new Error(`no letter leads to ${word}`);
    await shown(reader, link, name);
    return link;
  };
  const due = () => execFileSync('python3', ['-c', 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=20); db.execute("UPDATE job SET due = \'2000-01-01T00:00:00Z\' WHERE name = \'personal.search\'"); db.commit()',
    process.env.PB_DATABASE]);
  await read(due, 'stop', 'stop', due);
  const staff = await signedIn(who.staff);
  await go(staff, '/admin/people');
  const about = await read(() => staff.click('form[action$="/notices"] button'), 'about-me', 'about-me');
  await shown(reader, `${about}/card`, 'about-me-card');
  for (const each of [page, leader, reader, staff]) await each.context().close();
}
