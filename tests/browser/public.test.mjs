// What every visitor sees: the timeline and its filters, one event, one party, the CSV, the errors.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  csvRows, eventIds, eventIdsOfAllPages, launchBrowser, openPage, shot, startServer, statedCount, submit,
} from './harness.mjs';
import { assertWhole, PUBLIC_PAGES, richEvent } from './pages.mjs';

let server;
let browser;
let page;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  page = await openPage(browser, server);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const FILTERS = [
  '',
  'kind=sanction',
  'kind=sanction&kind=relief',
  'party=IRN',
  'actor=USA&target=IRN',
  'modality=announced',
  'from=2022-03&to=2024-09',
  'q=missiles',
  'q=%22ballistic+missiles%22+-Ukraine',
  'sort=oldest',
  'kind=&actor=&per=9&from=2018',
  'party=RUS&sort=oldest&per=5&kind=sanction',
];

for (const filter of FILTERS) {
  test(`the screen and the CSV agree row by row: ${filter || 'no filter'}`, async () => {
    const rows = await csvRows(server, `/export.csv?dialect=raw&${filter}`);
    assert.equal(rows.headers.get('x-total-count'), String(rows.length));
    assert.notEqual(rows.length, 0, 'a filter that finds nothing proves nothing');
    await page.goto(`/?${filter}`);
    assert.equal(await statedCount(page), rows.length);
    const ids = await eventIdsOfAllPages(page);
    assert.deepEqual(ids, rows.map((row) => row.event_id));
  });
}

test('the seeded timeline has over a hundred events, newest first', async () => {
  await page.goto('/');
  assert.ok((await statedCount(page)) >= 100);
  const days = (await csvRows(server, '/export.csv?dialect=raw')).map((row) => row.date_earliest || row.date_latest);
  assert.deepEqual(days, [...days].sort().reverse());
});

test('the first link of every listed event goes to its page', async () => {
  await page.goto('/');
  const links = await page
    .locator('main [id^="e-EV-"]')
    .evaluateAll((items) => items.map((item) => [item.id, item.querySelector('a')?.getAttribute('href')]));
  assert.notEqual(links.length, 0);
  for (const [id, link] of links) assert.equal(link, `/events/${id.slice(2)}`);
});

test('older and newer lead back to where one was', async () => {
  await page.goto('/?per=10&kind=sanction&kind=warning');
  const first = await eventIds(page);
  assert.equal(first.length, 10);
  await page.locator('a[rel~="next"]').first().click();
  await page.waitForURL(/after=/);
  const second = await eventIds(page);
  assert.equal(second.filter((id) => first.includes(id)).length, 0);
  assert.match(page.url(), /kind=sanction/);
  assert.match(page.url(), /kind=warning/);
  await page.locator('a[rel~="prev"]').first().click();
  await page.waitForURL(/before=/);
  assert.deepEqual(await eventIds(page), first);
});

test('the filter form finds what its fields say and shows them as they were set', async () => {
  await page.goto('/');
  const form = page.locator('main form[method=get]:has([name=from])').first();
  await form.locator('[name=kind][value=sanction]').check({ force: true });
  await form.locator('[name=from]').fill('2022');
  await form.locator('[name=to]').fill('2024-12');
  await form.locator('[name=party], [name=target]').first().fill('IRN');
  const answer = await submit(page, form);
  assert.equal(answer.status(), 200);
  const query = new URL(page.url()).searchParams;
  assert.deepEqual(query.getAll('kind'), ['sanction']);
  assert.equal(query.get('from'), '2022');
  assert.equal(query.get('to'), '2024-12');
  const rows = await csvRows(server, `/export.csv?dialect=raw&${query}`);
  assert.notEqual(rows.length, 0);
  assert.ok(rows.every((row) => row.kind === 'sanction'));
  assert.deepEqual(await eventIdsOfAllPages(page), rows.map((row) => row.event_id));
  await page.goto(`/?${query}`);
  assert.equal(await form.locator('[name=from]').inputValue(), '2022');
  assert.equal(await form.locator('[name=kind][value=sanction]').isChecked(), true);
});

