// One page of each shape in every trouble of the provider: never blank, never a false "empty", and well again by itself
// when the provider is. All pages go through the same over plain HTTP (server/tests/grid.rs).

import { place, type Place } from '../support/pages.ts';
import { expect, heading, row, signIn, test, type Page } from '../support/test.ts';
import { World } from '../support/world.ts';

test.use({ seed: 'typical' });

type Shape = { shape: string; place: Place; there: (page: Page) => Promise<void> };

/** `there`: what somebody came for. */
const shapes: Shape[] = [
  {
    shape: 'the overview',
    place: place('/'),
    there: async (page) => {
      await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Balance' }).first()).toContainText(/€\d/);
      await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Servers' }).first()).toContainText(/\d/);
    },
  },
  { shape: 'a list', place: place('/servers'), there: (page) => expect(row(page, 'web-1')).toBeVisible() },
  { shape: 'a detail', place: place('/servers/{id}'), there: (page) => expect(page.getByRole('term').first()).toBeVisible() },
  { shape: 'a plain page', place: place('/plans'), there: (page) => expect(row(page, /cloud-vps-2gb/).first()).toBeVisible() },
  { shape: 'a form', place: place('/tickets/new'), there: (page) => expect(page.getByRole('button', { name: 'Open ticket' })).toBeVisible() },
];

/** What the overview asks for, or what the page cannot do without. */
const asked = ({ main, parts }: Place) => main ?? parts ?? [];

type Trouble = {
  how: string;
  forced: Parameters<World['force']>[1];
  /** The status of a page whose main object it is. */
  status: number[];
  /** It passes by itself, and so does the page. */
  passes?: boolean;
};

const troubles: Trouble[] = [
  { how: 'forbidden (403)', forced: { status: 403 }, status: [403] },
  { how: 'not there (404)', forced: { status: 404 }, status: [404, 501] },
  { how: 'invalid (422)', forced: { status: 422 }, status: [422] },
  { how: 'locked (423)', forced: { status: 423 }, status: [423], passes: true },
  { how: 'limited (429)', forced: { status: 429, headers: { 'Retry-After': '3' } }, status: [503], passes: true },
  { how: 'failing (500)', forced: { status: 500 }, status: [503], passes: true },
  { how: 'broken off', forced: { reset: true }, status: [503], passes: true },
  { how: 'nothing', forced: { status: 200, body: 'null' }, status: [503], passes: true },
  { how: 'nonsense', forced: { status: 200, body: '<html>maintenance', content_type: 'text/html' }, status: [503], passes: true },
];

/** Longest until a page is well again: it tries again every five seconds, a breaker opens for ten. */
const RECOVERY = 20_000;
const EMPTY = /\bNo [a-zA-Z ]+ yet\b|\bmatches\b|\bNothing (yet|here|found|at the moment)\b|(?<![\d.,])0 (servers|isos|tickets|invoices|departments)\b/i;

/** Signs in without having seen a page that fills the cache. */
async function enter(page: Page, world: World) {
  await signIn(page, world.writeToken, '/nowhere');
}

async function force(world: World, operations: string[], forced: Trouble['forced']) {
  for (const operation of operations) await world.force(operation, { ...forced, times: 0 });
}

async function standsWithoutFalseWords(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Servers' })).toBeVisible();
  const words = await page.getByRole('main').innerText();
  expect(words.length, 'there is something to read').toBeGreaterThan(60);
  expect(words, 'what cannot be had is not called empty').not.toMatch(EMPTY);
}

test.beforeEach(({ guard }) => {
  guard.expects(404, '/nowhere');
});

// What a console has never seen may not be offered at all, which all its accounts believe for an hour: somebody else
// has seen every page before.
let seen = false;
test.beforeEach(async ({ browser, house }) => {
  if (seen) return;
  seen = true;
  const other = await World.make(house.sandbox, { seed: 'typical' });
  const context = await browser.newContext({ baseURL: house.console.url });
  const page = await context.newPage();
  await signIn(page, other.writeToken);
  for (const { place } of shapes) expect((await page.goto(await place.address(other)))?.status()).toBe(200);
  await context.close();
});

for (const { shape, place, there } of shapes) {
  test.describe(`${shape} (${place.route})`, () => {
    test('happy', async ({ page, world }) => {
      const address = await place.address(world);
      await signIn(page, world.writeToken, address);
      await there(page);
      await standsWithoutFalseWords(page);
    });

    test.describe('nothing there', () => {
      test.use({ seed: 'empty' });

      test('empty', async ({ page, world, guard }) => {
        const object = place.objects !== undefined;
        const address = object ? place.route.replace('{id}', '1') : await place.address(world);
        if (object) guard.expects(404, address);
        await signIn(page, world.writeToken, address);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
        if (place.shape === 'list') expect(await page.getByRole('main').innerText()).toMatch(EMPTY);
        if (object) await expect(page.getByRole('main')).toContainText(world.email);
      });
    });

    test('refused (401): signing in again leads back', async ({ page, world, guard }) => {
      guard.expects(422, '/sign-in');
      const address = await place.address(world);
      await enter(page, world);
      await force(world, asked(place), { status: 401 });
      await page.goto(address);
      await expect(heading(page, 'Sign in')).toBeVisible();
      await expect(page.getByRole('alert')).toContainText('no longer accepts');
      await world.release();
      await page.getByLabel('API token').fill(world.writeToken);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(address);
      await there(page);
    });

    for (const { how, forced, status, passes } of troubles) {
      test(how, async ({ page, world, guard }) => {
        test.slow();
        const address = await place.address(world);
        if (place.main) status.forEach((status) => guard.expects(status, address));
        await enter(page, world);
        await force(world, asked(place), forced);
        const answered = (await page.goto(address))?.status();
        expect(place.main ? status : [200]).toContain(answered);
        await standsWithoutFalseWords(page);
        await world.release();
        // What the provider does not have is asked for again after an hour only.
        if (answered === 501 || (!place.main && how.includes('404'))) return;
        if (!passes) await page.reload();
        await expect(() => there(page)).toPass({ timeout: RECOVERY });
        await standsWithoutFalseWords(page);
      });
    }
  });
}

test('no answer at all: every page says so in time, and completes itself', async ({ page, context, world, guard }) => {
  test.setTimeout(90_000);
  const addresses = await Promise.all(shapes.map(({ place }) => place.address(world)));
  addresses.filter((address) => address !== '/').forEach((address) => guard.expects(503, address));
  await enter(page, world);
  await force(world, shapes.flatMap(({ place }) => asked(place)), { hang: true });
  const tabs = await Promise.all(
    shapes.map(async ({ shape, place, there }, at) => {
      const tab = await context.newPage();
      expect((await tab.goto(addresses[at]))?.status(), shape).toBe(place.main ? 503 : 200);
      await expect(tab.getByText('The provider is slow to answer.').first()).toBeAttached();
      await standsWithoutFalseWords(tab);
      return { tab, there };
    }),
  );
  await world.release();
  // A call that hangs is given up after twenty seconds, and tried once more.
  await Promise.all(tabs.map(({ tab, there }) => expect(() => there(tab)).toPass({ timeout: 60_000 })));
});
