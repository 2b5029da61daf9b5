// From a click on a link to the next page: until something of it is seen, and until its scripts have taken it over. In a
// real browser, at the speed of this machine and at a quarter of it.

import { chromium } from '@playwright/test';
import { median } from './shared.mjs';

const navigations = Number(process.env.BENCH_NAVIGATIONS ?? 20);

// So that it also starts as root, and without a network.
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/** One after the other, from the page before: places of the navigation, and the first object of a list. */
const way = ['Servers', 'first', 'ISOs', 'Invoices', 'first', 'Tickets', 'first', 'Overview'];

/** Runs in every document, before its own scripts. Moments are on the clock that documents share. */
function watch() {
  const shared = (moment) => performance.timeOrigin + moment;
  const marks = { click: Number(sessionStorage.getItem('bench-click')), paint: 0, live: 0 };
  window.benchMarks = marks;
  addEventListener('click', (event) => sessionStorage.setItem('bench-click', String(shared(event.timeStamp))), true);
  new PerformanceObserver((list) => {
    const [first] = list.getEntriesByName('first-contentful-paint');
    if (first) marks.paint = shared(first.startTime);
  }).observe({ type: 'paint', buffered: true });
  new MutationObserver(() => {
    if (!marks.live && document.documentElement?.hasAttribute('data-alive')) marks.live = shared(performance.now());
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-alive'] });
}

async function follow(page, link) {
  await link.waitFor();
  await page.evaluate(() => { window.benchMarks.left = true; });
  await link.click();
  const marks = await page.waitForFunction(() => {
    const { benchMarks: marks } = window;
    return marks && !marks.left && marks.paint && marks.live ? marks : false;
  });
  const { click, paint, live } = await marks.jsonValue();
  return { paint: paint - click, live: live - click };
}

async function measure(browser, url, cookie, slower) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await context.addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url })));
    await context.addInitScript(watch);
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await page.goto(url);
    const links = page.getByRole('navigation', { name: 'Main' });
    const step = (name) => (name === 'first' ? page.getByRole('rowheader').first().getByRole('link') : links.getByRole('link', { name, exact: true }));
    const took = [];
    // Once around first: what is loaded once for all pages is there.
    for (let done = -way.length; done < navigations; done += 1) {
      await protocol.send('Emulation.setCPUThrottlingRate', { rate: slower });
      const times = await follow(page, step(way[(done + way.length) % way.length]));
      if (done >= 0) took.push(times);
    }
    return took;
  } finally {
    await context.close();
  }
}

export async function paint(dashboard, cookie) {
  console.log(`\nFrom click to the next page, ${navigations} navigations in a browser that has been here before`);
  const browser = await chromium.launch({ executablePath: process.env.VITOSHA_CHROMIUM, args: flags });
  try {
    for (const slower of [1, 4]) {
      const took = await measure(browser, dashboard.url, cookie, slower);
      const told = (name) => {
        const times = took.map((times) => times[name]);
        return `${name} median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`;
      };
      console.log(`  ${slower === 1 ? 'this processor' : `one ${slower}× slower`}: ${told('paint')}; ${told('live')}`);
    }
  } finally {
    await browser.close();
  }
}
