// What an editor does: sign in, write an event, feed in an article, review what was found.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { variant } from './article.mjs';
import { csvRows, eventIds, launchBrowser, openPage, PASSWORD, signIn, startServer, statedCount, submit } from './harness.mjs';
import { assertWhole, candidateForms, eventForm, EDITOR_PAGES, openReview, paste } from './pages.mjs';

let server;
let browser;
let page;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  page = await openPage(browser, server);
  await signIn(page);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Everything that a person can know of an event, but for its links. */
const WHOLE = {
  date: '2023-05-16',
  headline: 'Norway puts eleven officials of Belarus on its list',
  summary: 'The listing follows the verdicts against eleven reporters.',
  quote: 'The list is open, and it can grow.',
  speakers: 'Anniken Huitfeldt',
  actors: 'NOR',
  targets: 'BLR',
  named: 'Example Potash',
  place: 'Oslo',
  source_url: 'https://harbour-wire.example/2023/05/16/belarus',
  effective_date: '2023-06-01',
  authority: 'Ministry of Foreign Affairs',
  program: 'Belarus',
  legal_url: 'https://law.example/2023/17',
  list_ids: 'NO-2023-17',
  tags: 'press freedom',
};

async function fillEvent(form, values) {
  for (const [name, value] of Object.entries(values)) await form.locator(`[name=${name}]`).first().fill(value);
}

async function choose(form, name, value) {
  const field = form.locator(`[name=${name}]`).first();
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
  else await form.locator(`[name=${name}][value=${value}]`).check({ force: true });
}

async function chosen(form, name) {
  const field = form.locator(`[name=${name}]`).first();
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') return field.inputValue();
  return form.locator(`[name=${name}]:checked`).inputValue();
}

/** Writes an event and returns its id. */
async function writeEvent(values) {
  await page.goto('/admin/events/new');
  const form = eventForm(page);
  await choose(form, 'kind', 'sanction');
  await choose(form, 'modality', 'announced');
  await fillEvent(form, values);
  const answer = await submit(page, form);
  assert.equal(answer.status(), 200, await page.locator('main').innerText());
  const id = /EV-[0-9A-Z]{6}/.exec(page.url());
  assert.ok(id, `saving led to ${page.url()}, not to the event`);
  return id[0];
}

test('without a session the administration leads to the login, and after it to where one wanted to go', async () => {
  const stranger = await openPage(browser, server);
  await stranger.goto('/admin/ingest');
  assert.equal(new URL(stranger.url()).pathname, '/admin/login');
  await stranger.locator('[name=username]').fill('admin');
  await stranger.locator('[name=password]').fill(PASSWORD);
  await submit(stranger, stranger.locator('form:has([name=password])'));
  assert.equal(new URL(stranger.url()).pathname, '/admin/ingest');
  await stranger.context().close();
});

test('a wrong password is refused without telling which part was wrong', async () => {
  const stranger = await openPage(browser, server);
  const said = [];
  for (const name of ['admin', 'nobody']) {
    await signIn(stranger, name, 'not the right passphrase');
    assert.equal(new URL(stranger.url()).pathname, '/admin/login');
    assert.equal(await stranger.locator('[name=username]').inputValue(), name);
    assert.equal(await stranger.locator('[name=password]').inputValue(), '');
    said.push(await stranger.locator('[role=alert]').first().innerText());
  }
  assert.notEqual(said[0].trim(), '');
  assert.equal(said[0], said[1]);
  await stranger.context().close();
});

test('signing out is a button that ends the session', async () => {
  const other = await openPage(browser, server);
  await signIn(other);
  await other.goto('/admin');
  const cookies = await other.context().cookies();
  assert.notEqual(cookies.length, 0);
  for (const cookie of cookies) {
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, 'Lax');
  }
  await submit(other, other.locator('form[action="/admin/logout"][method=post]').first());
  await other.context().addCookies(cookies); // the old cookie opens nothing any more
  await other.goto('/admin');
  assert.equal(new URL(other.url()).pathname, '/admin/login');
  await other.context().close();
});

