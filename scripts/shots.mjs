// Screenshots of every page of the demo into shots/, to be looked at by a person. Also says which pages
// are wider than the window, and what the browser's console complained of.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { request, root, signIn, startDashboard } from './program.mjs';

// Every page of the table that the tests use, with each query that it names there; {first} is the first object of that
// kind in the list.
const slug = (path) => path.replace('{first}', 'one').replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'overview';
const table = JSON.parse(await readFile(`${root}/end2end/support/pages.json`, 'utf8'));
const pages = table.flatMap((entry) =>
  ['', ...(entry.also ?? [])].map((query) => {
    const path = entry.route.replace(/\{\w+\}/, entry.objects ? '{first}' : entry.id) + (entry.query ?? '') + query;
    return { name: slug(path), path, status: entry.status, signedOut: entry.route === '/sign-in' };
  }),
);
// What shows only under circumstances that the tests make for themselves.
pages.push(
  { name: 'servers-nothing-found', path: '/servers?q=no-such-server' },
  { name: 'servers-compact', path: '/servers?column=name&column=power&column=price&density=compact' },
  { name: 'servers-renew-one', path: '/servers/{first}', from: (id) => `/servers/renew?server=${id}` },
  { name: 'not-found', path: '/no-such-page', status: 404 },
);

const desktop = { viewport: { width: 1280, height: 900 } };
const looks = [
  { name: 'light', ...desktop, colorScheme: 'light' },
  { name: 'dark', ...desktop, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme: 'light' },
  { name: 'no-javascript', ...desktop, colorScheme: 'light', javaScriptEnabled: false },
];

// So that it also starts as root, and without a network.
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

async function resolved({ path, from }, url, cookie) {
  if (!path.includes('{first}')) return path;
  const list = path.slice(0, path.indexOf('/{first}'));
  const answer = await request(url + list, { headers: { accept: 'text/html', cookie } });
  const first = answer.text().match(new RegExp(`href="${list}/(\\d+)["?#]`));
  if (!first) throw new Error(`${list} links to no object of its own (it answered ${answer.status})`);
  return from ? from(first[1]) : path.replace('{first}', first[1]);
}

const shots = `${root}/shots`;
await rm(shots, { recursive: true, force: true });

const dashboard = await startDashboard();
const browser = await chromium.launch({ executablePath: process.env.VITOSHA_CHROMIUM, args: flags });
const told = new Set();
const problem = (long) => {
  const text = long.replace(/\s+/g, ' ').slice(0, 300);
  if (told.has(text)) return;
  told.add(text);
  console.log(`  ! ${text}`);
};
try {
  const cookie = await signIn(dashboard.url);
  const cookies = cookie.split('; ').map((pair) => {
    const [, name, value] = pair.match(/^([^=]+)=(.*)$/);
    return { name, value, url: dashboard.url };
  });
  const paths = new Map();
  for (const page of pages) {
    try {
      paths.set(page, await resolved(page, dashboard.url, cookie));
    } catch (error) {
      problem(`${page.name}: ${error.message}`);
    }
  }

  for (const { name: look, ...options } of looks) {
    await mkdir(`${shots}/${look}`, { recursive: true });
    console.log(`shots/${look}`);
    for (const [page, path] of paths) {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
      try {
        if (!page.signedOut) await context.addCookies(cookies);
        const tab = await context.newPage();
        const wanted = page.status ?? 200;
        tab.on('console', (message) => {
          const expected = wanted >= 400 && /status of \d+/.test(message.text());
          if (message.type() === 'error' && !expected) problem(`${look}/${page.name}: console: ${message.text()}`);
        });
        tab.on('pageerror', (error) => problem(`${look}/${page.name}: ${error.message}`));
        const answer = await tab.goto(dashboard.url + path, { waitUntil: 'load' });
        if (answer.status() !== wanted) problem(`${look}/${page.name}: ${path} answered ${answer.status()}, wanted ${wanted}`);
        // A live page never falls silent: half a second is enough for islands to start.
        await tab.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {});
        await tab.screenshot({ path: `${shots}/${look}/${page.name}.png`, fullPage: true, animations: 'disabled' });
        // Asked of the layout, not of the page's own script: also true where that is off.
        const { cssContentSize, cssLayoutViewport } = await (await context.newCDPSession(tab)).send('Page.getLayoutMetrics');
        if (cssContentSize.width > Math.max(options.viewport.width, cssLayoutViewport.clientWidth) || cssLayoutViewport.clientWidth > options.viewport.width) {
          problem(`${look}/${page.name}: ${cssContentSize.width} px wide in a window of ${options.viewport.width} px`);
        }
      } finally {
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await dashboard.stop();
}
console.log(told.size === 0 ? 'Nothing to complain of.' : `Told above: ${told.size}.`);
