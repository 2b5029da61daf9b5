// Signing in and out, and what happens to a session in between.

import { send } from '../support/forms.ts';
import { startConsole } from '../support/programs.ts';
import { alive, expect, heading, openMenu, row, signIn, signInByForm, signOut, test } from '../support/test.ts';

const TOKEN_REFUSED = 'The provider no longer accepts the token of your session';

test('a token opens the account, and the menu says whose it is and what it may do', async ({ page, world }) => {
  await page.goto('/sign-in');
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();
  await openMenu(page);
  await expect(page.getByRole('banner').getByText(world.email).last()).toBeVisible();
  await expect(page.getByRole('banner').getByText('Ada')).toBeVisible();
  await expect(page.getByText('Token: read and write')).toBeVisible();
});

test('a token that only reads is known as such', async ({ page, world }) => {
  await signInByForm(page, world.readToken);
  await openMenu(page);
  await expect(page.getByText('Token: probably read-only')).toBeVisible();
});

test('a mistyped token is refused in clear words, and the name stays', async ({ page, guard }) => {
  guard.expects(422, '/sign-in');
  await page.goto('/sign-in?next=%2Fisos');
  await page.getByLabel('API token').fill('no-token-of-anybody');
  await page.getByLabel('Your name').fill('Ada & Евгения');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'The provider does not accept this token. It is mistyped, or it was revoked. Nothing was stored.',
  );
  await expect(page.getByLabel('Your name')).toHaveValue('Ada & Евгения');
  await expect(page.getByLabel('API token')).toHaveValue('');
  await expect(page.getByText('You will be led to /isos afterwards.')).toBeVisible();
});

test.describe('the provider is in trouble at sign-in', () => {
  for (const { what, forced, words } of [
    { what: 'hangs', forced: { hang: true }, words: 'The provider did not answer in time. Nothing was stored' },
    { what: 'breaks off', forced: { reset: true }, words: 'The provider cannot be reached. Nothing was stored' },
    { what: 'fails', forced: { status: 500 }, words: 'The provider’s answer could not be used' },
    { what: 'has had enough', forced: { status: 429 }, words: 'allows no more requests with this token right now' },
  ]) {
    test(`it ${what}: said, nothing stored`, async ({ page, world, guard }) => {
      guard.expects(422, '/sign-in');
      await world.force('*', { ...forced, times: 0 });
      await page.goto('/sign-in');
      await page.getByLabel('API token').fill(world.writeToken);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toContainText(words.replace('’', "'"));
      await world.release();
      await page.goto('/servers');
      await expect(page).toHaveURL('/sign-in?next=%2Fservers');
    });
  }
});

test('a shared link leads through sign-in to its page', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  const shared = `/servers/${id}?tab=metrics&range=7d`;
  await page.goto(shared);
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByText(`You will be led to ${shared} afterwards.`)).toBeVisible();
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(shared);
  await expect(heading(page, 'web-1')).toBeVisible();
  await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'true');
});

