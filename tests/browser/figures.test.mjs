// The figures of a year in a real browser: from the home page to the workbook and to what stands behind a number, with and
// without script, in both languages, each page at three widths, axe-core finds nothing. PB_ADDRESS: the site;
// PB_SCREENSHOTS: a folder for pictures.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {address, browser} from './people.mjs';
import {lookAt} from './visitor.mjs';

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`the year's figures, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await context.newPage();
      const pictures = language === 'fr' && script;
      const began = Date.now();
      let clicks = 0;
      const click = async (what) => { clicks += 1; await page.locator(what).first().click(); };
      await page.goto(`${address}/${language}/`);
      await click('.more summary');
      await click(`nav a[href="/${language}/figures"]`);
      await page.selectOption('#year', '2024');
      await click('main form button');
      const coming = page.waitForEvent('download');
      await click('a[href*="figures.xlsx"]');
      assert.match((await coming).suggestedFilename(), /^pitchblende-figures-2024\.xlsx$/);
      const seconds = (Date.now() - began) / 1000;
      assert.ok(seconds < 60, `${seconds} s`);
      if (script) console.log(`year's figures ${language}: ${clicks} clicks, ${seconds} s`);
      assert.equal(await page.inputValue('#year'), '2024');
      if (script) await lookAt(page, pictures && 'insight-figures');

      // What stands behind a number is as many as the number says.
      const behind = page.locator('#outputs a').first();
      const number = Number((await behind.textContent()).replace(/\D/g, ''));
      assert.ok(number > 0);
      await behind.click();
      assert.ok((await page.textContent('[role=status]')).replace(/[^\d ]/g, '').startsWith(String(number)), await page.textContent('[role=status]'));
      if (script) await lookAt(page, pictures && 'insight-records');
      const csv = await (await fetch(new URL(await page.getAttribute('a[href*="records.csv"]', 'href'), address))).text();
      assert.equal(csv.trim().split('\n').filter((line) => /^[0-9A-Z]{10},/.test(line)).length, number);

      await page.goto(`${address}/${language}/figures?year=2024`);
      const [institution] = await page.locator('#by-institution ~ div tbody th').allTextContents();
      assert.ok(institution.length > 3);
      await page.selectOption('#area', {index: 1});
      await page.click('main form button');
      assert.ok(new URL(page.url()).searchParams.get('area').length === 10);
      assert.equal(await page.locator('#by-area').count(), 0, 'one area is chosen');
      for (const what of ['matrix', 'network']) {
        await page.goto(`${address}/${language}/figures?year=2024`);
        await page.locator(`a[href*="/figures/${what}"]`).first().click();
        assert.ok(await page.locator('table tbody tr').count() > 3, what);
        if (script) await lookAt(page, pictures && `insight-${what}`);
      }
      // What two institutions have in common is listed too.
      await page.goto(`${address}/${language}/figures/matrix?year=2024`);
      const common = page.locator('tbody td:not(.same) a').first();
      const many = await common.textContent();
      await common.click();
      assert.ok((await page.textContent('[role=status]')).startsWith(many));
      assert.equal(await page.locator('.badges li').count(), 2);
      await context.close();
    });
  }
}

test('figures of no year, of nothing, and as data', async () => {
  for (const path of ['figures?year=1066', 'figures?year=x%00', 'figures?area=%3Cscript%3E', 'figures/records?figure=%22%3E%3Cimg%3E']) {
    const answer = await fetch(`${address}/en/${path}`);
    assert.ok([200, 400, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.ok(!(await answer.text()).includes('<img>'));
  }
  const data = await (await fetch(`${address}/en/figures.json?year=2024`)).json();
  const outputs = data.figures.find((each) => each.figure === 'outputs');
  assert.equal(outputs.by_institution.length, data.institutions.length + 1);
  assert.equal(outputs.cells.length, data.areas.length + 1);
  assert.equal((await fetch(outputs.records)).status, 200);
});