test('a form with errors answers 422, names each beside its field, and keeps all that was typed', async () => {
  await page.goto('/admin/events/new');
  const form = eventForm(page);
  const typed = { ...WHOLE, date: '2023-13-40', actors: 'NOR|Atlantis' };
  await choose(form, 'kind', 'rupture');
  await choose(form, 'modality', 'alleged');
  await fillEvent(form, typed);
  const answer = await submit(page, form);
  assert.equal(answer.status(), 422);
  assert.match(await page.title(), /^Error:/);
  for (const [name, value] of Object.entries(typed)) {
    assert.equal(await form.locator(`[name=${name}]`).first().inputValue(), value, name);
  }
  assert.equal(await chosen(form, 'kind'), 'rupture');
  assert.equal(await chosen(form, 'modality'), 'alleged');
  for (const name of ['date', 'actors']) {
    const field = form.locator(`[name=${name}]`).first();
    assert.equal(await field.getAttribute('aria-invalid'), 'true', name);
    const said = (await field.getAttribute('aria-describedby')).split(' ').map((id) => `[id="${id}"]`).join(',');
    const words = (await page.locator(said).allInnerTexts()).join(' ');
    assert.match(words, name === 'date' ? /2023-13-40|month/ : /Atlantis/);
  }
  assert.equal(await form.locator('[name=place]').first().getAttribute('aria-invalid'), null);
});

test('a headline of 10,000 characters is refused in words and kept', async () => {
  await page.goto('/admin/events/new');
  const form = eventForm(page);
  const headline = 'long '.repeat(2000).trim();
  await choose(form, 'kind', 'statement');
  await fillEvent(form, { date: '2023-05-16' });
  await form.locator('[name=headline]').first().evaluate((field, value) => {
    field.removeAttribute('maxlength');
    field.value = value;
  }, headline);
  const answer = await submit(page, form);
  assert.equal(answer.status(), 422);
  assert.equal(await form.locator('[name=headline]').first().inputValue(), headline);
  assert.match(await page.locator('main').innerText(), /300/);
});

test('an event that is written stands on its page, on the timeline and in the CSV with every column', async () => {
  const id = await writeEvent(WHOLE);
  await page.goto(`/events/${id}`);
  assert.equal((await page.locator('h1').innerText()).trim(), WHOLE.headline);
  await page.goto('/?q=%22officials+of+Belarus%22');
  assert.deepEqual(await eventIds(page), [id]);
  const [row] = await csvRows(server, '/export.csv?dialect=raw&q=%22officials+of+Belarus%22');
  const { actors, targets, source_url, ...plain } = WHOLE;
  for (const [name, value] of Object.entries(plain)) assert.equal(row[name], value, name);
  assert.equal(row.kind, 'sanction');
  assert.equal(row.modality, 'announced');
  assert.equal(row.actor_codes, actors);
  assert.equal(row.target_codes, targets);
  assert.equal(row.source_urls, source_url);
});

test('an edit keeps what it does not touch, writes a revision with its reason, and stale forms meet 409', async () => {
  const id = await writeEvent({ ...WHOLE, headline: 'Norway lists a potash maker of Belarus' });
  const [before] = await csvRows(server, '/export.csv?dialect=raw&q=potash+maker');
  const stale = await openPage(browser, server);
  await signIn(stale);
  await stale.goto(`/admin/events/${id}/edit`);

  await page.goto(`/admin/events/${id}/edit`);
  await fillEvent(eventForm(page), { place: 'Bergen', reason: 'the place was wrong' });
  const saved = await submit(page, eventForm(page));
  assert.equal(saved.status(), 200);
  const [after] = await csvRows(server, '/export.csv?dialect=raw&q=potash+maker');
  assert.deepEqual(
    { ...after, updated_at: '', revision: '', place: '' },
    { ...before, updated_at: '', revision: '', place: '' },
  );
  assert.equal(after.place, 'Bergen');
  assert.equal(Number(after.revision), Number(before.revision) + 1);
  await page.goto(`/events/${id}`);
  assert.match(await page.locator('main').innerText(), /the place was wrong/);

  await fillEvent(eventForm(stale), { place: 'Trondheim', reason: 'another idea' });
  const refused = await submit(stale, eventForm(stale));
  assert.equal(refused.status(), 409);
  const words = await stale.locator('main').innerText();
  assert.match(words, /Bergen/);
  const mine = await stale.locator('main').evaluate((main) => [...main.querySelectorAll('[name=place]')].map((field) => field.value).join() + main.innerText);
  assert.match(mine, /Trondheim/);
  const [still] = await csvRows(server, '/export.csv?dialect=raw&q=potash+maker');
  assert.equal(still.place, 'Bergen');
  await stale.context().close();
});

