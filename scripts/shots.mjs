// Screenshots of every page of the demo into shots/, to be looked at by a person: as it comes, and where something
// opens, also open. Also says which pages are wider than the window, and what the browser's console complained of.

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
// What shows only after somebody did something. `act` does it in the page, in some looks only where it says so;
// {job} and {purchase} are made before the first picture.
const chosen = async (tab) => {
  // Not the first one, whose own pages are looked at.
  for (const box of (await tab.locator('[name=row]').all()).slice(5, 7)) await box.check();
};
pages.push(
  { name: 'servers-chosen', path: '/servers', act: chosen },
  { name: 'servers-view', path: '/servers', act: (tab) => tab.locator('summary', { hasText: 'View' }).click() },
  { name: 'server-menu', path: '/servers/{first}', act: (tab) => tab.getByRole('button', { name: /^More actions for / }).click() },
  { name: 'server-curl', path: '/servers/{first}?confirm=restart', act: (tab) => tab.getByText('Show as curl').click() },
  {
    name: 'form-refused',
    path: '/isos/new',
    async act(tab) {
      const address = tab.getByRole('textbox', { name: 'Address' });
      await address.fill('not-an-address');
      // The browser has the same rule: past it is the server's answer.
      await address.evaluate((field) => { field.form.noValidate = true; });
      await address.press('Enter');
      await tab.getByText('not-an-address').or(tab.getByRole('alert')).first().waitFor();
    },
    refused: 422,
  },
  { name: 'palette', path: '/servers/{first}', looks: ['light', 'dark', 'phone'], act: (tab) => find(tab, '') },
  { name: 'palette-found', path: '/', looks: ['light', 'dark', 'phone'], act: (tab) => find(tab, 'web') },
  { name: 'places', path: '/servers', looks: ['phone'], act: (tab) => tab.locator('.to-places').click() },
  { name: 'account-menu', path: '/', act: (tab) => tab.locator('header summary').click() },
  { name: 'chart-read', path: '/servers/{first}?tab=metrics', looks: ['light', 'dark', 'phone'], act: (tab) => tab.locator('[data-points]').first().focus().then(() => tab.keyboard.press('End')) },
  { name: 'chart-numbers', path: '/servers/{first}?tab=metrics', act: (tab) => tab.getByText('Numbers').first().click() },
  { name: 'bulk-job', path: '{job}' },
  { name: 'bulk-new', path: '/servers', act: (tab) => chosen(tab).then(() => tab.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Restart' }).click()) },
  { name: 'purchase', path: '{purchase}' },
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

/** Opens the palette and types. */
async function find(tab, words) {
  await tab.locator('html[data-alive]').waitFor();
  await tab.keyboard.press('Control+k');
  const palette = tab.locator('dialog.palette[open]');
  await palette.getByRole('option').first().waitFor();
  await palette.getByRole('combobox').fill(words);
  if (words) await palette.getByRole('option', { name: words }).first().waitFor();
}

/** A bulk job that is done, and a purchase. */
async function somethingDone(tab, url) {
  const path = () => new URL(tab.url()).pathname;
  await tab.goto(`${url}/servers`);
  await chosen(tab);
  await tab.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Restart' }).click();
  await tab.getByRole('button', { name: 'Restart' }).click();
  await tab.getByText(/^2 of 2: /).waitFor();
  const job = path();
  await tab.goto(`${url}/servers`);
  const server = await tab.locator('[name=row]').nth(5).inputValue();
  await tab.goto(`${url}/servers/renew?server=${server}&months=1`);
  await tab.getByRole('button', { name: 'Order renewal' }).click();
  await tab.waitForURL(/\/orders\//);
  await tab.goto(`${url}/purchases`);
  await tab.locator('main tbody a[href^="/purchases/"]').first().click();
  await tab.waitForURL(/\/purchases\/./);
  return { job, purchase: path() };
}

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
  const context = await browser.newContext(desktop);
  await context.addCookies(cookies);
  const made = await somethingDone(await context.newPage(), dashboard.url);
  await context.close();

  const paths = new Map();
  for (const page of pages) {
    try {
      const path = page.path.replace('{job}', made.job).replace('{purchase}', made.purchase);
      paths.set(page, await resolved({ ...page, path }, dashboard.url, cookie));
    } catch (error) {
      problem(`${page.name}: ${error.message}`);
    }
  }

  for (const { name: look, ...options } of looks) {
    await mkdir(`${shots}/${look}`, { recursive: true });
    console.log(`shots/${look}`);
    for (const [page, path] of paths) {
      if (page.looks && !page.looks.includes(look)) continue;
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
      try {
        if (!page.signedOut) await context.addCookies(cookies);
        const tab = await context.newPage();
        const wanted = page.status ?? 200;
        tab.on('console', (message) => {
          const expected = (wanted >= 400 || page.refused) && /status of \d+/.test(message.text());
          if (message.type() === 'error' && !expected) problem(`${look}/${page.name}: console: ${message.text()}`);
        });
        tab.on('pageerror', (error) => problem(`${look}/${page.name}: ${error.message}`));
        const answer = await tab.goto(dashboard.url + path, { waitUntil: 'load' });
        if (answer.status() !== wanted) problem(`${look}/${page.name}: ${path} answered ${answer.status()}, wanted ${wanted}`);
        // A live page never falls silent: half a second is enough for islands to start.
        await tab.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {});
        if (page.act) {
          await page.act(tab);
          await tab.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {});
        }
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
process.exitCode = told.size === 0 ? 0 : 1;
