// Every page that a person meets, by name, how to get there, and its status where that is not 200.
// For the accessibility tests and the screenshots.

import assert from 'node:assert/strict';
import { ARTICLE, PUBLISHED } from './article.mjs';
import { csvRows, signIn, submit } from './harness.mjs';

/** Pages that are open to all. `open` brings a page of a browser there. */
export const PUBLIC_PAGES = [
  at('timeline', '/'),
  at('timeline-filtered', '/?kind=sanction&kind=warning&party=IRN&from=2018&sort=oldest'),
  at('timeline-empty', '/?q=zzzzzz&kind=visit'),
  {
    name: 'event',
    async open(page, server) {
      await page.goto(`/events/${(await richEvent(server)).event_id}`);
    },
  },
  {
    name: 'event-revision',
    async open(page, server) {
      await page.goto(`/events/${(await richEvent(server)).event_id}/revisions/1`);
    },
  },
  at('timeline-past', '/?kind=sanction&as_of=2026-01-01T00:00:00Z'),
  at('actors', '/actors'),
  at('actor', '/actors/IRN'),
  at('sources', '/sources'),
  {
    name: 'article',
    async open(page) {
      await page.goto('/sources');
      await page.locator('main a[href^="/articles/"]').first().click();
      await page.waitForURL('**/articles/*');
      await page.waitForLoadState('load');
    },
  },
  at('actor-company', '/actors/IRAN%20AIR'),
  at('lanes', '/lanes?party=USA&party=IRN&party=RUS'),
  at('lanes-month', '/lanes?party=USA&party=IRN&party=GBR&from=2024-09-07&to=2024-09-30&by=either'),
  at('lanes-error', '/lanes?party=USA', 400),
  at('follow-through', '/follow-through'),
  at('follow-through-narrowed', '/follow-through?state=pending&actor=USA'),
  at('changes', '/changes'),
  at('report', '/report?kind=sanction&party=IRN&from=2024&title=Measures&intro=A+paragraph.'),
  at('embed', '/embed?kind=sanction&per=5'),
  at('about', '/about'),
  at('login', '/admin/login'),
  {
    name: 'login-refused',
    status: 422,
    async open(page) {
      await signIn(page, `nobody-${Math.random()}`, 'not the right one');
    },
  },
  at('error-400', '/?per=0', 400),
  at('error-404', '/no-such-page', 404),
  at('error-404-event', '/events/EV-222222', 404),
];

/** Pages for which somebody must have signed in. */
export const EDITOR_PAGES = [
  at('dashboard', '/admin'),
  at('event-new', '/admin/events/new'),
  {
    name: 'event-form',
    status: 422,
    async open(page) {
      await page.goto('/admin/events/new');
      const form = eventForm(page);
      await form.locator('[name=date]').fill('2024-09-31');
      await form.locator('[name=headline]').fill('Iran Air to be added to the sanctions list');
      await submit(page, form);
    },
  },
  {
    name: 'event-edit',
    async open(page, server) {
      await page.goto(`/admin/events/${(await richEvent(server)).event_id}/edit`);
    },
  },
  at('ingest', '/admin/ingest'),
  at('ingest-queue', '/admin/ingest/queue'),
  {
    name: 'articles-changed',
    async open(page) {
      await changeAnArticle(page);
      await page.goto('/admin/articles');
    },
  },
  {
    name: 'article-change',
    async open(page) {
      await changeAnArticle(page);
      await page.goto('/admin/articles');
      await page.locator('main a[href^="/admin/articles/"]').first().click();
      await page.waitForURL('**/admin/articles/*');
      await page.waitForLoadState('load');
    },
  },
  at('publishers', '/admin/publishers'),
  at('publisher-form', '/admin/publishers/edit?name=BBC'),
  at('review-queue', '/admin/review'),
  {
    name: 'review',
    async open(page) {
      await openReview(page);
    },
  },
  at('feeds', '/admin/feeds'),
  {
    name: 'feeds-tested',
    async open(page) {
      await page.goto('/admin/feeds');
      const form = page.locator('main form:has([name=url])').first();
      await form.locator('[name=url]').fill('http://127.0.0.1:9/feed');
      await submit(page, form, '[value=test]');
    },
  },
  at('import', '/admin/import'),
  at('parties', '/admin/actors'),
  at('users', '/admin/users'),
  at('tokens', '/admin/tokens'),
  at('history', '/admin/history'),
];

function at(name, address, status = 200) {
  return { name, status, open: (page) => page.goto(address) };
}

/** What every page has, and what the browser said against it. */
export async function assertWhole(page, status = 200) {
  assert.equal(page.status, status);
  for (const landmark of ['header', 'nav', 'main', 'footer']) {
    assert.notEqual(await page.locator(landmark).count(), 0, `no ${landmark}`);
  }
  assert.equal(await page.locator('h1').count(), 1);
  assert.match(await page.title(), /Démarche/);
  assert.equal(await page.locator('[style], style').count(), 0, 'inline styles');
  assert.deepEqual(page.complaints, []);
}

/** The event with the most sources and relations, whose page shows the most. */
export async function richEvent(server) {
  const rows = await csvRows(server, '/export.csv?dialect=raw');
  const weight = (row) => row.relations.split('|').length * (row.relations ? 10 : 0) + Number(row.source_count);
  return rows.reduce((best, row) => (weight(row) > weight(best) ? row : best));
}

/** The form of one event, new or edited. */
export function eventForm(page) {
  return page.locator('main form:has([name=headline]):has([name=summary])').first();
}

/** Every candidate that waits on the review page. */
export function candidateForms(page) {
  return page.locator('main form:has([name=do][value=accept])');
}

/** Pastes an article into the ingest page. */
export async function paste(page, text = ARTICLE, published = PUBLISHED, source = 'Harbour Wire') {
  await page.goto('/admin/ingest');
  const form = page.locator('main form:has(textarea[name=text])').first();
  await form.locator('[name=text]').fill(text);
  await form.locator('[name=published]').fill(published);
  await form.locator('[name=source]').fill(source);
  return submit(page, form);
}

/** Sees to it that an article on record has changed under its address. */
async function changeAnArticle(page) {
  await page.goto('/admin/articles');
  if ((await page.locator('main a[href^="/admin/articles/"]').count()) > 0) return;
  for (const number of ['two', 'three']) {
    await page.goto('/admin/ingest');
    const form = page.locator('main form:has(textarea[name=text])').first();
    await form.locator('[name=text]').fill(`Envoys must leave\n\nNorway expelled ${number} Belarusian diplomats on Monday.\n\nSweden warned Belarus that more would follow.`);
    await form.locator('[name=published]').fill('2023-05-16');
    await form.locator('[name=url]').fill('https://wire.example/envoys');
    await submit(page, form);
  }
}

/** Opens the review of the first article whose candidates wait; waits for the queue to get to it. */
export async function openReview(page) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto('/admin/review');
    if ((await candidateForms(page).count()) > 0) return;
    const article = page.locator('main a[href^="/admin/review/"], main a[href^="/admin/review?"]').first();
    if ((await article.count()) > 0) {
      await article.click();
      await page.waitForLoadState('load');
      if ((await candidateForms(page).count()) > 0) return;
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('no candidate waits for review');
}
