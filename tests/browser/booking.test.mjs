// Booking in a real browser, from the home page to the calendar: with and without script, in both languages, each page at
// three widths, axe-core finds nothing. PB_ADDRESS: the site; PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a
// folder for pictures. root@example.org is the system administrator.
import {before, test} from 'node:test';
import assert from 'node:assert/strict';
import {address, at, give, inEveryWay, listed, signedIn, signOut, visitor} from './people.mjs';
import {letters, lookAt, newestCalendar, newestLetter} from './visitor.mjs';

let platform;
let instruments = [];  // of that platform, booked here

before(async () => {
  const first = (await (await fetch(`${address}/en/slots`)).text()).match(/\/equipment\/\w+(?=\/week)/)[0];
  platform = (await (await fetch(`${address}/en${first}`)).text()).match(/\/platform\/\w{10}/)[0];
  const week = await (await fetch(`${address}/en${platform}/week`)).text();
  instruments = [...week.matchAll(/<tr><th scope="row"><a href="\/en(\/equipment\/\w+)\/week[^]*?<\/tr>/g)]
    .filter(([row]) => row.includes('class="closed"') && !row.includes('colspan')).map(([, path]) => path);
  assert.ok(instruments.length > 1, 'a platform with two instruments that are booked here');
  const [organisation] = await listed('organisation.json?sort=name');
  await give([['camille@example.org', 'researcher', `/organisation/${organisation.id}`], ['noa@example.org', 'researcher', `/organisation/${organisation.id}`],
    ['dominique@example.org', 'platform_manager', platform]]);
  const manager = await signedIn('dominique@example.org', false);
  for (const instrument of instruments.slice(0, 2)) await terms(manager.page, 'en', instrument, {day0: '00:00-24:00', step: '30', smallest: '30', largest: '480'});
  await manager.close();
});

// Monday in two weeks, on that clock.
const monday = () => {
  const day = new Date(Date.now() + 14 * 86400000);
  return new Date(day - ((day.getUTCDay() + 6) % 7) * 86400000).toISOString().slice(0, 10);
};
// On those terms from now on; what is not said stays.
async function terms(page, language, instrument, fields, checked = {}) {
  await page.goto(`${address}/${language}${instrument}/terms`);
  for (const [name, value] of Object.entries(fields)) await page.fill(`#${name}`, value);
  for (const [name, wanted] of Object.entries(checked)) await page.setChecked(`input[name=${name}]`, wanted);
  await page.click('main form button');
  assert.equal(await page.locator('[role=alert]').count(), 0);
  assert.equal(await page.locator('[role=status]').count(), 1);
}

inEveryWay('a slot found and booked, moved and given back', async ({language, script, seen}) => {
  const camille = await signedIn('camille@example.org', script, language);
  const {page} = camille;
  const began = Date.now();
  let clicks = 0;
  const click = async (what) => { clicks += 1; await page.locator(what).first().click(); };
  await page.goto(`${address}/${language}/`);
  await click(`nav a[href="/${language}/slots"]`);
  await page.selectOption('#minutes', '60');
  await click('main form button');
  const slots = page.url();
  await click('.hits li:not(:has(.badge)) a[href*="/book?"]');
  const form = page.url();
  await click('main form button');
  const seconds = (Date.now() - began) / 1000;
  assert.match(at(page), new RegExp(`^/${language}/bookings/\\d+$`));
  assert.equal(await page.locator('[role=status]').count(), 1);
  assert.ok(clicks <= 4, `${clicks} clicks`);
  if (script) console.log(`slot booked ${language}: ${clicks} clicks, ${seconds} s`);
  const booking = page.url().split('?')[0];
  await seen(page, 'booking');
  await page.fill('#from', `${monday()}T17:00`);  // when every instrument of the demo is open and free
  await page.click('form[action$="/move"] button');
  assert.ok(page.url().endsWith('?done=moved'), page.url());
  await page.goto(slots);
  await seen(page, 'slots-signed-in');
  await page.goto(form);
  await seen(page, 'book');
  await page.goto(`${address}/${language}/bookings`);
  assert.ok(await page.locator(`a[href="${new URL(booking).pathname}"]`).count() > 0);
  await seen(page, 'bookings');
  await page.goto(booking);
  await page.fill('#why', 'enough <b>cells</b>');
  await page.click('form[action$="/cancel"] button');
  assert.equal(await page.locator('form[action$="/move"]').count(), 0);
  assert.ok((await page.textContent('main')).includes('enough <b>cells</b>'));
  await signOut('camille@example.org', camille, language);
});

test('two at once: the second keeps his words and is told what is free', async () => {
  for (const language of ['fr', 'en']) {
    const camille = await signedIn('camille@example.org', false);
    const noa = await signedIn('noa@example.org', true);
    const there = `${address}/${language}${instruments[0]}/book?from=${monday()}T${language === 'fr' ? '01:00' : '04:00'}&minutes=60`;
    await camille.page.goto(there);
    await noa.page.goto(there);
    await noa.page.fill('#purpose', 'my own words, «typed» once');
    await camille.page.click('main form button');
    await noa.page.click('main form button');
    assert.equal(await noa.page.locator('[role=alert]').count(), 1);
    assert.equal(await noa.page.inputValue('#purpose'), 'my own words, «typed» once');
    assert.equal(await noa.page.inputValue('#from'), there.match(/from=([^&]+)/)[1]);
    await lookAt(noa.page, language === 'en' && 'taken');
    await noa.page.locator('.list button').first().click();
    assert.match(new URL(noa.page.url()).pathname, /\/bookings\/\d+$/);
    assert.ok((await noa.page.textContent('main')).includes('my own words, «typed» once'), 'they went along');
    // Somebody else's booking is not there for him.
    const own = Number(new URL(noa.page.url()).pathname.split('/').at(-1));
    assert.equal((await noa.page.goto(`${address}/${language}/bookings/${own - 1}`)).status(), 404);
    await camille.close();
    await noa.close();
  }
});

// The first time he is to be trained; each time at another hour.
const hours = ['01:00', '02:30', '04:00', '05:30'];
inEveryWay('terms, training and a yes: manager and researcher', async ({language, script, seen}) => {
  const manager = await signedIn('dominique@example.org', script, language);
  const {page} = manager;
  await terms(page, language, instruments[1], {day0: '00:00-24:00', step: '30', smallest: '30', largest: '480'}, {trained: true, confirmed: true});
  await seen(page, 'terms');
  await page.fill('#day0', 'morning');
  await page.click('main form button');
  assert.equal(await page.inputValue('#day0'), 'morning');
  assert.ok((await page.textContent('[role=alert]')).includes('morning'));

  const noa = await signedIn('noa@example.org', script, language);
  const untrained = hours.length === 4;
  const form = `${address}/${language}${instruments[1]}/book?from=${monday()}T${hours.shift()}&minutes=60`;
  await noa.page.goto(form);
  assert.equal(await noa.page.locator('.badge.warn').count(), untrained ? 1 : 0, 'the training is lacking');
  if (untrained) {
    assert.equal(await noa.page.locator('#minutes').count(), 0, 'no form that would be refused');
    await seen(noa.page, 'untrained');
    await noa.page.click('main form button');
    const asked = at(noa.page);
    assert.match(asked, /\/requests\/\d+$/, 'who looks after it is asked for the training');
    await noa.page.goto(form);
    assert.equal(await noa.page.locator('main form').count(), 0, 'nobody is asked twice');
    assert.equal(await noa.page.locator(`main a[href="${asked}"]`).count(), 1, 'since when it waits is said');
    await seen(noa.page, 'training-asked');
    await page.goto(`${address}/${language}${instruments[1]}/bookings`);
    await page.fill('#email', 'nobody@example.org');
    await page.click('form[action$="/trainings"] button');
    assert.ok((await page.textContent('[role=status]')).includes('nobody@example.org'), 'nobody has that address, and that is said');
    await page.goto(`${address}/${language}/requests/inbox`);
    await page.locator('main a[href*="/requests/threads/"]').first().click();
    await seen(page, 'training-to-grant');
    const granted = letters();
    await page.click('form[action$="/train"] button');
    assert.equal(await page.locator('[role=status]').count(), 1);
    assert.equal(await page.locator('form[action$="/train"]').count(), 0, 'it is closed');
    assert.ok((await newestLetter('noa@example.org', granted)).includes(instruments[1]), 'who asked is told');
    await noa.page.goto(form);
  }
  const known = letters();
  await noa.page.click('main form button');
  const booking = at(noa.page);
  const asked = await newestLetter('dominique@example.org', known);
  assert.ok(asked.includes(booking.replace(/^\/\w+/, '')), 'a letter to who looks after it');
  assert.ok(asked.includes('noa@example.org'), 'that says who wishes it');
  assert.equal((await noa.page.goto(`${address}/${language}${instruments[1]}/terms`)).status(), 403);
  await page.goto(`${address}/${language}/account`);
  await page.locator(`a[href="/${language}/bookings/waiting"]`).click();
  await seen(page, 'waiting');
  await page.locator('.hits a').first().click();
  await seen(page, 'to-confirm');
  const before = letters();
  await page.click('form[action$="/confirm"] button');
  assert.ok(page.url().endsWith('?done=confirmed'));
  assert.ok((await newestLetter('noa@example.org', before)).includes(booking.replace(/^\/\w+/, '')), 'a letter to who booked');
  const event = await newestCalendar('noa@example.org', before);
  assert.match(event.head, /text\/calendar; method=PUBLISH/);
  assert.match(event.text, /UID:booking-\d+@pitchblende[^]*SEQUENCE:2\r\n[^]*STATUS:CONFIRMED/);
  // Moved it waits again, and says so; refused it says why.
  await noa.page.goto(address + booking);
  const moved = letters();
  await noa.page.fill('#from', `${monday()}T${12 + hours.length}:00`);
  await noa.page.click('form[action$="/move"] button');
  assert.match(await noa.page.textContent('[role=status]'), language === 'fr' ? /attend de nouveau un accord/ : /waits for a yes again/);
  assert.match((await newestCalendar('noa@example.org', moved)).text, /SEQUENCE:3\r\n[^]*STATUS:TENTATIVE/);
  await page.goto(address + booking);
  assert.equal(await page.locator('#why-not[required]').count(), 1, 'a reason is owed');
  await page.fill('#why-not', 'the laser is broken');
  const refused = letters();
  await page.click('form[action$="/decline"] button');
  assert.ok((await newestLetter('noa@example.org', refused)).includes('the laser is broken'));
  assert.match((await newestCalendar('noa@example.org', refused)).text, /METHOD:CANCEL\r\n/);
  // Each week: one step, one letter.
  await noa.page.goto(`${address}/${language}${instruments[1]}/book?from=${monday()}T${16 + hours.length}:00&minutes=60`);
  await noa.page.locator('main details summary').click();
  await noa.page.fill('#times', '2');
  await noa.page.click('main form.form > p button');
  await noa.page.waitForURL(/\/book\/series\?/);  // what came of it has an address
  await noa.page.reload();
  assert.equal(await noa.page.locator('.list a[href*="/bookings/"]').count(), 2);
  await page.goto(`${address}/${language}/bookings/waiting`);
  await seen(page, 'waiting-series');
  const together = letters();
  await page.locator('button[value=confirm]').first().click();
  assert.equal(await page.locator('[role=status]').count(), 1);
  assert.equal((await newestCalendar('noa@example.org', together)).text.match(/BEGIN:VEVENT/g).length, 2, 'one letter for both');
  await page.goto(`${address}/${language}${instruments[1]}/bookings`);
  assert.ok((await page.textContent('main')).includes('noa@example.org'));
  await seen(page, 'desk');
  await signOut('noa@example.org', noa, language);
  await signOut('dominique@example.org', manager, language);
});

test('two store terms at once: both see what the other wrote', async () => {
  const first = await signedIn('dominique@example.org', false);
  const second = await signedIn('root@example.org', true);
  const there = `${address}/en${instruments[0]}/terms`;
  await first.page.goto(there);
  await second.page.goto(there);
  await first.page.fill('#notice', '15');
  await first.page.click('main form button');
  await second.page.fill('#notice', '45');
  await second.page.fill('#closed', '2031-08-01/2031-08-15');
  await second.page.click('main form button');
  assert.equal(await second.page.locator('[role=alert]').count(), 1);
  assert.equal(await second.page.inputValue('#notice'), '45');
  assert.ok((await second.page.textContent('dl')).includes('15'));
  await lookAt(second.page, false);
  await second.page.click('main form button');
  assert.equal(await second.page.locator('[role=alert]').count(), 0);
  await first.page.goto(there);
  assert.equal(await first.page.inputValue('#notice'), '45');
  await first.page.fill('#notice', '0');
  await first.page.click('main form button');
  await first.close();
  await second.close();
});

test('the hour that does not exist and the hour that is twice', async () => {
  const {page, close} = await signedIn('dominique@example.org', true);
  await terms(page, 'fr', instruments[0], {day6: '00:00-24:00', horizon: '366'});
  // The last Sunday of the month in which clocks change next.
  const sunday = (month) => {
    const now = new Date();
    for (let year = now.getUTCFullYear(); ; year += 1) {
      const last = new Date(Date.UTC(year, month, 0));
      last.setUTCDate(last.getUTCDate() - last.getUTCDay());
      if (last - now > 2 * 86400000) return last.toISOString().slice(0, 10);
    }
  };
  await page.goto(`${address}/fr${instruments[0]}/book?from=${sunday(3)}T02:30&minutes=60`);
  await page.click('main form button');
  assert.match(await page.textContent('[role=alert]'), /n’existe pas/);
  await page.goto(`${address}/fr${instruments[0]}/book?from=${sunday(10)}T01:30&minutes=60`);
  await page.fill('#from', `${sunday(10)}T02:30`);
  await page.click('main form button');
  assert.match(await page.textContent('[role=alert]'), /arrive deux fois/);
  await lookAt(page, false);
  for (const which of ['first', 'second']) {
    await page.goto(`${address}/fr${instruments[0]}/book?from=${sunday(10)}T02:30&minutes=60`);
    await page.check(`input[value=${which}]`);
    await page.click('main form button');
    assert.match(new URL(page.url()).pathname, /\/bookings\/\d+$/, which);
  }
  await close();
});

test('a calendar address: seen once, read by anybody who has it, revoked', async () => {
  const {page, close} = await signedIn('camille@example.org', true);
  await page.goto(`${address}/fr${instruments[0]}/book`);
  await page.fill('#purpose', 'cellules');
  await page.click('main form button');
  await page.goto(`${address}/fr/bookings`);
  await page.click('form[action$="/feeds"] button');
  await lookAt(page, false);
  const secret = new URL(await page.inputValue('#address')).pathname;
  const read = await fetch(address + secret);
  assert.equal(read.status, 200);
  assert.match(read.headers.get('content-type'), /^text\/calendar/);
  assert.match(read.headers.get('cache-control'), /no-store/);
  assert.match(await read.text(), /^BEGIN:VCALENDAR[^]*BEGIN:VEVENT[^]*END:VCALENDAR\r\n$/);
  assert.equal((await fetch(`${address}/fr/calendar/${'0'.repeat(64)}.ics`)).status, 404);
  await page.goto(`${address}/fr/bookings`);
  assert.ok(!(await page.content()).includes(secret.split('/').at(-1).slice(0, 20)), 'seen once');
  await page.click('form[action$="/revoke"] button');
  assert.equal((await fetch(address + secret)).status, 404);
  await close();
});

inEveryWay('a manager keeps an instrument for maintenance, books for another each week, and closes a day', async ({language, script, seen}) => {
  const at_hour = {fr: script ? 6 : 17, en: script ? 12 : 14}[language];  // what other tests leave free
  const hour = (more) => String(at_hour + more).padStart(2, '0');
  const {page, close} = await signedIn('dominique@example.org', script, language);
  const here = `${address}/${language}${instruments[0]}`;
  const [first, second] = [0, 7].map((days) => new Date(Date.parse(monday()) + days * 86400000).toISOString().slice(0, 10));
  await terms(page, language, instruments[0], {day0: '00:00-24:00', closed: ''});
  await page.goto(`${here}/bookings`);
  await page.fill('#begins', `${first}T${hour(0)}:05`);
  await page.fill('#ends', `${first}T${hour(1)}:00`);
  await page.fill('#what-for', `laser <b>${at_hour}`);
  await page.click('form[action$="/maintenance"] button');
  assert.equal(await page.locator('[role=status]').count(), 1);
  const {page: public_page, close: leave} = await visitor(script);
  await public_page.goto(`${here}/week?from=${first}`);
  assert.ok((await public_page.textContent('main')).includes(`laser <b>${at_hour}`), 'everybody reads why');
  await leave();
  // Over it nobody books.
  await page.goto(`${here}/book?from=${first}T${hour(0)}:30&minutes=60`);
  await page.click('main form.form button');
  assert.equal(await page.locator('[role=alert]').count(), 1);
  // Each week, for somebody else.
  await page.goto(`${here}/book?from=${first}T${hour(1)}:00&minutes=60`);
  await page.fill('#whom', 'camille@example.org');
  await page.locator('main details summary').click();
  await page.check('input[name=repeat]');
  await page.fill('#times', '2');
  await seen(page, 'book-weekly');
  const known = letters();
  await page.locator('main form.form > p button').press('Enter');
  await page.waitForURL(/\/book\/series\?/);
  assert.equal(await page.locator('.list a[href*="/bookings/"]').count(), 2);
  await seen(page, 'series');
  const {text} = await newestCalendar('camille@example.org', known);
  assert.equal(text.match(/BEGIN:VEVENT/g).length, 2, 'one letter for both');
  // Closed on the second day: what stands there is shown first, and cancelled with a reason.
  await page.goto(`${here}/terms`);
  await page.fill('#closed', second);
  await page.locator('main form > p button').last().click();
  assert.equal(await page.locator('#outside').count(), 1);
  assert.equal(await page.inputValue('#closed'), second, 'what was typed stays');
  await seen(page, 'terms-outside');
  await page.check('input[name=cancel]');
  await page.fill('#reason', 'nobody is there');
  const told = letters();
  await page.locator('section[aria-labelledby=outside] button').click();
  assert.equal(await page.locator('[role=status]').count(), 1);
  assert.ok((await newestLetter('camille@example.org', told)).includes('nobody is there'));
  await terms(page, language, instruments[0], {closed: ''});
  await close();
});

test('who has no role is told, who is not signed in comes back after signing in', async () => {
  const {page, close} = await visitor();
  const there = `/en${instruments[0]}/book?from=${monday()}T17:00&minutes=30`;
  await page.goto(address + there);
  assert.equal(new URL(page.url()).pathname, '/en/sign-in');
  assert.equal(new URL(page.url()).searchParams.get('next'), there.replace('T17:00', 'T17%3A00').replaceAll('%3A', '%3A'));
  await close();
  const lou = await signedIn('lou@example.org', false);
  assert.equal((await lou.page.goto(address + there)).status(), 403);
  await lou.close();
});
