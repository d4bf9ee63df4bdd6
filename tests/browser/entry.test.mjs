// From signing in to signing out in a real browser, with and without script, in both languages; each page at three widths,
// axe-core finds nothing. PB_ADDRESS: the site; PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a folder for pictures.
// root@example.org is the system administrator.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {address, browser} from './people.mjs';
import {enter, letters, lookAt} from './visitor.mjs';

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
      assert.match(await page.textContent('#sessions ~ ul'), language === 'fr' ? /^\s*Chrome sur Linux\s/ : /^\s*Chrome on Linux\s/, 'not all that a browser says of itself');
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
    if (language === 'en') await lookAt(page, 'sign-in');
    await enter(page, language, 'root@example.org', `/${language}/admin/roles`);
    await lookAt(page, `${language}-open-link`);
    await page.click('main button');
    assert.equal(new URL(page.url()).pathname, `/${language}/admin/roles`);
    await page.fill('#email', 'lou@example.org');
    await page.selectOption('#role', 'team_leader');
    await page.click('main button');
    assert.ok(await page.locator('[role=alert]').count(), 'a team leader without a team');
    await page.fill('#object', `${address}/${language}/team/${things[0].id}`);
    await page.click('main button');
    assert.equal(await page.locator('tbody tr', {hasText: 'lou@example.org'}).locator('button').count(), 1);
    await lookAt(page, language === 'en' ? 'roles' : 'fr-roles');
    await page.locator('tr', {hasText: 'lou@example.org'}).locator('button').click();
    assert.equal(await page.locator('tbody tr', {hasText: 'lou@example.org'}).locator('button').count(), 0, 'it is over');
    for (const room of ['outbox', 'audit']) {
      assert.equal((await page.goto(`${address}/${language}/admin/${room}`)).status(), 200);
      assert.ok(await page.locator('tbody tr').count() > 1);
      await lookAt(page, language === 'en' ? room : `fr-${room}`);
    }
    await page.goto(`${address}/${language}/account`);
    await lookAt(page, language === 'en' ? 'account' : 'fr-account');
    await context.close();
  }
});

// docs/rules/access.md, rule 10.
for (const language of ['fr', 'en']) {
  test(`who is signed out while he writes gets his words back, ${language}`, async () => {
    const context = await browser.newContext({javaScriptEnabled: language === 'fr', bypassCSP: true});
    const page = await context.newPage();
    const form = `/${language}/admin/texts/about`;
    await enter(page, language, `keeper-${language}@example.org`, form);
    await page.click('main button');
    await page.fill('#french', 'Une heure\nde travail <b>');
    const tab = await context.newPage();
    await tab.goto(`${address}/${language}/account`);
    await tab.click('form[action$="/sign-out"] button');
    await page.click('button[value=save]');
    assert.equal(await page.inputValue('#typed-1'), 'Une heure\nde travail <b>');
    assert.equal(await page.locator('textarea').count(), 1, 'neither what is empty nor what the page put there');
    if (language === 'fr') await lookAt(page, 'words-kept');  // axe is a script itself
    const [again] = await Promise.all([context.waitForEvent('page'), page.click('main .ways a')]);
    await again.waitForLoadState();
    assert.equal(new URL(again.url()).searchParams.get('next'), form);
    await enter(again, language, `keeper-${language}@example.org`, form);
    await again.click('main button');
    assert.equal(new URL(again.url()).pathname, form);
    assert.notEqual(await again.inputValue('#french'), 'Une heure\nde travail <b>', 'nothing was stored');
    assert.equal(await page.inputValue('#typed-1'), 'Une heure\nde travail <b>', 'they are still there');
    await context.close();
  });
}

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
