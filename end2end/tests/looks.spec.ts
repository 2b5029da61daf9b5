// How pages look to everybody: for those who see them in the dark, on a phone, or hear them.

import { withoutBrowserChecks } from '../support/forms.ts';
import { fits, looksWell } from '../support/layout.ts';
import { places } from '../support/pages.ts';
import { alive, axe, axeOfColours, expect, heading, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

test.use({ seed: 'typical' });

type Look = { name: string; address: (world: World) => Promise<string> | string; status?: number; then?: (page: Page) => Promise<void> };

async function choose(page: Page, ...names: string[]) {
  for (const name of names) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
}

async function askForJob(page: Page) {
  await choose(page, 'web-1', 'build-1');
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Restart' }).click();
  await expect(heading(page, 'Restart 2 servers?')).toBeVisible();
}

async function finishJob(page: Page) {
  await askForJob(page);
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText('2 of 2: 1 done, 1 not possible')).toBeVisible({ timeout: 20_000 });
}

const renewal = async (world: World) => `/servers/renew?server=${(await world.server('web-1')).id}&months=1`;

async function purchases(page: Page) {
  await page.getByRole('button', { name: 'Order renewal' }).click();
  await expect(page).toHaveURL(/\/orders\/\d+/);
  await page.goto('/purchases');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
}

