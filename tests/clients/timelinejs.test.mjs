// TimelineJS itself draws the export, in Chromium, from a page of another site: the JSON and the sheet.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = resolve(fileURLToPath(import.meta.url), '..');
const DIST = join(HERE, 'node_modules/@knight-lab/timelinejs/dist');
const PROGRAM = resolve(process.env.DEMARCHE_BIN ?? join(HERE, '../../target/debug/demarche'));
const MEDIA = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.html': 'text/html' };

let folder, program, origin, site, siteOrigin, browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarche-timelinejs-'));
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const settings = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DEMARCHE_')));
  settings.DEMARCHE_ADMIN_PASSWORD = 'a long enough passphrase';
  program = spawn(PROGRAM, ['serve', '--bind', `127.0.0.1:${port}`], { cwd: folder, env: settings, stdio: 'ignore' });
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) break;
    await sleep(100);
  }
  site = createServer(serveFile).listen(0, '127.0.0.1');
  await new Promise((done) => site.once('listening', done));
  siteOrigin = `http://127.0.0.1:${site.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? 'chromium', args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  site?.close();
  program?.kill('SIGTERM');
  await new Promise((done) => (program ? program.once('exit', done) : done()));
  rmSync(folder, { recursive: true, force: true });
});

function serveFile(request, response) {
  const path = new URL(request.url, 'http://site').pathname;
  if (path === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Elsewhere</title><link rel="stylesheet" href="/css/timeline.css"><div id="t" style="height:600px"></div><script src="/js/timeline.js"></script>');
    return;
  }
  try {
    const bytes = readFileSync(join(DIST, normalize(path)));
    response.setHeader('content-type', MEDIA[extname(path)] ?? 'application/octet-stream');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

async function freePort() {
  const socket = createSocket().listen(0, '127.0.0.1');
  await new Promise((done) => socket.once('listening', done));
  const { port } = socket.address();
  await new Promise((done) => socket.close(done));
  return port;
}

/** What TimelineJS makes of an address: its events' headlines, and what stands on the page. */
async function drawn(address) {
  const page = await browser.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(siteOrigin);
  const made = await page.evaluate(async (source) => {
    const timeline = new window.TL.Timeline('t', source, { script_path: `${location.origin}/js/`, hash_bookmark: false });
    for (let tries = 0; tries < 600 && !timeline.ready && !timeline.config?.getErrors('|'); tries += 1) {
      await new Promise((done) => setTimeout(done, 100));
    }
    return {
      ready: timeline.ready,
      errors: timeline.config?.getErrors('|') ?? '',
      ids: timeline.config?.events.map((event) => event.unique_id),
      headlines: timeline.config?.events.map((event) => event.text.headline),
    };
  }, address);
  const slides = await page.locator('.tl-slide').count();
  const markers = await page.locator('.tl-timemarker').count();
  const first = await page.locator('.tl-slide h2').first().innerText();
  const images = await page.locator('img[src="x"]').count();
  await page.close();
  return { ...made, slides, markers, first, images, faults };
}

const FILTER = 'kind=sanction&party=IRN&sort=oldest';

test('TimelineJS draws every event of the JSON, in the order of its days', async () => {
  const lines = (await (await fetch(`${origin}/export.jsonl?${FILTER}`)).text()).trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length > 3);
  const made = await drawn(`${origin}/export.timelinejs.json?${FILTER}`);
  assert.deepEqual(made.faults, []);
  assert.equal(made.errors, '');
  assert.ok(made.ready, 'the timeline became ready');
  assert.deepEqual([...made.ids].sort(), lines.map((line) => line.event_id).sort());
  assert.equal(made.slides, lines.length);
  assert.equal(made.markers, lines.length);
});

test('TimelineJS draws every row of the sheet', async () => {
  const csv = await fetch(`${origin}/export.timelinejs.csv?${FILTER}`);
  const total = Number(csv.headers.get('x-total-count'));
  const made = await drawn(`${origin}/export.timelinejs.csv?${FILTER}`);
  assert.deepEqual(made.faults, []);
  assert.equal(made.errors, '');
  assert.equal(made.slides, total);
  const slides = (await (await fetch(`${origin}/export.timelinejs.json?${FILTER}`)).json()).events;
  assert.deepEqual([...made.headlines].sort(), slides.map((slide) => slide.text.headline).sort());
});
