// What every test begins with: a provider with an account of its own, a console, a watched browser.

import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { Guard } from './guard.ts';
import { length, said, startConsole, startSandbox, type Program } from './programs.ts';
import { World, type Seed } from './world.ts';

export { axe, axeOfColours } from './axe.ts';
export { expect };
export type { Locator, Page };

/** The programs of a worker. */
export type House = { sandbox: Program; console: Program };

export type Options = {
  /** What the account of the test holds. */
  seed: Seed;
};

type Fixtures = Options & {
  /** Whether scripts run in the browser. */
  scripts: boolean;
  /** The account of the test. */
  world: World;
  /** Fails the test for what goes wrong in the browser. */
  guard: Guard;
};

export const test = base.extend<Fixtures, { house: House }>({
  seed: ['small', { option: true }],

  house: [
    async ({}, use) => {
      const sandbox = await startSandbox();
      const console = await startConsole({ sandbox });
      await use({ sandbox, console });
      await console.stop();
      await sandbox.stop();
    },
    { scope: 'worker', timeout: 30_000 },
  ],

  baseURL: async ({ house }, use) => use(house.console.url),

  scripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  world: async ({ house, seed }, use) => use(await World.make(house.sandbox, { seed })),

  guard: [
    async ({ context, house, world, scripts }, use, testInfo) => {
      const programs = [house.console, house.sandbox];
      const before = programs.map(length);
      const guard = new Guard(new Set([house.console.url]), scripts);
      guard.keepsSecret(world.writeToken);
      guard.keepsSecret(world.readToken);
      guard.watch(context);
      await use(guard);
      const problems = await guard.found();
      const words = said(house.console, before[0]);
      for (const secret of [world.writeToken, world.readToken]) {
        if (words.includes(secret)) problems.push('the token is in the log of the console');
      }
      if (/a request broke|panicked/.test(words)) problems.push('a request broke in the console: see its log');
      if (problems.length > 0 || testInfo.status !== testInfo.expectedStatus) {
        for (const [index, name] of ['console', 'sandbox'].entries()) {
          const body = said(programs[index], before[index]);
          await testInfo.attach(`log of the ${name}`, { body, contentType: 'text/plain' });
        }
      }
      expect(problems, 'nothing goes wrong in the browser that the test did not name').toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in as the form would, and goes to a page: the way of every test that is about something else. */
export async function signIn(page: Page, token: string, then = '/') {
  const form = await page.request.get('/sign-in');
  const { origin } = new URL(form.url());
  const answer = await page.request.post('/do/sign-in', { form: { token }, headers: { origin, accept: 'text/html' }, maxRedirects: 0 });
  expect([answer.status(), answer.headers().location], 'signed in').toEqual([303, '/']);
  await page.goto(then);
  await expect(page).toHaveURL(new URL(then, page.url()).href);
}

/** Signs in through the form, and stands where the form leads: the overview, unless asked for another page. */
export async function signInByForm(page: Page, token: string, then = '/') {
  await page.goto(then === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(then)}`);
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new URL(then, page.url()).href);
}

/** Opens the menu that says who is signed in. */
export async function openMenu(page: Page) {
  await page.getByRole('banner').getByText('@').first().click();
}

/** Signs out through the menu. */
export async function signOut(page: Page) {
  await openMenu(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
}

/** The title of the page. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** The value of a property in a list of names and values. */
export function property(page: Page, name: string): Locator {
  const term = page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
  return page.locator('dl > div').filter({ has: term }).getByRole('definition');
}

/** The row of a table that has this name. */
export function row(page: Page, name: string | RegExp): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
}

/** What a page says that looks again by itself: only where no scripts run (Playwright's `getByText` looks past it). */
export function refreshing(page: Page): Locator {
  return page.getByRole('paragraph').filter({ hasText: 'This page refreshes itself every few seconds.' });
}

/** Waits until scripts have taken the page over; without scripts there is nothing to wait for. */
export async function alive(page: Page, scripts: boolean) {
  if (scripts) await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

/** Remembers this document. The answer says whether it is still the same: nothing was loaded anew. */
export async function sameDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-marked-by-test', ''));
  return () => page.evaluate(() => document.documentElement.hasAttribute('data-marked-by-test'));
}
