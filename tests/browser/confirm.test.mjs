// Cards confirmed by those who know: a campaign from choosing to its answers, a link without an account, the workbook out and
// back, the curators' questions. In both languages, with and without script; each page at three widths, axe-core finds nothing.
// PB_ADDRESS, PB_LETTERS, PB_SCREENSHOTS as for entry.test.mjs; keeper-fr@example.org and
// keeper-en@example.org are system administrators.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {execFileSync} from 'node:child_process';
import {address, browser} from './people.mjs';
import {enter, letters, lettersAfter, lookAt} from './visitor.mjs';

async function people(from, size) {
  const {things} = await (await fetch(`${address}/en/person.json?sort=name&page=1`)).json();
  return things.slice(from, from + size).map((each) => `${address}/en/person/${each.id}`).join('\n');
}

let round = 0;
for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`a card is confirmed and another corrected from their letters, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const staff = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await staff.newPage();
      await enter(page, language, `keeper-${language}@example.org`, `/${language}/admin/campaigns`);
      await page.click('main button');
      await page.fill('#title', `Essai ${round}`);
      await page.fill('#cards', await people(5 * round, 5));
      await page.fill('#note_fr', 'Merci de votre aide.');
      round += 1;
      await page.click('main form:last-of-type button');
      assert.match(new URL(page.url()).pathname, /\/admin\/campaigns\/\d+$/);
      const campaign = page.url();
      assert.ok(await page.locator('.letter').count(), 'the letter is seen before it goes');
      if (script) await lookAt(page, language === 'en' ? 'campaign-draft' : 'fr-campaign-draft');
      const known = letters();
      await page.click('main form button');
      const [url, other] = (await lettersAfter(known, 2)).map((text) => text.match(/http\S+\/confirm\/[0-9a-f]+/)[0]);

      // Whoever it was sent to: another browser, no account.
      const holder = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const card = await holder.newPage();
      const there = url.replace(/\/(fr|en)\/confirm/, `/${language}/confirm`);
      await card.goto(there);
      if (script) await lookAt(card, language === 'en' ? 'confirm' : 'fr-confirm');
      const said = await card.textContent('main dl.facts');
      const began = Date.now();
      await card.goto(there);
      await card.click('main form button');
      console.log(`card confirmed ${language}: 1 click, ${(Date.now() - began) / 1000} s`);
      assert.match(new URL(card.url()).pathname, /\/done$/);
      await card.click('main a[href*="/person/"]');
      const places = await card.locator('dl.facts a:is([href*="/team/"], [href*="/organisation/"])').allTextContents();
      assert.ok(places.length && places.every((place) => said.includes(place)), `${said} calls them as their pages do: ${places}`);
      await card.goBack();
      if (script) await lookAt(card, language === 'en' ? 'thanks' : 'fr-thanks');
      assert.equal((await card.goto(url)).status(), 410);

      await card.goto(other.replace(/\/(fr|en)\/confirm/, `/${language}/confirm`));
      await card.locator('#f-homepage input[type=text]').last().fill('javascript:alert(1)');
      await card.locator('#f-skills input[type=text]').last().fill(`essai ${language}`);
      await card.locator('form.card button').click();
      assert.equal(await card.locator('[role=alert]').count(), 1, 'what cannot be taken is said');
      // He moved: the old position ends, a new one begins. Not before the end of the other way round.
      const old = card.locator('#f-positions .tenure').first();
      const team = await old.locator('input[name^=v]').inputValue();
      const fresh = card.locator('#f-positions .tenure').last();
      await fresh.locator('input[name^=v]').fill(team);
      await fresh.locator('select[name^=r]').selectOption('leader');
      await fresh.locator('input[name^=f]').fill('2026-02');
      await fresh.locator('input[name^=u]').fill('2025');
      await card.locator('form.card button').click();
      assert.match(await card.textContent('#f-positions .wrong'), language === 'fr' ? /avant d’avoir commencé/ : /before it begins/);
      await card.locator('#f-positions .tenure [aria-invalid=true]').locator('xpath=ancestor::div[contains(@class,"tenure")]').locator('input[name^=u]').fill('');
      if (script) await lookAt(card, language === 'en' ? 'confirm-wrong' : 'fr-confirm-wrong');
      await card.locator('#f-homepage [aria-invalid=true]').fill('https://example.org/');
      await card.locator('form.card button').click();
      assert.match(new URL(card.url()).pathname, /\/done$/);
      await holder.close();

      await page.goto(campaign);
      assert.ok(await page.locator('.badge.good').count(), 'the answer came in');
      if (script) await lookAt(page, language === 'en' ? 'campaign' : 'fr-campaign');
      const csv = await page.request.get(`${campaign}/answers.csv`);
      assert.equal(csv.status(), 200);
      await page.goto(`${address}/${language}/account`);
      await page.click('main form button');
      assert.equal(new URL(page.url()).pathname, `/${language}/`);
      await staff.close();
    });
  }
}

for (const language of ['fr', 'en']) {
  test(`a workbook goes out and comes back, ${language}`, async () => {
    const {things} = await (await fetch(`${address}/en/platform.json?sort=name`)).json();
    const context = await browser.newContext({javaScriptEnabled: language === 'fr', bypassCSP: true, acceptDownloads: true});
    const page = await context.newPage();
    await enter(page, language, `keeper-${language}@example.org`, `/${language}/workbooks`);
    await page.click('main button');
    if (language === 'fr') await lookAt(page, 'fr-workbooks');
    await page.fill('#of', `${address}/${language}/platform/${things[0].id}`);
    await page.click('main form button');
    if (language === 'fr') await lookAt(page, 'fr-workbook');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main form button').first().click()]);
    const file = path.join(os.tmpdir(), `workbook-${process.pid}-${language}.xlsx`);
    await download.saveAs(file);
    assert.equal(fs.readFileSync(file).subarray(0, 2).toString(), 'PK');
    await page.setInputFiles('#file', file);
    await page.locator('main form button').last().click();
    assert.match(await page.textContent('main'), language === 'fr' ? /Aucune cellule/ : /No cell/);
    if (language === 'fr') await lookAt(page, 'fr-workbook-read');
    fs.writeFileSync(file, 'rubbish');
    await page.goBack();
    await page.setInputFiles('#file', file);
    await page.locator('main form button').last().click();
    assert.equal(await page.locator('[role=alert]').count(), 1);
    fs.unlinkSync(file);
    await context.close();
  });

  // docs/rules/confirm.md, rules 30 to 32.
  test(`a position ends in the workbook of its team, ${language}`, async () => {
    const {things} = await (await fetch(`${address}/en/team.json?sort=name`)).json();
    const context = await browser.newContext({javaScriptEnabled: language === 'en', bypassCSP: true, acceptDownloads: true});
    const page = await context.newPage();
    const rooms = `/${language}/workbooks`;
    await enter(page, language, `keeper-${language}@example.org`, rooms);
    await page.click('main button');
    await page.goto(`${address}${rooms}/${things[language === 'fr' ? 0 : 1].id}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main form button').first().click()]);
    const file = path.join(os.tmpdir(), `positions-${process.pid}-${language}.xlsx`);
    await download.saveAs(file);
    const who = execFileSync('./end_position.py', [file, '2026-01-31'], {encoding: 'utf8'}).trim();
    await page.setInputFiles('#file', file);
    await page.locator('main form button').last().click();
    fs.unlinkSync(file);
    assert.match(new URL(page.url()).pathname, /\/workbooks\/readings\/\d+$/);
    const reading = page.url();
    const dry = await page.textContent('main');
    assert.ok(dry.includes(who), `whose position it is: ${who}`);
    assert.ok(dry.includes('2026-01-31'), 'what was typed');
    if (language === 'en') await lookAt(page, 'workbook-positions');
    await page.goto(`${address}${rooms}?sort=-made`);
    assert.ok(await page.locator('table.sheet a').count(), 'it waits');
    if (language === 'en') await lookAt(page, 'workbooks-waiting');
    assert.equal((await page.request.get(`${address}${rooms}.csv`)).status(), 200);
    await page.goto(reading);
    await page.locator('main form button').last().click();
    const done = language === 'fr' ? /corrections sont enregistrées/ : /corrections are stored/;
    for (let look = 0; look < 20 && !done.test(await page.textContent('main')); look += 1) {
      await page.goto(`${reading}?wait=1`);
    }
    assert.match(await page.textContent('main'), done);
    await context.close();
  });

  test(`a curator answers, corrects and undoes, ${language}`, async () => {
    const context = await browser.newContext({javaScriptEnabled: language === 'en', bypassCSP: true});
    const page = await context.newPage();
    await enter(page, language, `keeper-${language}@example.org`, `/${language}/curation`);
    await page.click('main button');
    if (language === 'en') await lookAt(page, 'curation');
    assert.ok(await page.locator('.sides section').count() === 2, 'the invented consortium leaves questions');
    await page.fill('#why', 'Read side by side.');
    await page.locator('button[value=different]').click();
    assert.ok(await page.locator('.done').count(), 'it is stored');
    assert.equal(await page.inputValue('#why'), '', 'each question has a reason of its own');
    await page.locator('.done button').click();
    assert.ok(await page.locator('#history ~ ul .badge').count(), 'undone, and its card says so');

    const {things} = await (await fetch(`${address}/en/equipment.json?sort=name`)).json();
    await page.goto(`${address}/${language}/equipment/${things[0].id}`);
    await page.locator('.ways a').last().click();
    if (language === 'en') await lookAt(page, 'curated');
    await page.locator('main summary').first().click().catch(() => {});
    await page.locator('#f-room input[type=text]').first().fill(`B12 ${language}`);
    await page.locator('form.card #why').fill('Seen there.');
    await page.locator('form.card button').click();
    assert.ok((await page.textContent('main')).includes(`B12 ${language}`));
    await page.locator('#history ~ ul form button').first().click();
    assert.ok(await page.locator('#history ~ ul .badge').count(), 'it is undone');
    await context.close();
  });
}
