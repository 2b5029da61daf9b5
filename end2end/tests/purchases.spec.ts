// Purchases whose answer was lost: looked for, never sent again; and where nobody can tell, a person decides.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fieldsOf, send } from '../support/forms.ts';
import { alive, axe, expect, heading, property, refreshing, row, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

const renewal = (id: number) => `/servers/renew?server=${id}&months=1`;
const orderIt = (page: Page) => page.getByRole('button', { name: 'Order renewal' });

/** The list of orders answers once more, for what is there before something is bought, and then no longer. */
async function hideOrders(world: World) {
  await world.force('listOrders', { delay_ms: 1 });
  await world.force('listOrders', { status: 423, times: 0 });
}

test('the answer is lost: the page looks, finds the order by itself, and nothing is sent twice', async ({ page, world, scripts, guard }) => {
  test.slow();
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  await hideOrders(world);
  await world.force('renewServers', { reset: true, perform: true });
  await orderIt(page).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}$/);
  const purchase = new URL(page.url()).pathname;
  await expect(heading(page, 'Renew servers')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Being looked for');
  await expect(page.getByText("The provider's answer was lost.")).toBeVisible();
  await expect(refreshing(page)).toHaveCount(scripts ? 0 : 1);
  await alive(page, scripts);
  if (scripts) await axe(page, 'a purchase that is looked for');

  // Meanwhile nothing of the same kind is bought, and the way to the first is shown.
  await page.goto(renewal(id));
  await orderIt(page).click();
  await expect(page.getByRole('alert')).toContainText('Whether an earlier purchase was made is still being found out.');
  await page.getByRole('link', { name: 'See what becomes of the earlier purchase' }).click();
  await expect(row(page, 'Renew servers')).toContainText('Being looked for');
  await row(page, 'Renew servers').getByRole('link', { name: 'Renew servers' }).click();
  await expect(page).toHaveURL(purchase);

  await world.release();
  await expect(page.getByText('It went through: it was found at the provider.')).toBeVisible({ timeout: 25_000 });
  await expect(property(page, 'State')).toHaveText('Went through');
  await expect(refreshing(page)).toHaveCount(0);
  const [order] = await world.ask('/orders?filter[status]=awaiting_payment');
  await page.getByRole('link', { name: `Order ${order.id}`, exact: true }).click();
  await expect(heading(page, `Order ${order.id}`)).toBeVisible();
  expect(await world.journal('renewServers')).toHaveLength(1);
});

test('two orders might be it: both are shown, and a person decides', async ({ page, world, scripts }) => {
  test.slow();
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  // Done at once, answered late, and that answer is lost: time for a colleague who renews the same server.
  await world.force('renewServers', { delay_ms: 2500, cut_after_bytes: 5 });
  const before = (await world.ask('/orders?filter[status]=awaiting_payment')).length;
  const ordering = orderIt(page).click();
  await expect
    .poll(async () => (await world.ask('/orders?filter[status]=awaiting_payment')).length, { message: 'the order is made' })
    .toBe(before + 1);
  await world.change('POST', '/servers/renew', { server_ids: [id], billing_cycle: 1 });
  await ordering;
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}$/);
  await expect(page.getByText('Nobody can tell by itself whether it went through.')).toBeVisible({ timeout: 20_000 });
  const candidates = page.getByRole('region', { name: 'What might be it' }).getByRole('link');
  await expect(candidates).toHaveCount(2);
  await alive(page, scripts);
  if (scripts) await axe(page, 'a purchase of unknown outcome');

  // Looking again finds the same.
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page).toHaveURL(/\?done=looking$/);
  await expect(page.getByText('Nobody can tell by itself whether it went through.')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'It went through' }).click();
  await expect(page).toHaveURL(/\?done=decided$/);
  await expect(page.getByText('It went through: a person looked and said so.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'It went through' })).toHaveCount(0);
  // Nothing was sent for all that: one of them is the colleague's.
  expect(await world.journal('renewServers')).toHaveLength(2);
});

test('what was confirmed or refused is in the journal, too', async ({ page, world, guard }) => {
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, '/purchases');
  await expect(page.getByText('No purchases yet')).toBeVisible();
  await page.goto(renewal(id));
  await world.force('renewServers', { status: 423 });
  await orderIt(page).click();
  await expect(page.getByRole('alert')).toContainText('Another task is running on it.');
  await orderIt(page).click();
  await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);
  await page.getByRole('link', { name: 'Purchases made here' }).click();
  const lines = page.getByRole('table', { name: 'Purchases' }).getByRole('row');
  await expect(lines.nth(1)).toContainText('Went through');
  await expect(lines.nth(2)).toContainText('Did not go through');
  await expect(lines.nth(1).getByRole('link', { name: `Server ${id}` })).toHaveAttribute('href', `/servers/${id}`);
  await lines.nth(2).getByRole('link', { name: 'Renew servers' }).click();
  await expect(page.getByText('It did not go through: another task ran. It may be tried again.')).toBeVisible();
});

