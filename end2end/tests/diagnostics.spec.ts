// Diagnostics: what became of each operation of the provider, told by place and kind.

import { axe, alive, expect, heading, row, signIn, test, type Page } from '../support/test.ts';

/** A row whose size is no number, with a word in it that must not come back. */
const misfit = { data: [{ id: 1, name: 'debian.iso', size: 'a secret size' }] };

/** The row of an operation: its words, then its name in the contract. */
const operation = (page: Page, id: string) => row(page, new RegExp(`\\b${id}$`));

test('reached from the footer; says what was called, what was not, and what did not fit', async ({ page, world, scripts }) => {
  await signIn(page, world.writeToken, '/servers');
  await world.force('listIsos', { status: 200, body: misfit, times: 0 });
  await page.goto('/isos');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Diagnostics' }).click();
  await expect(heading(page, 'Diagnostics')).toBeVisible();
  await expect(page).toHaveTitle('Diagnostics · Vitosha');
  await expect(page.getByText('1 operation answered something that does not fit')).toBeVisible();
  const servers = operation(page, 'listServers');
  await expect(servers).toContainText('Answered');
  await expect(servers).toContainText('GET /servers');
  await expect(servers).toContainText('Documented');
  await expect(servers.getByRole('time')).toContainText(/just now|\d+ seconds? ago/);
  await expect(operation(page, 'deleteIso')).toContainText('Never called');
  const isos = operation(page, 'listIsos');
  await expect(isos).toContainText('Fits in part');
  await expect(isos).toContainText('data.*.size: expected');
  await expect(page.getByRole('main')).not.toContainText('a secret size');
  await alive(page, scripts);
  if (scripts) await axe(page);
});

test('filters stand in the address and keep each other', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/isos');
  await world.force('listServers', { status: 200, body: { data: [{ id: 7, hostname: ['web'] }] } });
  await page.goto('/servers');
  await page.goto('/diagnostics');
  await page.getByRole('link', { name: 'Did not fit' }).click();
  await expect(page).toHaveURL('/diagnostics?show=misfits');
  await expect(operation(page, 'listServers')).toBeVisible();
  await expect(operation(page, 'listIsos')).toHaveCount(0);
  await page.getByLabel('Family').selectOption('ISOs');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL('/diagnostics?family=isos&show=misfits');
  await expect(page.getByText('Everything fitted so far.')).toBeVisible();
  await page.getByRole('link', { name: 'Called' }).click();
  await expect(page).toHaveURL('/diagnostics?show=called&family=isos');
  await expect(operation(page, 'listIsos')).toBeVisible();
  await expect(operation(page, 'listServers')).toHaveCount(0);
  await expect(page.getByLabel('Family')).toHaveValue('isos');
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expect(operation(page, 'createIso')).toContainText('Never called');
});

test('refused, not understood and failed look different', async ({ page, world, guard }) => {
  guard.expects(403, '/invoices');
  guard.expects(503, /^\/(tickets|servers)/);
  await signIn(page, world.writeToken);
  await world.force('listInvoices', { status: 403, times: 0 });
  await world.force('listTickets', { status: 200, body: '<html>', times: 0 });
  await world.force('listServers', { status: 500, times: 0 });
  // Other pages than the overview has read, so that nothing is kept of them.
  await page.goto('/invoices?page=2');
  await page.goto('/tickets?page=2');
  await page.goto('/servers?q=web');
  await page.goto('/diagnostics?show=called');
  await expect(operation(page, 'listInvoices')).toContainText('Refused');
  await expect(operation(page, 'listInvoices')).toContainText('not allowed (403)');
  await expect(operation(page, 'listTickets')).toContainText('Not understood');
  await expect(operation(page, 'listServers')).toContainText('Failed');
  await expect(operation(page, 'listServers')).toContainText('a fault of the provider (500)');
});

test('that nothing is missing at the provider is said too', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/diagnostics');
  await page.getByRole('link', { name: 'Not offered' }).click();
  await expect(page).toHaveURL('/diagnostics?show=not-offered');
  await expect(page.getByText('The provider offers all that was asked for.')).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(operation(page, 'listServers')).toBeVisible();
});

test('an account sees nothing of what another one did', async ({ page, world, house, browser, scripts }) => {
  await signIn(page, world.writeToken, '/isos');
  const { World } = await import('../support/world.ts');
  const other = await World.make(house.sandbox, { seed: 'small' });
  const context = await browser.newContext({ baseURL: house.console.url, javaScriptEnabled: scripts });
  const stranger = await context.newPage();
  await signIn(stranger, other.writeToken, '/diagnostics');
  await expect(row(stranger, 'listIsos')).toContainText('Never called');
  await context.close();
});
