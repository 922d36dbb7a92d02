// Who cannot see colours, needs large text or has no mouse gets everywhere too. Scripts are off in the walk.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, eventIds, launchBrowser, openPage, shot, sidewaysOverflow, startServer } from './harness.mjs';
import { PUBLIC_PAGES } from './pages.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What has the focus: its words, whether it can be seen to have it, and whether it is in the window. */
async function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const seen = (each) => each && getComputedStyle(each).outlineStyle !== 'none';
    return {
      tag: element.tagName.toLowerCase(),
      name: element.getAttribute('name') ?? '',
      value: element.getAttribute('value') ?? '',
      href: element.getAttribute('href') ?? '',
      text: element.textContent.trim(),
      // a chip shows the focus of its box, a mark of a chart that of its frame
      shows: seen(element) || seen(element.closest('.chip')) || Boolean(element.closest('.mark-ev')),
      inWindow: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}

/** Presses Tab until something has the focus that is looked for; everything on the way shows its focus. */
async function tabTo(page, wanted, most = 400) {
  for (let steps = 0; steps < most; steps += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.tag === 'body') continue;
    assert.ok(at.shows, `${page.url()}: the focus on ${JSON.stringify(at)} cannot be seen`);
    assert.ok(at.inWindow, `${page.url()}: ${JSON.stringify(at)} has the focus out of sight`);
    if (wanted(at)) return at;
  }
  throw new Error(`${page.url()}: Tab does not get there`);
}

test('with the keyboard alone: skip, filter, open an event, cite it', async () => {
  const page = await openPage(browser, server, { scripts: true });
  await page.goto('/');
  const skip = await tabTo(page, () => true);
  assert.equal(skip.href, '#main');
  await page.keyboard.press('Enter');
  await tabTo(page, (at) => at.name === 'kind' && at.value === 'sanction');
  await page.keyboard.press('Space');
  await tabTo(page, (at) => at.name === 'from');
  await page.keyboard.type('2024-09');
  await page.keyboard.press('Enter');
  await page.waitForURL(/kind=sanction.*from=2024-09/);
  const [first] = await eventIds(page);
  await tabTo(page, (at) => at.href === `/events/${first}`);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/events/${first}`);
  await tabTo(page, (at) => at.href.includes('/cite.bib'));
  await page.context().close();
});

test('with the keyboard alone: through the lanes and their zoom', async () => {
  const page = await openPage(browser, server);
  await page.goto('/lanes?party=USA&party=IRN&from=2024-08&to=2024-10');
  await tabTo(page, (at) => at.text === 'Closer');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=2024-08-\d\d&to=2024-\d\d-\d\d/);
  await page.context().close();
});

for (const { name, open } of PUBLIC_PAGES) {
  test(`${name} stands at twice the size of text and in forced colours`, async () => {
    const page = await openPage(browser, server);
    await open(page, server);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    assert.equal(await sidewaysOverflow(page), 0);
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await shot(page, `${name}-forced`);
    // axe reads the colours of the stylesheet, not those that the system forces
    const found = (await axe(page)).filter((line) => !line.startsWith('color-contrast '));
    assert.deepEqual(found, []);
    await page.context().close();
  });
}
