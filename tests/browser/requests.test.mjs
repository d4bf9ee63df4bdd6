// Requests and partnerships in a real browser: a company's need becomes a request, a manager answers, the staff forward and look
// on; with and without script, in both languages, each page at three widths, axe-core finds nothing. PB_ADDRESS: the site;
// PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a folder for pictures. root@example.org is the system administrator.
import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {chromium} from 'playwright-core';
import {enter, letters, lookAt, newestLetter} from './visitor.mjs';

const address = process.env.PB_ADDRESS;
let browser;
let platform;
let team;
let company;

const listed = async (what) => (await (await fetch(`${address}/en/${what}`)).json()).things;

before(async () => {
  browser = await chromium.launch({executablePath: process.env.PB_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
  [platform] = await listed('platform.json?sort=name');
  [team] = await listed('team.json?sort=name');
  [company] = await listed('organisation.json?type=company&sort=name');
  const {page, close} = await signedIn('root@example.org', true);
  for (const [email, role, object] of [['pat@example.org', 'platform_manager', `/platform/${platform.id}`], ['val@example.org', 'team_leader', `/team/${team.id}`],
    ['ali@example.org', 'staff', ''], ['sam@company.example', 'company_contact', `/organisation/${company.id}`]]) {
    await page.goto(`${address}/en/admin/roles`);
    await page.fill('#email', email);
    await page.selectOption('#role', role);
    await page.fill('#object', object && `${address}/en${object}`);
    await page.click('main form button');
    assert.equal(await page.locator('[role=alert]').count(), 0, email);
  }
  await close();
});
after(async () => browser?.close());

// Each signs in once, as people do; links to one address are few.
const sessions = new Map();
async function signedIn(email, script) {
  if (!sessions.has(email)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await enter(page, 'en', email);
    await page.click('main button');
    sessions.set(email, await context.storageState());
    await context.close();
  }
  const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true, storageState: sessions.get(email)});
  context.setDefaultTimeout(15000);
  return {page: await context.newPage(), close: () => context.close()};
}
const button = (page, form) => page.locator(`form[action$="${form}"] button:not([value=find])`);

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`a company's need becomes a request and is answered, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const email = `${language}-${script}@company.example`;
      const pictures = language === 'en' && script;
      const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await context.newPage();
      const began = Date.now();
      let clicks = 0;
      const click = async (what) => { clicks += 1; await what.first().click(); };
      await page.goto(`${address}/${language}/`);
      await click(page.locator(`main a[href="/${language}/partner"]`));
      if (pictures) await lookAt(page, 'partner-empty');
      await page.fill('#need', language === 'fr' ? 'Nous cherchons à mesurer par cytométrie en flux des cellules tumorales' : 'We want to measure tumour cells by flow cytometry');
      await click(page.locator('main form button'));
      assert.ok(await page.locator('.matches li').count() >= 3, 'who may meet it');
      assert.ok(await page.locator('.matches mark').count() > 0, 'and why');
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
      const other = await browser.newContext();
      assert.equal((await (await other.newPage()).goto(link)).status(), 403);
      await other.close();
      await page.goto(link);
      clicks += 1;
      const before = letters();
      if (script) await lookAt(page, pictures && 'request-verify');
      await click(page.locator('main button'));
      const seconds = (Date.now() - began) / 1000;
      assert.match(new URL(page.url()).pathname, new RegExp(`^/${language}/requests/link/`));
      if (script) console.log(`need to request ${language}: ${clicks} clicks, ${seconds} s`);
      assert.ok(seconds < 120);
      if (script) await lookAt(page, pictures && 'request-company');
      assert.equal((await page.goto(link)).status(), 410, 'once');
      // The letter that says so leads back to it, in any browser.
      const own = (await newestLetter(email, before)).match(/http\S+\/requests\/link\/\S+/)[0];
      const anywhere = await browser.newContext({javaScriptEnabled: script});
      const elsewhere = await anywhere.newPage();
      await elsewhere.goto(own);
      await elsewhere.fill('textarea', 'Six <b>more</b> samples');
      await elsewhere.locator('form[action$="/files"] button').click();
      assert.ok((await elsewhere.textContent('main')).includes('Six <b>more</b> samples'));
      assert.equal((await elsewhere.goto(`${own.slice(0, -1)}x`)).status(), 404);
      await anywhere.close();
      await page.goto(found);
      if (script) await lookAt(page, pictures && 'partner');
      await context.close();
    });
  }
}

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`asked of two at once, answered by each alone, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const pictures = language === 'en' && script;
      const asker = await signedIn('charlie@example.org', script);
      const page = asker.page;
      await page.goto(`${address}/${language}/platform/${platform.id}`);
      await page.click('.ways a[href*="/requests/new"]');
      await page.fill('#find', `${address}/en/team/${team.id}`);
      await page.click('button[value=find]');
      await page.check(`input[value="${team.id}"]`);
      if (script) await lookAt(page, pictures && 'ask');
      await page.fill('#subject', `Sorting ${language} ${script}`);
      await page.fill('#text', 'Twelve samples\nof <i>blood</i>');
      await page.click('button[value=send]');
      assert.match(new URL(page.url()).pathname, new RegExp(`^/${language}/requests/\\d+$`));
      assert.equal(await page.locator('main section').count(), 2);
      const own = page.url().split('?')[0];
      // The platform's manager.
      const pat = await signedIn('pat@example.org', script);
      await pat.page.goto(`${address}/${language}/account`);
      await pat.page.click('main a[href$="/requests/inbox"]');
      if (script) await lookAt(pat.page, pictures && 'inbox');
      await pat.page.locator('td a', {hasText: `Sorting ${language} ${script}`}).click();
      assert.ok(!(await pat.page.textContent('main')).includes(team.label), 'nor who else was asked');
      const thread = pat.page.url();
      await pat.page.locator('form:has(input[value=accepted]) button').click();
      await pat.page.fill('#text', 'Which day?');
      // docs/rules/requests.md, rule 15.
      await pat.page.setInputFiles('#files', {name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Monday or Tuesday\n')});
      await button(pat.page, '/files').click();
      assert.equal(await pat.page.locator('.said a', {hasText: 'plan.txt'}).count(), 1);
      if (script) await lookAt(pat.page, pictures && 'thread');
      await pat.page.setInputFiles('#files', {name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ no document')});
      await pat.page.fill('#text', 'kept words');
      await button(pat.page, '/files').click();
      assert.equal(await pat.page.locator('[role=alert]').count(), 1, 'what lies about its type');
      assert.equal(await pat.page.inputValue('#text'), 'kept words');
      await pat.close();
      // The team's leader sees another conversation.
      const val = await signedIn('val@example.org', script);
      assert.equal((await val.page.goto(thread)).status(), 404);
      await val.page.goto(`${address}/${language}/requests/inbox`);
      await val.page.locator('td a', {hasText: `Sorting ${language} ${script}`}).click();
      await val.page.fill('#reason', 'No room until June');
      await val.page.locator('form:has(input[value=declined]) button').click();
      assert.ok(!(await val.page.textContent('main')).includes('Which day?'));
      await val.close();
      // The asker reads both, answers one, withdraws nothing of the other's.
      await page.goto(own);
      const all = await page.textContent('main');
      for (const words of ['Which day?', 'No room until June', 'Twelve samples', 'of <i>blood</i>']) assert.ok(all.includes(words), words);
      const file = await page.locator('.said a', {hasText: 'plan.txt'}).getAttribute('href');
      const got = await page.request.get(`${address}${file}`);
      assert.equal(await got.text(), 'Monday or Tuesday\n');
      assert.match(got.headers()['content-disposition'], /^attachment/);
      if (script) await lookAt(page, pictures && 'request');
      await page.goto(`${address}/${language}/requests?sort=-sent`);
      if (script) await lookAt(page, pictures && 'requests');
      await page.goto(`${address}/${language}/account`);
      await page.click('form[action$="/sign-out"] button');
      sessions.delete('charlie@example.org');
      await page.goto(own);
      assert.equal(new URL(page.url()).pathname, `/${language}/sign-in`);
      assert.equal((await page.request.get(`${address}${file}`, {maxRedirects: 0})).status(), 303);
      await asker.close();
    });
  }
}

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
    await page.fill('#note', 'This is for you.');
    await page.fill('#find', `${address}/en/platform/${platform.id}`);
    await page.click('button[value=find]');
    await page.check(`input[value="${platform.id}"]`);
    await lookAt(page, language === 'en' && 'forward');
    await page.click('button[value=forward]');
    assert.equal(await page.locator('[role=status]').count(), 1);
    await asker.page.goto(own);
    assert.ok((await asker.page.textContent('main')).includes('This is for you.'));
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
    await pat.page.locator('.list li', {hasText: 'deputy@example.org'}).locator('button').click();
    assert.equal((await deputy.page.goto(deputy.page.url())).status(), 200);
    assert.equal(await deputy.page.locator('td a').count(), 0, 'and no more');
    for (const each of [asker, pat, deputy]) await each.close();
    await close();
  }
});

