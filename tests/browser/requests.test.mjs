// Requests and partnerships in a real browser: a company's need becomes a request, a manager answers, the staff forward and look
// on; with and without script, in both languages, each page at three widths, axe-core finds nothing. PB_ADDRESS: the site;
// PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a folder for pictures. root@example.org is the system administrator.
import {before, test} from 'node:test';
import assert from 'node:assert/strict';
import {address, at, give, inEveryWay, listed, signedIn, signOut, visitor} from './people.mjs';
import {letters, lookAt, newestLetter} from './visitor.mjs';

let platform;
let team;
let company;

before(async () => {
  [platform] = await listed('platform.json?sort=name');
  [team] = await listed('team.json?sort=name');
  [company] = await listed('organisation.json?type=company&sort=name');
  await give([['pat@example.org', 'platform_manager', `/platform/${platform.id}`], ['val@example.org', 'team_leader', `/team/${team.id}`],
    ['ali@example.org', 'staff', ''], ['sam@company.example', 'company_contact', `/organisation/${company.id}`]]);
});

const button = (page, form) => page.locator(`form[action$="${form}"] button:not([value=find])`);

inEveryWay('a company\'s need becomes a request and is answered', async ({language, script, seen}) => {
  const email = `${language}-${script}@company.example`;
  const {page, close} = await visitor(script);
  const began = Date.now();
  let clicks = 0;
  const click = async (what) => { clicks += 1; await what.first().click(); };
  await page.goto(`${address}/${language}/`);
  await click(page.locator(`main a[href="/${language}/partner"]`));
  await seen(page, 'partner-empty');
  await page.fill('#need', language === 'fr' ? 'Nous cherchons à mesurer par cytométrie en flux des cellules tumorales' : 'We want to measure tumour cells by flow cytometry');
  await click(page.locator('main form button'));
  assert.ok(await page.locator('.matches li').count() >= 3, 'who may meet it');
  // docs/rules/partnerships.md, rules 10 and 11.
  assert.ok(await page.locator('.matches mark').count() > 0, 'and why');
  assert.ok(await page.locator('.matches .list a').count() > 0, 'by works of theirs');
  const found = page.url();
  await click(page.locator('.matches input[type=checkbox]'));
  await click(page.locator('.matches > p button'));
  assert.equal(new URL(page.url()).pathname, `/${language}/requests/new`);
  assert.equal(await page.locator('input[name=to]:checked').count(), 1);
  await page.fill('#name', 'Sacha Tremblay');
  await page.fill('#company', 'Exemple SA');
  await page.fill('#email', email);
  const known = letters();
  await click(page.locator('button[value=send]'));
  assert.equal(await page.locator('[role=status]').count(), 1);
  const link = (await newestLetter(email, known)).match(/http\S+\/requests\/verify\/[0-9a-f]+/)[0];
  // Another browser may neither send it nor use the link up.
  const other = await visitor();
  assert.equal((await other.page.goto(link)).status(), 403);
  await other.close();
  await page.goto(link);
  clicks += 1;
  const before = letters();
  await seen(page, 'request-verify');
  await click(page.locator('main button'));
  const seconds = (Date.now() - began) / 1000;
  assert.match(new URL(page.url()).pathname, new RegExp(`^/${language}/requests/link/`));
  if (script) console.log(`need to request ${language}: ${clicks} clicks, ${seconds} s`);
  assert.ok(seconds < 120);
  await seen(page, 'request-company');
  assert.equal((await page.goto(link)).status(), 410, 'once');
  // The letter that says so leads back to it, in any browser.
  const own = (await newestLetter(email, before)).match(/http\S+\/requests\/link\/\S+/)[0];
  const anywhere = await visitor(script);
  const elsewhere = anywhere.page;
  await elsewhere.goto(own);
  await elsewhere.fill('textarea', 'Six <b>more</b> samples');
  await elsewhere.locator('form[action$="/files"] button').click();
  assert.ok((await elsewhere.textContent('main')).includes('Six <b>more</b> samples'));
  assert.equal((await elsewhere.goto(`${own.slice(0, -1)}x`)).status(), 404);
  await anywhere.close();
  await page.goto(found);
  await seen(page, 'partner');
  await close();
});

