// Every page in a real browser: axe-core finds nothing, nothing scrolls sideways, nothing is asked of another host; with
// and without script, in both languages, at three widths. PB_ADDRESS: the site. PB_SCREENSHOTS: a folder for pictures.
import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {address, browser} from './people.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [320, 375, 1280];
const kinds = ['person', 'team', 'organisation', 'group', 'platform', 'equipment', 'service', 'publication', 'dataset', 'project', 'trial', 'patent',
  'partnership', 'event', 'call', 'award', 'collection', 'concept', 'site'];
const pictured = ['home', 'search', 'person', 'team', 'group', 'organisation', 'equipment', 'slots', 'week', 'day', 'platform-week', 'platform-day'];
let pages = [];
const counts = {pages: 0, checks: 0, violations: 0};

before(async () => {
  pages = [['home', '/'], ['search', '/search?q=lymphoma'], ['nothing', '/search?q=zzzzqqq'], ['about', '/about'], ['glossary', '/glossary'],
    ['contacts', '/contacts'], ['accessibility', '/accessibility'], ['missing', '/person/0000000000']];
  for (const kind of kinds) {
    const {things} = await (await fetch(`${address}/en/${kind}.json?sort=name`)).json();
    assert.ok(things.length > 0, `the demo has no ${kind}`);
    pages.push([kind, `/${kind}/${things[Math.min(3, things.length - 1)].id}`], [`list of ${kind}`, `/${kind}`]);
  }
  const slots = await (await fetch(`${address}/en/slots`)).text();
  const instrument = slots.match(/\/equipment\/\w+(?=\/week)/)[0];
  const card = await (await fetch(`${address}/en${instrument}`)).text();
  const platform = card.match(/\/platform\/\w{10}/)[0];
  pages[pages.findIndex(([name]) => name === 'equipment')][1] = instrument;
  const from = `?from=${new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10)}`;
  pages.push(['slots', '/slots?minutes=120'], ['no slots', '/slots?q=zzzzqqq'], ['wrong slots', '/slots?minutes=soon'], ['week', `${instrument}/week${from}`],
    ['day', `${instrument}/day${from}`], ['platform-week', `${platform}/week${from}`], ['platform-day', `${platform}/day${from}`], ['this week', `${instrument}/week`]);
});

after(() => {
  console.log(`axe: ${counts.pages} pages, ${counts.checks} rules passed, ${counts.violations} violations`);
});

// A page opened at a width; what it asks of others and what it complains of is kept.
async function open(path, width, script = true) {
  const context = await browser.newContext({viewport: {width, height: 900}, javaScriptEnabled: script, bypassCSP: true});
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && !/status of (404|422)/.test(message.text()) && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith(address) || request.url().startsWith('data:') || complaints.push(request.url()));
  await page.goto(address + path);
  return {page, complaints, close: () => context.close()};
}

// The page as a browser without script has it: axe itself cannot run in one.
async function openWithoutScript(path, width) {
  const context = await browser.newContext({viewport: {width, height: 900}, bypassCSP: true});
  const page = await context.newPage();
  await page.route('**/*', async (route) => {
    const type = route.request().resourceType();
    if (type === 'script') return route.abort();
    if (type !== 'document') return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script\b[^>]*>.*?<\/script>/gs, '').replace(/<\/?noscript>/g, '');
    return route.fulfill({response, body});
  });
  await page.goto(address + path);
  assert.equal(await page.locator('script').count(), 0);
  return {page, close: () => context.close()};
}

async function checkAt(page, width, scripts) {
  await page.setViewportSize({width, height: 900});
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `scrolls sideways at ${width}, ${scripts}`);
  const found = await page.evaluate((only) => axe.run(document, {runOnly: only, resultTypes: ['violations']}), rules);
  counts.pages += 1;
  counts.checks += found.passes.length;
  counts.violations += found.violations.length;
  assert.deepEqual(found.violations.map((each) => `${each.id} at ${width}, ${scripts}: ${each.nodes[0].html}`), []);
}

