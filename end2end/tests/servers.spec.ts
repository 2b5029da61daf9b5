// Servers: finding one, looking at it, and switching it.

import { withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, heading, property, refreshing, row, sameDocument, signIn, test, type Page } from '../support/test.ts';

/** Names in the first column, in their order. */
async function names(page: Page): Promise<string[]> {
  return (await page.getByRole('rowheader').allTextContents()).map((name) => name.trim());
}

/** Waits until the provider was asked about the server once more. */
async function askedAgain(world: { journal: (operation: string) => Promise<unknown[]> }) {
  const before = (await world.journal('getServer')).length;
  await expect
    .poll(async () => (await world.journal('getServer')).length, { timeout: 15_000, message: 'the server is looked at' })
    .toBeGreaterThan(before);
}

test.describe('the list', () => {
  test.use({ seed: 'typical' });

  test('shows what there is, with power, state and address', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await expect(page).toHaveTitle('Servers · Vitosha');
    await expect(row(page, 'web-1')).toContainText('Running');
    await expect(row(page, 'web-1')).toContainText('203.0.113.4');
    await expect(row(page, 'build-1')).toContainText('Stopped');
    await expect(row(page, 'old-shop')).toContainText('Suspended');
    await expect(row(page, 'mail-1')).toContainText('Rescue');
    await expect(row(page, 'win-terminal')).toContainText('Network cut');
    await expect(row(page, 'shop').filter({ hasText: 'Locked' })).toHaveCount(1);
    await expect(row(page, 'cache-1')).toContainText('Soon');
    await expect(page.getByText('11 servers', { exact: true })).toBeVisible();
  });

  test('finds a server by its name, and says when none matches', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await page.getByRole('searchbox', { name: 'Name or address' }).fill('web');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page).toHaveURL(/\/servers\?q=web/);
    await expect(row(page, 'web-2')).toBeVisible();
    expect((await names(page)).every((name) => name.startsWith('web-'))).toBe(true);

    await page.getByRole('searchbox', { name: 'Name or address' }).fill('<b>nothing</b>');
    await page.getByRole('searchbox', { name: 'Name or address' }).press('Enter');
    await expect(page.getByText('No server matches.')).toBeVisible();
    await expect(page.getByRole('searchbox', { name: 'Name or address' })).toHaveValue('<b>nothing</b>');
    await page.getByRole('link', { name: 'Show all' }).click();
    await expect(row(page, 'db-1')).toBeVisible();
  });

  test('shows one state at a time', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    const states = page.getByRole('navigation', { name: 'State' });
    await states.getByRole('link', { name: 'Terminated' }).click();
    await expect(page).toHaveURL('/servers?state=terminated');
    await expect(row(page, 'test-2024')).toBeVisible();
    await expect.poll(() => names(page)).toEqual(['test-2024']);
    await expect(states.getByRole('link', { name: 'Terminated' })).toHaveAttribute('aria-current', 'true');
    await states.getByRole('link', { name: 'Being made' }).click();
    await expect(row(page, 'vpn')).toBeVisible();
    await expect.poll(() => names(page)).toEqual(['vpn']);
  });

  test('is sorted by the column that was chosen, and turned around', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await page.getByRole('link', { name: 'Paid until' }).click();
    await expect(page).toHaveURL('/servers?sort=expiry');
    await expect(page.getByRole('columnheader', { name: 'Paid until' })).toHaveAttribute('aria-sort', 'ascending');
    const ascending = await names(page);
    expect(ascending[0]).toBe('old-shop');
    await page.getByRole('link', { name: 'Paid until' }).click();
    await expect(page).toHaveURL('/servers?sort=-expiry');
    await expect(page.getByRole('columnheader', { name: 'Paid until' })).toHaveAttribute('aria-sort', 'descending');
    expect((await names(page)).at(-1)).toBe('old-shop');
  });
});

test.describe('a very long list', () => {
  test.use({ seed: 'large' });

  test('has pages, and its last one', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers?per_page=50');
    await expect(page.getByText(/^1 to 50 of \d{4}/)).toBeVisible();
    const first = await names(page);
    expect(first).toHaveLength(50);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL('/servers?per_page=50&page=2');
    await expect(page.getByText(/^51 to 100 of/)).toBeVisible();
    await expect.poll(() => names(page)).not.toContain(first[0]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Previous' }).click();
    await expect(page.getByText(/^1 to 50 of/)).toBeVisible();
  });
});

