// A key area's site in a real browser, from signing in to signing out: its leader writes, confirms members and organises,
// others register and wait; with and without script, in both languages, each page at three widths, axe-core finds nothing.
// PB_ADDRESS, PB_LETTERS, PB_SCREENSHOTS as in booking.test.mjs. root@example.org is the system administrator.
import {before, test} from 'node:test';
import assert from 'node:assert/strict';
import {address, give, inEveryWay, listed, signedIn, signOut, visitor} from './people.mjs';
import {letters, lookAt, newestLetter} from './visitor.mjs';

let area;  // "/group/7ZK…"
const leader = 'jo.leader@example.org';

before(async () => {
  area = `/group/${(await listed('group.json?type=key_area&sort=name'))[1].id}`;
  await give([[leader, 'group_leader', area]]);
});

const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

inEveryWay('a key area\'s site is written', async ({language, script, mark, seen}) => {
  const desk = await signedIn(leader, script, language);
  const {page} = desk;
  await page.goto(`${address}/${language}/account`);
  const task = page.locator(`a[href="/${language}${area}/members"]`);
  assert.ok(await task.count() > 0, 'people to confirm are among what is to do');
  await task.first().click();
  await seen(page, 'groups-members');
  const name = await page.locator('#proposals ~ ul > li > a').first().textContent();
  assert.ok(await page.locator('#proposals ~ ul > li .reasons li').count() > 0, 'each with its reasons');
  await page.locator('button[value=confirmed]').first().click();
  assert.ok((await page.locator('#confirmed ~ ul').textContent()).includes(name.trim()));

  await page.goto(`${address}/${language}${area}`);
  assert.ok((await page.textContent('#confirmed')).includes(name.trim()), 'the site shows its members');
  await page.locator(`a[href="/${language}${area}/presentation"]`).click();
  await page.fill('#text_fr', `## Notre axe ${mark}\n\nDes équipes *réunies*.\n\n- un\n- deux`);
  await page.fill('#text_en', `## Our area ${mark}\n\nTeams *together*. <script>alert(1)</script>\n\n- one\n- two`);
  await seen(page, 'groups-presentation');
  await page.click('main form button');
  assert.equal(await page.locator('#presentation h3').textContent(), language === 'fr' ? `Notre axe ${mark}` : `Our area ${mark}`);

  await page.locator(`a[href="/${language}${area}/news/new"]`).click();
  await page.click('main form button');
  assert.equal(await page.locator('[role=alert]').count(), 1, 'a title is wanted');
  await page.fill('#title_en', `Prize ${mark} <b>won</b>`);
  await page.fill('#text_en', 'Read [more](https://example.org/).');
  await page.click('main form button');
  assert.equal(await page.textContent('h1'), `Prize ${mark} <b>won</b>`);
  await seen(page, 'groups-news');

  await page.goto(`${address}/${language}${area}/events/new`);
  await page.fill('#title_fr', `Journée ${mark}`);
  await page.fill('#begins', `${day(30)}T09:00`);
  await page.fill('#ends', `${day(29)}T17:00`);
  await page.fill('#places', '1');
  await page.click('main form button');
  assert.equal(await page.locator('[role=alert]').count(), 1, 'the end is before the beginning');
  assert.equal(await page.inputValue('#title_fr'), `Journée ${mark}`);
  await page.fill('#ends', `${day(30)}T17:00`);
  await page.fill('#place', 'Paris');
  await seen(page, 'groups-event-form');
  await page.click('main form button');
  const event = new URL(page.url()).pathname;
  assert.match(event, /\/events\/\d+$/);

  await seats(language, script, event, page, seen);
  await signOut(leader, desk, language);
});