/** Every page of the router, and what else pages can look like. */
const looks: Look[] = [
  // The gallery has a test of its own, in the demo.
  ...places.filter((place) => !place.open && !place.demo),
  { name: 'no server matches', address: () => '/servers?q=nothing-of-the-kind' },
  { name: 'a server in trouble', address: async (world) => `/servers/${(await world.server('shop')).id}` },
  { name: 'a hostile ticket', address: async (world) => `/tickets/${(await world.ticket('sanitised')).id}` },
  {
    name: 'activity with records',
    address: () => '/isos/new',
    then: async (page) => {
      await page.getByLabel('Address').fill('https://mirror.example.org/seen.iso?size=1000');
      await page.getByRole('button', { name: 'Add ISO' }).click();
      await expect(page).not.toHaveURL('/isos/new');
      await page.goto('/activity');
      await expect(page.getByRole('table')).toContainText('Add an ISO');
    },
  },
  { name: 'no record matches', address: () => '/activity?object=server+1&from=2026-03-04' },
  { name: 'chosen rows', address: () => '/servers', then: (page) => choose(page, 'web-1', 'web-2') },
  { name: 'a bulk job, asked', address: () => '/servers', then: askForJob },
  { name: 'a bulk job, done', address: () => '/servers', then: finishJob },
  {
    name: 'bulk jobs',
    address: () => '/servers',
    then: async (page) => {
      await finishJob(page);
      await page.goto('/bulk');
      await expect(page.getByRole('rowheader')).toHaveCount(1);
    },
  },
  { name: 'a renewal, priced', address: renewal },
  { name: 'purchases', address: renewal, then: purchases },
  {
    name: 'a purchase',
    address: renewal,
    then: async (page) => {
      await purchases(page);
      await page.getByRole('rowheader').first().getByRole('link').click();
      await expect(page).toHaveURL(/\/purchases\/[0-9a-f]/);
    },
  },
  {
    name: 'saved views',
    address: () => '/views/servers?query=state%3Dactive',
    then: async (page) => {
      await page.getByLabel('Name').fill('Active');
      await page.getByRole('button', { name: 'Save view' }).click();
      await expect(page).toHaveURL(/done=view-saved/);
      await page.goto('/views/servers');
      await expect(page.getByRole('button', { name: 'Remove Active' })).toBeVisible();
    },
  },
  { name: 'not found', address: () => '/nowhere', status: 404 },
  { name: 'an object that is not there', address: () => '/servers/1', status: 404 },
  {
    name: 'a refused form',
    status: 422,
    address: () => '/isos/new',
    then: async (page) => {
      await withoutBrowserChecks(page);
      await page.getByLabel('Address').fill('ftp://mirror.example.org/a.iso');
      await page.getByRole('button', { name: 'Add ISO' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
];

async function inEveryLook(page: Page, name: string, scripts: boolean) {
  // Colours move nothing: where axe cannot run, one of them says it all.
  for (const colorScheme of scripts ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const what = `${name}, ${colorScheme}, ${width} px`;
      await fits(page, what);
      // The rules run as a script of the page; without scripts the document is the same.
      if (scripts) await (colorScheme === 'light' ? axe : axeOfColours)(page, what);
    }
  }
  await looksWell(page, name);
}

for (const { name, address, status = 200, then } of looks) {
  test(`${name}: title, light and dark, wide and narrow`, async ({ page, world, scripts, guard }) => {
    // Four times the rules of axe, and a page of a hundred rows among them.
    test.slow();
    if (status !== 200) guard.expects(status, /^\//);
    // Nothing moves while it is looked at.
    await world.freeze();
    await signIn(page, world.writeToken, await address(world));
    await then?.(page);
    await alive(page, scripts);
    await expect(heading(page, /\S/)).toBeVisible();
    await expect(page).toHaveTitle(`${await heading(page, /\S/).textContent()} · Vitosha`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await inEveryLook(page, name, scripts);
  });
}

test('sign-in: title, light and dark, wide and narrow', async ({ page, scripts, guard }) => {
  guard.expects(422, '/sign-in');
  await page.goto('/sign-in?reason=refused&next=%2Fservers%2F7&person=Ada');
  await alive(page, scripts);
  await expect(page).toHaveTitle('Sign in · Vitosha');
  await inEveryLook(page, 'sign-in', scripts);
});

test('waiting, failed, stale and empty parts look well too', async ({ page, world, scripts, guard }) => {
  guard.expects(503, /^\//);
  guard.expects(404, /^\//);
  await signIn(page, world.writeToken, '/nowhere');
  await world.force('listTickets', { hang: true, times: 0 });
  // Without scripts it would go away under our hands.
  await page.goto('/tickets?refresh=off');
  await expect(page.getByText('The provider is slow to answer.')).toBeVisible();
  await inEveryLook(page, 'waiting', scripts);
  await world.force('listInvoices', { status: 429, times: 0 });
  await page.goto('/invoices');
  await expect(page.getByRole('alert')).toBeVisible();
  await inEveryLook(page, 'failed', scripts);
});

test('without a mouse: the skip link, and a focus that is seen', async ({ page, world, scripts }) => {
  await signIn(page, world.writeToken, '/servers');
  await alive(page, scripts);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'New server' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('searchbox')).toBeFocused();
  const outline = await page.getByRole('searchbox').evaluate((element) => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow);
  expect(outline).not.toBe('nonenone');
});

test('the exact moment is reachable by keyboard', async ({ page, world, scripts }) => {
  const { id } = await world.ticket('No route');
  await signIn(page, world.writeToken, `/tickets/${id}`);
  await alive(page, scripts);
  const moment = page.getByRole('definition').filter({ hasText: 'ago' }).getByRole('time');
  const exact = /\d{4}, \d\d:\d\d:\d\d EES?T/;
  await moment.focus();
  await expect(moment.getByText(exact)).toBeVisible();
  // A message's is in the link to it.
  const link = page.getByRole('link', { name: /^Link to this message, / }).first();
  await link.focus();
  await expect(link.getByText(exact)).toBeInViewport();
  const { width } = (await link.getByText(exact).boundingBox())!;
  expect(width, 'not for screen readers only').toBeGreaterThan(20);
});

test('what would keep people out is found', async ({ page, scripts }) => {
  test.skip(!scripts, 'the rules run as a script of the page');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/sign-in');
  await axe(page, 'the page as it is');
  await axeOfColours(page, 'the page as it is');
  await page.evaluate(() => {
    document.querySelector('main')!.append(new Image());
    document.querySelectorAll<HTMLElement>('main label').forEach((label) => (label.style.color = '#ccc'));
  });
  await expect(axe(page, 'the page')).rejects.toThrow(/image-alt/);
  await expect(axeOfColours(page, 'the page')).rejects.toThrow(/color-contrast/);
});
