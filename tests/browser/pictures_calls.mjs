// A call for proposals in pictures, from its text to its laureates: a part of pictures.mjs.
import {fillIn, go, language, picture, say, shown, signedIn, visitor, who} from './pictures_browser.mjs';
import {letters, newestLetter, paris} from './visitor.mjs';

const press = (page, value) => page.locator(`main button[value="${value}"]`).last().click();

async function prepare(page) {
  await go(page, '/calls');
  await page.click('form[action$="/calls/new"] button');
  await fillIn(page, {title_fr: 'Projets émergents', title_en: 'Emerging projects', text_fr: 'Des projets neufs, portés par deux équipes au moins.\nTrois pages au plus.',
    text_en: 'New projects, by two teams or more.\nThree pages at most.', opens: paris(-60), closes: paris(600), section_1_title_fr: 'Projet', section_1_title_en: 'Project',
    section_1_limit: '400', section_1_help_fr: 'Quoi de neuf ?', section_1_help_en: 'What is new in it?', money: '300000', first_year: '2027', years: '2', most: '200000', partners: '1',
    criterion_1_title_fr: 'Qualité', criterion_1_title_en: 'Quality', criterion_1_weight: '2', criterion_2_title_fr: 'Faisabilité', criterion_2_title_en: 'Feasibility', reviews: '1',
    scale_fr: '5 : excellent, 1 : insuffisant.', scale_en: '5: excellent, 1: insufficient.'});
  await press(page, 'publish');
  await picture(page, 'call-edit');
  return page.url().match(/\/calls\/\d+/)[0];
}

async function write(at, call) {
  const page = await signedIn(who.researcher);
  await shown(page, '/calls', 'calls');
  await shown(page, call, 'call');
  await page.click('form[action$="/write"] button');
  const [proposal] = page.url().split('?');
  await fillIn(page, {title: say('Ce que disent les lymphocytes autour de la tumeur', 'What lymphocytes around the tumour tell'),
    summary: say('Nous suivons par cytométrie les lymphocytes autour de la tumeur.', 'We follow by cytometry the lymphocytes around the tumour.'),
    section_1: say('Deux équipes réunissent pour la première fois leurs échantillons.', 'Two teams bring their samples together for the first time.')});
  for (const [label, part, key] of [[at.personLabel, 'coordinator', at.person], [at.teamLabel, 'partner', at.team]]) {
    await page.fill('#find', label);
    await press(page, 'find');
    await press(page, `add:${part}:${key.split('/').at(-1)}`);
  }
  const team = at.team.split('/').at(-1);
  await page.fill(`input[id^="budget_${team}_2027"]`, '60 000');
  await page.fill(`input[id^="budget_${team}_2028"]`, '40 000');
  await page.fill('#asked', '100000');
  await press(page, 'save');
  await picture(page, 'proposal');
  await page.goto(`${proposal}/files`);
  await page.setInputFiles('#file', {name: say('calendrier.txt', 'schedule.txt'), mimeType: 'text/plain', buffer: Buffer.from('2027\n')});
  await page.click('form[enctype] button');
  await picture(page, 'proposal-files');
  await page.goto(proposal);
  await press(page, 'submit');
  await picture(page, 'proposal-receipt');
  await shown(page, '/proposals', 'proposals');
  await go(page, '/');
  return {page, proposal};
}

async function close(page, call) {
  const soon = paris(1);
  await go(page, `${call}/edit`);
  await page.fill('#closes', soon);
  await press(page, 'save');
  while (paris(0) < soon) await new Promise((done) => setTimeout(done, 500));
}

async function judge(page, call) {
  await go(page, `${call}/submissions`);
  await picture(page, 'call-submissions');
  await page.click('tbody a');
  await fillIn(page, {given: 'Robin', family: 'Lointain', email: 'robin.lointain@example.org'});
  await page.selectOption('#language', language);
  const known = letters();
  await page.locator('form:has(#family) button').click();
  await picture(page, 'call-judged');
  const guest = await visitor();
  await guest.goto((await newestLetter('robin.lointain@example.org', known)).match(/http\S+\/review-invitations\/[0-9a-f]+/)[0]);
  await picture(guest, 'review-invitation');
  await guest.click('button[value=accept]');
  const review = await guest.locator('a.go').getAttribute('href');
  await guest.context().close();
  const reviewer = await signedIn('robin.lointain@example.org');
  await shown(reviewer, '/reviews', 'reviews');
  await go(reviewer, review.replace(/^\/\w\w/, ''));
  await reviewer.selectOption('#score_1', '5');
  await reviewer.selectOption('#score_2', '4');
  await fillIn(reviewer, {to_applicants: say('Une idée neuve et faisable.', 'A new idea that can be done.'), to_committee: say('À financer.', 'To be funded.')});
  await picture(reviewer, 'review');
  await press(reviewer, 'send');
  await reviewer.context().close();
}

export async function callsRoom(at) {
  const staff = await signedIn(who.staff);
  const call = await prepare(staff);
  const {page, proposal} = await write(at, call);
  await close(staff, call);
  await judge(staff, call);
  await go(staff, `${call}/sheet`);
  await staff.fill('#line', '1');
  await press(staff, 'line');
  await picture(staff, 'call-sheet');
  await staff.check('input[name=sure]');
  await staff.click('form[action$="/announce"] button');
  await go(staff, call);
  await picture(staff, 'call-announced');
  await page.goto(proposal);
  await picture(page, 'proposal-result');
  for (const each of [page, staff]) await each.context().close();
}