// One place: the second waits, and gets it when the first gives it back.
async function seats(language, script, event, desk, seen) {
  const first = await signedIn('camille.guest@example.org', script);
  const second = await signedIn('noa.guest@example.org', script);
  await first.page.goto(address + event);
  await first.page.click('form[action$="/enrol"] button');
  assert.equal(await first.page.locator('.done').count(), 1);
  await second.page.goto(address + event);
  await second.page.click('form[action$="/enrol"] button');
  await seen(second.page, 'groups-event');
  assert.equal(await second.page.locator('main a[href*="/sign-in"]').count(), 0, 'who is signed in is not asked to sign in');
  await desk.goto(address + event);
  const rows = await desk.locator('#registered ~ .across tbody tr').allTextContents();
  assert.equal(rows.length, 2);
  const known = letters();
  await first.page.click('form[action$="/give-back"] button');
  assert.ok((await newestLetter('noa.guest@example.org', known)).includes(event.replace(/^\/\w+/, '')), 'a letter to who moves up');
  await desk.reload();
  assert.equal(await desk.locator('#registered ~ .across tbody tr').count(), 1);
  await seen(desk, 'groups-event-desk');
  await second.page.goto(address + event);
  assert.ok(!(await second.page.textContent('main')).includes('camille.guest@example.org'));
  await first.close();
  await second.close();
}

test('a visitor reads the site, its size, its calendar and the topics', async () => {
  for (const language of ['fr', 'en']) {
    const {page, close} = await visitor();
    await page.goto(`${address}/${language}${area}`);
    await lookAt(page, language === 'fr' && 'groups-site');
    assert.equal(await page.locator(`a[href$="/presentation"]`).count(), 0);
    await page.locator(`a[href="/${language}${area}/size"]`).click();
    assert.ok(await page.locator('svg.plot').count() >= 6);
    await lookAt(page, language === 'fr' && 'groups-size');
    await page.goto(`${address}/${language}${area}/events`);
    await lookAt(page, language === 'fr' && 'groups-events');
    await page.goto(`${address}/${language}/topics`);
    assert.ok(await page.locator('td.soft').count(), 'what an area does not work on');
    assert.equal(await page.locator('td.soft a').count(), 0, 'nothing leads nowhere');
    assert.ok(await page.locator('tbody tr').count() > 5);
    await lookAt(page, language === 'fr' && 'groups-topics');
    const calendar = await (await fetch(`${address}/${language}${area}/calendar.ics`)).text();
    assert.match(calendar, /^BEGIN:VCALENDAR[^]*BEGIN:VEVENT[^]*END:VCALENDAR\r\n$/);
    // What is published is found.
    const found = await (await fetch(`${address}/${language}/search.json?q=${encodeURIComponent('Journée enwith')}&kind=event`)).json();
    assert.ok(JSON.stringify(found).includes('Journée enwith'));
    await close();
  }
});

test('two write at once; who does not lead may not write; signing out', async () => {
  const one = await signedIn(leader, false);
  const two = await signedIn('root@example.org', true);
  const there = `${address}/fr${area}/presentation`;
  await one.page.goto(there);
  await two.page.goto(there);
  await one.page.fill('#text_fr', 'Le premier texte');
  await two.page.fill('#text_fr', 'Mes propres mots');
  await one.page.click('main form button');
  await two.page.click('main form button');
  assert.equal(await two.page.locator('[role=alert]').count(), 1);
  assert.equal(await two.page.inputValue('#text_fr'), 'Mes propres mots');
  assert.ok((await two.page.textContent('dl')).includes('Le premier texte'));
  await lookAt(two.page, false);
  await two.page.click('main form button');
  assert.equal(await two.page.locator('[role=alert]').count(), 0);
  await two.close();
  const guest = await signedIn('camille.guest@example.org', true);
  for (const path of ['presentation', 'members', 'news/new', 'events/new']) {
    assert.equal((await guest.page.goto(`${address}/en${area}/${path}`)).status(), 403, path);
  }
  await signOut('camille.guest@example.org', guest, 'en');
  await one.close();
});
