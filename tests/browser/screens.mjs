// Screenshots of every page, light and dark, wide and narrow, for people to look at.
//
//   node tests/browser/screens.mjs FOLDER     every page into FOLDER
//   node tests/browser/screens.mjs --readme   the pictures of the README (light, wide) into docs/screenshots

import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, LOOKS, openPage, shot, signIn, startServer } from './harness.mjs';
import { EDITOR_PAGES, paste, PUBLIC_PAGES } from './pages.mjs';

const README = ['timeline', 'event', 'review'];

const [wanted] = process.argv.slice(2);
if (!wanted) {
  console.error('usage: node tests/browser/screens.mjs FOLDER | --readme');
  process.exit(2);
}
const forReadme = wanted === '--readme';
const folder = forReadme ? join(dirname(fileURLToPath(import.meta.url)), '../../docs/screenshots') : resolve(wanted);

const server = await startServer();
const browser = await launchBrowser();
let failed = false;
try {
  let cookies;
  for (const look of forReadme ? LOOKS.slice(0, 1) : LOOKS) {
    const visitor = await openPage(browser, server, look);
    const editor = await openPage(browser, server, look);
    if (cookies) {
      await editor.context().addCookies(cookies);
    } else {
      await signIn(editor);
      cookies = await editor.context().cookies();
      await paste(editor);
    }
    for (const [pages, page] of [[PUBLIC_PAGES, visitor], [EDITOR_PAGES, editor]]) {
      for (const { name, open } of pages.filter((each) => !forReadme || README.includes(each.name))) {
        try {
          await open(page, server);
          if (forReadme) {
            await page.screenshot({ path: join(folder, `${name}-${look.colorScheme}.png`) });
          } else {
            await shot(page, `${name}-${look.name}`, folder);
          }
        } catch (error) {
          failed = true;
          console.error(`${name}, ${look.name}: ${error.message}`);
        }
      }
    }
    await visitor.context().close();
    await editor.context().close();
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = failed ? 1 : 0;
