// From signing in to signing out in a real browser, with and without script, in both languages; each page at three widths,
// axe-core finds nothing. PB_ADDRESS: the site; PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a folder for pictures.
// root@example.org is the system administrator.
import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';

const address = process.env.PB_ADDRESS;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let browser;

before(async () => {
  browser = await chromium.launch({executablePath: process.env.PB_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
});
after(async () => browser?.close());

// The newest link that came to an address after `known` letters.
async function link(to, known) {
  for (let wait = 0; wait < 100; wait += 1) {
    const names = fs.readdirSync(process.env.PB_LETTERS).filter((name) => name.endsWith('.eml'));
    for (const name of names.slice().sort((a, b) => parseInt(b) - parseInt(a))) {
      const file = path.join(process.env.PB_LETTERS, name);
      if (parseInt(name) > known && fs.readFileSync(file.replace('.eml', '.to'), 'utf8').trim() === to) {
        const coded = fs.readFileSync(file, 'latin1').split(/base64\r?\n\r?\n/)[1].split('--part')[0];
        return Buffer.from(coded, 'base64').toString('utf8').match(/http\S+\/sign-in\/[0-9a-f]+/)[0];
      }
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no letter to ${to}`);
}

const letters = () => Math.max(0, ...fs.readdirSync(process.env.PB_LETTERS).filter((name) => name.endsWith('.eml')).map((name) => parseInt(name)));

async function look(page, name) {
  for (const width of [320, 375, 1280]) {
    await page.setViewportSize({width, height: 900});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${name} scrolls sideways at ${width}`);
    await page.evaluate(axe);
    const found = await page.evaluate((only) => axe.run(document, {runOnly: only}), rules);
    assert.deepEqual(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`), [], `${name} at ${width}`);
    if (process.env.PB_SCREENSHOTS && width !== 320) await page.screenshot({path: `${process.env.PB_SCREENSHOTS}/${name}-${width}.png`, fullPage: true});
  }
}

async function enter(page, language, email, next = '') {
  const known = letters();
  await page.goto(`${address}/${language}/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  await page.fill('#email', email);
  await page.click('main button');
  const url = await link(email, known);
  await page.goto(url);
  return url;
}

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`signing in and out, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const email = `${language}-${script}@example.org`;
      const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await context.newPage();
      const began = Date.now();
      const url = await enter(page, language, email);
      // Another browser may neither use the link nor use it up.
      const other = await browser.newContext();
      const stranger = await other.newPage();
      assert.equal((await stranger.goto(url)).status(), 403);
      await other.close();
      await page.click('main button');
      assert.equal(new URL(page.url()).pathname, `/${language}/account`);
      assert.ok((await page.textContent('header')).includes(email));
      console.log(`sign-in ${language}: 2 clicks, ${(Date.now() - began) / 1000} s`);
      assert.equal((await page.goto(url)).status(), 410);
      for (const cookie of await context.cookies()) {
        assert.ok(cookie.httpOnly && cookie.sameSite === 'Lax', cookie.name);
      }
      assert.equal((await page.goto(`${address}/${language}/admin/roles`)).status(), 403);
      await page.goto(`${address}/${language}/account`);
      await page.click('main form button');
      assert.equal(new URL(page.url()).pathname, `/${language}/`);
      assert.ok(!(await page.textContent('header')).includes(email));
      await page.goto(`${address}/${language}/account`);
      assert.equal(new URL(page.url()).pathname, `/${language}/sign-in`);
      await context.close();
    });
  }
}

test('an administrator gives a role and takes it; every page is clean', async () => {
  const {things} = await (await fetch(`${address}/en/team.json?sort=name`)).json();
  for (const language of ['fr', 'en']) {
    const context = await browser.newContext({bypassCSP: true});
    const page = await context.newPage();
    await page.goto(`${address}/${language}/sign-in`);
    if (language === 'en') await look(page, 'sign-in');
    await enter(page, language, 'root@example.org', `/${language}/admin/roles`);
    await look(page, `${language}-open-link`);
    await page.click('main button');
    assert.equal(new URL(page.url()).pathname, `/${language}/admin/roles`);
    await page.fill('#email', 'lou@example.org');
    await page.selectOption('#role', 'team_leader');
    await page.click('main button');
    assert.ok(await page.locator('[role=alert]').count(), 'a team leader without a team');
    await page.fill('#object', `${address}/${language}/team/${things[0].id}`);
    await page.click('main button');
    assert.equal(await page.locator('tbody tr', {hasText: 'lou@example.org'}).count(), 1);
    await look(page, language === 'en' ? 'roles' : 'fr-roles');
    await page.locator('tr', {hasText: 'lou@example.org'}).locator('button').click();
    assert.equal(await page.locator('tbody tr', {hasText: 'lou@example.org'}).count(), 0);
    for (const room of ['outbox', 'audit']) {
      assert.equal((await page.goto(`${address}/${language}/admin/${room}`)).status(), 200);
      assert.ok(await page.locator('tbody tr').count() > 1);
      await look(page, language === 'en' ? room : `fr-${room}`);
    }
    await page.goto(`${address}/${language}/account`);
    await look(page, language === 'en' ? 'account' : 'fr-account');
    await context.close();
  }
});

test('a form of another site is refused', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const known = letters();
  await enter(page, 'en', 'victim@example.org');
  await page.click('main button');
  await page.route('http://evil.example/', (route) => route.fulfill({contentType: 'text/html',
    body: `<form method="post" action="${address}/en/sign-out"><button>win</button></form>`}));
  await page.goto('http://evil.example/');
  await page.click('button');
  assert.ok(await page.locator('body').textContent());
  await page.goto(`${address}/en/account`);
  assert.equal(new URL(page.url()).pathname, '/en/account', 'still signed in');
  assert.ok(letters() > known);
  await context.close();
});
