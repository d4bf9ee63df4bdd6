// The browser of a test file and the people in it, for all that are of a role: who signs in, who has which role, who signs out. The
// administrator root@example.org gives the roles. Importing it opens the browser before the file's tests, and closes it after them.
import {after, test} from 'node:test';
import assert from 'node:assert/strict';
import {chromium} from 'playwright-core';
import {enter, lookAt} from './visitor.mjs';

export const address = process.env.PB_ADDRESS;
export const at = (page) => new URL(page.url()).pathname;
export const listed = async (what) => (await (await fetch(`${address}/en/${what}`)).json()).things;

export const browser = await chromium.launch({executablePath: process.env.PB_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
after(() => browser.close());

// Somebody without an account, or before he signs in.
export async function visitor(script = true, storageState = undefined) {
  const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: true, storageState});
  context.setDefaultTimeout(15000);
  return {page: await context.newPage(), context, close: () => context.close()};
}

// Each signs in once until he signs out, as people do; links to one address are few, but his own browser gets some more.
const browsers = new Map();
const signed = new Set();
export async function signedIn(email, script, language = 'en') {
  const who = await visitor(script, browsers.get(email));
  if (!signed.has(email)) {
    await enter(who.page, language, email);
    await who.page.click('main button');
    assert.equal(at(who.page), `/${language}/account`, `${email} is signed in`);
    signed.add(email);
    browsers.set(email, await who.context.storageState());
  }
  return who;
}

// From his own page, and then it is his no more.
export async function signOut(email, {page, context, close}, language) {
  await page.goto(`${address}/${language}/account`);
  await page.click('form[action$="/sign-out"] button');
  assert.equal(at(page), `/${language}/`);
  await page.goto(`${address}/${language}/account`);
  assert.equal(at(page), `/${language}/sign-in`, `${email} is signed out`);
  signed.delete(email);
  browsers.set(email, await context.storageState());
  await close();
}

// [address, role, path of its thing, or ''].
export async function give(roles) {
  const {page, close} = await signedIn('root@example.org', true);
  for (const [email, role, object] of roles) {
    await page.goto(`${address}/en/admin/roles`);
    await page.fill('#email', email);
    await page.selectOption('#role', role);
    await page.fill('#object', object && `${address}/en${object}`);
    await page.click('main form button');
    assert.equal(await page.locator('[role=alert]').count(), 0, `${email}: ${role}`);
  }
  await close();
}

// In both languages, with and without script. `mark`: a word of this way alone. seen(page, name) looks at a page, where script is
// on, and takes its picture in English.
export const ways = [['fr', true], ['fr', false], ['en', true], ['en', false]].map(([language, script]) => ({
  language, script, mark: `${language}${script ? 'with' : 'without'}`,
  seen: (page, name) => (script ? lookAt(page, language === 'en' && name) : undefined),
}));
export function inEveryWay(name, run) {
  for (const way of ways) test(`${name}, ${way.language}, ${way.script ? 'with' : 'without'} script`, () => run(way));
}
