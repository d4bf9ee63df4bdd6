// Administration in a real browser, from sign-in to sign-out, with and without script, in both languages: what waits, texts of
// the site, roles of institutions, every list sorted and taken along. PB_ADDRESS, PB_LETTERS, PB_SCREENSHOTS as for the others;
// root@example.org is the system administrator.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {address, at, browser} from './people.mjs';
import {enter, lookAt} from './visitor.mjs';

const alone = (language, script, what) => (script ? `${language}-admin-${what}` : '');

// A company that has no role yet; another one for each test.
async function company(number) {
  const {things} = await (await fetch(`${address}/en/organisation.json?type=company&sort=title`)).json();
  return things[number];
}

async function writeText(page, language, script) {
  const mark = `${language}-${script}`;
  await page.goto(`${address}/${language}/admin/texts`);
  if (script) await lookAt(page, alone(language, script, 'texts'));
  await page.click(`main a[href="/${language}/admin/texts/home"]`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const text = `## Titre ${mark}\n\nUn **groupement** et [ailleurs](https://a.example).\n\n<script>alert(1)</script> [x](javascript:alert(1))`;
  await page.fill('#french', text);
  await page.fill('#english', text);
  await page.click('button[value=preview]');
  assert.equal(await page.locator('.preview h3', {hasText: mark}).count(), 2, 'both languages are previewed');
  assert.equal(await page.inputValue('#french'), text, 'what was typed is still there');
  assert.ok(!(await (await fetch(`${address}/${language}/`)).text()).includes(mark), 'nothing is stored yet');
  if (script) await lookAt(page, alone(language, script, 'preview'));
  await page.click('button[value=save]');
  assert.equal(await page.locator('[role=status]').count(), 1);
  await page.click('[role=status] a');
  assert.equal(at(page), `/${language}/`);
  assert.equal(await page.locator('main h3', {hasText: mark}).count(), 1);
  assert.equal(await page.locator('main .prose a.out').getAttribute('href'), 'https://a.example');
  assert.equal(await page.locator('main a', {hasText: /^x$/}).count(), 0);
  if (script) await lookAt(page, alone(language, script, 'home'));
  // Somebody who began before that keeps his words, and sees the others'.
  await other.fill('#french', `le second ${mark}`);
  await other.click('button[value=save]');
  assert.equal(await other.inputValue('#french'), `le second ${mark}`);
  assert.ok((await other.textContent('.verbatim')).includes(`Titre ${mark}`));
  if (script) await lookAt(other, alone(language, script, 'conflict'));
  await other.click('button[value=save]');
  assert.equal(await other.locator('[role=status]').count(), 1);
  await other.close();
}

async function sayRole(page, language, script, number) {
  const institution = await company(number);
  await page.goto(`${address}/${language}/admin/institutions`);
  await page.fill('#institution', `${address}/${language}/organisation/${institution.id}`);
  await page.selectOption('#role', 'partner');
  await page.fill('#from', '2012-05');
  await page.fill('#to', '2011');
  await page.click('main form button');
  assert.equal(await page.locator('#to-problem').count(), 1, 'an end before its beginning');
  assert.equal(await page.inputValue('#from'), '2012-05');
  if (script) await lookAt(page, alone(language, script, 'institutions'));
  await page.fill('#to', '');
  await page.click('main form button');
  assert.equal(at(page), `/${language}/admin/institutions/${institution.id}`);
  if (script) await lookAt(page, alone(language, script, 'institution'));
  const partner = async () => (await (await fetch(`${address}/en/organisation.json?role=partner&q=${encodeURIComponent(institution.label)}`)).json()).count;
  assert.equal(await partner(), 1, 'it is found as a partner at once');
  await page.fill('input[id^="to-"]', '2020');
  await page.click('button[value=save]');
  assert.equal(await page.locator('[role=status]').count(), 1);
  assert.ok(!(await (await fetch(`${address}/en/`)).text()).includes(`/en/organisation/${institution.id}`), 'the home page names no former partner');
  await page.click('button[value=take_away]');
  assert.equal(await page.locator('main h2[id^="role-"]').count(), 0);
  assert.equal(await partner(), 0);
}

// A table pasted, tried, applied; twice it changes nothing, and what cannot be taken says where and why.
async function giveByTable(page, language, script) {
  const {things: [institution]} = await (await fetch(`${address}/en/organisation.json?role=member`)).json();
  const email = `table-${language}-${script}@example.org`;
  const table = `e-mail\trole\tobject\tuntil\n${email}\tresearcher\t${institution.id}\t31/12/2099\nnobody\tresearcher\t${institution.id}\t\n`;
  await page.goto(`${address}/${language}/admin/roles/table`);
  await page.fill('#table', table);
  await page.click('#bring ~ form button');
  assert.equal(await page.locator('[role=status]').count(), 1);
  assert.equal(await page.locator('table.sheet').count(), 2, 'a line refused, a role to give');
  assert.ok((await page.locator('table.sheet').first().textContent()).includes('nobody'));
  if (script) await lookAt(page, alone(language, script, 'roles-table'));
  await page.click('#read ~ form button');
  assert.equal(await page.locator('.done').count(), 1);
  await page.goto(`${address}/${language}/admin/roles`);
  assert.equal(await page.locator('table.sheet tr', {hasText: email}).count(), 1);
  await page.goto(`${address}/${language}/admin/roles/table`);
  await page.fill('#table', table);
  await page.click('#bring ~ form button');
  assert.equal(await page.locator('#read ~ form').count(), 0, 'nothing to apply');
}

// Somebody asks for a role on his page; one button grants it.
async function askAndGrant(page, language, script) {
  const {things: [institution]} = await (await fetch(`${address}/en/organisation.json?role=member`)).json();
  const email = `asks-${language}-${script}@example.org`;
  const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
  const asker = await context.newPage();
  await enter(asker, language, email, `/${language}/account/roles`);
  await asker.click('main button');
  await asker.selectOption('#role', 'institution_administrator');
  await asker.fill('#object', `${address}/${language}/organisation/${institution.id}`);
  await asker.fill('#why', '<b>Je m’en occupe</b>');
  await asker.click('#ask ~ form button');
  assert.equal(await asker.locator('#asks ~ ul li', {hasText: '<b>Je m’en occupe</b>'}).count(), 1);
  if (script) await lookAt(asker, alone(language, script, 'own-roles'));
  await page.goto(`${address}/${language}/account`);
  await page.click(`#tasks ~ ul a[href="/${language}/admin/roles/asked"]`);
  if (script) await lookAt(page, alone(language, script, 'roles-asked'));
  await page.locator('tr', {hasText: email}).locator('form[action$="/grant"] button').click();
  assert.equal(await page.locator('tr', {hasText: email}).count(), 0);
  await asker.goto(`${address}/${language}/admin`);
  assert.equal(at(asker), `/${language}/admin`, 'he administers');
  await context.close();
}

for (const [number, [language, script]] of [['fr', true], ['fr', false], ['en', true], ['en', false]].entries()) {
  test(`administration, ${language}, ${script ? 'with' : 'without'} script`, async () => {
    const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true});
    const page = await context.newPage();
    await enter(page, language, 'root@example.org', `/${language}/admin`);
    await page.click('main button');
    assert.equal(at(page), `/${language}/admin`);
    assert.ok(await page.locator('.figures li').count() >= 5, 'what waits, with numbers');
    if (script) await lookAt(page, alone(language, script, 'start'));
    await writeText(page, language, script);
    await sayRole(page, language, script, number);
    await giveByTable(page, language, script);
    await askAndGrant(page, language, script);
    for (const room of ['roles', 'roles/asked', 'accounts', 'people', 'campaigns', 'institutions', 'sources', 'texts', 'outbox', 'jobs', 'audit']) {
      await page.goto(`${address}/${language}/admin`);
      await page.click(`main .list a[href="/${language}/admin/${room}"]`);
      assert.equal(at(page), `/${language}/admin/${room}`);
      if (script && ['sources', 'outbox', 'jobs', 'audit'].includes(room)) await lookAt(page, alone(language, script, room));
      if (['jobs', 'audit'].includes(room)) {
        const told = await page.locator(`tbody td:nth-of-type(${room === 'jobs' ? 2 : 4})`).allTextContents();
        assert.ok(told.length && told.every((each) => !/[a-z][._][a-z]/.test(each)), `${room} is told in words: ${told}`);
      }
      const head = page.locator('table.sheet thead a').first();
      if (await head.count()) {
        await head.click();
        assert.ok(await page.locator('[aria-sort=ascending]').count() >= 1, `${room} is sorted`);
        const file = await page.request.get(new URL(await page.locator('main a[href*=".csv"]').first().getAttribute('href'), address).href);
        assert.equal(file.status(), 200);
        assert.ok(file.headers()['content-type'].startsWith('text/csv'));
      }
    }
    // The menu keeps what fewer people need behind its last entry, without script too.
    await page.goto(`${address}/${language}/`);
    assert.ok(!(await page.locator(`.more a[href="/${language}/figures"]`).isVisible()));
    await page.click('.more summary');
    if (script) await lookAt(page, alone(language, script, 'menu'));
    await page.click(`.more a[href="/${language}/figures"]`);
    assert.equal(at(page), `/${language}/figures`);
    await page.goto(`${address}/${language}/account`);
    await page.click('main form button');
    await page.goto(`${address}/${language}/admin`);
    assert.equal(at(page), `/${language}/sign-in`);
    await context.close();
  });
}
