// Much of the provider's API is known only by name: whichever spelling it has, pages work; what it does not have at
// all is said, and hides nothing else (design §3).

import { alive, expect, heading, property, refreshing, row, test, type Page } from '../support/test.ts';
import { startConsole, type Program } from '../support/programs.ts';
import { World } from '../support/world.ts';

test.use({ seed: 'typical' });

/** Every page that stands for itself, and the title that proves it. */
const PAGES: [path: string, title: string | RegExp][] = [
  ['/', 'Overview'],
  ['/servers', 'Servers'],
  ['/isos', 'ISOs'],
  ['/isos/new', 'Add ISO'],
  ['/invoices', 'Invoices'],
  ['/tickets', 'Tickets'],
  ['/tickets/new', 'New ticket'],
  ['/activity', 'Activity'],
  ['/diagnostics', 'Diagnostics'],
  ['/servers/new?plan=cloud-vps-2gb&image=73&names=web-9&cycle=3', 'New server'],
  ['/plans', 'Plans'],
  ['/plans/compare?plan=cloud-vps-2gb&plan=vds-8gb', /plans/i],
  ['/images', 'Images'],
  ['/boot-images', 'Boot images'],
  ['/orders', 'Orders'],
  ['/purchases', 'Purchases'],
  ['/bulk', 'Bulk jobs'],
  ['/views/servers', /views/i],
  ['/find?q=web', /Find|web/],
  ['/keys', 'Keys'],
];

async function enter(page: Page, console: Program, world: World) {
  await page.goto(`${console.url}/sign-in`);
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();
}

for (const dialect of ['first', 'last'] as const) {
  test(`in the dialect of the ${dialect} spellings all pages work`, async ({ page, house, guard }) => {
    // A console of its own: what is known about spellings is shared by all its accounts.
    const console = await startConsole({ sandbox: house.sandbox });
    guard.trusts(console.url);
    const world = await World.make(house.sandbox, { seed: 'typical' });
    await world.dialect(dialect);
    await enter(page, console, world);
    for (const [path, title] of PAGES) {
      const answer = await page.goto(console.url + path);
      expect(answer?.status(), path).toBe(200);
      await expect(heading(page, title)).toBeVisible();
      await expect(page.getByText('The provider does not offer'), path).toHaveCount(0);
    }
    const { id } = await world.server('web-1');
    for (const part of ['?tab=metrics', '?tab=traffic', '?tab=add-ons', '?tab=images', '?tab=boot', '?tab=access', '?tab=network', '/scale', '/add-ons/new']) {
      expect((await page.goto(`${console.url}/servers/${id}${part}`))?.status(), part).toBe(200);
      await expect(page.getByText('The provider does not offer'), part).toHaveCount(0);
    }
    await page.goto(`${console.url}/servers/renew?server=${id}&months=1`);
    await expect(property(page, 'With VAT')).toHaveText(/^€/);
    await page.goto(`${console.url}/servers/${id}`);
    await page.getByRole('link', { name: 'Restart' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
    await expect(property(page, 'Power')).toHaveText('Restarting…');
    const ticket = await world.ticket('No route');
    await page.goto(`${console.url}/tickets/${ticket.id}`);
    await expect(heading(page, 'No route to the server')).toBeVisible();
    await page.goto(`${console.url}/invoices`);
    const invoice = (await world.ask('/invoices'))[0];
    await expect(row(page, invoice.invoice_number)).toBeVisible();
    await console.stop();
  });
}

test('where only what is documented exists, sign-in works and every page answers', async ({ page, house, guard }) => {
  const console = await startConsole({ sandbox: house.sandbox });
  guard.trusts(console.url);
  guard.expects(501, /^\//);
  const world = await World.make(house.sandbox, { seed: 'typical' });
  const { id } = await world.server('web-1');
  await world.dialect('documented-only');
  await enter(page, console, world);
  const says = async (path: string, status: number, words: string | RegExp) => {
    const answer = await page.goto(console.url + path);
    expect(answer?.status(), path).toBe(status);
    await expect(page.getByText(words).first(), path).toBeVisible();
  };
  await says('/', 200, 'The provider does not offer this.');
  await says('/servers', 200, 'web-1');
  await says(`/servers/${id}`, 200, 'Metrics');
  await says('/isos', 501, 'The provider does not offer the list of ISOs.');
  await says('/invoices', 200, /^\d{10}$/);
  await says('/tickets', 501, 'The provider does not offer the list of tickets.');
  await says('/isos/new', 200, 'Add ISO');
  // Without its departments no ticket can be addressed.
  await says('/tickets/new', 501, /The provider does not offer/);
  await page.goto(`${console.url}/diagnostics`);
  await expect(heading(page, 'Diagnostics')).toBeVisible();
  await expect(row(page, /\blistIsos$/)).toContainText('Not offered');
  const answer = await page.goto(`${console.url}/activity`);
  expect(answer?.status()).toBe(200);
  await expect(heading(page, 'Activity')).toBeVisible();
  await console.stop();
});

test('where power is not told of all servers at once, it is read one after the other', async ({ page, house, guard, scripts }) => {
  const console = await startConsole({ sandbox: house.sandbox });
  guard.trusts(console.url);
  guard.expects(422, /^\/servers/);
  const world = await World.make(house.sandbox, { seed: 'small' });
  await world.force('listServerStatuses', { status: 405, times: 0 });
  await enter(page, console, world);
  await page.goto(`${console.url}/servers`);
  await alive(page, scripts);
  const how = page.getByText('The provider does not tell the power of all servers at once');
  await expect(how).toBeVisible();
  // The list completes itself, and is at rest then.
  await expect(row(page, 'web-1')).toContainText('Running', { timeout: 20_000 });
  await expect(row(page, 'build-1')).toContainText('Stopped', { timeout: 20_000 });
  await expect(how).toContainText('What is shown was read');
  await expect(page.getByText('still to come')).toHaveCount(0, { timeout: 20_000 });
  await expect(refreshing(page)).toHaveCount(0);
  expect(await world.journal('getServerStatus')).toHaveLength(3);

  // It is not narrowed by it: nobody would know what is missing.
  await page.goto(`${console.url}/servers?power=running`);
  await expect(page.getByText('The list cannot be shown like this.')).toBeVisible();
  await expect(page.getByText('No server matches.')).toHaveCount(0);
  expect((await page.request.get(`${console.url}/servers.csv?power=running`)).status()).toBe(501);
  const file = await (await page.request.get(`${console.url}/servers.csv`)).text();
  expect(file).toContain('Power and CPU are missing in the rows above');
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(row(page, 'web-1')).toBeVisible();
  await console.stop();
});