async function check(language, name, path) {
  const opened = await open(`/${language}${path}`, widths[0]);
  await opened.page.evaluate(axe);
  for (const width of widths) {
    await checkAt(opened.page, width, 'with script');
    if (process.env.PB_SCREENSHOTS && language === 'en' && width > 320 && pictured.includes(name)) {
      await opened.page.screenshot({path: `${process.env.PB_SCREENSHOTS}/${name}-${width}.png`});
    }
  }
  assert.deepEqual(opened.complaints, []);
  await opened.close();
  const plain = await openWithoutScript(`/${language}${path}`, widths[0]);
  assert.equal(await plain.page.locator('h1').count(), 1);
  assert.ok((await plain.page.locator('h1').innerText()).length > 0);
  await plain.page.evaluate(axe);
  for (const width of widths) {
    await checkAt(plain.page, width, 'without script');
  }
  await plain.close();
}

for (const language of ['fr', 'en']) {
  // Two at once: one lays out while the other one waits for its answer.
  test(`every page, ${language}`, {concurrency: 2}, async (t) => {
    await Promise.all(pages.map(([name, path]) => t.test(`${language} ${name}`, () => check(language, name, path))));
  });
}

test('by keyboard: skip links first, then the search', async () => {
  const {page, close} = await open('/fr/about', 1280, false);
  for (const target of ['content', 'menu', 'search']) {
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').getAttribute('href'), `#${target}`);
  }
  await page.keyboard.press('Enter');
  await page.keyboard.type('lymphome');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/fr/search?q=lymphome');
  assert.ok(await page.locator('.hits li').count() > 0);
  await close();
});

test('narrowing down, and back', async () => {
  const {page, close} = await open('/en/search?q=cancer', 1280, false);
  const before = await page.locator('[role=status]').innerText();
  await page.locator('.facet a').first().click();
  const narrowed = await page.locator('[role=status]').innerText();
  assert.notEqual(narrowed, before);
  await page.locator('.active a').first().click();
  assert.equal(await page.locator('[role=status]').innerText(), before);
  await close();
});

test('within a list, by its own box and facets', async () => {
  const {page, close} = await open('/en/equipment', 1280, false);
  const make = page.locator('.facet a[href*="make="]').first();
  await make.click();
  assert.ok(page.url().includes('/en/equipment?make='));
  await page.locator('#within').fill('microscope');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/equipment?q=microscope&make=*');
  await close();
});

test('results come before what narrows them down', async () => {
  const {page, close} = await open('/fr/search?q=cancer', 375, false);
  const top = async (what) => (await page.locator(what).first().boundingBox()).y;
  assert.ok(await top('.hits') < await top('.facets'));
  await page.locator('.jump a').click();
  assert.ok(page.url().endsWith('#narrow'));
  await close();
});

test('names of any length and direction stay on the page', async () => {
  const {page, close} = await open('/fr/', 320, false);
  for (const path of ['/fr/search?q=' + 'x'.repeat(400), '/fr/nothing/' + 'y'.repeat(400), '/fr/search?q=' + encodeURIComponent('مستشفى الملك فيصل '.repeat(8))]) {
    await page.goto(address + path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, `${path.slice(0, 20)} scrolls sideways`);
  }
  await close();
});

test('the other language keeps the page', async () => {
  const {page, close} = await open('/en/search?q=cytometry&sort=newest', 375, false);
  await page.getByRole('button', {name: 'Menu'}).click();
  await page.locator('header a[hreflang=fr]').click();
  assert.ok(page.url().endsWith('/fr/search?q=cytometry&sort=newest'));
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await close();
});

test('on a phone the header is low, and its menu opens without script', async () => {
  const {page, close} = await open('/fr/about', 375, false);
  assert.ok((await page.locator('header.top').boundingBox()).height <= 160);
  assert.equal(await page.locator('.menu').isVisible(), false);
  await page.locator('#menu button').click();
  for (const link of ['.menu a', '.tools a']) assert.ok(await page.locator(link).first().isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.menu').isVisible(), false);
  await page.setViewportSize({width: 1280, height: 900});
  assert.ok(await page.locator('.menu').isVisible());
  assert.equal(await page.locator('#menu button').isVisible(), false);
  await close();
});

test('on paper', async () => {
  const {page, close} = await open('/en/', 1280);
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.locator('.menu').isVisible(), false);
  assert.ok(await page.locator('h1').isVisible());
  await close();
});