test('another token can take over, after the page has said who is signed in', async ({ page, world }) => {
  await signInByForm(page, world.writeToken);
  await page.goto('/sign-in');
  await expect(page.getByRole('status').filter({ hasText: `You are signed in as ${world.email}` })).toBeVisible();
  await page.getByLabel('API token').fill(world.readToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();
  await openMenu(page);
  await expect(page.getByText('Token: probably read-only')).toBeVisible();
});

test('signing out ends the session in every tab', async ({ page, context, world, scripts, guard }) => {
  // A stream that ends tries again once before the page goes.
  guard.expects(401, /^\/live/);
  await signInByForm(page, world.writeToken, '/servers');
  const other = await context.newPage();
  await other.goto('/isos');
  await expect(row(other, /debian/)).toBeVisible();
  await alive(other, scripts);

  await signOut(page);

  // The other tab notices by itself where scripts run; elsewhere at the next step.
  if (!scripts) await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?(.*&)?next=%2Fisos/);
  await expect(heading(other, 'Sign in')).toBeVisible();

  await page.goBack();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(0);
  await page.goto('/invoices');
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('the session cookie is worth nothing after signing out', async ({ page, context, world, playwright, baseURL }) => {
  await signInByForm(page, world.writeToken);
  const kept = await context.storageState();
  await signOut(page);
  const thief = await playwright.request.newContext({ baseURL, storageState: kept });
  const answer = await thief.get('/servers', { maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toMatch(/^\/sign-in\?next=%2Fservers(&|$)/);
  await thief.dispose();
});

test('a token revoked at the provider leads to sign-in with the reason, and back', async ({ page, world, guard }) => {
  guard.expects(422, '/sign-in');
  const { id } = await world.ticket('No route');
  // From a page that listens to nothing: one that does would be led away by itself.
  await signInByForm(page, world.writeToken, '/keys');
  await world.faults({ revoke: 'write' });
  await page.goto(`/tickets/${id}`);
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(TOKEN_REFUSED);
  await world.faults({ revoke: 'none' });
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`/tickets/${id}`);
  await expect(heading(page, 'No route to the server')).toBeVisible();
});

test('a token revoked while a page is watched leads to sign-in with the reason', async ({ page, world, guard, scripts }) => {
  guard.expects(422, '/sign-in');
  guard.expects(401, /^\/live/);
  await world.addIso('https://mirror.example.org/slow.iso?seconds=600');
  await signInByForm(page, world.writeToken, '/isos');
  await alive(page, scripts);
  await world.faults({ revoke: 'write' });
  // The stream ends, or the page refreshes itself.
  await expect(heading(page, 'Sign in')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('alert')).toContainText(TOKEN_REFUSED);
  await expect(page).toHaveURL(/next=%2Fisos/);
});

test('a form that was open while the session ended is not lost', async ({ page, context, world, guard }) => {
  guard.expects(422, '/isos/new');
  await signInByForm(page, world.writeToken, '/isos/new');
  await page.getByLabel('Address').fill('https://mirror.example.org/kept.iso?seconds=600');
  // Signed out in another tab. No stream tells this one: it has nothing to follow.
  const other = await context.newPage();
  await other.goto('/invoices');
  await signOut(other);

  await page.getByRole('button', { name: 'Add ISO' }).click();
  await expect(page.getByText('What you typed is kept: sign in to go on.')).toBeVisible();
  expect(await world.journal('createIso')).toHaveLength(0);
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Add ISO')).toBeVisible();
  await expect(page.getByLabel('Address')).toHaveValue('https://mirror.example.org/kept.iso?seconds=600');
});

test('guessing tokens is throttled', async ({ page, house, guard }) => {
  // A console of its own: the throttle counts by address, and all tests come from one.
  const console = await startConsole({ sandbox: house.sandbox });
  guard.trusts(console.url);
  guard.expects(422, '/sign-in');
  await page.goto(`${console.url}/sign-in`);
  for (let guess = 0; guess < 10; guess += 1) {
    const answer = await send(page, '/do/sign-in', { token: `guess-${guess}` });
    expect(answer.headers().location).toBe('/sign-in?reason=refused');
  }
  await page.getByLabel('API token').fill('guess-10');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Too many tokens were refused from your address.');
  await console.stop();
});

test('the demo can be tried without a token', async ({ page, guard }) => {
  const console = await startConsole({});
  guard.trusts(console.url);
  await page.goto(`${console.url}/isos`);
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(page).toHaveURL(`${console.url}/isos`);
  await expect(row(page, 'rescue-9.2.iso')).toBeVisible();
  await expect(page.getByRole('banner').getByText('Demo', { exact: true })).toBeVisible();

  await page.goto(`${console.url}/sign-in`);
  await page.getByRole('button', { name: 'Try it read-only' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();
  await openMenu(page);
  await expect(page.getByText('Token: probably read-only')).toBeVisible();
  await console.stop();
});

test('without the sandbox inside there is no demo', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('button', { name: /demo/i })).toHaveCount(0);
});

test('a session that ends while nobody looks at what was typed takes nothing away either', async ({ page, context, world, guard, scripts }) => {
  test.skip(!scripts, 'without scripts nothing hears that it ends');
  guard.expects(401, /^\/live/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=rename`);
  await alive(page, scripts);
  await page.getByLabel('Host name').fill('typed-1');
  const look = (state: DocumentVisibilityState) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await look('hidden');
  const elsewhere = await context.newPage();
  await elsewhere.goto('/keys');
  await signOut(elsewhere);
  await elsewhere.close();
  await look('visible');
  await expect(page.getByText('Your session has ended. What you have typed is not lost')).toBeVisible({ timeout: 10_000 });
  // To fetch the token one leaves again.
  await look('hidden');
  await look('visible');
  await page.keyboard.press('Control+k');
  await expect(page.getByLabel('Host name')).toHaveValue('typed-1');
  await expect(page.getByText('Your session has ended. What you have typed is not lost')).toBeVisible();
});

test('a session that ends while somebody types takes nothing away', async ({ page, context, world, guard, scripts }) => {
  test.skip(!scripts, 'without scripts nothing hears that it ends');
  guard.expects(422, /confirm=rename&draft=/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=rename`);
  await alive(page, scripts);
  await page.getByLabel('Host name').fill('typed-1');
  const elsewhere = await context.newPage();
  await elsewhere.goto('/keys');
  await signOut(elsewhere);
  await elsewhere.close();
  await expect(page.getByText('Your session has ended. What you have typed is not lost')).toBeVisible();
  await expect(page.getByLabel('Host name')).toHaveValue('typed-1');
  // Sent, it is there again after the sign-in.
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Host name')).toHaveValue('typed-1');
  expect(await world.journal('updateServerHostname')).toHaveLength(0);
});
