// Renewing servers: asked for how long, quoted by the provider, ordered, paid from the balance, longer paid for.

import { fieldsOf, send } from '../support/forms.ts';
import { alive, axe, expect, heading, property, row, signIn, signOut, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

const euro = (amount: number) => `€${amount.toFixed(2)}`;

/** What the provider wants for a renewal: the truth to which the page is held. */
const quote = (world: World, servers: number[], months: number, code?: string) =>
  world.change('POST', '/servers/renew/calculate', { server_ids: servers, billing_cycle: months, promo_code: code });

const renewal = (...servers: number[]) => `/servers/renew?${servers.map((id) => `server=${id}`).join('&')}`;

/** The number of the order whose page this is. */
const order = (page: Page) => Number(new URL(page.url()).pathname.split('/').pop());

const orderIt = (page: Page) => page.getByRole('button', { name: 'Order renewal' });

test('from a server: quote, order, pay from the balance, paid, and the expiry has moved', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  const before = await world.ask(`/servers/${id}`);
  const price = await quote(world, [id], 1);
  const { balance } = await world.ask('/balance');
  await signIn(page, world.writeToken, `/servers/${id}`);
  await page.getByRole('button', { name: 'More actions for web-1' }).click();
  await page.getByRole('link', { name: 'Renew…' }).click();
  await expect(heading(page, 'Renew web-1')).toBeVisible();
  await page.getByLabel('For how long').selectOption('1 month');
  await page.getByRole('button', { name: 'Show price' }).click();
  await expect(page).toHaveURL(`/servers/renew?months=1&promo=&server=${id}`);
  await expect(property(page, 'Before the discount')).toHaveText(
    `${euro(price.amount)} without VAT, ${euro(price.amount_with_vat)} with VAT`,
  );
  await expect(property(page, 'Without VAT')).toHaveText(euro(price.due_today_amount));
  await expect(property(page, 'With VAT')).toHaveText(euro(price.due_today_amount_with_vat));
  await expect(property(page, 'Balance now, without VAT')).toHaveText(euro(balance));
  await expect(property(page, 'If the balance pays it, left')).toContainText(euro(balance - price.due_today_amount));
  await alive(page, scripts);
  if (scripts) await axe(page, 'the price of a renewal');
  expect(await world.journal('renewServers')).toHaveLength(0);

  await orderIt(page).click();
  await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);
  await expect(page.getByText('The order is made. Whether it is paid yet stands below.')).toBeVisible();
  expect((await world.journal('renewServers')).map(({ method, status }) => [method, status])).toEqual([['POST', 201]]);
  const placed = await world.ask(`/orders/${order(page)}`);
  expect(placed.services.map((service: { service_id: number }) => service.service_id)).toEqual([id]);
  expect(placed.services[0].billing_cycle).toBe(1);

  await page.getByRole('link', { name: 'Pay', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Pay order \d+\?$/ });
  await expect(dialog.getByRole('radio', { name: 'Balance' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(page).toHaveURL(/\?done=order-paid$/);
  await expect(property(page, 'State')).toHaveText('Paid');
  expect((await world.journal('payOrders')).map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
  const after = await world.ask(`/servers/${id}`);
  expect(Date.parse(after.expiry_at)).toBeGreaterThan(Date.parse(before.expiry_at));
  // What it brought is on the page, with the way to it.
  await expect(row(page, 'web-1')).toContainText('paid until');
  await row(page, 'web-1').getByRole('link', { name: 'web-1' }).click();
  await expect(heading(page, 'web-1')).toBeVisible();
});

test.describe('several', () => {
  test.use({ seed: 'typical' });

  test('chosen in the list: named, quoted together, ordered at once', async ({ page, world, scripts }) => {
    const ids = [(await world.server('web-1')).id, (await world.server('db-1')).id];
    const price = await quote(world, ids, 1);
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    await world.forgetJournal();
    for (const name of ['web-1', 'db-1']) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
    await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Renew' }).click();
    await expect(heading(page, 'Renew 2 servers')).toBeVisible();
    await expect(row(page, 'web-1')).toBeVisible();
    await expect(row(page, 'db-1')).toBeVisible();
    await expect(property(page, 'With VAT')).toHaveText(euro(price.due_today_amount_with_vat));
    const asked = await world.journal('calculateServersRenew');
    expect(asked.map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
    await orderIt(page).click();
    await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);
    expect(await world.journal('renewServers')).toHaveLength(1);
    const { services } = await world.ask(`/orders/${order(page)}`);
    expect(services.map((service: { service_id: number }) => service.service_id).sort()).toEqual([...ids].sort());
  });

  test('all that match', async ({ page, world, scripts }) => {
    const number = (await world.ask('/servers?filter[search]=web&per_page=50')).length;
    await signIn(page, world.writeToken, '/servers?per_page=20&q=web');
    await page.goto('/servers/renew?from=%2Fservers%3Fq%3Dweb&all=1');
    await alive(page, scripts);
    await expect(heading(page, `Renew ${number} servers`)).toBeVisible();
    await expect(orderIt(page)).toBeVisible();
  });

  test('one that is gone is left out, and why; with none left nothing can be ordered', async ({ page, world, guard }) => {
    guard.expects(422, /^\/servers\/renew/);
    const { id } = await world.server('web-1');
    const [{ id: gone }] = await world.ask('/servers?filter[status]=terminated');
    const price = await quote(world, [id], 1);
    await signIn(page, world.writeToken, `${renewal(id, gone)}&months=1`);
    await expect(row(page, 'test-2024')).toContainText('It is terminated.');
    await expect(page.getByText('1 server cannot be renewed')).toBeVisible();
    await expect(property(page, 'With VAT')).toHaveText(euro(price.due_today_amount_with_vat));
    await page.goto(renewal(gone, 999_999));
    await expect(page.getByText('None of them can be renewed.')).toBeVisible();
    await expect(row(page, 'Server 999999')).toContainText('There is no such server in this account.');
    await expect(orderIt(page)).toHaveCount(0);
  });

  test('one that the provider does not renew: its words at that server, and the way to the others', async ({ page, world, guard }) => {
    guard.expects(422, /^\/servers\/renew/);
    const { id } = await world.server('web-1');
    const [{ id: coming }] = await world.ask('/servers?filter[status]=processing');
    await signIn(page, world.writeToken, `${renewal(id, coming)}&months=1`);
    await expect(row(page, 'vpn')).toContainText('The provider says:');
    await expect(orderIt(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Renew the others' }).click();
    await expect(heading(page, 'Renew web-1')).toBeVisible();
    await expect(orderIt(page)).toBeVisible();
  });
});

test.describe('many', () => {
  test.use({ seed: 'large' });

  test('41 servers are one order', async ({ page, world }) => {
    const servers: { id: number; hostname: string }[] = (await world.ask('/servers?per_page=50')).slice(0, 41);
    const rows = servers.map(({ id }) => `row=${id}`).join('&');
    await signIn(page, world.writeToken, '/servers?per_page=50');
    await page.goto(`/servers/renew?from=%2Fservers%3Fper_page%3D50&${rows}`);
    await expect(heading(page, 'Renew 41 servers')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Servers to renew' }).getByRole('rowheader')).toHaveText(
      servers.map(({ hostname }) => hostname),
    );
    await orderIt(page).click();
    await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);
    expect(await world.journal('renewServers')).toHaveLength(1);
    expect((await world.ask(`/orders/${order(page)}`)).services).toHaveLength(41);
  });
});

test('the price rises between page and order: nothing is ordered, the new price is shown', async ({ page, world, guard }) => {
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  const price = await quote(world, [id], 1);
  await signIn(page, world.writeToken, `${renewal(id)}&months=1`);
  await expect(property(page, 'With VAT')).toHaveText(euro(price.due_today_amount_with_vat));
  const risen = { ...price, due_today_amount: 900, due_today_amount_with_vat: 1080 };
  await world.force('calculateServersRenew', { status: 200, body: risen, times: 0 });
  await orderIt(page).click();
  await expect(page.getByRole('alert')).toContainText('The price is higher now than the one you were shown.');
  await expect(property(page, 'With VAT')).toHaveText('€1080.00');
  await expect(page.getByText('The balance does not cover it')).toBeVisible();
  expect(await world.journal('renewServers')).toHaveLength(0);
  // Agreed to, it is ordered.
  await orderIt(page).click();
  await expect(page).toHaveURL(/\/orders\/\d+\?done=ordered$/);
  expect(await world.journal('renewServers')).toHaveLength(1);
});

test('a promo code: one that nobody knows is said at its field, a good one lowers the price', async ({ page, world, guard }) => {
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, renewal(id));
  await page.getByLabel('Promo code').fill('no-such-code');
  await page.getByRole('button', { name: 'Show price' }).click();
  const field = page.getByLabel('Promo code');
  await expect(field).toHaveValue('no-such-code');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/The provider says: The selected promo code is invalid\./);
  await expect(orderIt(page)).toHaveCount(0);

  // One that is for longer is refused for one month, and taken for a year.
  await field.fill('spring2612');
  await page.getByLabel('For how long').selectOption('1 month');
  await page.getByRole('button', { name: 'Show price' }).click();
  await expect(page.getByLabel('Promo code')).toHaveAccessibleDescription(/at least 12 months/);
  await page.getByLabel('For how long').selectOption('12 months');
  await page.getByRole('button', { name: 'Show price' }).click();
  const price = await quote(world, [id], 12, 'spring2612');
  await expect(property(page, 'Discount')).toHaveText(
    `${euro(price.discount)} without VAT, ${euro(price.discount_with_vat)} with VAT`,
  );
  await expect(property(page, 'With the code')).toHaveText('spring2612 (20 %)');
  await expect(property(page, 'With VAT')).toHaveText(euro(price.due_today_amount_with_vat));
  await orderIt(page).click();
  await expect(property(page, 'Promo code')).toContainText('spring2612');
});

test('nothing chosen, and nonsense in the address', async ({ page, world, guard }) => {
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, '/servers');
  for (const nothing of ['', '?server=', '?server=x', '?row=0', '?months=12', '?all=1&from=%2Fservers%3Fpage%3Dx']) {
    expect((await page.goto(`/servers/renew${nothing}`))!.status(), nothing).toBe(422);
    await expect(page.getByText('Nothing was ordered.'), nothing).toBeVisible();
  }
  const thousand = Array.from({ length: 1000 }, (_, index) => index + 1);
  await page.goto(renewal(...thousand));
  await expect(page.getByText('At most 300 servers can be renewed at once.')).toBeVisible();
  for (const months of ['0', '2', '-1', 'x', '99999999999']) {
    await page.goto(`${renewal(id)}&months=${months}`);
    await expect(page.getByLabel('For how long'), months).toHaveAccessibleDescription('Choose 1, 3, 6, 12 or 24 months.');
    await expect(orderIt(page), months).toHaveCount(0);
  }
  expect(await world.journal('renewServers')).toHaveLength(0);
});

test('sent twice it is ordered once; with other content it is refused', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `${renewal(id)}&months=1`);
  const fields = await fieldsOf(page, 'Order renewal');
  const [first, second] = [await send(page, '/do/servers/renew', fields), await send(page, '/do/servers/renew', fields)];
  expect(first.headers().location).toMatch(/^\/orders\/\d+\?done=ordered$/);
  expect(second.headers().location).toBe(first.headers().location);
  const other = await send(page, '/do/servers/renew', { ...fields, months: '24' });
  expect(other.headers().location).toMatch(new RegExp(`^/servers/renew\\?server=${id}&months=24&draft=`));
  expect(await world.journal('renewServers')).toHaveLength(1);
});

