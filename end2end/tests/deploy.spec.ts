// Servers: ordered on one page, paid, made, and watched until they are active.

import { fieldsOf, send, withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, heading, property, row, signIn, test, type House, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

/** What is filled in, as a link. */
function form(fields: Record<string, string>): string {
  return `/servers/new?${new URLSearchParams({ plan: 'cloud-vps-2gb', image: '73', names: 'new-1', cycle: '1', ...fields })}`;
}

const order = (page: Page) => page.getByRole('button', { name: 'Order', exact: true });
const price = (page: Page, name: string | RegExp) =>
  page.getByRole('table', { name: 'Estimate' }).getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

/** Something at the provider, without the console. */
async function tell(house: House, world: World, method: string, path: string, body?: object) {
  const answer = await fetch(`${house.sandbox.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${world.writeToken}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
}

/** The new servers, also those that are being made. */
async function made(world: World): Promise<any[]> {
  return world.ask('/servers?per_page=50&filter[status]=processing,active');
}

test('filled in, added up, ordered once, and followed until it is active', async ({ page, world, scripts }) => {
  const [key] = await world.ask('/ssh-keys');
  await world.freeze();
  await signIn(page, world.writeToken, '/servers');
  await page.getByRole('link', { name: 'New server' }).click();
  await expect(heading(page, 'New server')).toBeVisible();
  await page.getByRole('radio', { name: 'cloud-vps-2gb', exact: true }).check();
  await page.getByLabel('Image or app').selectOption({ label: 'Ubuntu 22.04' });
  await page.getByLabel('Host names').fill('new-1');
  await page.getByRole('checkbox', { name: key.name }).check();
  await page.getByRole('checkbox', { name: /^Weekly backups/ }).check();
  await page.getByLabel('Promo code').fill('spring2601');
  await page.getByRole('button', { name: 'Show the sum' }).click();

  await expect(page).toHaveURL(/\/servers\/new\?.*#sum$/);
  await expect(price(page, 'Plan cloud-vps-2gb')).toContainText('€22.33');
  await expect(price(page, 'Backups')).toContainText('€5.00');
  await expect(price(page, 'Promo code spring2601, 5 %')).toContainText('−€1.37');
  await expect(price(page, /^Sum/)).toContainText('€25.96');
  await expect(page.getByText('The provider gives no quote for this; what you pay is what its order says.')).toBeVisible();
  await expect(property(page, 'With VAT')).toHaveText('€31.16');
  await expect(property(page, 'Balance now, without VAT')).toHaveText('€142.50');
  expect(await world.journal('deployServer')).toHaveLength(0);
  await order(page).click();

  await expect(page).toHaveURL(/\/servers\/\d+\?done=deployed$/);
  await expect(heading(page, 'new-1')).toBeVisible();
  await expect(page.getByText('It is ordered. This page follows it until it is there.')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Being made');
  await expect(page.getByText('The provider is making it.')).toBeVisible();
  await alive(page, scripts);
  await world.pass(61);
  await expect(property(page, 'State')).toHaveText('Active', { timeout: 15_000 });
  await expect(page.getByText('The provider is making it.')).toHaveCount(0);

  // One right request; what it held shows in what was made of it.
  const sent = await world.journal('deployServer');
  expect(sent.map(({ method, status }) => [method, status])).toEqual([['POST', 201]]);
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const server = await world.ask(`/servers/${id}`);
  expect(server).toMatchObject({ hostname: 'new-1', billing_cycle: 1, promo_code: 'spring2601' });
  expect([server.plan.key, server.server_image.id]).toEqual(['cloud-vps-2gb', 73]);
  expect(server.addons.map((addon: any) => addon.name)).toEqual(['backups']);
  const keys = await world.ask('/ssh-keys');
  expect(keys[0].servers.map((server: any) => server.hostname)).toContain('new-1');
  const orders = await world.ask('/orders');
  expect(orders[0]).toMatchObject({ type: 'new-service', status: 'paid', amount_from_balance: 25.96 });
});

test('a link fills the form in, without secrets', async ({ page, context, world, scripts }) => {
  const [key] = await world.ask('/ssh-keys');
  const fields = {
    names: 'web-8\nweb-9.example.org', cycle: '6', [`key-${key.id}`]: 'on', backups: 'on',
    cpanel: 'cpanel-pro-30', bandwidth: '100mbps-unmetered', ipv4: '1', ipv6: '2', promo: 'spring2606',
  };
  await signIn(page, world.writeToken, '/servers');
  await page.goto(form(fields));
  await expect(page.getByRole('radio', { name: 'cloud-vps-2gb', exact: true })).toBeChecked();
  await expect(page.getByLabel('Image or app')).toHaveValue('73');
  await expect(page.getByLabel('Host names')).toHaveValue('web-8\nweb-9.example.org');
  await expect(page.getByRole('checkbox', { name: key.name })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Weekly backups/ })).toBeChecked();
  await expect(page.getByLabel('cPanel')).toHaveValue('cpanel-pro-30');
  await expect(page.getByLabel('Unmetered traffic')).toHaveValue('100mbps-unmetered');
  await expect(page.getByLabel('More IPv4 addresses', { exact: false }).first()).toHaveValue('1');
  await expect(page.getByLabel('More IPv6 addresses')).toHaveValue('2');
  await expect(page.getByLabel('Promo code')).toHaveValue('spring2606');
  await expect(page.getByLabel('Billing cycle')).toHaveValue('6');
  // (22.33 + 5 + 35 + 50) for two servers and six months, less 15 %.
  await expect(price(page, /^Sum, 2 servers for 6 months/)).toContainText('€1145.77');
  await expect(page.getByText('More addresses: the provider has no list with their price.')).toBeVisible();
  if (scripts) {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await alive(page, scripts);
    await page.getByRole('textbox', { name: 'Password' }).fill('do not tell anybody');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('/servers/new?');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).not.toContain('tell');
    await page.goto(link);
    await expect(page.getByLabel('Host names')).toHaveValue('web-8\nweb-9.example.org');
    await expect(price(page, /^Sum, 2 servers for 6 months/)).toContainText('€1145.77');
  }
  expect(await world.journal('deployServer')).toHaveLength(0);
});

test('several at once: one request, all of them being made', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/servers');
  await page.goto(form({ plan: 'cloud-vps-1gb', names: 'many-1\nmany-2\nmany-3' }));
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
  await order(page).click();
  await expect(page).toHaveURL('/servers?state=processing');
  for (const name of ['many-1', 'many-2', 'many-3']) await expect(row(page, name)).toBeVisible();
  expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([201]);
});

test('once something else is filled in nothing is ordered at the sum of before', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts the words beside the button name what is ordered');
  await signIn(page, world.writeToken, form({}));
  await alive(page, scripts);
  await expect(order(page)).toBeEnabled();
  const changed = page.getByText('Something else is chosen above by now. Ask for its price first.');
  for (const [change, back] of [
    [() => page.getByLabel('Host names').fill('other-1'), () => page.getByLabel('Host names').fill('new-1')],
    [
      () => page.getByLabel('Image or app').selectOption({ label: 'Debian 12' }),
      () => page.getByLabel('Image or app').selectOption({ label: 'Ubuntu 22.04' }),
    ],
    [
      () => page.getByRole('checkbox', { name: /^Weekly backups/ }).check(),
      () => page.getByRole('checkbox', { name: /^Weekly backups/ }).uncheck(),
    ],
  ]) {
    await change();
    await expect(order(page)).toBeDisabled();
    await expect(changed).toBeVisible();
    await back();
    await expect(order(page)).toBeEnabled();
    await expect(changed).toBeHidden();
  }
  // A password is no choice that has a price.
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
  await expect(order(page)).toBeEnabled();
});

test.describe('without money', () => {
  test.use({ seed: 'empty' });

  test('the overview and the empty list lead there; it waits for its order, and is active once that is paid', async ({ page, house, world, scripts }) => {
    await world.freeze();
    await signIn(page, world.writeToken, '/');
    await expect(page.getByRole('main').getByRole('link', { name: 'New server' })).toBeVisible();
    await page.goto('/servers');
    await expect(page.getByText('No servers yet')).toBeVisible();
    await page.getByRole('link', { name: 'New server' }).first().click();
    await page.goto(form({}));
    await expect(page.getByText('The balance does not cover it')).toBeVisible();
    await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
    await order(page).click();
    await expect(property(page, 'State')).toHaveText('Being made');
    const [open] = await world.ask('/orders?filter[status]=awaiting_payment');
    const told = page.getByText('It is made once its order is paid.');
    await expect(told).toBeVisible();
    await expect(page.getByRole('link', { name: `order ${open.id}` })).toHaveAttribute('href', `/orders/${open.id}`);
    await alive(page, scripts);
    await tell(house, world, 'POST', '/orders/pay', { order_ids: [open.id], payment_method: 'bitcoin-ln' });
    await expect(page.getByText('The provider is making it.')).toBeVisible({ timeout: 15_000 });
    await world.pass(61);
    await expect(property(page, 'State')).toHaveText('Active', { timeout: 15_000 });
    await expect(told).toHaveCount(0);
    expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([201]);
  });

  test('the orders cannot be read: said, and the server is shown', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({}));
    await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
    await order(page).click();
    await expect(property(page, 'State')).toHaveText('Being made');
    await world.force('listOrders', { status: 403, times: 0 });
    const { id } = (await made(world))[0];
    await expect(async () => {
      await page.goto(`/servers/${id}`);
      await expect(page.getByText('Whether that waits cannot be told:')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await expect(property(page, 'State')).toHaveText('Being made');
  });
});

test.describe('bad input', () => {
  test('nothing filled in: each field says what it wants', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers/new');
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
    await withoutBrowserChecks(page);
    await page.getByRole('button', { name: 'Show the sum' }).click();
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('Plan: Choose a plan.');
    await expect(alert).toContainText('Choose what is on the disk');
    await expect(alert).toContainText('Host names: Enter a name.');
    await expect(order(page)).toHaveCount(0);
  });

  for (const [what, fields, field, words] of [
    ['a name that is none', { names: 'web_1' }, 'Host names', /web_1: Letters without accents/],
    ['a name that begins with a hyphen', { names: '-web' }, 'Host names', /No part begins or ends with a hyphen/],
    ['doubled names', { names: 'web-1\nWEB-1' }, 'Host names', /WEB-1 stands there twice/],
    ['eleven names', { names: Array.from({ length: 11 }, (_, at) => `web-${at}`).join('\n') }, 'Host names', /At most 10 servers at once; these are 11/],
    ['a thousand addresses', { ipv6: '1000' }, 'More IPv6 addresses', /A whole number from 0 to 100/],
    ['a thousand seats', { rds: '1000' }, 'Remote desktop seats', /A whole number from 0 to 100/],
    ['an image that is gone', { image: '9999' }, 'Image or app', /It is not there any more/],
    ['two things on the disk', { snapshot: '5' }, 'Image or app', /Only one can be on the disk/],
    ['a cycle that is none', { cycle: '7' }, 'Billing cycle', /Choose one of the list/],
  ] as const) {
    test(`${what}: said at its field, nothing lost`, async ({ page, world, guard }) => {
      guard.expects(422, '/servers/new');
      await signIn(page, world.writeToken, '/servers');
      await page.goto(form({ ...fields, show: '1', promo: 'kept' }));
      await expect(page.getByRole('main').getByLabel(field)).toHaveAccessibleDescription(words);
      await expect(page.getByLabel('Promo code')).toHaveValue('kept');
      await expect(order(page)).toHaveCount(0);
    });
  }

  test('an unknown promo code: told before, refused by the provider, said at its field', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({ promo: 'winter' }));
    await expect(page.getByText("Promo code winter: it is not in the provider's list for this plan.")).toBeVisible();
    await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
    await order(page).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Promo code: The provider says: The selected promo code is invalid.');
    await expect(page.getByLabel('Promo code')).toHaveAccessibleDescription(/The selected promo code is invalid/);
    await expect(page.getByLabel('Host names')).toHaveValue('new-1');
    // A password is typed anew, always.
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('');
    expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([422]);
  });

  test('a weak password, or none without a key: said at its field, nothing sent', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({}));
    await withoutBrowserChecks(page);
    await page.getByRole('textbox', { name: 'Password' }).fill('abc');
    await order(page).click();
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/At least 6 characters\./);
    await withoutBrowserChecks(page);
    await order(page).click();
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/Enter a password, or choose an SSH key/);
    expect(await world.journal('deployServer')).toHaveLength(0);
  });

  test('the plan goes out of sale between page and order: said at its field, nothing sent', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({}));
    await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
    const others = (await world.ask('/plans')).filter((plan: any) => plan.key !== 'cloud-vps-2gb');
    await world.force('listPlans', { status: 200, body: { data: others }, times: 0 });
    await order(page).click();
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText('The provider does not sell this plan any more');
    await expect(page.getByRole('group', { name: 'Plan' })).toHaveAccessibleDescription(/does not sell this plan any more/);
    await expect(page.getByLabel('Host names')).toHaveValue('new-1');
    expect(await world.journal('deployServer')).toHaveLength(0);
  });

  test('it becomes dearer between page and order: asked again, nothing sent', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({}));
    await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
    const plans = await world.ask('/plans');
    const dearer = plans.map((plan: any) => ({ ...plan, price: plan.price + 1, price_with_vat: plan.price_with_vat + 1.2 }));
    await world.force('listPlans', { status: 200, body: { data: dearer }, times: 0 });
    await order(page).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('The price is higher now than the one you were shown.');
    expect(await world.journal('deployServer')).toHaveLength(0);
  });

  for (const [operation, what] of [['listPlans', 'plans'], ['listPlanAddons', 'add-ons']] as const) {
    test(`the prices of ${what} cannot be had between page and order: nothing is sent, and then it is`, async ({ page, world, guard }) => {
      guard.expects(422, '/servers/new');
      guard.expects(503, '/servers/new');
      await signIn(page, world.writeToken, '/servers');
      await page.goto(form({ backups: 'on' }));
      await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
      await world.force(operation, { status: 500, times: 0 });
      await order(page).click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText('What it costs now could not be found out, so nothing was ordered.');
      expect(await world.journal('deployServer')).toHaveLength(0);
      await world.release();
      await page.reload();
      await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
      await order(page).click();
      await expect(page).toHaveURL(/done=deployed$/);
      expect(await world.journal('deployServer')).toHaveLength(1);
    });
  }

  test('a form without anything is answered, not broken', async ({ page, world, guard }) => {
    guard.expects(422, '/servers/new');
    await signIn(page, world.writeToken, '/servers');
    await page.goto(form({}));
    const { account, once, seal } = await fieldsOf(page, 'Order');
    const answer = await send(page, '/do/servers/deploy', { account, once, seal, 'key-x': 'on', names: '\u0000' }, { follow: true });
    expect(answer.status()).toBe(422);
    expect(await world.journal('deployServer')).toHaveLength(0);
  });

  test.describe('copies of disks', () => {
    test.use({ seed: 'typical' });

    test('too large for the plan, or deleted meanwhile: said at its field', async ({ page, house, world, guard }) => {
      guard.expects(422, '/servers/new');
      const snapshots: { id: number; size: number }[] = await world.ask('/snapshots');
      const large = snapshots.find((snapshot) => snapshot.size > 50)!;
      const small = snapshots.find((snapshot) => snapshot.size <= 50)!;
      await signIn(page, world.writeToken, '/servers');
      await page.goto(form({ image: '', snapshot: String(large.id), show: '1' }));
      await expect(page.getByLabel('Snapshot')).toHaveAccessibleDescription(/that of the plan has 50 GB/);
      await page.goto(form({ image: '', snapshot: String(small.id) }));
      await expect(order(page)).toBeVisible();
      await tell(house, world, 'DELETE', `/snapshots/${small.id}`);
      await world.pass(60);
      await order(page).click();
      await expect(page.getByLabel('Snapshot')).toHaveAccessibleDescription(/not there any more|The provider says/);
      expect((await world.journal('deployServer')).every((entry) => entry.status === 422)).toBe(true);
    });

    test('an empty disk with an ISO in the first drive', async ({ page, world }) => {
      const isos: { id: number; status: string; name: string }[] = await world.ask('/isos');
      const iso = isos.find((iso) => iso.status === 'downloaded')!;
      await signIn(page, world.writeToken, '/servers');
      await page.goto(form({ image: '', iso: String(iso.id) }));
      await expect(page.getByText(`On the disk: empty, with ${iso.name} in the first drive.`)).toBeVisible();
      await order(page).click();
      await expect(heading(page, 'new-1')).toBeVisible();
      expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([201]);
    });
  });
});

test('an answer that is lost: ordered once, and a page says what became of it', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/servers');
  await page.goto(form({}));
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
  await world.force('deployServer', { reset: true, perform: true });
  await order(page).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}/);
  expect(await world.journal('deployServer')).toHaveLength(1);
  expect((await made(world)).filter((server) => server.hostname === 'new-1')).toHaveLength(1);
});

test('a read-only token is told before anything is filled in, and the refusal says why', async ({ page, world, guard }) => {
  guard.expects(422, '/servers/new');
  await signIn(page, world.readToken, '/servers/new');
  await expect(page.getByRole('main').getByText('This token can probably only read')).toBeVisible();
  await page.goto(form({}));
  await expect(page.getByRole('main').getByText('This token can probably only read')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
  await order(page).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('this token can probably only read');
  expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([403]);
});

test('parts that cannot be read stop nobody', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/servers');
  for (const operation of ['listServerImages', 'listSnapshots', 'listBackups', 'listSshKeys', 'listPlanAddons', 'listPlanPromoCodes']) {
    await world.force(operation, { status: 500, times: 0 });
  }
  await page.goto(form({}));
  await expect(page.getByText('There is no word on the images.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough');
  await order(page).click();
  await expect(heading(page, 'new-1')).toBeVisible();
  expect((await world.journal('deployServer')).map((entry) => entry.status)).toEqual([201]);
});
