// Finding, by a visitor: the query language, the advanced form, translation, suggestions, experts; in both languages, with and
// without script. PB_ADDRESS: the site.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {address, browser} from './people.mjs';
import {lookAt} from './visitor.mjs';

async function open(path, script = true) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, javaScriptEnabled: script, bypassCSP: true});
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await page.goto(address + path);
  return {page, close: () => context.close()};
}
const json = async (path) => (await fetch(address + path)).json();
const count = async (q, more = '') => (await json(`/en/search.json?q=${encodeURIComponent(q)}${more}`)).count;

test('a query in one language finds the other', async () => {
  const french = await json('/fr/search.json?kind=publication&q=lymphome');
  const typed = await count('lymphome', '&kind=publication&translate=no');
  assert.ok(french.count > typed, `${french.count} of ${typed}`);
  assert.ok(french.translated[0].also.includes('lymphoma'));
  assert.ok(await count('"cancer du sein"') > 0);
  assert.ok(await count('cancer du sein') > await count('cancer du sein', '&translate=no'));
  assert.ok(await count('breast cancer kind:project') > 0);
});

test('the language of queries', async () => {
  assert.equal(await count('lymphoma -lymphoma', '&translate=no'), 0);
  const all = await count('kind:publication');
  const years = await count('kind:publication year:2019..2021');
  assert.ok(years > 0 && years < all);
  assert.equal(await count('type:publications année:2019..2021'), years);
  assert.equal(years + await count('kind:publication NOT year:2019..2021'), all);
  const narrow = await count('topic:"follicular lymphoma"');
  assert.ok(narrow > 0 && await count('sujet:lymphome') > narrow);
  assert.ok(await count('at:"Institut Curie" kind:team') > 0);
  assert.equal(await count('at:"Institut Curie" kind:team'), await count('chez:"institut curie" type:équipe'));
  const odd = await json('/en/search.json?q=' + encodeURIComponent('(lymphoma foo:bar "x'));
  assert.equal(odd.notes.length, 3);
});

for (const language of ['fr', 'en']) {
  test(`the advanced form, ${language}`, async () => {
    for (const script of [false, true]) {
      const {page, close} = await open(`/${language}/advanced`, script);
      await page.fill('#f-words', 'lymphoma');
      await page.fill('#f-none', 'mouse');
      await page.selectOption('#f-kind', 'publication');
      await page.fill('#f-year-from', '2018');
      await page.click('main form.form button');
      assert.match(page.url(), /\/search\?q=/);
      const typed = await page.inputValue('#search');
      assert.equal(typed, language === 'fr' ? 'lymphoma SAUF mouse kind:publication année:2018..' : 'lymphoma NOT mouse kind:publication year:2018..');
      assert.ok(await page.locator('.hits li').count() > 0);
      await page.locator('main .also a').first().click();
      assert.equal(await page.inputValue('#f-words'), 'lymphoma');
      assert.equal(await page.inputValue('#f-none'), 'mouse');
      assert.equal(await page.inputValue('#f-year-from'), '2018');
      if (script) await lookAt(page, language === 'en' ? 'find-advanced' : '');
      await close();
    }
  });

  test(`what a query was read as is said, ${language}`, async () => {
    const {page, close} = await open(`/${language}/search?q=${encodeURIComponent('lymphome (cancer année:2023..2019')}`);
    assert.ok(await page.locator('.notes li').count() >= 3);
    await lookAt(page, language === 'fr' ? 'find-notes' : '');
    await close();
  });

  // docs/rules/search.md, 7.1, 7.3 and 7.4.
  test(`suggestions while typing, ${language}`, async () => {
    const {page, close} = await open(`/${language}/`);
    await page.locator('main input[name=q]').pressSequentially('curi');
    const list = page.locator('main .suggestions li');
    await list.first().waitFor();
    assert.match(await list.first().innerText(), /Curie/);
    await lookAt(page, '');
    await page.locator('main input[name=q]').pressSequentially('e');
    await list.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('main .suggestions li:first-child[aria-selected=true]').waitFor(); // a key waits for its list
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${language}/*/*`);
    await close();
    const plain = await open(`/${language}/`, false);
    await plain.page.fill('main input[name=q]', 'curie');
    await plain.page.keyboard.press('Enter');
    await plain.page.waitForURL(`**/${language}/search?q=curie`);
    await plain.close();
  });

  // docs/rules/search.md, 7.5.
  test(`keys wait for the suggestions of the words typed, ${language}`, async () => {
    const {page, close} = await open(`/${language}/`);
    const told = (url) => ({json: {suggestions: [{text: url, kind_label: '', url: `/${language}/${url}`}]}});
    let answer = () => {};
    await page.route('**/suggest?q=*', async (route) => {
      const old = route.request().url().endsWith('=curi');
      if (!old) await new Promise((resolve) => { answer = resolve; });
      await route.fulfill(told(old ? 'glossary' : 'about')).catch(() => {});
    });
    const box = page.locator('main input[name=q]');
    await box.pressSequentially('curi');
    const list = page.locator('main .suggestions li');
    await list.first().waitFor();
    await box.press('e');
    await box.press('ArrowDown');
    assert.equal(await list.first().getAttribute('aria-selected'), 'false', 'an old list is not chosen from');
    await box.press('Enter');
    await page.waitForTimeout(50);
    assert.equal(new URL(page.url()).pathname, `/${language}/`, 'nothing is followed before it is there');
    answer();
    await page.waitForURL(`**/${language}/about`);
    await close();
  });

  // Rules 8.1 and 8.5.
  test(`experts, ${language}`, async () => {
    const begun = Date.now();
    const {page, close} = await open(`/${language}/`, false);
    await page.fill('main input[name=q]', language === 'fr' ? 'experts en lymphome' : 'experts in lymphoma');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${language}/experts?q=*`);
    console.log(`experts found: 0 clicks, 1 key, ${((Date.now() - begun) / 1000).toFixed(1)} s, ${language}`);
    assert.ok(await page.locator('#people-title').count() > 0);
    const first = page.locator('.hits').first().locator('> li').first();
    assert.equal(await first.locator('.proofs li').count(), 3);
    const href = await first.locator('.proofs a').first().getAttribute('href');
    assert.equal((await fetch(address + href)).status, 200);
    const seen = await open(new URL(page.url()).pathname + new URL(page.url()).search);
    await lookAt(seen.page, language === 'en' ? 'find-experts' : '');
    await seen.close();
    await close();
  });
}

test('experts as data, and nothing known', async () => {
  const {people, teams} = await json('/fr/experts.json?q=lymphome');
  assert.ok(people.length > 3 && teams.length > 1);
  assert.ok(people.every((each) => each.proofs.length > 0 && each.score <= 1));
  assert.deepEqual((await json('/fr/experts.json?q=zzzzqqq')).people, []);
  const {page, close} = await open('/en/experts?q=' + encodeURIComponent('"><script>alert(1)</script>'), false);
  assert.equal(await page.locator('main script').count(), 0);
  await close();
});
