// Rooms of pictures.mjs: what everybody reads, booking, asking, companies, partnerships, a key area.
import path from 'node:path';
import {address, fillIn, give, go, language, monday, picture, pictures, say, shown, signedIn, visitor, who, whole} from './pictures_browser.mjs';
import {letters, newestLetter, paris} from './visitor.mjs';

export async function reading(at) {
  const page = await visitor();
  for (const [below, name] of [['/', 'home'], [`/search?q=${say('cytométrie', 'cytometry')}`, 'search'], ['/person', 'people'], [at.person, 'person'], [at.team, 'team'],
    [at.platform, 'platform'], [at.member, 'organisation'], [at.instruments[0], 'equipment'], [at.area, 'group'], [`${at.area}/size`, 'group-size'],
    ['/topics', 'topics'], ['/slots?minutes=120', 'slots'], [`${at.instruments[0]}/week?from=${monday()}`, 'week'], [`${at.instruments[0]}/day?from=${monday()}`, 'day'],
    [`${at.platform}/week?from=${monday()}`, 'platform-week'], [`${at.platform}/day?from=${monday()}`, 'platform-day'], ['/figures?year=2024', 'figures'],
    ['/figures/matrix?year=2024', 'figures-matrix'], ['/figures/network?year=2024', 'figures-network'], ['/advanced', 'advanced'],
    [`/experts?q=${say('cytométrie', 'cytometry')}`, 'experts'],
    ['/publication', 'publications'], [at.publication, 'publication'], [at.project, 'project'], ['/sign-in', 'sign-in']]) {
    await shown(page, below, name);
  }
  if (language === 'en' && !whole) {  // the one of README.md
    await page.setViewportSize({width: 1280, height: 900});
    await go(page, '/');
    await page.screenshot({path: path.join(pictures, 'home-1280.png')});
  }
  await shown(page, '/person/0000000000', 'not-found', 404);
  await go(page, '/figures?year=2024');
  await page.locator('#outputs a').first().click();
  await picture(page, 'figures-records');
  await go(page, '/sign-in');
  const known = letters();
  await page.fill('#email', 'lou.tessier@example.org');
  await page.click('main button');
  await picture(page, 'sign-in-sent');
  await page.goto((await newestLetter('lou.tessier@example.org', known)).match(/http\S+\/sign-in\/[0-9a-f]+/)[0]);
  await picture(page, 'sign-in-open');
  await page.context().close();
}

export async function booking(at) {
  const manager = await signedIn(who.manager);
  for (const [instrument, checked] of [[at.instruments[0], false], [at.instruments[1], true]]) {
    await go(manager, `${instrument}/terms`);
    await fillIn(manager, {step: '30', smallest: '30', largest: '480'});
    await manager.setChecked('input[name=confirmed]', checked);
    await manager.click('main form button');
  }
  await picture(manager, 'terms');
  const page = await signedIn(who.researcher);
  await shown(page, '/slots?minutes=60', 'slots-signed-in');
  await page.locator('.hits li:not(:has(.badge)) a[href*="/book?"]').first().click();
  await page.fill('#purpose', say('Tri de lymphocytes, 12 échantillons', 'Sorting lymphocytes, 12 samples'));
  await picture(page, 'book');
  await page.click('main form button');
  await picture(page, 'booking');
  await go(page, `${at.instruments[1]}/book`);
  await page.fill('#purpose', say('Essai de marquage', 'Trying out a staining'));
  await page.click('main form button');
  await go(page, `${at.instruments[0]}/book?from=${monday()}T14:00&minutes=60`);
  await page.locator('main details summary').click();
  await page.check('input[name=repeat]');
  await page.fill('#times', '3');
  await picture(page, 'book-weekly');
  await page.click('main form.form > p button');
  await page.waitForURL(/\/book\/series\?/);
  await picture(page, 'booking-series');
  await shown(page, '/bookings', 'bookings');
  await shown(manager, '/bookings/waiting', 'bookings-waiting');
  await manager.locator('.hits a').first().click();
  await picture(manager, 'booking-to-confirm');
  await go(manager, `${at.instruments[1]}/bookings`);
  await fillIn(manager, {email: who.researcher});
  await manager.click('form[action$="/trainings"] button');
  await picture(manager, 'desk');
  await shown(manager, '/bookings/looked-after', 'bookings-looked-after');
  await shown(manager, `${at.platform}/booked`, 'booked');
  for (const each of [page, manager]) await each.context().close();
}