test('an account without servers says so', async ({ page, house }) => {
  const { World } = await import('../support/world.ts');
  const empty = await World.make(house.sandbox, { seed: 'empty' });
  await signIn(page, empty.writeToken, '/servers');
  await expect(page.getByText('No servers yet')).toBeVisible();
});

test('a server shows its plan, addresses, billing and metrics', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/servers');
  await row(page, 'web-1').getByRole('link', { name: 'web-1' }).click();
  await expect(page).toHaveTitle('web-1 · Vitosha');
  await expect(property(page, 'Power')).toHaveText('Running');
  await expect(property(page, 'Image')).toHaveText('Ubuntu 24.04');
  await expect(property(page, 'Plan')).toContainText('core');
  await expect(property(page, 'Monthly, with VAT')).toContainText(/^€\d+\.\d\d/);
  await expect(page.getByRole('rowheader', { name: '203.0.113.4' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Parts of web-1' }).getByRole('link', { name: 'Metrics' }).click();
  await expect(page.getByRole('img', { name: /^Processor,/ })).toBeVisible();
  await page.getByRole('navigation', { name: 'Range' }).getByRole('link', { name: '1 hour' }).click();
  await expect(page).toHaveURL(/\?tab=metrics&range=1h$/);
  // The numbers behind the curve, for those who read them.
  await page.getByText('Numbers', { exact: true }).first().click();
  await expect(page.getByRole('table', { name: 'Processor, numbers' }).getByRole('row').nth(1)).toContainText('%');
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Servers' }).click();
  await expect(heading(page, 'Servers')).toBeVisible();
});

test('restart: asked, confirmed, followed until it has settled', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}`);
  await page.getByRole('link', { name: 'Restart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restart web-1?' });
  await expect(dialog).toContainText('it is offline for about a minute');
  expect(await world.journal('restartServer')).toHaveLength(0);
  await dialog.getByRole('button', { name: 'Restart' }).click();

  await expect(page).toHaveURL(`/servers/${id}`);
  await expect(property(page, 'Power')).toHaveText('Restarting…');
  await expect(refreshing(page)).toHaveCount(scripts ? 0 : 1);
  expect(await world.journal('restartServer')).toHaveLength(1);
  await alive(page, scripts);
  const same = await sameDocument(page);
  // Half way it is off: seen, and still called a restart.
  await world.pass(4);
  await askedAgain(world);
  await expect(property(page, 'Power')).toHaveText('Restarting…');
  await world.pass(6);
  await expect(property(page, 'Power')).toHaveText('Running', { timeout: 15_000 });
  await expect(page.getByRole('status').filter({ hasText: 'It was restarted by you' })).toBeVisible();
  // With scripts nothing was loaded anew; without them the page did it by itself, and stops now.
  expect(await same()).toBe(scripts);
  if (!scripts) await expect(refreshing(page)).toHaveCount(0);
});

test('stop, then start', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}`);
  await alive(page, scripts);
  // What is not possible now is there, and says why.
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('It is already running.')).toBeAttached();

  await page.getByRole('link', { name: 'Stop' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop web-1?' });
  await expect(dialog).toContainText('be offline until somebody starts it again');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(property(page, 'Power')).toHaveText('Stopping…');
  await world.pass(7);
  await expect(property(page, 'Power')).toHaveText('Stopped', { timeout: 15_000 });
  await expect(page.getByText('It was stopped')).toBeVisible();

  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByRole('dialog', { name: 'Start web-1?' }).getByRole('button', { name: 'Start' }).click();
  await expect(property(page, 'Power')).toHaveText('Starting…');
  await world.pass(7);
  await expect(property(page, 'Power')).toHaveText('Running', { timeout: 15_000 });
  await expect(page.getByText('It was started')).toBeVisible();
  await page.getByRole('link', { name: 'Servers', exact: true }).first().click();
  await expect(row(page, 'web-1')).toContainText('Running');
});

