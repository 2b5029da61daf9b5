// What is set on a server, and what it tells of itself: name, password, keys, addresses, rescue, giving it up; traffic.

import { send, fieldsOf, withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, property, row, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

/** Signs in with a name, as a colleague who shares the token. */
async function signInAs(page: Page, token: string, name: string) {
  await page.goto('/sign-in');
  await page.getByLabel('API token').fill(token);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
}

/** What the provider got of an operation, as method and status. */
async function sent(world: World, operation: string): Promise<string[]> {
  return (await world.journal(operation)).map((entry) => `${entry.method} ${entry.status}`);
}

/** The numbers of the keys that a server carries. */
async function keysOn(world: World, id: number): Promise<number[]> {
  const server: { ssh_keys: { id: number }[] } = await world.ask(`/servers/${id}`);
  return server.ssh_keys.map((key) => key.id);
}

const dialog = (page: Page) => page.getByRole('dialog');

test.describe('rename', () => {
  for (const { what, typed, words } of [
    { what: 'empty', typed: '', words: 'Enter a name.' },
    { what: 'a hyphen first', typed: '-web', words: 'No part begins or ends with a hyphen.' },
    { what: 'too long', typed: 'a'.repeat(254), words: 'At most 253 characters; these are 254.' },
    { what: 'accents', typed: 'wéb-1', words: 'Letters without accents, digits, hyphens and dots.' },
    { what: 'two dots', typed: 'web..1', words: 'A dot stands between two parts.' },
  ]) {
    test(`${what}: refused at its field, nothing is sent`, async ({ page, world, guard }) => {
      guard.expects(422, /confirm=rename/);
      const { id } = await world.server('web-1');
      await signIn(page, world.writeToken, `/servers/${id}?confirm=rename`);
      await withoutBrowserChecks(page);
      await page.getByLabel('Host name').fill(typed);
      await dialog(page).getByRole('button', { name: 'Rename' }).click();
      await expect(dialog(page).getByRole('alert')).toContainText(`Host name: ${words}`);
      await expect(page.getByLabel('Host name')).toHaveValue(typed);
      await expect(page.getByLabel('Host name')).toHaveAttribute('aria-invalid', 'true');
      expect(await world.journal('updateServerHostname')).toHaveLength(0);
    });
  }

  test('the second of two people sees what the first did, and who', async ({ page, world, house, browser, guard, scripts }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await alive(page, scripts);
    const context = await browser.newContext({ baseURL: house.console.url, javaScriptEnabled: scripts });
    guard.watch(context);
    const ada = await context.newPage();
    await signInAs(ada, world.writeToken, 'Ada');
    await ada.goto(`/servers/${id}?confirm=rename`);
    await ada.getByLabel('Host name').fill('web-of-ada');
    await dialog(ada).getByRole('button', { name: 'Rename' }).click();
    await expect(ada.getByText('The server has its new name.')).toBeVisible();
    await expect(ada.getByRole('status').filter({ hasText: /Ada renamed it (just now|\d+ seconds? ago)/ })).toBeVisible();
    await context.close();
    expect(await sent(world, 'updateServerHostname')).toEqual(['PUT 200']);

    if (!scripts) await page.reload();
    await expect(page.getByRole('status').filter({ hasText: 'Ada renamed it' })).toBeVisible({ timeout: 25_000 });
    expect((await world.ask(`/servers/${id}`)).hostname).toBe('web-of-ada');
  });
});

test.describe('password', () => {
  test('set with a reboot: sent once, and nowhere to be seen', async ({ page, world, guard }) => {
    const password = 'correct horse 7%';
    guard.keepsSecret(password);
    const { id } = await world.server('web-1');
    await world.freeze();
    await signIn(page, world.writeToken, `/servers/${id}?tab=access`);
    await expect(property(page, 'Account')).toHaveText('root');
    await expect(property(page, 'From a terminal')).toContainText('ssh root@203.0.113.4');
    await page.getByRole('link', { name: 'Set password' }).click();
    await expect(dialog(page)).toContainText('Whoever signs in to web-1 as root needs the new password.');
    await dialog(page).getByText('Show as curl').click();
    await expect(dialog(page).getByText('curl -X PUT')).toContainText('$PASSWORD');
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('Reboot now').check();
    await dialog(page).getByRole('button', { name: 'Set password' }).click();
    await expect(page).toHaveURL(new RegExp(`/servers/${id}\\?tab=access`));
    await expect(page.getByText('The password is set. It takes effect with a restart.')).toBeVisible();
    // The reboot, and who asked for it.
    await expect(page.getByText('It restarts for its new password, begun')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'You set its password' })).toBeVisible();
    expect(await sent(world, 'changeServerPassword')).toEqual(['PUT 204']);
    expect((await world.ask(`/servers/${id}`)).locked).toBe(true);
  });

  test('without a reboot nothing is interrupted', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access&confirm=password`);
    await page.getByLabel('New password').fill('correct horse');
    await dialog(page).getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('The password is set.')).toBeVisible();
    expect(await sent(world, 'changeServerPassword')).toEqual(['PUT 204']);
    expect((await world.ask(`/servers/${id}`)).locked).toBe(false);
  });

  test('a weak one: refused at its field; it is gone, what was ticked is not', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=password/);
    guard.keepsSecret('pass5');
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access&confirm=password`);
    for (const [typed, words] of [
      ['', 'Enter a password.'],
      ['pass5', 'At least 6 characters.'],
    ]) {
      await withoutBrowserChecks(page);
      await page.getByLabel('New password').fill(typed);
      await page.getByLabel('Reboot now').check();
      await dialog(page).getByRole('button', { name: 'Set password' }).click();
      await expect(dialog(page).getByRole('alert')).toContainText(`New password: ${words}`);
      await expect(page.getByLabel('New password')).toHaveValue('');
      await expect(page.getByLabel('Reboot now')).toBeChecked();
    }
    expect(await world.journal('changeServerPassword')).toHaveLength(0);
  });

  test('a form without its fields: an error, no accident', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=password/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access&confirm=password`);
    const { account, once, seal } = await fieldsOf(page, 'Set password');
    const answer = await send(page, '/do/servers/password', { account, once, seal, id: String(id) });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toMatch(/confirm=password&draft=/);
    const lost = await send(page, '/do/servers/password', { account, once: 'f'.repeat(32), seal, password: 'long enough' });
    expect(lost.status()).toBe(303);
    expect(await world.journal('changeServerPassword')).toHaveLength(0);
  });
});

test.describe('a locked server', () => {
  test.use({ seed: 'typical' });

  test('423: the dialog says so before and after, and keeps all but the secret', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=password/);
    guard.keepsSecret('correct horse');
    const { id } = await world.server('shop');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access`);
    await expect(page.getByText('A snapshot of it is being made, begun')).toBeVisible();
    await page.getByRole('link', { name: 'Set password' }).click();
    await expect(dialog(page)).toContainText('until it ends, the provider may refuse');
    await page.getByLabel('New password').fill('correct horse');
    await page.getByLabel('Reboot now').check();
    await dialog(page).getByRole('button', { name: 'Set password' }).click();
    await expect(dialog(page).getByRole('alert')).toHaveText(
      'Another task is running on it. Nothing was changed; try again in a minute.',
    );
    await expect(page.getByLabel('New password')).toHaveValue('');
    await expect(page.getByLabel('Reboot now')).toBeChecked();
    expect(await sent(world, 'changeServerPassword')).toEqual(['PUT 423']);
    await dialog(page).getByRole('link', { name: 'Cancel', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'You wanted to set its password' })).toContainText(
      'not done: another task ran.',
    );
  });

  test('Windows has another account', async ({ page, world }) => {
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access`);
    await expect(property(page, 'Account')).toHaveText('Administrator');
    await expect(property(page, 'From a terminal')).toHaveCount(0);
  });

  test('an app comes with its first steps, as text', async ({ page, world }) => {
    const { id } = await world.server('shop');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await expect(page.getByRole('region', { name: 'Getting started' })).toContainText('WordPress is ready.');
    const { id: plain } = await world.server('web-1');
    await world.forgetJournal();
    await page.goto(`/servers/${plain}`);
    await expect(page.getByRole('heading', { name: 'Getting started' })).toHaveCount(0);
    expect((await world.journal('getServer')).filter((entry) => entry.query?.includes('include'))).toHaveLength(0);
  });

  test('traffic without a limit says so', async ({ page, world }) => {
    const { id } = await world.server('backup-sofia');
    await signIn(page, world.writeToken, `/servers/${id}?tab=traffic`);
    await expect(property(page, 'Limit of the plan')).toHaveText('Unmetered');
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  });
});

test.describe('SSH keys', () => {
  test('those it carries are ticked; what is unticked is taken away', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    const [laptop] = await keysOn(world, id);
    await signIn(page, world.writeToken, `/servers/${id}?tab=access`);
    await expect(row(page, 'Laptop')).toBeVisible();
    await page.getByRole('link', { name: 'Set SSH keys' }).click();
    await expect(page.getByLabel('Laptop')).toBeChecked();
    await page.getByLabel('Laptop').uncheck();
    await dialog(page).getByRole('button', { name: 'Set keys' }).click();
    await expect(page.getByText('The SSH keys are set. They take effect with a restart.')).toBeVisible();
    await expect(page.getByText('No SSH key of this account is known to be on it.')).toBeVisible();
    expect(await sent(world, 'updateServerSshKeys')).toEqual(['PATCH 200']);
    expect(await keysOn(world, id)).toEqual([]);

    await page.getByRole('link', { name: 'Set SSH keys' }).click();
    await expect(page.getByLabel('Laptop')).not.toBeChecked();
    await page.getByLabel('Laptop').check();
    await page.getByLabel('Reboot now').check();
    await dialog(page).getByRole('button', { name: 'Set keys' }).click();
    await expect(page.getByText('It restarts for its new SSH keys')).toBeVisible();
    expect(await keysOn(world, id)).toEqual([laptop]);
  });

  test('when the account’s keys cannot be read, none is lost', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    const before = await keysOn(world, id);
    await world.force('listSshKeys', { status: 500, times: 0 });
    await signIn(page, world.writeToken, `/servers/${id}?tab=access`);
    await expect(page.getByText("There is no word on the account's SSH keys.")).toBeVisible();
    await expect(row(page, 'Laptop')).toBeVisible();
    await page.getByRole('link', { name: 'Set SSH keys' }).click();
    await expect(page.getByLabel('Laptop')).toBeChecked();
    await dialog(page).getByRole('button', { name: 'Set keys' }).click();
    await expect(page.getByText('The SSH keys are set.')).toBeVisible();
    expect(await keysOn(world, id)).toEqual(before);
  });

  test('nobody can tell which keys it has: none is taken away', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=ssh-keys/);
    const { id } = await world.server('web-1');
    const { ssh_keys, ...rest } = await world.ask(`/servers/${id}`);
    await world.force('getServer', { status: 200, body: { data: rest }, times: 0 });
    await world.force('listSshKeys', { status: 500, times: 0 });
    await signIn(page, world.writeToken, `/servers/${id}?tab=access&confirm=ssh-keys`);
    await dialog(page).getByRole('checkbox', { name: /reboot/i }).check();
    await dialog(page).getByRole('button', { name: 'Set keys' }).click();
    await expect(dialog(page)).toContainText('The keys could not be shown, so they were left as they are.');
    expect(await world.journal('updateServerSshKeys')).toHaveLength(0);
    await world.release();
    expect(await keysOn(world, id)).toEqual(ssh_keys.map((key: { id: number }) => key.id));
  });

  test('a key that is gone meanwhile: said at the keys', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=ssh-keys/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=access&confirm=ssh-keys`);
    const fields = await fieldsOf(page, 'Set keys');
    const answer = await send(page, '/do/servers/ssh-keys', { ...fields, 'key-999999': 'on' });
    await page.goto(answer.headers().location!);
    await expect(dialog(page).getByRole('alert')).toContainText('SSH keys: The provider says:');
    await expect(page.getByLabel('Laptop')).toBeChecked();
    expect(await sent(world, 'updateServerSshKeys')).toEqual(['PATCH 422']);
  });
});