export async function asking(at) {
  const page = await signedIn(who.researcher);
  await go(page, at.platform);
  await page.click('.ways a[href*="/requests/new"]');
  await page.fill('#find', at.teamLabel);
  await page.click('button[value=find]');
  await page.check(`input[value="${at.team.split('/').at(-1)}"]`);
  await fillIn(page, {subject: say('Tri de cellules de sang', 'Sorting blood cells'), name: 'Camille Orval',
    text: say('Douze échantillons à trier avant la fin du mois.\nQuel jour pouvons-nous venir ?', 'Twelve samples to sort before the end of the month.\nWhich day may we come?')});
  await picture(page, 'ask');
  const known = letters();
  await page.click('button[value=send]');
  const own = page.url().split('?')[0];
  const reader = await visitor();  // who has the letter needs no account
  await reader.goto((await newestLetter(who.manager, known)).match(/http\S+\/requests\/answer\/[0-9a-f]+/)[0].replace(/\/(fr|en)\/requests/, `/${language}/requests`));
  await picture(reader, 'request-answer');
  const manager = await signedIn(who.manager);
  await shown(manager, '/requests/inbox', 'requests-inbox');
  await manager.locator('td a').first().click();
  await manager.locator('form:has(input[value=accepted]) button').click();
  await manager.fill('#text', say('Mardi ou jeudi matin : lequel vous convient ?', 'Tuesday or Thursday morning: which suits you?'));
  await manager.setInputFiles('#files', {name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan\n')});
  await manager.locator('form[action$="/files"] button').click();
  await picture(manager, 'request-thread');
  await page.goto(own);
  await picture(page, 'request');
  await shown(page, '/requests', 'requests');
  for (const each of [page, manager, reader]) await each.context().close();
}

export async function company(at) {
  const page = await visitor();
  await shown(page, '/partner', 'partner-empty');
  await page.fill('#need', say('Nous cherchons à mesurer par cytométrie en flux des cellules tumorales', 'We want to measure tumour cells by flow cytometry'));
  await page.click('main form button');
  await picture(page, 'partner');
  await page.locator('.matches input[type=checkbox]').first().check();
  await page.locator('.matches > p button').click();
  await fillIn(page, {name: 'Alix Perrin', company: 'Exemple SA', email: who.company});
  await picture(page, 'company-ask');
  let known = letters();
  await page.click('button[value=send]');
  await picture(page, 'company-sent');
  await page.goto((await newestLetter(who.company, known)).match(/http\S+\/requests\/verify\/[0-9a-f]+/)[0]);
  await picture(page, 'company-verify');
  known = letters();
  await page.click('main button');
  await picture(page, 'company-request');
  await page.context().close();
  await give(who.company, 'company_contact', at.company);
  const contact = await signedIn(who.company);
  await go(contact, at.company);
  await picture(contact, 'company');
  await contact.context().close();
}

export async function partnerships(at) {
  const page = await signedIn(who.staff);
  await go(page, '/partnerships');
  await page.click('main a.go');
  await fillIn(page, {title: say('Anticorps pour la cytométrie', 'Antibodies for cytometry'), amount: '250 000', starts: paris(0).slice(0, 10), ends: paris(60 * 1440).slice(0, 10)});
  for (const [each, label] of [[at.company, at.companyLabel], [at.team, at.teamLabel]]) {
    await page.fill('#find', label);
    await page.click('button[value=find]');
    await page.check(`input[value="${each.split('/').at(-1)}"]`);
  }
  await page.selectOption('#amount_seen', 'consortium');
  await picture(page, 'partnership-form');
  await page.click('button[value=store]');
  await page.selectOption('#stage', 'signed');
  await page.click('form[action$="/stage"] button');
  await picture(page, 'partnership');
  await shown(page, '/partnerships', 'partnerships');
  await shown(page, '/requests/all', 'requests-all');
  await page.context().close();
}

export async function keyArea(at) {
  const page = await signedIn(who.leader);
  await shown(page, `${at.area}/members`, 'group-members');
  await page.locator('button[value=confirmed]').first().click();
  await page.locator('button[value=confirmed]').first().click();
  await go(page, `${at.area}/presentation`);
  await fillIn(page, {text_fr: '## Ce que nous cherchons\n\nNos équipes étudient la tumeur et ce qui l’entoure.\n\n- microenvironnement\n- réponse immunitaire',
    text_en: '## What we look for\n\nOur teams study the tumour and what surrounds it.\n\n- microenvironment\n- immune response'});
  await picture(page, 'group-presentation');
  await page.click('main form button');
  await go(page, `${at.area}/news/new`);
  await fillIn(page, {title_fr: 'Deux équipes de l’axe récompensées', title_en: 'Two teams of the area win a prize', text_fr: 'Le jury a retenu leur projet commun.', text_en: 'The jury chose their joint project.'});
  await picture(page, 'group-news-form');
  await page.click('main form button');
  await picture(page, 'group-news-item');
  await shown(page, `${at.area}/news`, 'group-news');
  await go(page, `${at.area}/events/new`);
  await fillIn(page, {title_fr: 'Journée de l’axe', title_en: 'A day of the key area', begins: `${paris(30 * 1440).slice(0, 10)}T09:00`, ends: `${paris(30 * 1440).slice(0, 10)}T17:00`, places: '60', place: 'Paris'});
  await picture(page, 'group-event-form');
  await page.click('main form button');
  const event = page.url();
  const guest = await signedIn(who.researcher);
  await guest.goto(event);
  await guest.click('form[action$="/enrol"] button');
  await picture(guest, 'group-event');
  await page.goto(event);
  await picture(page, 'group-event-desk');
  await page.goto(`${event}/edit`);
  await picture(page, 'group-event-edit');
  await shown(page, at.area, 'group-written');
  await shown(page, `${at.area}/events`, 'group-events');
  for (const each of [page, guest]) await each.context().close();
}
