// My page in a real browser, from signing in to signing out: with and without script, in both languages, each page at three
// widths, axe-core finds nothing. Then staff: whose card it is, an objection, an erasure. PB_ADDRESS: the site; PB_LETTERS: where
// its letters come to; PB_SCREENSHOTS: a folder for pictures. root@example.org is the system administrator.
import {before, test} from 'node:test';
import assert from 'node:assert/strict';
import {address, at, browser} from './people.mjs';
import {enter, letters, lookAt, newestLetter} from './visitor.mjs';

let platform;
let people = [];  // the last of the list: nobody else's tests look at them

before(async () => {
  platform = (await (await fetch(`${address}/en/platform.json?sort=name`)).json()).things[0].id;
  const {count} = await (await fetch(`${address}/en/person.json?sort=name`)).json();
  const last = await (await fetch(`${address}/en/person.json?sort=name&page=${Math.min(Math.ceil(count / 20), 500)}`)).json();
  people = last.things.map((each) => each.id);
});

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`what somebody keeps for himself, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const pictures = script;
      const email = `mine-${language}-${script}@example.org`;
      const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await context.newPage();
      await enter(page, language, email);
      const began = Date.now();
      await page.click('main button');
      assert.equal(at(page), `/${language}/account`);

      await page.goto(`${address}/${language}/platform/${platform}`);
      const name = (await page.textContent('h1')).trim();
      await page.click('.star button');
      assert.equal(at(page), `/${language}/platform/${platform}`);
      assert.equal(await page.locator('.star input[name=keep]').getAttribute('value'), 'no');
      if (pictures) await lookAt(page, `${language}-star`);

      await page.goto(`${address}/${language}/search?q=cytom%C3%A9trie`);
      await page.locator('.save summary').click();
      await page.fill('#save_name', 'Ma recherche <b>');
      await page.selectOption('#save_every', 'weekly');
      if (pictures) await lookAt(page, `${language}-save-search`);
      await page.click('.save button');
      assert.equal(at(page), `/${language}/account`);
      assert.ok((await page.textContent('#favourites ~ ul')).includes(name));
      assert.ok((await page.textContent('#seen ~ ul')).includes(name), 'seen recently');
      assert.ok((await page.textContent('#searches ~ ul')).includes('Ma recherche <b>'));
      assert.match(await page.textContent('#searches ~ .done'), language === 'fr' ? /Ma recherche <b>.*Un courriel par semaine/s : /Ma recherche <b>.*A letter a week/s);

      await page.locator('#links ~ details summary').click();
      await page.fill('#link_label', 'Intranet');
      await page.fill('#link_address', 'javascript:alert(1)');
      await page.click('#links ~ details button');
      assert.ok(await page.locator('[role=alert]').count(), 'not an address');
      await page.fill('#address', 'https://intranet.example.org/');
      await page.click('main form button');
      assert.equal(await page.locator('a[href="https://intranet.example.org/"]').count(), 1);
      if (pictures) await lookAt(page, `${language}-my-page`);
      console.log(`my page ${language}: 9 clicks to keep, save and link, ${(Date.now() - began) / 1000} s`);

      await page.locator('a[href*="/account/searches/"]').click();
      if (pictures) await lookAt(page, `${language}-saved-search`);
      await page.selectOption('#every', 'never');
      await page.click('main form button');
      assert.equal(at(page), `/${language}/account`);

      await page.goto(`${address}/${language}/account/settings`);
      if (pictures) await lookAt(page, `${language}-settings`);
      await page.uncheck('#remembers');
      await page.click('main form button');
      assert.ok(await page.locator('.done').count());
      await page.goto(`${address}/${language}/account`);
      assert.equal(await page.locator('#seen ~ ul li').count(), 0);

      await page.goto(`${address}/${language}/account/data`);
      if (pictures) await lookAt(page, `${language}-my-data`);
      const file = await (await context.request.get(`${address}/${language}/account/data/file`)).json();
      assert.equal(file.access.account[0].email, email);
      assert.equal(file.personal.saved_searches[0].name, 'Ma recherche <b>');
      await page.goto(`${address}/${language}/account/favourites`);
      if (pictures) await lookAt(page, `${language}-favourites`);
      await page.click('main form button');
      assert.equal(await page.locator('main form').count(), 0);
      await page.goto(`${address}/${language}/account`);
      await page.click('main form button');
      assert.equal(at(page), `/${language}/`);
      await context.close();
    });
  }
}

test('a card claimed, confirmed, taken off the site, put back, erased', async () => {
  const mine = await browser.newContext({bypassCSP: true});
  const page = await mine.newPage();
  const person = people[people.length - 1];
  await enter(page, 'en', 'claimant@example.org');
  await page.click('main button');
  await page.fill('#card_said', `${address}/fr/person/${person}`);
  await page.click('#card ~ form button');
  assert.equal(at(page), '/en/account');
  const staff = await browser.newContext({bypassCSP: true});
  const root = await staff.newPage();
  await enter(root, 'en', 'root@example.org', '/en/admin/people');
  const known = letters();
  await root.click('main button');
  await lookAt(root, 'people-claims');
  await root.locator('form[action*="/claims/"][action$="/confirm"] button').first().click();
  assert.ok((await newestLetter('claimant@example.org', known)).includes('/en/account'));
  assert.ok(await root.locator('.done').count(), 'what was done is said');
  await page.goto(`${address}/en/account`);
  assert.equal(await page.locator(`#card ~ p a[href="/en/person/${person}"]`).count(), 1);
  await lookAt(page, 'my-card');
  const began = Date.now();
  await page.goto(`${address}/en/account/data`);
  await page.click('form[action$="/account/object"] button');
  assert.equal((await fetch(`${address}/en/person/${person}`)).status, 404);
  console.log(`my page: off the site, clicks: 1, ${(Date.now() - began) / 1000} s`);
  await page.click('form[action$="/account/object/end"] button');
  assert.equal((await fetch(`${address}/en/person/${person}`)).status, 200);
  await page.click('form[action$="/account/erase"] button');
  await lookAt(page, 'erasing');
  await root.goto(`${address}/fr/admin/people`);
  await root.locator('main details summary').first().click();
  await lookAt(root, 'fr-people');
  await root.click('form[action$="/erase"] button');
  assert.ok(await root.locator('[role=alert]').count(), 'the box was not ticked');
  await root.locator('main details summary').first().click();
  await root.check('input[name=sure]');
  await root.click('form[action$="/erase"] button');
  assert.ok(await root.locator('.done').count());
  assert.equal((await fetch(`${address}/en/person/${person}`)).status, 410);
  await page.goto(`${address}/en/account`);
  assert.equal(at(page), '/en/sign-in', 'the account is gone');
  await mine.close();
  await staff.close();
});
