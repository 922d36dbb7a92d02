// The editor's desk: a queue of thirty candidates cleared by keys alone, decisions taken back, many published at once,
// words marked that the extractor missed; with scripts and without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, csvRows, launchBrowser, LOOKS, openPage, sidewaysOverflow, signIn, startServer, submit } from './harness.mjs';
import { candidateForms, openReview, paste } from './pages.mjs';

let server;
let browser;
let page;

const COUNTRIES = ['Norway', 'Sweden', 'Finland', 'Denmark', 'Estonia', 'Latvia', 'Lithuania', 'Poland', 'Austria', 'Belgium'];

before(async () => {
  server = await startServer({ seed: false });
  browser = await launchBrowser();
  page = await openPage(browser, server);
  await signIn(page);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** An article of ten acts, each by another country: `about` makes it one of its own. */
function article(about) {
  const acts = COUNTRIES.map((country) => `${country} expelled two Belarusian diplomats on Monday over the ${about}.`);
  return [`Ten states answer the ${about}`, ...acts].join('\n\n');
}

const waitingPill = () =>
  page
    .locator('nav .pill')
    .count()
    .then(async (count) => (count === 0 ? 0 : Number.parseInt(await page.locator('nav .pill').innerText(), 10)));

/** Presses a key that leads to another page and waits for it. */
async function pressOn(key) {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
}

test('a queue of thirty candidates is cleared by keys alone', async () => {
  for (const about of ['rigged vote', 'sunken barge', 'broken pledge']) await paste(page, article(about));
  await page.goto('/admin/review');
  await page.waitForFunction(async () => {
    const answer = await fetch('/admin/review');
    return /30 candidates wait/.test(await answer.text());
  });
  await page.goto('/admin/review');
  assert.equal(await waitingPill(), 30);

  // From the queue to the article by keyboard too: the link to the first article is reached by Tab.
  const first = page.locator('main a[data-next-article]');
  for (let tabs = 0; tabs < 60 && !(await first.evaluate((link) => link === document.activeElement)); tabs += 1) {
    await page.keyboard.press('Tab');
  }
  await pressOn('Enter');

  const opened = () => page.locator('[data-candidate] > details[open]').count();
  let decided = 0;
  let accepted = 0;
  for (let articles = 0; articles < 3; articles += 1) {
    assert.equal(await opened(), 1, 'one candidate is open');
    while ((await page.locator('[data-candidate]').count()) > 0) {
      const rejects = decided % 5 === 4;
      await pressOn(rejects ? 'r' : 'a');
      decided += 1;
      if (!rejects) accepted += 1;
      assert.ok(decided <= 30, 'the review does not end');
    }
    assert.match(await page.locator('main').innerText(), /Every candidate of this article is decided/);
    if (articles < 2) await pressOn('n');
  }
  assert.equal(decided, 30);
  assert.equal(await waitingPill(), 0);
  const rows = await csvRows(server, '/export.csv?dialect=raw');
  assert.equal(rows.length, accepted);
  assert.deepEqual(page.complaints, []);
});

test('u takes decisions back one after the other, and the candidate stands open again', async () => {
  const before = (await csvRows(server, '/export.csv?dialect=raw')).length;
  await pressOn('u'); // the thirtieth was rejected
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, before);
  assert.equal(await candidateForms(page).count(), 1);
  assert.match(await page.locator('main').innerText(), /Taken back: “Belgium .*” waits again/);
  await pressOn('u'); // the twenty-ninth was accepted
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, before - 1);
  assert.equal(await candidateForms(page).count(), 2);
  const open = page.locator('[data-candidate]:has(> details[open])');
  assert.equal(await open.count(), 1);
  assert.match(await open.innerText(), /Austria/);
  await page.waitForFunction(() => document.querySelector('[data-candidate]:has(> details[open])').contains(document.activeElement));
});

