// Calls for proposals in a real browser, from a draft to its laureates: with and without script, in both languages, each page
// at three widths, axe-core finds nothing. PB_ADDRESS: the site; PB_LETTERS: where its letters come to; PB_SCREENSHOTS: a
// folder for pictures. root@example.org is the system administrator.
import {before, test} from 'node:test';
import assert from 'node:assert/strict';
import {address, give, listed, signedIn, signOut, visitor, ways} from './people.mjs';
import {letters, newestLetter, paris} from './visitor.mjs';

let person;  // of the registry, to coordinate
let team;
let holder;  // of the registry, with an address on his card, which staff see

before(async () => {
  [person] = await listed('person.json?sort=name');
  [team] = await listed('team.json?sort=name');
  await give([['staff@example.org', 'staff', '']]);
  const {page, close} = await signedIn('staff@example.org', true);
  for (const each of (await listed('person.json?sort=name')).slice(1)) {
    await page.goto(`${address}/en/person/${each.id}`);
    const [email] = (await page.innerText('main')).match(/[\w.-]+@[\w.-]*\w/) ?? [];
    if (email && !holder) holder = {...each, email};
    if (holder) break;
  }
  await close();
});

const press = (page, value) => page.locator(`main button[value="${value}"]`).last().click();
const save = async (page, value, done) => {
  await press(page, value);
  assert.equal(await page.locator('[role=alert]').count(), 0, await page.locator('[role=alert]').allTextContents() + page.url());
  if (done) assert.equal(await page.locator('[role=status]').count(), 1);
};

