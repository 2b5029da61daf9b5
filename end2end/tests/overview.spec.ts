// The overview: counts, and what needs attention.

import { expect, heading, signIn, test, type Page } from '../support/test.ts';

const tile = (page: Page, name: string) =>
  page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });

test.describe('a typical account', () => {
  test.use({ seed: 'typical' });

  test('counts what there is, and leads to it', async ({ page, world }) => {
    await signIn(page, world.writeToken);
    await expect(page).toHaveTitle('Overview · Vitosha');
    await expect(tile(page, 'Servers')).toContainText('11');
    await expect(tile(page, 'Servers')).toContainText(/\d+ running/);
    await expect(tile(page, 'ISOs')).toContainText('5');
    await expect(tile(page, 'ISOs')).toContainText('3 downloading');
    await expect(tile(page, 'Tickets')).toContainText('open, of 6 tickets');
    await expect(tile(page, 'Balance')).toContainText(/€\d/);
    await tile(page, 'Tickets').getByRole('link', { name: 'Tickets' }).click();
    await expect(heading(page, 'Tickets')).toBeVisible();
  });

  test('names what needs attention, most urgent first', async ({ page, world }) => {
    await signIn(page, world.writeToken);
    const items = page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem');
    const suspended = items.filter({ hasText: 'old-shop is suspended: renew it, or it will be terminated.' });
    await expect(suspended).toContainText('Urgent');
    await expect(items.first()).toContainText('Urgent');
    await expect(items.filter({ hasText: 'cache-1 is paid for' })).toContainText('does not renew by itself');
    // What the list does not tell is read one by one: the machine of one of them does not answer.
    await expect(async () => {
      await page.reload();
      await expect(items.filter({ hasText: 'backup-sofia is on a machine that does not answer' })).toHaveCount(1, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expect(items.filter({ hasText: 'shop is locked by a task of the provider' })).toHaveCount(1);
    await expect(items.filter({ hasText: 'Snapshot takes very long was answered by support' })).toHaveCount(1);
    await suspended.getByRole('link', { name: 'old-shop' }).click();
    await expect(heading(page, 'old-shop')).toBeVisible();
  });
});

test.describe('five thousand servers', () => {
  test.use({ seed: 'large' });

  test('those whose paid time ends first are looked at, and that is said', async ({ page, world }) => {
    await signIn(page, world.writeToken);
    await expect(page.getByText('Of more than 300 servers only the 50 whose paid time ends first were looked at.')).toBeVisible();
    await expect(page.getByText('Nothing at the moment.')).toHaveCount(0);
    await expect(tile(page, 'Servers')).toContainText(/\d{4}/);
  });
});

test.describe('fifty servers', () => {
  test.use({ seed: 'fifty' });

  test('all of them are looked at', async ({ page, world }) => {
    await signIn(page, world.writeToken);
    await expect(tile(page, 'Servers')).toContainText(/\d+ running/);
    await expect(page.getByText(/were looked at/)).toHaveCount(0);
  });
});

test.describe('an empty account', () => {
  test.use({ seed: 'empty' });

  test('has nothing to attend to, and says so', async ({ page, world }) => {
    await signIn(page, world.writeToken);
    await expect(page.getByText('Nothing at the moment.')).toBeVisible();
    await expect(tile(page, 'Servers')).toContainText('0');
  });
});

for (const { operation, name, missing } of [
  { operation: 'listServers', name: 'Servers', missing: 'servers' },
  { operation: 'listIsos', name: 'ISOs', missing: 'ISOs' },
  { operation: 'listTickets', name: 'Tickets', missing: 'tickets' },
  { operation: 'getBalance', name: 'Balance', missing: 'the balance' },
]) {
  test(`a part that fails (${operation}) leaves the others standing`, async ({ page, world }) => {
    await world.force(operation, { status: 500, times: 0 });
    await signIn(page, world.writeToken);
    await expect(tile(page, name)).toContainText('The provider reports a fault of its own.');
    await expect(page.getByText(`Not looked at, because there is no word on them: ${missing}.`)).toBeVisible();
    for (const other of ['Servers', 'ISOs', 'Tickets', 'Invoices', 'Balance'].filter((other) => other !== name)) {
      await expect(tile(page, other)).not.toContainText('fault');
      await expect(tile(page, other)).toContainText(/\d/);
    }
  });
}

test('without the live state of servers their traffic is not called well', async ({ page, world }) => {
  await world.force('listServerStatuses', { status: 500, times: 0 });
  await signIn(page, world.writeToken);
  await expect(page.getByText('Not looked at, because there is no word on them: the traffic of servers.')).toBeVisible();
  await expect(page.getByText('Nothing at the moment.')).toHaveCount(0);
});