test.describe('network', () => {
  test('all addresses; another one becomes the primary one, with a reboot', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    const server: { ip_addresses: { id: number; ip_address: string; version: number; main: boolean }[] } = await world.ask(`/servers/${id}`);
    const other = server.ip_addresses.find((address) => address.version === 4 && !address.main)!;
    await world.freeze();
    await signIn(page, world.writeToken, `/servers/${id}?tab=network`);
    await expect(row(page, '203.0.113.4').first()).toContainText('Primary');
    await expect(property(page, 'First')).toContainText('9.9.9.9');
    const floating = page.getByRole('table', { name: 'Floating IPs on this server' });
    await expect(floating.getByRole('rowheader', { name: other.ip_address })).toBeVisible();
    expect((await world.journal('listFloatingIps')).map((entry) => entry.status)).toEqual([200]);
    await page.getByRole('link', { name: `Make ${other.ip_address} primary` }).click();
    await expect(dialog(page)).toContainText(`${other.ip_address} becomes the primary address of web-1 instead of 203.0.113.4.`);
    await expect(dialog(page)).toContainText('web-1 reboots at once');
    await dialog(page).getByRole('button', { name: 'Make primary' }).click();
    await expect(page.getByText('The server reboots with its new primary address.')).toBeVisible();
    const table = page.getByRole('table', { name: 'Addresses of this server' });
    const changed = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: other.ip_address }) });
    await expect(changed).toContainText('Primary');
    await expect(page.getByText('It restarts for its new primary address')).toBeVisible();
    expect(await sent(world, 'changePrimaryIp')).toEqual(['POST 200']);
  });

  test('an address that cannot be primary: the provider’s words above the form', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=primary-ip/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=network`);
    await page.getByRole('link', { name: /^Make 2001:db8:\S+ primary/ }).click();
    await dialog(page).getByRole('button', { name: 'Make primary' }).click();
    await expect(dialog(page).getByRole('alert')).toContainText('The provider says: The primary address must be an IPv4 address.');
    expect(await sent(world, 'changePrimaryIp')).toEqual(['POST 422']);
  });

  test('an address of nobody asks nothing', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=network`);
    for (const address of ['', '0', 'x', '999999']) {
      await page.goto(`/servers/${id}?tab=network&confirm=primary-ip&address=${address}`);
      await expect(page.getByRole('heading', { name: 'Resolvers' })).toBeVisible();
      await expect(dialog(page)).toHaveCount(0);
    }
  });

  test('floating IPs that cannot be read leave the rest alone', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await world.force('listFloatingIps', { status: 500, times: 0 });
    await signIn(page, world.writeToken, `/servers/${id}?tab=network`);
    await expect(page.getByText('There is no word on floating IPs.')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: '203.0.113.4' })).toBeVisible();
  });

  test('a server with one address says why there is no choice', async ({ page, world }) => {
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=network`);
    await expect(page.getByRole('link', { name: /^Make primary/ })).toHaveCount(0);
    await expect(page.getByText('None is attached to it.')).toBeVisible();
  });
});

test('rescue: on with a password, and off again', async ({ page, world, guard }) => {
  guard.expects(422, /confirm=rescue-on/);
  guard.keepsSecret('only for rescue');
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}?tab=boot`);
  await expect(property(page, 'Runs')).toHaveText('Its own system');
  await page.getByRole('link', { name: 'Boot the rescue system' }).click();
  await expect(dialog(page)).toContainText('web-1 reboots at once into a small system of the provider');
  await dialog(page).getByRole('button', { name: 'Boot rescue' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Enter a password or choose a key');
  expect(await world.journal('enableRescue')).toHaveLength(0);
  await page.getByLabel('Password of the rescue system').fill('only for rescue');
  await page.getByLabel('Laptop').check();
  await dialog(page).getByRole('button', { name: 'Boot rescue' }).click();
  await expect(page.getByText('The server reboots into the rescue system.')).toBeVisible();
  await expect(page.getByText('It restarts, into or out of the rescue system')).toBeVisible();
  expect(await sent(world, 'enableRescue')).toEqual(['POST 204']);
  await world.pass(10);
  await expect(property(page, 'Runs')).toHaveText('The rescue system', { timeout: 25_000 });
  await expect(page.getByText('It runs the rescue system, not its own.')).toBeVisible();

  await page.getByRole('link', { name: 'Leave the rescue system' }).click();
  await dialog(page).getByRole('button', { name: 'Leave rescue' }).click();
  await expect(page.getByText('The server reboots into its own system.')).toBeVisible();
  expect(await sent(world, 'disableRescue')).toEqual(['DELETE 204']);
  await world.pass(10);
  await expect(property(page, 'Runs')).toHaveText('Its own system', { timeout: 25_000 });
});

test.describe('giving it up', () => {
  test('at the end of the paid period, with a reason; and keeping it after all', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?confirm=cancel`);
    await expect(dialog(page)).toContainText(/web-1 stays as it is until \d+ \w+ \d{4}\./);
    await page.getByLabel('Reason').fill('Replaced by a larger one');
    await dialog(page).getByRole('button', { name: 'Cancel at expiry' }).click();
    await expect(page.getByText('The server is cancelled at the end of the paid period.')).toBeVisible();
    await expect(page.getByText('It is cancelled: “Replaced by a larger one”')).toContainText(/It runs until \d+ \w+ \d{4}/);
    expect(await sent(world, 'cancelServer')).toEqual(['POST 204']);
    const server = await world.ask(`/servers/${id}`);
    expect(server.status).toBe('active');
    expect(server.cancel_request.reason).toBe('Replaced by a larger one');

    await page.getByRole('link', { name: 'Keep it after all' }).click();
    await expect(dialog(page)).toContainText('The cancellation of web-1 is withdrawn.');
    await dialog(page).getByRole('button', { name: 'Keep server' }).click();
    await expect(page.getByText('The cancellation is withdrawn.')).toBeVisible();
    expect(await sent(world, 'undoCancelServer')).toEqual(['DELETE 204']);
    expect((await world.ask(`/servers/${id}`)).cancel_request).toBeNull();
  });

  test('at once: only its name confirms it', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=cancel-now/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?confirm=cancel`);
    await dialog(page).getByRole('link', { name: 'Give it up at once instead' }).click();
    await expect(page).toHaveURL(/confirm=cancel-now/);
    await expect(dialog(page)).toContainText('web-1 is suspended at once');
    await expect(dialog(page).getByRole('link', { name: 'Give it up at the end of the paid period instead' })).toBeVisible();
    for (const [typed, words] of [
      ['web-2', 'That is not its name.'],
      ['', 'Type its name.'],
    ]) {
      await withoutBrowserChecks(page);
      await page.getByLabel('Reason').fill('No longer needed');
      await page.getByLabel('Name', { exact: true }).fill(typed);
      await dialog(page).getByRole('button', { name: 'Cancel at once' }).click();
      await expect(dialog(page).getByRole('alert')).toContainText(words);
      await expect(page.getByLabel('Reason')).toHaveValue('No longer needed');
    }
    expect(await world.journal('cancelServer')).toHaveLength(0);
    await page.getByLabel('Name', { exact: true }).fill('web-1');
    await dialog(page).getByRole('button', { name: 'Cancel at once' }).click();
    await expect(page.getByText('The server is cancelled and suspended.')).toBeVisible();
    await expect(property(page, 'State')).toHaveText('Suspended');
    expect(await sent(world, 'cancelServer')).toEqual(['POST 204']);
    expect((await world.ask(`/servers/${id}`)).status).toBe('suspended');
  });

  test('a second time: the provider’s words, and what was typed', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=cancel/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?confirm=cancel`);
    const second = await page.context().newPage();
    await second.goto(`/servers/${id}?confirm=cancel`);
    await second.getByLabel('Reason').fill('Two tabs');
    await dialog(page).getByRole('button', { name: 'Cancel at expiry' }).click();
    await expect(page.getByText('The server is cancelled at the end of the paid period.')).toBeVisible();
    await dialog(second).getByRole('button', { name: 'Cancel at expiry' }).click();
    await expect(dialog(second).getByRole('alert')).toContainText('The provider says: The cancellation of the server has already been requested.');
    await expect(second.getByLabel('Reason')).toHaveValue('Two tabs');
    expect(await sent(world, 'cancelServer')).toEqual(['POST 204', 'POST 422']);
  });
});

test.describe('traffic', () => {
  test('by day and against the plan, by month', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=traffic`);
    await expect(page.getByRole('img', { name: /^Traffic by day,/ })).toBeVisible();
    await expect(property(page, 'Limit of the plan')).toHaveText('5 TB');
    await expect(property(page, 'Used this month')).toHaveText(/^[\d.]+ [GT]B \([\d.]+ %\)$/);
    await expect(page.getByRole('progressbar', { name: 'Traffic of this month, of the plan' })).toBeVisible();
    const asked = await world.journal('getServerBandwidth');
    expect(asked.map((entry) => `${entry.method} ${entry.status} ${entry.query ?? ''}`)).toEqual(['GET 200 ']);

    const months = page.getByRole('navigation', { name: 'Month' }).getByRole('link');
    await expect(months.first()).toHaveAttribute('aria-current', 'true');
    await months.nth(1).click();
    await expect(page).toHaveURL(/\?tab=traffic&month=\d{4}-\d{2}$/);
    await expect(months.nth(1)).toHaveAttribute('aria-current', 'true');
    const last = (await world.journal('getServerBandwidth')).at(-1)!;
    const query = new URLSearchParams(last.query ?? '');
    const seconds = Number(query.get('filter[end]')) - Number(query.get('filter[start]'));
    // A month, an hour more or less where the clocks change, up to its last second.
    expect(Math.round((seconds + 1) / 86_400)).toBeGreaterThanOrEqual(28);
    expect(Math.round((seconds + 1) / 86_400)).toBeLessThanOrEqual(31);
    await page.getByText('Numbers', { exact: true }).click();
    const days = page.getByRole('table', { name: 'Traffic by day, numbers' }).getByRole('row');
    await expect(days).toHaveCount(Math.round((seconds + 1) / 86_400) + 1);
  });

  test('a month that is none is the present one', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=traffic`);
    for (const month of ['', 'x', '2026-13', '9999-01', '2026-1', '%00']) {
      await page.goto(`/servers/${id}?tab=traffic&month=${month}`);
      const first = page.getByRole('navigation', { name: 'Month' }).getByRole('link').first();
      await expect(first, month).toHaveAttribute('aria-current', 'true');
    }
  });

  test('what cannot be read leaves the rest of the page alone', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await world.force('getServerBandwidth', { status: 500, times: 0 });
    await signIn(page, world.writeToken, `/servers/${id}?tab=traffic`);
    await expect(page.getByText('There is no word on traffic.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Restart' })).toBeVisible();
  });
});

test('metrics begin with the present values, also when the curves cannot be had', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.force('getServerMetrics', { status: 500, times: 0 });
  await signIn(page, world.writeToken, `/servers/${id}?tab=metrics`);
  await expect(property(page, 'Power')).toHaveText('Running');
  await expect(property(page, 'Processor')).toHaveText(/^[\d.]+ %$/);
  await expect(property(page, 'Disk')).toHaveText(/^[\d.]+ GB of 50 GB$/);
  await expect(page.getByText('There is no word on metrics.')).toBeVisible();
  expect(await sent(world, 'getServerStatus')).toContain('GET 200');
});

test('curves of 30 days, also when the present values cannot be had', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.force('getServerStatus', { status: 500, times: 0 });
  await signIn(page, world.writeToken, `/servers/${id}?tab=metrics&range=30d`);
  await expect(page.getByRole('img', { name: /^Processor,/ })).toBeVisible();
  await expect(page.getByText('There is no word on the present values.')).toBeVisible();
});