const runs = ways.map((way) => ({...way, seen: (page, name) => way.seen(page, `calls-${name}`)}));  // each with a call and a proposal of its own
const called = (what, {language, script}) => `${what}, ${language}, ${script ? 'with' : 'without'} script`;
for (const run of runs) {
  const {language, script, mark, seen} = run;

  test(called('a call is prepared and published', run), async () => {
    const {page, close} = await signedIn('staff@example.org', script);
    await page.goto(`${address}/${language}/calls`);
    await seen(page, 'list');
    await page.click('form[action$="/calls/new"] button');
    await press(page, 'publish');
    assert.equal(await page.locator('[role=alert]').count(), 1, 'an empty call is not published');
    assert.match(await page.textContent('[role=alert]'), language === 'fr' ? /^Il manque quelque chose/ : /^Something is missing/);
    assert.equal(await page.locator('main li a[href="#title_fr"]').count(), 1, 'what is missing leads to its field');
    assert.ok((await page.textContent('main')).includes(language === 'fr' ? 'un résumé qui sera public' : 'a summary that will be public'));
    const texts = {title_fr: `Émergence ${mark}`, title_en: `Emergence ${mark}`, text_fr: 'Des projets neufs.\nTrois pages au plus.', text_en: 'New projects.\nThree pages at most.',
      opens: paris(-60), closes: paris(600), section_1_title_fr: 'Projet', section_1_title_en: 'Project', section_1_limit: '20', section_1_help_en: 'What is new in it?', section_1_help_fr: 'Quoi de neuf ?',
      money: '300000', first_year: '2027', years: '2', most: '200000', partners: '1', criterion_1_title_fr: 'Qualité', criterion_1_title_en: 'Quality', criterion_1_weight: '2',
      criterion_2_title_fr: 'Faisabilité', criterion_2_title_en: 'Feasibility', reviews: '1', scale_en: '5: excellent.', scale_fr: '5 : excellent.'};
    for (const [name, text] of Object.entries(texts)) await page.fill(`#${name}`, text);
    await save(page, 'publish', true);
    await seen(page, 'edit');
    run.call = page.url().match(/\/calls\/\d+/)[0];
    assert.equal(await page.locator('#section_1_limit').getAttribute('readonly'), '', 'what is written for stays');
    const other = await visitor(script);
    await other.page.goto(`${address}/${language}${run.call}`);
    assert.ok((await other.page.textContent('h1')).includes(mark));
    await seen(other.page, 'call');
    await other.close();
    await close();
  });

  test(called('a proposal is written by two, and submitted', run), async () => {
    const one = await signedIn('camille@example.org', script);
    const {page} = one;
    let clicks = 0;
    const began = Date.now();
    const click = async (what) => { clicks += 1; await page.locator(what).last().click(); };
    await page.goto(`${address}/${language}/`);
    await click('.more summary');
    await click(`nav a[href="/${language}/calls"]`);
    await click(`a[href="/${language}${run.call}"]`);
    await click('form[action$="/write"] button');
    run.proposal = new URL(page.url()).pathname;
    await page.fill('#title', 'Zorgs <b>in</b> the tumour');
    await page.fill('#summary', 'We ask what zorgs do in the tumour.');
    await page.fill('#section_1', 'word '.repeat(21));
    await page.fill('#find', person.label);
    await click('button[value=find]');
    assert.equal(await page.inputValue('#title'), 'Zorgs <b>in</b> the tumour', 'looking for somebody keeps what was typed');
    assert.equal(await page.locator('#section_1-problem').count(), 1, 'over the limit: kept, and said');
    await click(`button[value="add:coordinator:${person.id}"]`);
    await page.fill('#find', team.label);
    await click('button[value=find]');
    await click(`button[value="add:partner:${team.id}"]`);
    await page.fill('#section_1', 'A project of few words.');
    await page.fill(`input[id^="budget_${team.id}_2027"]`, '60 000');
    await page.fill(`input[id^="budget_${team.id}_2028"]`, '40000');
    await page.fill('#asked', '100001');
    await click('button[value=submit]');
    assert.equal(await page.locator('[role=alert]').count(), 1, 'a budget that does not add up');
    assert.ok((await page.textContent('[role=alert]')).replace(/\D/g, '').includes('100001'));
    await seen(page, 'proposal-problem');
    await page.fill('#asked', '100000');
    const known = letters();
    await click('button[value=submit]');
    assert.ok(page.url().endsWith('/receipt?done=submitted'), page.url());
    console.log(`proposal submitted ${language}: ${clicks} clicks, ${(Date.now() - began) / 1000} s`);
    const receipt = (await page.textContent('dd strong')).trim();
    assert.ok((await newestLetter('camille@example.org', known)).includes(receipt));
    await seen(page, 'receipt');

    // Somebody else writes too; what both write at once is lost for neither.
    await page.goto(`${address}${run.proposal}`);
    await page.fill('#editor', 'noa@example.org');
    const before = letters();
    await press(page, 'invite');
    assert.ok((await newestLetter('noa@example.org', before)).includes(run.proposal.split('/').at(-1)));
    const two = await signedIn('noa@example.org', script);
    await two.page.goto(`${address}${run.proposal}`);
    await page.goto(`${address}${run.proposal}`);
    await page.fill('#summary', 'What Camille wrote.');
    await save(page, 'save', true);
    await two.page.fill('#summary', 'What Noa wrote.');
    await two.page.fill('#acronym', 'ZORG');
    await press(two.page, 'save');
    assert.equal(await two.page.locator('[role=alert]').count(), 1);
    assert.equal(await two.page.inputValue('#summary'), 'What Noa wrote.');
    assert.ok((await two.page.textContent('#summary-newer')).includes('What Camille wrote.'));
    await seen(two.page, 'clash');
    await two.page.fill('#summary', 'What both wrote.');
    await save(two.page, 'submit');

    // Files go with it.
    await two.page.goto(`${address}${run.proposal}/files`);
    await two.page.setInputFiles('#file', {name: 'plan <b>.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan')});
    await two.page.click('form[enctype] button');
    assert.equal(await two.page.locator('.list li').count(), 1);
    await seen(two.page, 'files');
    await two.page.goto(`${address}${run.proposal}`);
    await save(two.page, 'submit');
    assert.equal(await two.page.locator('dl').count(), 3, 'three submissions, three receipts');
    await two.page.goto(`${address}/${language}/proposals`);
    await seen(two.page, 'mine');
    // A proposal is nobody else's.
    const staff = await signedIn('staff@example.org', script);
    assert.equal((await staff.page.goto(`${address}${run.proposal}`)).status(), 404);
    await staff.close();
    await two.close();
    await one.close();
  });
}