test('e edits, Escape leaves the field, and a accepts what was typed', async () => {
  await page.keyboard.press('e');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Austria sends two envoys home, jar and all');
  await page.keyboard.press('Escape');
  await pressOn('a');
  const rows = await csvRows(server, '/export.csv?dialect=raw&q=%22jar+and+all%22');
  assert.equal(rows.length, 1);
});

test('m chooses the likeliest event on record and merges when pressed again', async () => {
  await paste(page, article('spoiled count').replace('Ten states', 'Once more ten states'));
  await openReview(page);
  for (let tries = 0; tries < 40 && !/Once more/.test(await page.title()); tries += 1) {
    await page.goto('/admin/review');
    const link = page.getByRole('link', { name: /Once more/ });
    if ((await link.count()) > 0) await Promise.all([page.waitForEvent('load'), link.click()]);
    else await page.waitForTimeout(250);
  }
  const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
  const open = page.locator('[data-candidate]:has(> details[open])');
  for (let steps = 0; steps < 10 && (await open.locator('[type=radio][name=merge]').count()) === 0; steps += 1) {
    await page.keyboard.press('j');
  }
  const chosen = open.locator('[type=radio][name=merge]').first();
  const into = await chosen.inputValue();
  assert.match(await open.innerText(), /same kind; same parties; same date/);
  await page.keyboard.press('m');
  assert.ok(await chosen.isChecked());
  await pressOn('m');
  assert.match(await page.locator('main').innerText(), new RegExp(`Merged into ${into}`));
  const rows = await csvRows(server, '/export.csv?dialect=raw');
  assert.equal(rows.length, total);
  const row = rows.find((each) => each.event_id === into);
  assert.equal(row.source_count, '2');
  await pressOn('u');
  const undone = await csvRows(server, '/export.csv?dialect=raw');
  assert.equal(undone.find((each) => each.event_id === into).source_count, '1');
});

