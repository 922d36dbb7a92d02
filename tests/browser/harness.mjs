// What every browser test stands on: the real program in an empty folder, the distribution's Chromium,
// and what the tests read off a page (the ids it lists, the count it states, the rows of its CSV, what axe finds).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PASSWORD = 'a long enough passphrase';

/** Light and dark, wide and narrow: the four looks that every page must stand in. */
export const LOOKS = [
  { name: 'light-1280', colorScheme: 'light', width: 1280 },
  { name: 'dark-1280', colorScheme: 'dark', width: 1280 },
  { name: 'light-390', colorScheme: 'light', width: 390 },
  { name: 'dark-390', colorScheme: 'dark', width: 390 },
];

/**
 * Starts `demarche serve` in a folder of its own and waits until it is ready.
 * `database` is an address; without one the program makes its own in the folder.
 */
export async function startServer({ database, seed = true } = {}) {
  const server = new Server(mkdtempSync(join(tmpdir(), 'demarche-browser-')), database, seed);
  await server.start();
  return server;
}

class Server {
  constructor(folder, database, seed) {
    Object.assign(this, { folder, database, seed, log: '', child: null, origin: '' });
  }

  async start() {
    const port = await freePort();
    this.origin = `http://127.0.0.1:${port}`;
    const settings = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('DEMARCHE_')),
    );
    settings.DEMARCHE_ADMIN_PASSWORD = PASSWORD;
    if (this.database) settings.DEMARCHE_DATABASE = this.database;
    const program = resolve(process.env.DEMARCHE_BIN ?? join(ROOT, 'target/debug/demarche'));
    const args = ['serve', '--bind', `127.0.0.1:${port}`, ...(this.seed ? [] : ['--no-seed'])];
    this.child = spawn(program, args, { cwd: this.folder, env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.on('error', (error) => (this.log += `${program}: ${error.message}\n`));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.log += text));
    }
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && this.child.exitCode === null && this.child.pid) {
      const answer = await fetch(`${this.origin}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await sleep(100);
    }
    const log = this.log;
    await this.stop();
    throw new Error(`the server did not become ready:\n${log}`);
  }

  /** Ends the program as a power cut would: no chance to finish anything. */
  async kill() {
    await this.end('SIGKILL');
  }

  async stop() {
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async end(signal) {
    if (!this.child?.pid || this.child.exitCode !== null || this.child.signalCode) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    const stuck = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(stuck);
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

export async function launchBrowser() {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  return chromium.launch({ executablePath: chromiumPath(), args: flags });
}

function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not in this folder
      }
    }
  }
  throw new Error('no chromium on the PATH: run `make test-setup`');
}

/**
 * A page in a context of its own. `complaints` gathers what the browser has to say against the pages:
 * script errors, refused resources, breaches of the content security policy. `status` is that of the last page.
 */
export async function openPage(browser, server, look = {}) {
  const { colorScheme = 'light', width = 1280, scripts = true } = look;
  const context = await browser.newContext({
    baseURL: server.origin,
    colorScheme,
    viewport: { width, height: width < 600 ? 844 : 900 },
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on('response', (response) => {
    const isThePage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isThePage) page.status = response.status();
  });
  page.on('pageerror', (error) => page.complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A page that answers 404 or 422 on purpose is reported as an error too: the tests look at its status.
    if (message.type() === 'error' && !/the server responded with a status of/.test(message.text())) {
      page.complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  return page;
}

export async function signIn(page, name = 'admin', password = PASSWORD) {
  await page.goto('/admin/login');
  await page.locator('[name=username]').fill(name);
  await page.locator('[name=password]').fill(password);
  await submit(page, page.locator('form:has([name=password])'));
}

/** Presses a form's button (its only one, or the one named) and returns the answer of the page it leads to. */
export async function submit(page, form, button = 'button:not([type=button]), input[type=submit]') {
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) => response.request().isNavigationRequest() && (response.status() < 300 || response.status() > 399),
    ),
    form.locator(button).first().click(),
  ]);
  await page.waitForLoadState('load');
  return answer;
}

/** The ids of the events that the page lists, in its order. */
export async function eventIds(page) {
  const ids = await page.locator('main [id^="e-EV-"]').evaluateAll((items) => items.map((item) => item.id));
  return ids.map((id) => id.slice(2));
}

/** The ids of all pages of a list, from the one open now on, by its `rel="next"` links. */
export async function eventIdsOfAllPages(page) {
  const ids = [];
  for (let pages = 0; pages < 500; pages += 1) {
    ids.push(...(await eventIds(page)));
    const next = page.locator('a[rel~="next"]');
    if ((await next.count()) === 0) return ids;
    await page.goto(new URL(await next.first().getAttribute('href'), page.url()).href);
  }
  throw new Error('the list does not end');
}

/** N of the first "N events" on the page. */
export async function statedCount(page) {
  const text = await page.locator('main').innerText();
  const stated = /(\d[\d,.\u202f\u00a0 ]*)\s+events?\b/.exec(text);
  if (!stated) throw new Error(`${page.url()} does not say "N events"`);
  return Number(stated[1].replace(/\D/g, ''));
}

/** The rows of a CSV address as objects, with the answer's headers in `rows.headers`. */
export async function csvRows(server, address) {
  const answer = await fetch(server.origin + address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const [header, ...lines] = parseCsv(await answer.text());
  const rows = lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at]])));
  rows.headers = answer.headers;
  return rows;
}

/** RFC 4180; every line ends with CR LF. */
export function parseCsv(text) {
  const lines = [];
  let cells = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (letter === '"') {
      quoted = true;
    } else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\r' && text[at + 1] === '\n') {
      lines.push([...cells, cell]);
      cells = [];
      cell = '';
      at += 1;
    } else {
      cell += letter;
    }
  }
  if (cell !== '' || cells.length > 0) throw new Error(`the last line does not end with CR LF: ${cell}`);
  return lines;
}

/** What axe-core finds on the page, a line for each place; empty where all is well. Needs scripts on. */
export async function axe(page) {
  await page.evaluate(AXE); // by the debugger, which the page's content security policy does not bind
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return found.violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const cause = failureSummary.split('\n').slice(1).map((line) => line.trim()).join('; ');
      return `${id} at ${target.join(' ')}: ${help} (${cause})`;
    }),
  );
}

/** How many pixels the page is wider than its window; 0 where it does not scroll sideways. */
export async function sidewaysOverflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Saves the whole page as shots/NAME.png beside the tests (not under version control). */
export async function shot(page, name, folder = join(HERE, 'shots')) {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
}