test('who has a card coordinates what he begins', async () => {
  const [{call}] = runs;
  const {page, close} = await signedIn(holder.email, true);
  await page.goto(`${address}/en${call}`);
  await page.click('form[action$="/write"] button');
  const people = page.locator('#people ~ .list').first();
  assert.match(await people.textContent(), new RegExp(`${holder.label}\\s*Coordinator`));
  await page.fill('#find', person.label);
  await press(page, 'find');
  await press(page, `add:coordinator:${person.id}`);
  assert.match(await people.textContent(), new RegExp(`${person.label}\\s*Coordinator`), 'somebody else takes his place');
  await page.check('input[name=sure]');
  await page.click('form[action$="/drop"] button');
  await close();
});

test('the calls close by the clock of the server', async () => {
  const {page, close} = await signedIn('staff@example.org', true);
  const soon = paris(new Date().getSeconds() < 30 ? 1 : 2);  // half a minute is left to write it into each call
  for (const {language, call} of runs) {
    await page.goto(`${address}/${language}${call}/edit`);
    await page.fill('#closes', soon);
    await save(page, 'save', true);
  }
  const late = await signedIn('camille@example.org', true);
  await late.page.goto(`${address}${runs[0].proposal}`);
  await late.page.fill('#title', 'One second late');
  while (paris(0) < soon) await new Promise((done) => setTimeout(done, 500));
  await press(late.page, 'submit');
  assert.equal(await late.page.locator('[role=alert]').count(), 1);
  assert.equal(await late.page.inputValue('#title'), 'One second late', 'his words are shown to him');
  await late.close();
  await close();
});