test('the keys stay off once they were turned off', async () => {
  await page.getByRole('button', { name: 'Turn shortcuts off' }).click();
  await page.reload();
  const address = page.url();
  const waiting = await candidateForms(page).count();
  await page.locator('summary').first().focus();
  for (const key of ['r', 'a', 'n', 'u']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  assert.equal(page.url(), address);
  assert.equal(await candidateForms(page).count(), waiting);
  await page.getByRole('button', { name: 'Turn shortcuts on' }).click();
  await page.reload();
  await page.keyboard.press('?');
  assert.equal(await page.locator('dialog[open]').count(), 1);
  await page.keyboard.press('Escape');
});

test('the meaning of a date, a party and the evidence is told while one types', async () => {
  await openReview(page);
  const open = page.locator('[data-candidate]:has(> details[open])');
  const reads = async (name, typed, said, isFault = false) => {
    const field = open.locator(`[name=${name}]`);
    await field.fill(typed);
    const output = page.locator(`#${await field.getAttribute('id')}-r`);
    await page.waitForFunction(([id, text]) => document.getElementById(id)?.textContent.includes(text), [`${await field.getAttribute('id')}-r`, said]);
    assert.equal(await output.evaluate((shown) => shown.classList.contains('reading--bad')), isFault);
  };
  await reads('date', '2023-05', 'May 2023');
  await reads('date', '2023-13', 'there is no month 13', true);
  await reads('actors', 'Norway|EU', 'Norway, European Union');
  await reads('actors', 'Atlantis', 'no party on record is called “Atlantis”', true);
  await reads('evidence', 'two Belarusian diplomats', 'Found word for word in paragraph');
  await reads('evidence', 'three envoys', 'these words do not stand in the article', true);
});

test('selected words become a candidate, without the numbers that stand among them', async () => {
  await openReview(page);
  const forms = await candidateForms(page).count();
  await page.evaluate(() => {
    const paragraph = [...document.querySelectorAll('.review .article p')].find((each) => /Norway/.test(each.textContent));
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  const offer = page.getByRole('button', { name: 'Mark the selected words as an event' });
  await Promise.all([page.waitForEvent('load'), offer.click()]);
  assert.equal(page.status, 200);
  assert.equal(await candidateForms(page).count(), forms + 1);
  const open = page.locator('[data-candidate]:has(> details[open])');
  assert.match(await open.locator('[name=evidence]').inputValue(), /^Norway expelled two Belarusian diplomats/);
});

for (const scripts of [true, false]) {
  test(`many are published at once after a list of them, and taken back in one step, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const other = await openPage(browser, server, { scripts });
    await signIn(other);
    const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
    await other.goto('/admin/review/bulk?least=10');
    const ticked = await other.locator('[name=candidate]').count();
    assert.ok(ticked >= 5, `only ${ticked}`);
    const merged = await other.locator('form:has([name=candidate])').getByText('One more source of').count();
    await submit(other, other.locator('form:has([name=candidate])'));
    assert.match(await other.locator('main').innerText(), new RegExp(`published ${ticked} candidates at once`));
    assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total + ticked - merged);
    await submit(other, other.locator('form:has([data-undo])'));
    assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total);
    await other.goto('/admin/review/bulk?least=10');
    assert.equal(await other.locator('[name=candidate]').count(), ticked);
    await other.context().close();
  });
}

test('without scripts a candidate opens, is edited and accepted, and an event is quoted that was missed', async () => {
  const other = await openPage(browser, server, { scripts: false });
  await signIn(other);
  await openReview(other);
  const last = candidateForms(other).last();
  await last.locator('summary').first().click();
  await last.locator('[name=headline]').fill('Said without a script');
  const forms = await candidateForms(other).count();
  await submit(other, last, '[name=do][value=accept]');
  assert.equal(await candidateForms(other).count(), forms - 1);
  assert.equal((await csvRows(server, '/export.csv?dialect=raw&q=%22without+a+script%22')).length, 1);
  await other.locator('.missed > summary').click();
  const missed = other.locator('form[data-missed]');
  await missed.locator('[name=words]').fill('Latvia expelled two Belarusian diplomats');
  await submit(other, missed);
  assert.equal(await candidateForms(other).count(), forms);
  await submit(other, other.locator('form:has([data-undo])'));
  assert.equal((await csvRows(server, '/export.csv?dialect=raw&q=%22without+a+script%22')).length, 0);
  await other.context().close();
});

test('the second of two editors is told, and nothing is decided twice', async () => {
  await openReview(page);
  const other = await openPage(browser, server);
  await signIn(other);
  await other.goto(page.url());
  const total = (await csvRows(server, '/export.csv?dialect=raw')).length;
  await submit(page, candidateForms(page).first(), '[name=do][value=accept]');
  const answer = await submit(other, candidateForms(other).first(), '[name=do][value=accept]');
  assert.equal(answer.status(), 409);
  assert.match(await other.locator('main').innerText(), /was already accepted as EV-\w+ by admin\. Your decision changed nothing/);
  assert.equal((await csvRows(server, '/export.csv?dialect=raw')).length, total + 1);
  await other.context().close();
});

test('axe finds nothing on the desk, light and dark, wide and narrow', async () => {
  const found = [];
  for (const look of LOOKS) {
    const shown = await openPage(browser, server, look);
    await shown.context().addCookies(await page.context().cookies());
    for (const address of ['/admin', '/admin/review', '/admin/review/bulk?least=10', '/admin/review/1', page.url()]) {
      await shown.goto(address);
      found.push(...(await axe(shown)).map((line) => `${address} ${look.name}: ${line}`));
      const overflow = await sidewaysOverflow(shown);
      if (overflow > 0) found.push(`${address} ${look.name}: scrolls sideways by ${overflow} px`);
    }
    await shown.context().close();
  }
  assert.deepEqual(found, []);
});