test('months, chips, sort and exports keep every other filter', async () => {
  await page.goto('/?kind=sanction&kind=warning&actor=USA&q=iran&modality=occurred&from=2018&to=2024');
  const addresses = await page
    .locator('main a[href]')
    .evaluateAll((links) => links.map((link) => ({ href: link.href, text: link.textContent.trim(), months: Boolean(link.closest('.months')) })));
  const query = ({ href }) => new URL(href).searchParams;
  const months = addresses.filter((link) => link.months);
  assert.notEqual(months.length, 0, 'no month has a link');
  for (const month of months) {
    const kept = query(month);
    assert.match(kept.get('from'), /^\d{4}-\d{2}$/, month.href);
    assert.equal(kept.get('to'), kept.get('from'), month.href);
    assert.deepEqual(kept.getAll('kind'), ['sanction', 'warning'], month.href);
    for (const [name, value] of [['actor', 'USA'], ['q', 'iran'], ['modality', 'occurred']]) {
      assert.equal(kept.get(name), value, month.href);
    }
  }
  const exports = addresses.filter(({ href }) => new URL(href).pathname === '/export.csv');
  assert.notEqual(exports.length, 0, 'no link to the CSV');
  const sorts = addresses.filter((link) => query(link).get('sort') === 'oldest');
  assert.notEqual(sorts.length, 0, 'no link turns the order round');
  for (const link of [...exports, ...sorts]) {
    const kept = query(link);
    assert.deepEqual(kept.getAll('kind'), ['sanction', 'warning'], link.href);
    for (const [name, value] of [['actor', 'USA'], ['q', 'iran'], ['modality', 'occurred'], ['from', '2018'], ['to', '2024']]) {
      assert.equal(kept.get(name), value, link.href);
    }
  }
  const withoutWarning = addresses.filter(
    (link) => new URL(link.href).pathname === '/' && query(link).getAll('kind').join() === 'sanction' && query(link).get('actor') === 'USA',
  );
  assert.notEqual(withoutWarning.length, 0, 'no chip drops one kind and keeps the rest');
});

test('an unknown party is an empty list, and the page says so', async () => {
  const answer = await page.goto('/?party=NOWHERE');
  assert.equal(answer.status(), 200);
  assert.equal(await statedCount(page), 0);
  assert.deepEqual(await eventIds(page), []);
});

test('an event page shows its words, its source and what it is linked to', async () => {
  const row = await richEvent(server);
  await page.goto(`/events/${row.event_id}`);
  assert.equal((await page.locator('h1').innerText()).trim(), row.headline);
  const links = await page.locator('main a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const source of row.source_urls.split('|')) assert.ok(links.includes(source), `${source} is not linked`);
  for (const relation of row.relations.split('|').filter(Boolean)) {
    const id = relation.split(':')[1];
    assert.ok(links.includes(`/events/${id}`), `${relation} is not linked`);
  }
  assert.ok((await page.locator('main').innerText()).includes(row.event_id));
});

test('a party page lists the events of that party', async () => {
  await page.goto('/actors');
  await page.locator('main a[href="/actors/IRN"]').first().click();
  await page.waitForURL('**/actors/IRN');
  assert.match(await page.locator('h1').innerText(), /Iran/);
  const rows = await csvRows(server, '/export.csv?dialect=raw&party=IRN');
  assert.deepEqual(await eventIdsOfAllPages(page), rows.map((row) => row.event_id));
});

test('the CSV for a spreadsheet begins with the mark that spreadsheets look for', async () => {
  await page.goto('/?kind=sanction');
  const link = page.locator('main a[href^="/export.csv"]').first();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  const answer = await fetch(new URL(await link.getAttribute('href'), server.origin));
  assert.match(answer.headers.get('content-type'), /^text\/csv/);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
});

for (const [address, status, words] of [
  ['/?kind=quarrel', 400, /\bkind\b/],
  ['/?modality=perhaps', 400, /\bmodality\b/],
  ['/?per=0', 400, /\bper\b/],
  ['/?per=201', 400, /\bper\b/],
  ['/?from=2024-13', 400, /\bfrom\b/],
  ['/?sort=random', 400, /\bsort\b/],
  ['/?after=nonsense', 400, /\bafter\b/],
  ['/events/EV-222222', 404, /EV-222222/],
  ['/events/nonsense', 404, /./],
  ['/actors/NOWHERE', 404, /NOWHERE/],
  ['/no-such-page', 404, /./],
]) {
  test(`${address} answers ${status} with a page that helps on`, async () => {
    const answer = await page.goto(address);
    assert.equal(answer.status(), status);
    assert.match(await page.locator('main').innerText(), words);
    assert.ok((await page.locator('main a[href]').count()) > 0, 'nowhere to go from here');
    await shot(page, `error-${address.replace(/\W+/g, '-')}`);
  });
}

for (const { name, open, status } of PUBLIC_PAGES) {
  test(`${name} has its landmarks, one h1, a title, and no complaint from the browser`, async () => {
    page.complaints.length = 0;
    await open(page, server);
    await assertWhole(page, status);
  });
}

test('the stylesheet is cached for good under an address of its own', async () => {
  await page.goto('/');
  const href = await page.locator('link[rel=stylesheet]').first().getAttribute('href');
  const answer = await fetch(new URL(href, server.origin));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('cache-control'), /max-age=31536000.*immutable/);
  assert.match(href, /[0-9a-f]{8}/);
});
