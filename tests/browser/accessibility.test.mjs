// Every page, light and dark, wide and narrow: axe-core finds nothing, and nothing scrolls sideways, down to
// the width that a page has at four times its size. Saves what it saw under shots/.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launchBrowser, LOOKS, openPage, shot, sidewaysOverflow, signIn, startServer } from './harness.mjs';
import { EDITOR_PAGES, paste, PUBLIC_PAGES } from './pages.mjs';

let server;
let browser;
const visitors = new Map();
const editors = new Map();

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  let editor;
  for (const look of [...LOOKS, { name: 'light-320', width: 320 }]) {
    visitors.set(look.name, await openPage(browser, server, look));
    const page = await openPage(browser, server, look);
    // One session for all looks: signing in is throttled, as it should be.
    if (editor) await page.context().addCookies(await editor.context().cookies());
    else await signIn(page);
    editor ??= page;
    editors.set(look.name, page);
  }
  await paste(editor);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const [pages, people] of [[PUBLIC_PAGES, visitors], [EDITOR_PAGES, editors]]) {
  for (const { name, open } of pages) {
    test(`axe finds nothing on ${name}, light and dark, wide and narrow`, async () => {
      const found = [];
      for (const look of LOOKS) {
        const page = people.get(look.name);
        await open(page, server);
        await shot(page, `${name}-${look.name}`);
        found.push(...(await axe(page)).map((line) => `${look.name}: ${line}`));
        const overflow = await sidewaysOverflow(page);
        if (overflow > 0) found.push(`${look.name}: scrolls sideways by ${overflow} px`);
      }
      assert.deepEqual(found, []);
    });

    test(`${name} fits a window of 320 px`, async () => {
      const page = people.get('light-320');
      await open(page, server);
      assert.equal(await sidewaysOverflow(page), 0);
    });
  }
}
