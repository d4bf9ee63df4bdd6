// An institution's spreadsheet on the site, from its administrator's sign-in to his sign-out, with and without script, in
// both languages. PB_ADDRESS, PB_LETTERS, PB_SCREENSHOTS as for the others; root@example.org is the system administrator.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {address, browser, give} from './people.mjs';
import {enter, lookAt} from './visitor.mjs';

async function member() {
  const {things} = await (await fetch(`${address}/en/organisation.json?role=member&sort=title`)).json();
  return things[0];
}

for (const language of ['fr', 'en']) {
  for (const script of [true, false]) {
    test(`a spreadsheet becomes pages, ${language}, ${script ? 'with' : 'without'} script`, async () => {
      const institution = await member();
      const email = `intake-${language}-${script}@example.org`;
      await give([[email, 'institution_administrator', `/organisation/${institution.id}`]]);
      const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
      const page = await context.newPage();
      const began = Date.now();
      let clicks = 0;
      const click = async (what) => {
        clicks += 1;
        await page.click(what);
      };
      await enter(page, language, email, `/${language}/admin/sources`);
      await click('main button');
      assert.equal(await page.locator('#institution option').count(), 1, 'his own institution alone');
      const family = `Essai${language}${script}`;
      const rows = `Matricule;NOM;Prénom;Fonction;Date d’arrivée;Inconnue\nE1;${family};Amélie;Chercheuse;2019;x\nE2;;;;;\n`;
      await page.setInputFiles('#file', {name: `personnel.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows)});
      const source = `essai-${language}-${script}`;
      await page.fill('#source', source);
      await page.fill('#licence', 'CC-BY-4.0');
      await page.selectOption('#republish', 'yes');
      assert.equal(await page.locator('#trust').count(), 0, 'how far it is trusted is for staff');
      if (script) await lookAt(page, `${language}-intakes`);
      await click('main form button');
      assert.match(new URL(page.url()).pathname, /\/admin\/sources\/\d+$/);
      for (let look = 0; look < 40 && !(await page.locator('form[action$="/apply"]').count()); look += 1) await page.reload();
      const text = await page.textContent('main');
      assert.ok(text.includes('personnel.csv, 3'), 'the row that is refused is named');
      assert.ok(text.includes('Inconnue'), 'the column that is not taken is named');
      assert.ok(text.includes('CC-BY-4.0'));
      if (script) await lookAt(page, `${language}-intake`);
      await click('form[action$="/apply"] button');
      for (let look = 0; look < 40 && await page.locator('main a[href$="?wait=1"]').count(); look += 1) await page.click('main a[href$="?wait=1"]');
      if (script) await lookAt(page, `${language}-intake-applied`);
      const {count} = await (await fetch(`${address}/en/person.json?q=${family}`)).json();
      assert.equal(count, 1, 'she has a page');
      console.log(`a spreadsheet on the site ${language}: ${clicks} clicks, ${(Date.now() - began) / 1000} s`);
      await page.goto(`${address}/${language}/account`);
      await page.click('main form button');
      assert.equal((await page.goto(`${address}/${language}/admin/sources`)).status(), 200);
      assert.equal(new URL(page.url()).pathname, `/${language}/sign-in`);
      await context.close();
    });
  }
}

test('files that lie, and files of others', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await enter(page, 'en', 'root@example.org', '/en/admin/sources');
  await page.click('main button');
  await page.setInputFiles('#file', {name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>alert(1)</script>')});
  await page.click('main form button');
  assert.ok((await page.textContent('[role=alert]')).includes('page.pdf'));
  // What is not known is kept and asked about: what it holds, then which row has its titles, then what its columns are.
  await page.setInputFiles('#file', {name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('Assets;;\nTag;What;Built by\n1;Cytometer;Made Inc\n2;Sorter;Made Inc\n')});
  await page.fill('#source', 'Odd Assets');
  await page.click('main form button');
  const settled = async (what) => {
    for (let look = 0; look < 40 && !(await page.locator(what).count()); look += 1) await page.reload();
  };
  await settled('form[action$="/say"]');
  await page.selectOption('form[action$="/say"] #format', 'equipment');
  await page.click('form[action$="/say"] button');
  await settled('form[action$="/table"]');
  assert.ok(!(await page.textContent('main')).includes('reading/intake'), 'no path of the server');
  assert.ok(await page.isChecked('input[name=header][value="2"]'), 'the likely row');
  await page.click('form[action$="/table"] button');
  await settled('form[action$="/columns"]');
  assert.ok((await page.textContent('form[action$="/columns"]')).includes('Cytometer · Sorter'), 'values beside the titles');
  await page.selectOption('select[name=column_1]', 'name');
  await page.click('form[action$="/columns"] button');
  await settled('form[action$="/apply"]');
  await page.click('form[action$="/apply"] button');
  for (let look = 0; look < 40 && await page.locator('main a[href$="?wait=1"]').count(); look += 1) await page.click('main a[href$="?wait=1"]');
  // The same file again, under the name of its source alone: read as before, nothing changes.
  await page.goto(`${address}/en/admin/sources`);
  await page.setInputFiles('#file', {name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('Assets;;\nTag;What;Built by\n1;Cytometer;Made Inc\n2;Sorter;Made Inc\n')});
  await page.fill('#source', 'odd-assets');
  await page.click('main form button');
  await settled('form[action$="/apply"]');
  const again = await page.textContent('main');
  assert.ok(again.includes('Read as its source was last'));
  assert.match(again.replace(/\s+/g, ' '), /unchanged ?2/);
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await enter(stranger, 'en', 'stranger@example.org');
  await stranger.click('main button');
  assert.equal((await stranger.goto(`${address}/en/admin/sources/1`)).status(), 403);
  await other.close();
  await context.close();
});
