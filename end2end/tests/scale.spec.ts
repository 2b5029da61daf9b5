// Moving a server to another plan: what there is, what it costs, and that it is ordered once.

import { fieldsOf, send, withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, heading, property, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

const RISEN = 'The price is higher now than the one you were shown.';

/** Chooses a plan on the page of a server, and asks for its price. */
async function ask(page: Page, id: number, plan: string, { keepDisk = true } = {}) {
  await page.goto(`/servers/${id}/scale`);
  await page.getByRole('radio', { name: plan, exact: true }).check();
  await page.getByRole('checkbox', { name: 'Keep the disk as it is' }).setChecked(keepDisk);
  await page.getByRole('button', { name: 'Show the price' }).click();
  await expect(page).toHaveURL(`/servers/${id}/scale?plan=${plan}${keepDisk ? '&keep_disk=on' : ''}`);
}

const order = (page: Page) => page.getByRole('button', { name: 'Scale', exact: true });

/** Until the provider shows the plan. */
async function moved(world: World, id: number, plan: string) {
  await world.pass(200);
  await expect.poll(async () => (await world.ask(`/servers/${id}`)).plan.key).toBe(plan);
}

test('a server is moved to a larger plan, its disk stays, and the page follows it to the end', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}`);
  await page.getByRole('button', { name: 'More actions for web-1' }).click();
  await page.getByRole('link', { name: 'Scale…' }).click();
  await expect(heading(page, 'Scale web-1')).toBeVisible();
  await expect(property(page, 'Plan now')).toHaveText('cloud-vps-2gb');
  await expect(property(page, 'Price now')).toHaveText('€22.33 a month, €26.80 with VAT');
  const card = page.getByRole('radio', { name: 'cloud-vps-4gb', exact: true });
  await expect(card).toHaveAccessibleDescription(/2 cores, 4 GB memory, 60 GB disk, 5 TB traffic a month\. €39\.00 a month, €46\.80 with VAT\./);
  await expect(page.getByRole('radio', { name: 'vds-64gb' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'vds-64gb' })).toHaveAccessibleDescription(/It is out of stock\./);
  // Growing cannot be taken back: it is not what happens to who does not look.
  await expect(page.getByRole('checkbox', { name: 'Keep the disk as it is' })).toBeChecked();
  await card.check();
  await page.getByRole('button', { name: 'Show the price' }).click();

  await expect(page).toHaveURL(`/servers/${id}/scale?plan=cloud-vps-4gb&keep_disk=on`);
  await expect(card).toBeChecked();
  await expect(property(page, 'Without VAT')).toHaveText(/^€\d+\.\d\d$/);
  await expect(property(page, 'With VAT')).toHaveText(/^€\d+\.\d\d$/);
  await expect(page.getByRole('main')).toContainText(
    'web-1 moves to cloud-vps-4gb and restarts. It is off for about as long as a restart takes. The disk stays as it is.',
  );
  expect(await world.journal('scaleServer')).toHaveLength(0);
  await order(page).click();

  await expect(page).toHaveURL(`/servers/${id}?done=scaled`);
  await expect(page.getByText('The move is ordered.')).toBeVisible();
  await expect(page.getByText('It is being moved to another plan')).toBeVisible();
  await moved(world, id, 'cloud-vps-4gb');
  await expect(property(page, 'Plan')).toContainText('cloud-vps-4gb', { timeout: 20_000 });
  const server = await world.ask(`/servers/${id}`);
  expect(server.state.disk.limit, 'the disk stayed').toBe(50);
  const sent = await world.journal('scaleServer');
  expect(sent.map(({ method, path, status }) => [method, path, status])).toEqual([['POST', `/v1/servers/${id}/scale`, 200]]);
  const quotes = await world.journal('calculateScale');
  expect(new Set(quotes.map(({ method, status }) => `${method} ${status}`))).toEqual(new Set(['POST 200']));
  expect((await world.journal('listScalePlans')).map((entry) => entry.status)).toContain(200);
});

test('the disk grows when it is not kept, and that takes longer', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb', { keepDisk: false });
  await expect(page.getByRole('checkbox', { name: 'Keep the disk as it is' })).not.toBeChecked();
  await expect(page.getByRole('main')).toContainText('It is off for longer than a restart takes. The disk grows, for good.');
  await order(page).click();
  await expect(page).toHaveURL(`/servers/${id}?done=scaled`);
  await moved(world, id, 'cloud-vps-4gb');
  expect((await world.ask(`/servers/${id}`)).state.disk.limit).toBe(60);
  expect(await world.journal('scaleServer')).toHaveLength(1);
});

test('a smaller price goes to the balance', async ({ page, world }) => {
  const { id } = await world.server('build-1');
  const before = (await world.ask('/balance')).balance;
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  await expect(property(page, 'With VAT')).toHaveText(/^−€\d+\.\d\d$/);
  await expect(page.getByRole('main')).toContainText(/The provider gives €\d+\.\d\d back, €\d+\.\d\d with VAT: it goes to the balance\./);
  await order(page).click();
  await expect(page).toHaveURL(`/servers/${id}?done=scaled`);
  expect(await world.journal('scaleServer')).toHaveLength(1);
  expect((await world.ask('/balance')).balance).toBeGreaterThan(before);
});

test('once another plan is chosen nothing is ordered at the price of the first', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts the words beside the button name the plan');
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  await alive(page, scripts);
  const changed = page.getByText('Something else is chosen above by now. Ask for its price first.');
  await expect(order(page)).toBeEnabled();
  await expect(changed).toBeHidden();
  await page.getByRole('radio', { name: 'cloud-vps-8gb', exact: true }).check();
  await expect(order(page)).toBeDisabled();
  await expect(changed).toBeVisible();
  await page.getByRole('radio', { name: 'cloud-vps-4gb', exact: true }).check();
  await expect(order(page)).toBeEnabled();
  await page.getByRole('checkbox', { name: 'Keep the disk as it is' }).uncheck();
  await expect(order(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Show the price' }).click();
  await expect(order(page)).toBeEnabled();
  await expect(page.getByRole('main')).toContainText('The disk grows, for good.');
});

test('an order that waits for its payment is named on the page of the server, also later', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.freeze();
  await world.faults({ card_declined: true });
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'vds-32gb');
  await expect(page.getByText('The order may be paid at once: from the balance, and else by a saved card.')).toBeVisible();
  await expect(page.getByText('The balance does not cover it')).toBeVisible();
  await order(page).click();
  await expect(page).toHaveURL(`/servers/${id}?done=scaled`);
  const open = (await world.ask('/orders?filter[status]=awaiting_payment')).filter(({ type }: { type: string }) => type === 'scale-service');
  expect(open).toHaveLength(1);
  for (const address of [`/servers/${id}`, `/servers/${id}?tab=activity`]) {
    await page.goto(address);
    await expect(page.getByRole('status').filter({ hasText: 'Change of plan: done once its order is paid.' })).toBeVisible();
    await expect(page.getByRole('link', { name: `order ${open[0].id}` })).toHaveAttribute('href', `/orders/${open[0].id}`);
  }
  await page.goto(`/servers/${(await world.server('db-1')).id}`);
  await expect(heading(page, 'db-1')).toBeVisible();
  await expect(page.getByText('Change of plan')).toHaveCount(0);
});

test('the price rises in between: nothing is bought, and the new one is shown', async ({ page, world, guard }) => {
  const { id } = await world.server('web-1');
  guard.expects(422, /^\/servers\/\d+\/scale\?plan=cloud-vps-4gb&keep_disk=on&draft=/);
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  const dearer = { amount: 50, amount_with_vat: 60, estimated_downtime: 'short' };
  await world.force('calculateScale', { status: 200, body: dearer, times: 0 });
  await order(page).click();
  await expect(page.getByRole('alert')).toContainText(RISEN);
  await expect(property(page, 'With VAT')).toHaveText('€60.00');
  expect(await world.journal('scaleServer')).toHaveLength(0);
  await order(page).click();
  await expect(page).toHaveURL(`/servers/${id}?done=scaled`);
  expect(await world.journal('scaleServer')).toHaveLength(1);
});

test('a form without the price that was shown buys nothing', async ({ page, world, guard }) => {
  const { id } = await world.server('web-1');
  guard.expects(422, /^\/servers\/\d+\/scale\?/);
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  const { total, net, ...fields } = await fieldsOf(page, 'Scale');
  expect([total, net].join(' ')).toMatch(/^\d[\d.]* \d[\d.]*$/);
  const answer = await send(page, '/do/servers/scale', fields, { follow: true });
  expect(await answer.text()).toContain(RISEN);
  expect(await world.journal('scaleServer')).toHaveLength(0);
});

test('the answer is lost: the purchase has a page, and nothing is sent again', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  await world.force('scaleServer', { reset: true, perform: true });
  await order(page).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}$/);
  expect((await world.journal('scaleServer')).map((entry) => entry.status)).toEqual([null]);
});

test('the plan is gone between page and submit', async ({ page, world, guard }) => {
  const { id } = await world.server('web-1');
  guard.expects(422, /^\/servers\/\d+\/scale\?plan=cloud-vps-4gb/);
  await signIn(page, world.writeToken, `/servers/${id}`);
  await ask(page, id, 'cloud-vps-4gb');
  const body = { message: 'The plan is sold out.', errors: { plan: ['The plan is sold out.'] } };
  await world.force('calculateScale', { status: 422, body, times: 0 });
  await order(page).click();
  await expect(page.getByRole('alert')).toContainText('New plan: The provider says: The plan is sold out.');
  await expect(page.getByRole('radio', { name: 'cloud-vps-4gb', exact: true })).toBeChecked();
  expect(await world.journal('scaleServer')).toHaveLength(0);
});

test('a plan that is none is said at its field', async ({ page, world, guard }) => {
  const { id } = await world.server('web-1');
  guard.expects(422, /^\/servers\/\d+\/scale\?/);
  await signIn(page, world.writeToken, `/servers/${id}/scale?plan=%3Cb%3Enone`);
  await expect(page.getByRole('alert')).toContainText('New plan: The provider says:');
  await expect(order(page)).toHaveCount(0);
  await page.goto(`/servers/${id}/scale?plan=${'a'.repeat(101)}`);
  await expect(page.getByRole('alert')).toContainText('At most 100 characters');
  await page.goto(`/servers/${id}/scale`);
  await withoutBrowserChecks(page);
  await page.getByRole('button', { name: 'Show the price' }).click();
  await expect(order(page)).toHaveCount(0);
});

test('the price cannot be had: the rest of the page stands, and nothing is lost', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.force('calculateScale', { status: 500, times: 0 });
  await signIn(page, world.writeToken, `/servers/${id}/scale?plan=cloud-vps-4gb&keep_disk=on`);
  await expect(page.getByText('There is no word on the price of this move.')).toBeVisible();
  await expect(order(page)).toHaveCount(0);
  await world.release();
  await expect(async () => {
    await page.reload();
    await expect(order(page)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

test('an unknown word for the downtime is shown as sent', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  const body = { amount: 1, amount_with_vat: 1.2, estimated_downtime: 'until-noon' };
  await world.force('calculateScale', { status: 200, body, times: 0 });
  await signIn(page, world.writeToken, `/servers/${id}/scale?plan=cloud-vps-4gb`);
  await expect(page.getByRole('main')).toContainText('How long it is off, in the provider’s word: until-noon.');
});

test.describe('a server that cannot be moved', () => {
  test.use({ seed: 'typical' });

  test('says why', async ({ page, world }) => {
    const { id } = await world.server('old-shop');
    await signIn(page, world.writeToken, `/servers/${id}/scale`);
    await expect(page.getByText('It is suspended: renew it first.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show the price' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Back to the server' }).click();
    await page.getByRole('button', { name: 'More actions for old-shop' }).click();
    await expect(page.getByRole('link', { name: 'Scale…' })).toHaveCount(0);
    await expect(page.getByRole('listitem').filter({ hasText: 'Scale…' })).toContainText('It is suspended: renew it first.');
  });
});