test('without a quote nothing can be ordered, and the page says why', async ({ page, world, guard }) => {
  guard.expects(503, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, '/servers');
  await world.force('calculateServersRenew', { status: 500, times: 0 });
  await page.goto(renewal(id));
  await expect(page.getByText('There is no word on the price of this renewal.')).toBeVisible();
  await expect(page.getByText('The provider reports a fault of its own.')).toBeVisible();
  await expect(orderIt(page)).toHaveCount(0);
});

test('a read-only token is told before', async ({ page, world, guard }) => {
  guard.expects(403, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.readToken, '/servers');
  await page.goto(renewal(id));
  await expect(page.getByText('This token can probably only read')).toBeVisible();
  await expect(orderIt(page)).toHaveCount(0);
  expect(await world.journal('renewServers')).toHaveLength(0);
});

test('a form that was open while the session ended leads back to the same renewal', async ({ page, context, world, guard }) => {
  guard.expects(422, /^\/servers\/renew/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `${renewal(id)}&months=3`);
  const other = await context.newPage();
  await other.goto('/invoices');
  await signOut(other);
  await orderIt(page).click();
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Renew web-1')).toBeVisible();
  await expect(page.getByLabel('For how long')).toHaveValue('3');
  await expect(page.getByRole('alert')).toContainText('You were signed out before this was sent.');
  expect(await world.journal('renewServers')).toHaveLength(0);
});

test.describe('a renewal that is ordered and not paid', () => {
  test.use({ seed: 'typical' });

  test('is named with its order on the page of the server, and before another one is ordered', async ({ page, world }) => {
    const { id } = await world.server('cache-1');
    const waiting = await world.ask('/orders?filter[status]=awaiting_payment');
    const details = await Promise.all(waiting.map((order: { id: number }) => world.ask(`/orders/${order.id}`)));
    const its = details.find((order) => order.services.some((service: { service_id: number }) => service.service_id === id));
    await signIn(page, world.writeToken, `/servers/${id}`);
    await expect(page.getByRole('status').filter({ hasText: 'Its renewal is ordered.' })).toContainText(`Order ${its.id} waits for its payment`);
    await expect(page.getByRole('link', { name: `Order ${its.id}` })).toHaveAttribute('href', `/orders/${its.id}`);
    // The order is paid; the server is not renewed once more.
    await expect(property(page, 'Renewal').getByRole('link', { name: 'Renew', exact: true })).toHaveCount(0);
    await page.goto(renewal(id));
    await expect(page.getByRole('status').filter({ hasText: 'Ordered already, and not done yet: 1 server.' })).toContainText('both may be charged');
  });
});