test('ids that are none, those of others, and decisions about nothing', async ({ page, world, house, guard }) => {
  guard.expects(404, /^\/purchases\//);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  await orderIt(page).click();
  await page.goto('/purchases');
  await row(page, 'Renew servers').getByRole('link', { name: 'Renew servers' }).click();
  const own = new URL(page.url()).pathname;
  await expect(page.getByText('It went through: the provider confirmed it.')).toBeVisible();
  const { World } = await import('../support/world.ts');
  const other = await World.make(house.sandbox, { seed: 'small' });
  await signIn(page, other.writeToken, '/purchases');
  for (const address of [own, '/purchases/x', '/purchases/0', `/purchases/${'0'.repeat(32)}`]) {
    expect((await page.goto(address))!.status(), address).toBe(404);
    await expect(page.getByText('There is no purchase here.'), address).toBeVisible();
  }
  expect((await send(page, '/do/purchases/decide', { id: 'x', decision: 'done' })).status()).toBe(303);
});

test('the list is narrowed, searched, ordered and saved as a file by its address', async ({ page, world, scripts, guard }) => {
  guard.expects(422, /^\/(servers\/renew|purchases)/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  await world.force('renewServers', { status: 423 });
  await orderIt(page).click();
  await expect(page.getByRole('alert')).toContainText('Another task is running on it.');
  await orderIt(page).click();
  await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Purchases' }).click();
  await expect(heading(page, 'Purchases')).toBeVisible();
  await expect(page.getByText('2 purchases', { exact: true })).toBeVisible();
  await alive(page, scripts);
  if (scripts) await axe(page, 'a list of purchases');
  const states = page.getByRole('navigation', { name: 'State' });
  await states.getByRole('link', { name: 'Did not go through' }).click();
  await expect(page).toHaveURL('/purchases?state=not-done');
  await expect(page.getByText('1 purchase', { exact: true })).toBeVisible();
  await states.getByRole('link', { name: 'Not known' }).click();
  await expect(page.getByText('No purchase matches.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL('/purchases');

  await page.getByRole('searchbox', { name: 'What, object or person' }).fill(`server ${id}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/purchases?q=server+${id}`);
  await expect(page.getByText('2 purchases', { exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'What' }).selectOption('Renew servers');
  await page.getByLabel('To day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/what=renewServers.*to=2020-01-01.*q=server/);
  await expect(page.getByText('No purchase matches.')).toBeVisible();
  await page.goto('/purchases?from=yesterday');
  await expect(page.getByRole('alert')).toContainText('“yesterday” is no day.');

  await page.goto('/purchases?sort=when&column=what&column=refusal&column=state');
  await expect(page.getByRole('table', { name: 'Purchases' }).getByRole('row').nth(1)).toContainText('locked');
  await page.getByRole('main').locator('summary').filter({ hasText: 'Download CSV' }).click();
  const link = page.getByRole('link', { name: 'Everything: 2 purchases' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('purchases.csv');
  expect((await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')).toEqual([
    '\uFEFFWhat,State,Refused as',
    'Renew servers,Did not go through,locked',
    'Renew servers,Went through,',
  ]);
});

test('older purchases are reached page by page', async ({ page, world }) => {
  test.slow();
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  await world.force('renewServers', { status: 423, times: 0 });
  const fields = await fieldsOf(page, 'Order renewal');
  for (let made = 0; made < 51; made += 1) {
    const answer = await send(page, '/do/servers/renew', { ...fields, once: randomBytes(16).toString('hex') });
    expect(answer.status()).toBe(303);
  }
  await page.goto('/purchases');
  await expect(page.getByText('1 to 50 of 51 purchases')).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL('/purchases?page=2');
  await expect(page.getByText('51 to 51 of 51 purchases')).toBeVisible();
  await row(page, 'Renew servers').getByRole('link', { name: 'Renew servers' }).click();
  await expect(page.getByText('It did not go through: another task ran. It may be tried again.')).toBeVisible();
  // Its own record is on its page.
  await expect(page.getByRole('table', { name: 'Activity' }).getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Not done: another task ran');
});