for (const run of runs) {
  const {language, script, mark, seen} = run;

  test(called('reviewed, ranked, decided, announced', run), async () => {
    const staff = await signedIn('staff@example.org', script, language);
    const {page} = staff;
    await page.goto(`${address}/${language}/account`);
    await page.locator(`main a[href="/${language}${run.call}/submissions"]`).first().click();
    await seen(page, 'submissions');
    await page.click('tbody a');
    const judged = page.url();
    assert.ok((await page.textContent('h1')).includes('<b>in</b>'));
    await seen(page, 'judged');
    assert.ok(await page.locator('.proofs li').count() > 0 || await page.locator('.badge.good').count() > 0, 'somebody is proposed');
    // One of those who apply cannot be asked.
    await page.fill('#find', person.label);
    await page.click('.ask button');
    assert.ok(await page.locator('.proofs').count() > 0);
    await seen(page, 'conflicts');
    // The address that is known here and a language stand beside each who can be asked.
    await page.goto(judged);
    const offered = page.locator('form.inline').filter({has: page.locator('input[name=email][value*="@"]')}).first();
    assert.equal(await offered.locator('select[name=language]').inputValue(), language);
    const to = await offered.locator('input[name=email]').inputValue();
    const unasked = letters();
    await offered.locator('select').selectOption(language === 'fr' ? 'en' : 'fr');
    await offered.locator('button').click();
    assert.equal(await page.locator('[role=alert]').count(), 0);
    assert.match(await newestLetter(to, unasked), language === 'fr' ? /asks you for a review/ : /vous demande un avis/);
    const known = letters();
    await page.fill('#given', 'Sacha');
    await page.fill('#family', `Lointain ${mark}`);
    await page.fill('#email', `sacha.${mark}@example.org`);
    await page.selectOption('#language', language);
    await page.locator('form:has(#family) button').click();
    assert.equal(await page.locator('[role=alert]').count(), 0);
    const link = (await newestLetter(`sacha.${mark}@example.org`, known)).match(/http\S+\/review-invitations\/[0-9a-f]+/)[0];

    const guest = await visitor(script);
    const asked = guest.page;
    await asked.goto(link);
    await seen(asked, 'invitation');
    await asked.click('button[value=accept]');
    const review = await asked.locator('a.go').getAttribute('href');
    assert.equal((await asked.goto(link)).status(), 200, 'opened again it leads on');
    assert.equal(await asked.locator('button[value=accept]').count(), 0, 'and is answered once');
    await guest.close();

    const reviewer = await signedIn(`sacha.${mark}@example.org`, script, language);
    await reviewer.page.goto(`${address}/${language}/account`);
    await reviewer.page.locator(`main a[href="/${language}/reviews"]`).first().click();
    await seen(reviewer.page, 'reviews');
    await reviewer.page.click(`a[href="${review}"]`);
    await reviewer.page.selectOption('#score_1', '5');
    await press(reviewer.page, 'send');
    assert.equal(await reviewer.page.locator('[role=alert]').count(), 1, 'a score is missing');
    await reviewer.page.selectOption('#score_2', '4');
    await reviewer.page.fill('#to_applicants', 'A <i>good</i> idea.');
    await reviewer.page.fill('#to_committee', 'Between us: yes.');
    await seen(reviewer.page, 'review');
    const arriving = letters();
    await save(reviewer.page, 'send', true);
    const receipt = await newestLetter(`sacha.${mark}@example.org`, arriving);
    const arrival = await newestLetter('staff@example.org', arriving);
    for (const letter of [receipt, arrival]) assert.ok(letter.includes('Zorgs <b>in</b>') && letter.includes(mark) && !letter.includes('idea') && !letter.includes('Between us'), letter);
    assert.ok(receipt.includes(review) && receipt.includes(language === 'fr' ? '2 notes' : '2 scores'), receipt);
    assert.ok(!arrival.includes('Lointain') && arrival.includes(new URL(judged).pathname.split('/').at(-1)), arrival);
    assert.equal((await reviewer.page.goto(`${address}${run.proposal}`)).status(), 404);
    const other = runs.find((each) => each !== run);
    assert.equal((await reviewer.page.goto(`${address}${other.proposal}`)).status(), 404);
    await signOut(`sacha.${mark}@example.org`, reviewer, language);

    // The applicant learns nothing of it.
    const applicant = await signedIn('camille@example.org', script);
    await applicant.page.goto(`${address}${run.proposal}`);
    const before = await applicant.page.textContent('main');
    assert.ok(!before.includes('Lointain') && !before.includes('good'));

    await page.goto(`${address}/${language}${run.call}/sheet`);
    await page.fill('#line', '1');
    await save(page, 'line', true);
    assert.equal(await page.locator('tr.above').count(), 1);
    await seen(page, 'sheet');
    const csv = await page.request.get(`${address}/${language}${run.call}/sheet.csv`);
    assert.ok((await csv.text()).includes('Lointain'));
    const sent = letters();
    await page.fill('#to_funded', 'We meet in May.\n\nBring <slides>.');
    await page.fill('#to_others', 'Try again.');
    await page.check('input[name=sure]');
    await page.click('form[action$="/announce"] button');
    assert.equal(await page.locator('[role=alert]').count(), 0);
    const result = await newestLetter('camille@example.org', sent);
    for (const said of [run.proposal.split('/').at(-1), mark, 'We meet in May.', 'Bring <slides>.']) assert.ok(result.includes(said), `${said}: ${result}`);
    assert.ok(result.replace(/\D/g, '').includes('100000') && !result.includes('Try again.'), result);
    await applicant.page.goto(`${address}${run.proposal}`);
    const told = await applicant.page.textContent('main');
    assert.ok(told.includes('A <i>good</i> idea.') && !told.includes('Lointain') && !told.includes('Between us'));
    await seen(applicant.page, 'result');
    await applicant.close();
    const award = await (await fetch(`${address}/${language}/award.json?q=Zorgs`)).json();
    assert.ok(award.things.length > 0, 'the laureate is in the registry');
    // From the call to the award with its public summary, and to who got it.
    await page.goto(`${address}/${language}${run.call}`);
    assert.ok((await page.textContent('main')).includes('Zorgs'));
    await seen(page, 'announced');
    assert.equal(await page.locator(`section[aria-labelledby=laureates] a[href$="/person/${person.id}"]`).count(), 1);
    assert.equal(await page.locator(`section[aria-labelledby=laureates] a[href$="/team/${team.id}"]`).count(), 1);
    await page.click('section[aria-labelledby=laureates] a[href*="/award/"]');
    assert.ok((await page.textContent('main')).includes('What both wrote.'));
    await signOut('staff@example.org', staff, language);
  });
}