test('the list says what was asked of a server, until the provider shows it', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}?confirm=stop`);
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(property(page, 'Power')).toHaveText('Stopping…');
  await page.getByRole('link', { name: 'Servers', exact: true }).first().click();
  await expect(row(page, 'web-1')).toContainText('Stopping…');
  await alive(page, scripts);
  await world.pass(7);
  await expect(async () => {
    // Who has no scripts may have chosen rows: nothing is fetched under their hands.
    if (!scripts) await page.reload();
    await expect(row(page, 'web-1')).toContainText('Stopped', { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});

test('a confirmation can be left', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=stop`);
  await alive(page, scripts);
  await page.getByRole('dialog').getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(`/servers/${id}`);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  if (scripts) {
    await page.getByRole('link', { name: 'Restart' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await alive(page, scripts);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(`/servers/${id}`);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect((await world.journal()).filter((entry) => /(start|stop)Server/.test(entry.operation ?? ''))).toHaveLength(0);
});

test.describe('refused', () => {
  test.use({ seed: 'typical' });

  test('a locked server: the page warns, and the refusal says why', async ({ page, world, guard }) => {
    guard.expects(422, /^\/servers\/\d+\?confirm=/);
    const { id } = await world.server('shop');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await expect(page.getByText('A snapshot of it is being made, begun')).toBeVisible();
    await page.getByRole('link', { name: 'Restart' }).click();
    await expect(page.getByRole('dialog')).toContainText('the provider may refuse');
    await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(
      'Another task is running on it. Nothing was changed; try again in a minute.',
    );
    expect((await world.journal('restartServer')).map((entry) => entry.status)).toEqual([423]);
  });

  test('a suspended server cannot be switched, and the page says why', async ({ page, world }) => {
    const { id } = await world.server('old-shop');
    await signIn(page, world.writeToken, `/servers/${id}`);
    for (const name of ['Start', 'Restart', 'Stop']) {
      await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true');
    }
    await expect(page.getByText('It is suspended: renew it first.').first()).toBeAttached();
  });
});

test('a read-only token: dialog and form warn before, and the refusal says why', async ({ page, world, guard }) => {
  guard.expects(422, /confirm=restart/);
  const { id } = await world.server('web-1');
  await signIn(page, world.readToken, `/servers/${id}?confirm=restart`);
  await expect(page.getByRole('dialog').getByText('This token can probably only read')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('this token can probably only read');
  expect((await world.journal('restartServer')).map((entry) => entry.status)).toEqual([403]);
  await page.goto('/isos/new');
  await expect(page.getByRole('main').getByRole('status')).toContainText('This token can probably only read');
  await expect(page.getByRole('button', { name: 'Add ISO' })).toBeEnabled();
});

test('an answer that is lost: said, not repeated', async ({ page, world, guard }) => {
  guard.expects(422, /confirm=restart/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=restart`);
  await world.force('restartServer', { reset: true, perform: true });
  await withoutBrowserChecks(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('It may have been done: look before you repeat it.');
  expect(await world.journal('restartServer')).toHaveLength(1);
  await page.getByRole('dialog').getByRole('link', { name: 'Cancel' }).click();
  await expect(property(page, 'Power')).toHaveText('Restarting…');
});

test('the address of a page can be copied', async ({ page, context, world, scripts }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}`);
  if (!scripts) {
    // Nothing is offered that does not work.
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeHidden();
    return;
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await alive(page, scripts);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.getByRole('button', { name: 'Copy address' }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('203.0.113.4');
});

test('when power cannot be had nothing is called empty', async ({ page, world, guard }) => {
  guard.expects(503, /^\/servers/);
  await world.force('listServerStatuses', { status: 500, times: 0 });
  await signIn(page, world.writeToken, '/servers?power=running');
  await expect(page.getByText('The provider reports a fault of its own.').first()).toBeVisible();
  await expect(page.getByText('No server matches.')).toHaveCount(0);
  expect((await page.request.get('/servers.csv')).status(), 'a file without power would look whole').toBe(503);
});

test.describe('a locked server', () => {
  test.use({ seed: 'typical' });

  test('who switches it is told by what it is locked, and since when', async ({ page, world }) => {
    const { id } = await world.server('shop');
    await signIn(page, world.writeToken, `/servers/${id}?confirm=restart`);
    const dialog = page.getByRole('dialog', { name: 'Restart shop?' });
    await expect(dialog).toContainText(/A snapshot of it is being made, begun .+ ago\. Until it ends, the provider may refuse\./);
  });
});