test('deleting takes a reason, and the address answers 410 from then on', async () => {
  const id = await writeEvent({ ...WHOLE, headline: 'Norway lists nobody at all' });
  await page.goto(`/admin/events/${id}/edit`);
  const form = page.locator('main form').filter({ has: page.getByRole('button', { name: /delete/i }) }).first();
  await form.locator('[name=reason]').fill('entered by mistake');
  await form.getByRole('button', { name: /delete/i }).click();
  await page.waitForLoadState('load');
  const answer = await page.goto(`/events/${id}`);
  assert.equal(answer.status(), 410);
  assert.deepEqual(await csvRows(server, '/export.csv?dialect=raw&q=%22nobody+at+all%22').then((rows) => [...rows]), []);
});

test('a session that ended in the middle of a form loses nothing that was typed', async () => {
  const other = await openPage(browser, server);
  await signIn(other);
  await other.goto('/admin/events/new');
  await choose(eventForm(other), 'kind', 'sanction');
  await fillEvent(eventForm(other), { ...WHOLE, headline: 'Norway lists a bank of Belarus' });
  await other.context().clearCookies();
  await submit(other, eventForm(other));
  const password = other.locator('[name=password]');
  if ((await password.count()) > 0) {
    const name = other.locator('[name=username]');
    if (await name.isVisible()) await name.fill('admin');
    await password.fill(PASSWORD);
    await submit(other, other.locator('form:has([name=password])'));
  }
  const left = await other.locator('[name=headline]').evaluateAll((fields) => fields.map((field) => field.value));
  const saved = await csvRows(server, '/export.csv?dialect=raw&q=%22a+bank+of+Belarus%22');
  assert.ok(left.includes('Norway lists a bank of Belarus') || saved.length === 1, `lost at ${other.url()}`);
  await other.context().close();
});

test('an article that is pasted waits for review with its words marked, and each decision counts', async () => {
  const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
  const text = variant('twelve');
  await paste(page, text);
  await openReview(page);
  const marks = await page.locator('main article mark, main .article mark').allTextContents();
  assert.notEqual(marks.length, 0);
  const plain = (words) => words.replace(/\s+/g, ' ').trim();
  for (const mark of marks) {
    assert.ok(plain(text).includes(plain(mark.replace(/^\s*\d+\s/, ''))), `not the article's words: ${mark}`);
  }
  const waiting = await candidateForms(page).count();
  assert.ok(waiting >= 3, `only ${waiting} candidates`);

  const accepted = candidateForms(page).filter({ has: page.locator('[name=headline][value*="Norway"]') }).first();
  const headline = await accepted.locator('[name=headline]').inputValue();
  assert.equal(await chosen(accepted, 'kind'), 'sanction');
  assert.equal(await accepted.locator('[name=date]').inputValue(), '2023-05-16');
  assert.equal(await accepted.locator('[name=actors]').inputValue(), 'NOR');
  assert.equal(await accepted.locator('[name=targets]').inputValue(), 'BLR');
  await submit(page, accepted, '[name=do][value=accept]');
  let rows = await csvRows(server, '/export.csv?dialect=raw');
  assert.equal(rows.length, total + 1);
  const row = rows.find((each) => each.headline === headline);
  assert.equal(row.kind, 'sanction');
  assert.equal(row.source_publishers, 'Harbour Wire');
  assert.equal(row.source_dates, '2023-05-16');

  await openReview(page);
  assert.equal(await candidateForms(page).count(), waiting - 1);
  const edited = candidateForms(page).filter({ has: page.locator('[name=headline][value*="Poland"]') }).first();
  assert.equal(await edited.locator('[name=date]').inputValue(), '2023-05-15');
  if (!(await edited.locator('[name=headline]').isVisible())) await edited.locator('summary').first().click();
  await edited.locator('[name=headline]').fill('Poland sends two envoys of Belarus home');
  await edited.locator('[name=place]').fill('Warsaw');
  await submit(page, edited, '[name=do][value=accept]');
  rows = await csvRows(server, '/export.csv?dialect=raw&q=%22envoys+of+Belarus+home%22');
  assert.equal(rows.length, 1);
  assert.equal(rows[0].place, 'Warsaw');

  await openReview(page);
  const rejected = candidateForms(page).first();
  await submit(page, rejected, '[name=do][value=reject]');
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total + 2);
  await page.goto('/');
  assert.equal(await statedCount(page), total + 2);
});

