// The walk that pictures.py sends a browser on: through every room, from the first click to the last, a picture of each page.
// PB_FILES: what an institution sends; PB_DATABASE: the site's; PB_ROOM: that room alone; the others stand in pictures_browser.mjs.
// Each picture is a line "picture NAME\tADDRESS\tHEADING" of the output. root@example.org and admin@example.org are system
// administrators. Everybody here is invented.
import {give, language, leave, places, who} from './pictures_browser.mjs';
import {callsRoom as calls} from './pictures_calls.mjs';
import {administration, curation, fromLetters, intake, myPage, roles, session, upkeep} from './pictures_care.mjs';
import {asking, booking, company, keyArea, partnerships, reading} from './pictures_rooms.mjs';

const at = await places();
for (const [email, role, object] of [[who.staff, 'staff', ''], [who.researcher, 'researcher', at.member], [who.colleague, 'researcher', at.member], [who.manager, 'platform_manager', at.platform],
  [who.leader, 'group_leader', at.area], [who.institution, 'institution_administrator', at.member]]) await give(email, role, object);
// Their order is that of the list: each finds what those before it left.
const rooms = {reading, booking, asking, company, partnerships, keyArea, calls, upkeep, curation, intake, myPage, roles, session, administration, fromLetters};
let failed = 0;
for (const [name, room] of Object.entries(rooms)) {
  if (process.env.PB_ROOM && process.env.PB_ROOM !== name) continue;
  try {
    await room(at);
  } catch (wrong) {
    failed += 1;
    console.log(`${language} ${name}: ${wrong.stack}`);
  }
}
await leave();
process.exit(failed ? 1 : 0);