inEveryWay('asked of two at once, answered by each alone', async ({language, script, mark, seen}) => {
  const asker = await signedIn('charlie@example.org', script, language);
  const page = asker.page;
  await page.goto(`${address}/${language}/platform/${platform.id}`);
  await page.click('.ways a[href*="/requests/new"]');
  await page.fill('#find', `${address}/en/team/${team.id}`);
  await page.click('button[value=find]');
  await page.check(`input[value="${team.id}"]`);
  await seen(page, 'ask');
  await page.fill('#subject', `Sorting ${mark}`);
  await page.fill('#text', 'Twelve samples\nof <i>blood</i>');
  const sent = letters();
  await page.click('button[value=send]');
  assert.match(new URL(page.url()).pathname, new RegExp(`^/${language}/requests/\\d+$`));
  assert.equal(await page.locator('main section').count(), 2);
  const own = page.url().split('?')[0];
  // His copy's link lets him in: here among his own, elsewhere without signing in.
  const copy = (await newestLetter('charlie@example.org', sent)).match(/http\S+\/requests\/link\/\S+/)[0];
  await page.goto(copy);
  assert.match(at(page), /^\/\w+\/requests\/\d+$/);
  const phone = await visitor(script);
  await phone.page.goto(copy);
  assert.ok((await phone.page.textContent('main')).includes('Twelve samples'));
  await phone.close();
  await page.goto(own);
  // The platform's manager.
  const pat = await signedIn('pat@example.org', script, language);
  await pat.page.goto(`${address}/${language}/account`);
  await pat.page.click('main a[href$="/requests/inbox"]');
  await seen(pat.page, 'inbox');
  await pat.page.locator('td a', {hasText: `Sorting ${mark}`}).click();
  assert.ok(!(await pat.page.textContent('main')).includes(team.label), 'nor who else was asked');
  const thread = pat.page.url();
  await pat.page.locator('form:has(input[value=accepted]) button').click();
  await pat.page.fill('#text', 'Which day?');
  // docs/rules/requests.md, rule 15.
  await pat.page.setInputFiles('#files', {name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Monday or Tuesday\n')});
  await button(pat.page, '/files').click();
  assert.equal(await pat.page.locator('.said a', {hasText: 'plan.txt'}).count(), 1);
  await seen(pat.page, 'thread');
  await pat.page.setInputFiles('#files', {name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ no document')});
  await pat.page.fill('#text', 'kept words');
  await button(pat.page, '/files').click();
  assert.equal(await pat.page.locator('[role=alert]').count(), 1, 'what lies about its type');
  assert.equal(await pat.page.inputValue('#text'), 'kept words');
  await signOut('pat@example.org', pat, language);
  // The team's leader sees another conversation.
  const val = await signedIn('val@example.org', script, language);
  assert.equal((await val.page.goto(thread)).status(), 404);
  await val.page.goto(`${address}/${language}/requests/inbox`);
  await val.page.locator('td a', {hasText: `Sorting ${mark}`}).click();
  await val.page.fill('#reason', 'No room until June');
  await val.page.locator('form:has(input[value=declined]) button').click();
  assert.ok(!(await val.page.textContent('main')).includes('Which day?'));
  await signOut('val@example.org', val, language);
  // The asker reads both, answers one, withdraws nothing of the other's.
  await page.goto(own);
  const all = await page.textContent('main');
  for (const words of ['Which day?', 'No room until June', 'Twelve samples', 'of <i>blood</i>']) assert.ok(all.includes(words), words);
  const file = await page.locator('.said a', {hasText: 'plan.txt'}).getAttribute('href');
  const got = await page.request.get(`${address}${file}`);
  assert.equal(await got.text(), 'Monday or Tuesday\n');
  assert.match(got.headers()['content-disposition'], /^attachment/);
  await seen(page, 'request');
  await page.goto(`${address}/${language}/requests?sort=-sent`);
  await seen(page, 'requests');
  await signOut('charlie@example.org', asker, language);
  const after = await visitor(script);
  await after.page.goto(own);
  assert.equal(at(after.page), `/${language}/sign-in`);
  assert.equal((await after.page.request.get(`${address}${file}`, {maxRedirects: 0})).status(), 303);
  await after.close();
});

// docs/rules/requests.md, rules 19 to 22.
inEveryWay('who is asked answers by the link of his letter', async ({language, script, mark, seen}) => {
  const asker = await signedIn('charlie@example.org', script, language);
  await asker.page.goto(`${address}/${language}/requests/new?to=${platform.id}`);
  await asker.page.fill('#subject', `By letter ${mark}`);
  await asker.page.fill('#text', 'Three samples');
  const known = letters();
  await asker.page.click('button[value=send]');
  const own = asker.page.url().split('?')[0];
  const link = (await newestLetter('pat@example.org', known)).match(/http\S+\/requests\/answer\/[0-9a-f]+/)[0]
    .replace(/\/(fr|en)\/requests/, `/${language}/requests`);
  const {page, close} = await visitor(script);
  await page.goto(link);
  await page.goto(link);
  assert.ok((await page.textContent('main')).includes('Three samples'));
  assert.equal(await page.locator('form[action$="/forward"]').count(), 0);
  await asker.page.goto(own);
  assert.equal(await asker.page.locator('.said .event').count(), 0, 'opened, it changes nothing');
  await seen(page, 'request-letter');
  await page.locator('form:has(input[value=accepted]) button').click();
  assert.equal(await page.locator('[role=status]').count(), 1);
  await page.fill('#text', 'Come on Monday');
  await page.setInputFiles('#files', {name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Room 3\n')});
  await button(page, '/files').click();
  const file = await page.locator('.said a', {hasText: 'plan.txt'}).getAttribute('href');
  assert.equal(await (await page.request.get(`${address}${file}`)).text(), 'Room 3\n');
  await asker.page.goto(own);
  assert.ok((await asker.page.textContent('main')).includes('Come on Monday'));
  // Nothing else opens by it.
  for (const path of ['inbox', 'all', 'threads/1']) {
    assert.equal((await page.request.get(`${address}/${language}/requests/${path}`, {maxRedirects: 0})).status(), 303, path);
  }
  assert.equal((await page.goto(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)).status(), 404);
  await seen(page, 'request-letter-shut');
  await page.goto(link);
  await page.locator('form:has(input[value=done]) button').click();
  assert.equal(await page.locator('textarea').count(), 0, 'what is done is only shown');
  await seen(page, 'request-letter-closed');
  await close();
  await asker.close();  // signed in: he had his five letters of an hour
});

test('help me choose: the staff forward it, and see all', async () => {
  for (const language of ['fr', 'en']) {
    const asker = await signedIn('robin@example.org', false);
    await asker.page.goto(`${address}/${language}/requests/new`);
    await asker.page.selectOption('#kind', 'choose');
    await asker.page.fill('#subject', `Who knows ${language}?`);
    await asker.page.fill('#text', 'We do not know whom to ask.');
    await asker.page.click('button[value=send]');
    const own = asker.page.url().split('?')[0];
    const {page, close} = await signedIn('ali@example.org', true);
    await page.goto(`${address}/${language}/requests/inbox`);
    await page.locator('td a', {hasText: `Who knows ${language}?`}).click();
    const thread = page.url();
    await page.click('a[href*="/partnerships/new?request="]');
    assert.equal(await page.inputValue('#title'), `Who knows ${language}?`, 'a partnership may begin with it');
    await page.goto(thread);
    await page.fill('#note', 'This is for you.');
    await page.fill('#find', `${address}/en/platform/${platform.id}`);
    await page.click('button[value=find]');
    await page.check(`input[value="${platform.id}"]`);
    await lookAt(page, language === 'en' && 'forward');
    await page.click('button[value=forward]');
    assert.equal(await page.locator('[role=status]').count(), 1);
    await asker.page.goto(own);
    assert.ok(!(await asker.page.textContent('main')).includes('This is for you.'), 'it is for whom it goes to');
    assert.equal(await asker.page.locator('main section').count(), 2);
    await page.goto(`${address}/${language}/requests/all?sort=-sent&state=new`);
    await lookAt(page, language === 'en' && 'requests-all');
    assert.ok((await (await page.request.get(`${address}/${language}/requests/all.csv`)).text()).includes(`Who knows ${language}?`));
    const pat = await signedIn('pat@example.org', false);
    assert.equal((await pat.page.goto(`${address}/${language}/requests/all`)).status(), 403);
    await pat.page.goto(`${address}/${language}/requests/inbox`);
    await pat.page.fill('#email', 'deputy@example.org');
    await button(pat.page, '/substitutes').last().click();
    assert.equal(await pat.page.locator('.list li', {hasText: 'deputy@example.org'}).count(), 1);
    const deputy = await signedIn('deputy@example.org', false);
    await deputy.page.goto(`${address}/${language}/requests/inbox`);
    assert.ok(await deputy.page.locator('td a').count() > 0, 'the substitute sees them');
    await deputy.page.locator('td a', {hasText: `Who knows ${language}?`}).first().click();
    assert.ok((await deputy.page.textContent('main')).includes('This is for you.'), 'with the word of the staff');
    await deputy.page.goto(`${address}/${language}/requests/inbox`);
    await pat.page.locator('.list li', {hasText: 'deputy@example.org'}).locator('button').click();
    assert.equal((await deputy.page.goto(deputy.page.url())).status(), 200);
    assert.equal(await deputy.page.locator('td a').count(), 0, 'and no more');
    for (const each of [asker, pat, deputy]) await each.close();
    await close();
  }
});

inEveryWay('a partnership from contact to signed to ended', async ({language, script, mark, seen}) => {
  const ali = await signedIn('ali@example.org', script, language);
  const {page} = ali;
  await page.goto(`${address}/${language}/partnerships`);
  await page.click('main a.go');
  await page.fill('#title', `Anticorps ${mark}`);
  await page.fill('#find', company.id);
  await page.click('button[value=find]');
  await page.check(`input[value="${company.id}"]`);
  await page.fill('#find', `${address}/en/team/${team.id}`);
  await page.click('button[value=find]');
  await page.check(`input[value="${team.id}"]`);
  // docs/rules/partnerships.md, rule 15: a company that has only just written.
  const young = `Thérabio ${mark}`;
  await page.fill('#find', young);
  await page.click('button[value=find]');
  await page.click('button[value=add]');
  assert.ok(await page.isChecked(`input[name=named][value="${young}"]`));
  await page.fill('#find', 'xyzzyx');
  await page.click('button[value=find]');
  assert.equal(await page.locator('[role=status]').count(), 1, 'nothing is found, and that is said');
  await page.fill('#find', '');
  await page.fill('#amount', '250 000');
  await page.selectOption('#amount_seen', 'owner');
  assert.equal(await page.isChecked('input[name=shown]'), false, 'nothing is shown that nobody said to show');
  await page.fill('#note', 'they hesitate');
  await page.fill('#starts', new Date().toISOString().slice(0, 10));
  await page.fill('#ends', new Date(Date.now() + 60 * 86400000).toISOString().slice(0, 10));
  await page.click('button[value=store]');
  assert.equal(await page.locator('[role=status]').count(), 1);
  const here = page.url().split('?')[0];
  const sam = await signedIn('sam@company.example', script, language);
  assert.equal((await sam.page.goto(here)).status(), 200);
  assert.ok(!(await sam.page.textContent('main')).includes('they hesitate'));
  assert.match(await sam.page.textContent('main'), /250.000/);
  const other = await visitor(script);
  assert.equal((await other.page.goto(here)).status(), 404, 'a first contact is nobody else\'s business');
  await page.selectOption('#stage', 'signed');
  await page.click('form[action$="/stage"] button');
  assert.equal((await other.page.goto(here)).status(), 404, 'nor what is signed');
  await page.check('input[name=shown]');
  await page.click('button[value=store]');
  await seen(page, 'partnership');
  assert.equal((await other.page.goto(here)).status(), 200);
  assert.ok(await other.page.locator('dl.facts a', {hasText: young}).count() > 0, 'who is named has a page');
  assert.doesNotMatch(await other.page.textContent('main'), /250.000|they hesitate/);
  await other.page.goto(`${address}/${language}/partnership?q=Anticorps+${mark}`);
  await other.page.locator('.hits h2 a').first().click();
  assert.ok(await other.page.locator(`.ways a[href="${new URL(here).pathname}"]`).count() > 0);
  await other.close();
  await page.goto(`${address}/${language}/partnerships`);
  const renewals = page.locator('section[aria-labelledby=renewals]');
  const there = await renewals.locator('li').count();
  assert.ok(await renewals.locator('a', {hasText: mark}).count() > 0);
  await seen(page, 'board');
  assert.doesNotMatch(await page.textContent('.board'), language === 'fr' ? /\bresearch\b/ : /recherche en commun/);
  await page.goto(`${address}/${language}/account`);
  assert.equal(parseInt(await page.locator('a[href*="/partnerships#renewals"]').textContent(), 10), there, 'as many to do as the board lists');
  // docs/rules/partnerships.md, rule 14.
  await page.goto(here);
  await page.fill('#until', new Date(Date.now() + 800 * 86400000).toISOString().slice(0, 10));
  await page.fill('#renewal_note', 'two more years');
  await page.click('form[action$="/renewal"] button');
  assert.equal(await page.locator('.done').count(), 1);
  assert.match(await page.textContent('section[aria-labelledby=history]'), /ali@example\.org[^]*two more years/);
  await seen(page, 'partnership-renewed');
  await page.goto(`${address}/${language}/partnerships`);
  assert.equal(await renewals.locator('li').count(), there - 1);
  await sam.page.goto(`${address}/${language}/partnerships`);
  assert.equal(await sam.page.locator('.board .card').count() > 0, true);
  await sam.page.goto(`${address}/${language}/organisation/${company.id}`);
  await sam.page.click('.ways a[href*="/partner?"]');
  await seen(sam.page, 'partner-company');
  await page.goto(here);
  await page.selectOption('#stage', 'ended');
  await page.click('form[action$="/stage"] button');
  assert.equal(await page.locator('form[action$="/stage"]').count(), 0);
  await signOut('sam@company.example', sam, language);
  await signOut('ali@example.org', ali, language);
});

// docs/rules/partnerships.md, rule 16.
test('what a file tells of is taken over, on the same card', async (t) => {
  const {page, close} = await signedIn('ali@example.org', true);
  await page.goto(`${address}/en/partnerships`);
  const take = page.locator('section[aria-labelledby=renewals] li', {has: page.locator('a[href*="?card="]')}).first();
  if (await take.count() === 0) {
    await close();
    t.skip('none of the demonstration ends in these months');
    return;
  }
  const card = await take.locator('a').first().getAttribute('href');
  await take.locator('a[href*="?card="]').click();
  await lookAt(page, 'partnership-taken');
  const title = await page.inputValue('#title');
  await page.click('button[value=store]');
  const here = new URL(page.url()).pathname;
  assert.match(here, /\/partnerships\/\d+$/);
  await page.fill('#until', '2039-12-31');
  await page.click('form[action$="/renewal"] button');
  await page.goto(`${address}/en/partnerships`);
  assert.equal(await page.locator('.board .card', {hasText: title}).count(), 1);
  await page.goto(`${address}${card}`);
  assert.ok(await page.locator(`.ways a[href="${here}"]`).count() > 0);
  assert.ok((await page.textContent('main')).includes('31 December 2039'));
  assert.ok(!(await page.textContent('main')).includes('pitchblende:'));
  await close();
});