test('the evidence stands in marks on the event that was accepted', async () => {
  const [row] = await csvRows(server, '/export.csv?dialect=raw&q=%22envoys+of+Belarus+home%22');
  await page.goto(`/events/${row.event_id}`);
  const marks = (await page.locator('main mark').allInnerTexts()).join(' ');
  assert.match(marks, /expelled two Belarusian diplomats/);
});

test('deciding one candidate leaves a form that was open before it valid', async () => {
  await paste(page, variant('thirteen'));
  await openReview(page);
  const other = await openPage(browser, server);
  await signIn(other);
  await other.goto(page.url());
  const [first, last] = [candidateForms(page).first(), candidateForms(other).last()];
  const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
  await submit(page, first, '[name=do][value=accept]');
  const answer = await submit(other, last, '[name=do][value=accept]');
  assert.equal(answer.status(), 200);
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total + 2);
  await other.context().close();
});

test('the same article again changes nothing', async () => {
  const waiting = async () => {
    await page.goto('/admin/review');
    return page.locator('main').innerText();
  };
  const before = await waiting();
  await paste(page, variant('thirteen'));
  assert.match(await page.locator('main').innerText(), /known|already/i);
  assert.equal(await waiting(), before);
});

test('an article without a day of publication is refused with a word on where to give it', async () => {
  const answer = await paste(page, 'A title\nNobody did anything to anyone.', '', '');
  assert.equal(answer.status(), 422);
  assert.match(await page.locator('main').innerText(), /publi/i);
  assert.equal(await page.locator('textarea[name=text]').inputValue().then((text) => text.replace(/\r/g, '')), 'A title\nNobody did anything to anyone.');
});

test('an upload goes the same way', async () => {
  await page.goto('/admin/ingest');
  const form = page.locator('main form:has(input[name=files])').first();
  await form.locator('[name=files]').setInputFiles({ name: 'fourteen.txt', mimeType: 'text/plain', buffer: Buffer.from(variant('fourteen')) });
  const answer = await submit(page, form);
  assert.equal(answer.status(), 200);
  await openReview(page);
});

test('an accepted event outlives a kill of the server', async () => {
  await paste(page, variant('fifteen'));
  await openReview(page);
  const form = candidateForms(page).first();
  await form.locator('[name=headline]').fill('Norway goes on after the lights went out');
  await submit(page, form, '[name=do][value=accept]');
  await server.kill();
  await server.start();
  const rows = await csvRows(server, '/export.csv?dialect=raw&q=%22lights+went+out%22');
  assert.equal(rows.length, 1);
  await page.context().close();
  page = await openPage(browser, server);
  await signIn(page);
});

for (const { name, open, status } of EDITOR_PAGES) {
  test(`${name} has its landmarks, one h1, a title, and no complaint from the browser`, async () => {
    page.complaints.length = 0;
    await open(page, server);
    await assertWhole(page, status);
  });
}

test('the keys of the review move, edit and decide, but not while somebody types', async () => {
  await openReview(page);
  assert.ok((await page.locator('main kbd').count()) >= 8);
  const focused = () => page.evaluate(() => document.activeElement.closest('[data-candidate]')?.id ?? '');
  await page.keyboard.press('j');
  const first = await focused();
  assert.notEqual(first, '');
  await page.keyboard.press('j');
  const second = await focused();
  assert.notEqual(second, first);
  await page.keyboard.press('k');
  assert.equal(await focused(), first);

  const address = page.url();
  await page.keyboard.press('e');
  await page.keyboard.press('End');
  await page.keyboard.type('jar');
  assert.equal(page.url(), address);
  assert.match(await page.locator(`#${first} [name=headline]`).inputValue(), /jar$/);

  await page.locator(`#${first} summary`).first().focus();
  await page.keyboard.press('?');
  assert.equal(await page.locator('dialog[open]').count(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);

  const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
  const waiting = await candidateForms(page).count();
  await page.locator(`#${first} summary`).first().focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('r')]);
  await openReview(page);
  assert.equal(await candidateForms(page).count(), waiting - 1);
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total);
});
