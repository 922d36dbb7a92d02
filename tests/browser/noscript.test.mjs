// The whole walk with scripts off, on both engines: browse, filter, sign in, feed in an article, review it,
// read the timeline, take the CSV. What the two engines then export may differ in ids and timestamps only.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ARTICLE } from './article.mjs';
import { csvRows, eventIdsOfAllPages, launchBrowser, openPage, signIn, startServer, statedCount, submit } from './harness.mjs';
import { candidateForms, eventForm, openReview, paste } from './pages.mjs';

let browser;
const exports = {};

before(async () => {
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
});

for (const [engine, database] of [['SQLite', undefined], ['PostgreSQL', process.env.DEMARCHE_BROWSER_POSTGRES]]) {
  test(`the walk without scripts on ${engine}`, async () => {
    assert.ok(
      engine === 'SQLite' || database,
      'DEMARCHE_BROWSER_POSTGRES, the address of an empty database, is not set: run `make test`, which starts one',
    );
    const server = await startServer({ database });
    try {
      exports[engine] = await walk(server);
    } finally {
      await server.stop();
    }
  });
}

test('both engines export the same, but for ids and timestamps', () => {
  assert.ok(exports.SQLite && exports.PostgreSQL, 'a walk before this did not get to its end');
  assert.deepEqual(exports.PostgreSQL.map(withoutIds), exports.SQLite.map(withoutIds));
});

async function walk(server) {
  const page = await openPage(browser, server, { scripts: false });
  await page.goto('/');
  const seeded = await statedCount(page);
  assert.ok(seeded >= 100);

  const filters = page.locator('main form[method=get]:has([name=from])').first();
  await filters.locator('[name=kind][value=sanction]').check({ force: true });
  await submit(page, filters);
  assert.equal(await statedCount(page), (await csvRows(server, '/export.csv?dialect=raw&kind=sanction')).length);
  await page.locator('main [id^="e-EV-"] a[href^="/events/"]').first().click();
  await page.waitForURL('**/events/EV-*');
  await page.locator('main a[href^="/actors/"]').first().click();
  await page.waitForURL('**/actors/*');

  await signIn(page);
  await page.goto('/admin/events/new');
  const form = eventForm(page);
  await form.locator('[name=date]').fill('2023-05-17');
  await form.locator('[name=headline]').fill('Latvia backs the measures of Norway');
  const refused = await submit(page, form);
  assert.equal(refused.status(), 422, 'an event without a kind');
  const kind = form.locator('[name=kind]').first();
  if ((await kind.evaluate((field) => field.tagName)) === 'SELECT') await kind.selectOption('statement');
  else await form.locator('[name=kind][value=statement]').check({ force: true });
  await form.locator('[name=actors]').first().fill('LVA');
  await form.locator('[name=targets]').first().fill('NOR');
  await submit(page, form);

  await paste(page, ARTICLE);
  let decided = 0;
  await openReview(page);
  while ((await candidateForms(page).count()) > 0) {
    await submit(page, candidateForms(page).first(), decided === 2 ? '[name=do][value=reject]' : '[name=do][value=accept]');
    decided += 1;
    assert.ok(decided < 50, 'the review does not end');
    await page.goto('/admin/review');
    const article = page.locator('main a[href^="/admin/review/"], main a[href^="/admin/review?"]').first();
    if ((await candidateForms(page).count()) === 0 && (await article.count()) > 0) {
      await article.click();
      await page.waitForLoadState('load');
    }
  }
  assert.ok(decided >= 4, `only ${decided} candidates`);

  await page.goto('/?from=2023-05&to=2023-05');
  const rows = await csvRows(server, '/export.csv?dialect=raw&from=2023-05&to=2023-05');
  assert.deepEqual(await eventIdsOfAllPages(page), rows.map((row) => row.event_id));
  await page.goto('/');
  assert.equal(await statedCount(page), seeded + 1 + decided - 1);
  await submit(page, page.locator('form[action="/admin/logout"]').first());
  await page.context().close();
  return csvRows(server, '/export.csv?dialect=raw');
}

/** A row with its own id and those that it points to written as one, and without its timestamps. */
function withoutIds(row) {
  const same = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value.replace(/EV-[0-9A-Z]{6}/g, 'EV-').replace(/127\.0\.0\.1:\d+/g, 'HOST')]),
  );
  return { ...same, created_at: '', updated_at: '', first_reported: row.first_reported.slice(0, 10) };
}