test('a partnership from contact to signed to ended', async () => {
  for (const language of ['fr', 'en']) {
    const pictures = language === 'en';
    const {page, close} = await signedIn('ali@example.org', true);
    await page.goto(`${address}/${language}/partnerships`);
    await page.click('main a.go');
    await page.fill('#title', `Anticorps ${language}`);
    await page.fill('#find', company.id);
    await page.click('button[value=find]');
    await page.check(`input[value="${company.id}"]`);
    await page.fill('#find', `${address}/en/team/${team.id}`);
    await page.click('button[value=find]');
    await page.check(`input[value="${team.id}"]`);
    await page.fill('#amount', '250 000');
    await page.selectOption('#amount_seen', 'owner');
    await page.fill('#note', 'they hesitate');
    await page.fill('#starts', new Date().toISOString().slice(0, 10));
    await page.fill('#ends', new Date(Date.now() + 60 * 86400000).toISOString().slice(0, 10));
    await page.click('button[value=store]');
    assert.equal(await page.locator('[role=status]').count(), 1);
    const here = page.url().split('?')[0];
    const sam = await signedIn('sam@company.example', true);
    assert.equal((await sam.page.goto(here)).status(), 200);
    assert.ok(!(await sam.page.textContent('main')).includes('they hesitate'));
    assert.match(await sam.page.textContent('main'), /250.000/);
    const visitor = await (await browser.newContext()).newPage();
    assert.equal((await visitor.goto(here)).status(), 404, 'a first contact is nobody else\'s business');
    await page.selectOption('#stage', 'signed');
    await page.click('form[action$="/stage"] button');
    await lookAt(page, pictures && 'partnership');
    assert.equal((await visitor.goto(here)).status(), 200);
    assert.doesNotMatch(await visitor.textContent('main'), /250.000|they hesitate/);
    await visitor.goto(`${address}/${language}/partnership?q=Anticorps+${language}`);
    await visitor.locator('.hits h2 a').first().click();
    assert.ok(await visitor.locator(`.ways a[href="${new URL(here).pathname}"]`).count() > 0);
    await visitor.context().close();
    await page.goto(`${address}/${language}/partnerships`);
    assert.ok(await page.locator('#renewals').count() > 0);
    await lookAt(page, pictures && 'board');
    await sam.page.goto(`${address}/${language}/partnerships`);
    assert.equal(await sam.page.locator('.board .card').count() > 0, true);
    await sam.page.goto(`${address}/${language}/organisation/${company.id}`);
    await sam.page.click('.ways a[href*="/partner?"]');
    await lookAt(sam.page, pictures && 'partner-company');
    await page.goto(here);
    await page.selectOption('#stage', 'ended');
    await page.click('form[action$="/stage"] button');
    assert.equal(await page.locator('form[action$="/stage"]').count(), 0);
    await sam.close();
    await close();
  }
});
