// Orders: all of them in a list, one of them paid in each way, or dropped.

import { send, withoutBrowserChecks } from '../support/forms.ts';
import { alive, axe, expect, heading, property, row, sameDocument, signIn, test, type Locator, type Page } from '../support/test.ts';
import { World } from '../support/world.ts';

/** The open order of the account: a piece of work that costs 60.00 without VAT. */
async function openOrder(world: World): Promise<{ id: number; amount: number; amount_with_vat: number }> {
  const orders = await world.ask('/orders?filter[status]=awaiting_payment');
  return orders[0];
}

/** Opens the dialog that pays an order. */
async function toPay(page: Page, scripts: boolean): Promise<Locator> {
  await page.getByRole('link', { name: 'Pay', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Pay order \d+\?$/ });
  await expect(dialog).toBeVisible();
  await alive(page, scripts);
  return dialog;
}

test('the list has the orders of all states, also those that the provider leaves out', async ({ page, world, scripts }) => {
  const open = await openOrder(world);
  await signIn(page, world.writeToken, '/servers');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Orders' }).click();
  await expect(heading(page, 'Orders')).toBeVisible();
  await expect(row(page, String(open.id))).toContainText('Waits for payment');
  await expect(page.getByRole('row').filter({ hasText: 'Payment on its way' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: /Paid/ }).first()).toBeVisible();
  // The overview and other pages ask for what waits only.
  const asked = (await world.journal('listOrders')).map((entry) => decodeURIComponent(entry.query ?? ''));
  expect(asked.filter((query) => query.includes('awaiting_payment,pending_payment,processing,paid,cancelled'))).toHaveLength(1);
  await alive(page, scripts);
  if (scripts) await axe(page, 'the list of orders');
  await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Waiting for payment' }).click();
  await expect(page).toHaveURL('/orders?state=awaiting_payment');
  await expect(page.getByText('1 order', { exact: true })).toBeVisible();
  await row(page, String(open.id)).getByRole('link').first().click();
  await expect(heading(page, `Order ${open.id}`)).toBeVisible();
  expect((await world.journal('getOrder')).map(({ method, status }) => [method, status])).toEqual([['GET', 200]]);
});

test('paid from the balance: at once, with what is left of it said before', async ({ page, world, scripts }) => {
  const { id, amount, amount_with_vat } = await openOrder(world);
  const { balance } = await world.ask('/balance');
  await signIn(page, world.writeToken, `/orders/${id}`);
  await expect(property(page, 'State')).toHaveText('Waits for payment');
  await expect(property(page, 'With VAT')).toHaveText(`€${amount_with_vat.toFixed(2)}`);
  const dialog = await toPay(page, scripts);
  if (scripts) await axe(page, 'the dialog that pays');
  await expect(dialog.getByRole('radio', { name: 'Balance' })).toBeChecked();
  await expect(dialog.getByText(`At once; €${(balance - amount).toFixed(2)} are left.`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(page).toHaveURL(`/orders/${id}?done=order-paid`);
  await expect(page.getByText('The order is paid.')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Paid');
  expect((await world.ask('/balance')).balance).toBeCloseTo(balance - amount, 2);
  expect((await world.journal('payOrders')).map(({ method, status }) => [method, status])).toEqual([['POST', 200]]);
  // Paid is an end: what is no longer possible says why.
  await expect(page.getByRole('button', { name: 'Pay', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('It is already paid.').first()).toBeAttached();
});

test('by bank transfer: what to write on it, then followed until it is confirmed', async ({ page, world, scripts }) => {
  test.slow();
  const { id } = await openOrder(world);
  await world.freeze();
  await signIn(page, world.writeToken, `/orders/${id}`);
  const dialog = await toPay(page, scripts);
  await dialog.getByRole('radio', { name: 'Bank transfer' }).check();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(page).toHaveURL(`/orders/${id}?done=order-paying`);
  await expect(property(page, 'State')).toHaveText('Payment on its way');
  await expect(property(page, 'Write on the transfer')).toContainText(`VPS-${String(id).padStart(10, '0')}`);
  await alive(page, scripts);
  const same = await sameDocument(page);
  await world.pass(600);
  await expect(property(page, 'State')).toHaveText('Paid', { timeout: 30_000 });
  // With scripts nothing was loaded anew; without them the page did it by itself.
  expect(await same()).toBe(scripts);
  expect(await world.journal('payOrders')).toHaveLength(1);
});

test('with Bitcoin: where to and how much', async ({ page, world, scripts }) => {
  const { id } = await openOrder(world);
  await signIn(page, world.writeToken, `/orders/${id}`);
  const dialog = await toPay(page, scripts);
  await dialog.getByRole('radio', { name: 'Bitcoin', exact: true }).check();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  const { payment_information: told } = await world.ask(`/orders/${id}`);
  await expect(property(page, 'Bitcoin address')).toContainText(told.bitcoin_address);
  await expect(property(page, 'Bitcoin to send')).toContainText(told.bitcoin_amount);
});

test('by a card that is not saved: a link to the provider’s page, and nobody is led there', async ({ page, house, guard, scripts }) => {
  const world = await World.make(house.sandbox, { seed: 'empty' });
  guard.keepsSecret(world.writeToken);
  const open = await world.change('POST', '/balance/deposit', { amount: 20, payment_method: 'card' });
  await signIn(page, world.writeToken, `/orders/${open.id}`);
  const link = page.getByRole('link', { name: "Pay on the provider's page" });
  await expect(link).toHaveAttribute('href', `https://secure.example.org/orders/${open.id}/pay`);
  await expect(link).toHaveAttribute('rel', /noreferrer/);
  await expect(page.getByText('This leads to secure.example.org.')).toBeVisible();
  // A deposit cannot be paid from what it fills.
  const dialog = await toPay(page, scripts);
  await expect(dialog.getByRole('radio', { name: 'Balance' })).toBeDisabled();
  await expect(dialog.getByText('the balance cannot pay for itself')).toBeVisible();
  await dialog.getByRole('radio', { name: 'Card' }).check();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(page).toHaveURL(`/orders/${open.id}?done=order-paying`);
  await expect(link).toBeVisible();
});

test('an address to pay on that is not safe is not linked', async ({ page, world }) => {
  const { id } = await openOrder(world);
  const order = await world.ask(`/orders/${id}`);
  const payment_information = { payment_url: 'http://secure.example.org/pay' };
  await world.force('getOrder', { status: 200, body: { ...order, payment_information }, times: 0 });
  await signIn(page, world.writeToken, `/orders/${id}`);
  await expect(page.getByText('its address is not a safe one')).toBeVisible();
  await expect(page.getByRole('link', { name: "Pay on the provider's page" })).toHaveCount(0);
});

test('the balance is not enough: the provider’s words stand at the choice', async ({ page, world, guard, scripts }) => {
  guard.expects(422, /confirm=pay/);
  const { id } = await openOrder(world);
  await world.force('payOrders', {
    status: 422,
    body: { message: 'No.', errors: { payment_method: ['The balance is not enough: EUR 12.00 are missing.'] } },
  });
  await signIn(page, world.writeToken, `/orders/${id}`);
  const dialog = await toPay(page, scripts);
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Pay by: The provider says: The balance is not enough');
  await expect(dialog.getByRole('radio', { name: 'Balance' })).toBeChecked();
  expect((await world.ask(`/orders/${id}`)).status).toBe('awaiting_payment');
});

test('nothing chosen, or something that is none', async ({ page, world, guard, scripts }) => {
  guard.expects(422, /confirm=pay/);
  const { id } = await openOrder(world);
  await world.force('getBalance', { status: 500, times: 0 });
  await signIn(page, world.writeToken, `/orders/${id}?confirm=pay`);
  await alive(page, scripts);
  const dialog = page.getByRole('dialog');
  await withoutBrowserChecks(page);
  await dialog.getByRole('radio', { name: 'Card' }).evaluate((radio) => ((radio as HTMLInputElement).value = 'shells'));
  await dialog.getByRole('radio', { name: 'Card' }).check();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Choose one of these ways.');
  expect(await world.journal('payOrders')).toHaveLength(0);
});

test('it has become dearer than what was shown: nothing is paid', async ({ page, world, guard, scripts }) => {
  guard.expects(422, /confirm=pay/);
  const { id } = await openOrder(world);
  const order = await world.ask(`/orders/${id}`);
  await signIn(page, world.writeToken, `/orders/${id}`);
  const dialog = await toPay(page, scripts);
  await world.force('getOrder', { status: 200, body: { ...order, amount: 800, amount_with_vat: 960 }, times: 0 });
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The price is higher now than the one you were shown.');
  await expect(dialog.getByText('€960.00')).toBeVisible();
  expect(await world.journal('payOrders')).toHaveLength(0);
});

test('an order that nobody wants is dropped', async ({ page, world, scripts }) => {
  const { id } = await openOrder(world);
  await signIn(page, world.writeToken, `/orders/${id}`);
  await page.getByRole('link', { name: 'Drop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Drop order ${id}?` });
  await expect(dialog).toContainText('Nobody can pay it any more.');
  await alive(page, scripts);
  expect(await world.journal('deleteOrder')).toHaveLength(0);
  await dialog.getByRole('button', { name: 'Drop' }).click();
  await expect(page).toHaveURL(`/orders/${id}?done=order-dropped`);
  await expect(property(page, 'State')).toHaveText('Cancelled');
  expect((await world.journal('deleteOrder')).map(({ method, status }) => [method, status])).toEqual([['DELETE', 204]]);
  // It stays in the list of all orders.
  await page.goto('/orders?state=cancelled');
  await expect(row(page, String(id))).toBeVisible();
});

test('a read-only token: the dialog warns before, and the refusal says why', async ({ page, world, guard }) => {
  guard.expects(422, /confirm=pay/);
  const { id } = await openOrder(world);
  await signIn(page, world.readToken, `/orders/${id}?confirm=pay`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('This token can probably only read')).toBeVisible();
  await dialog.getByRole('button', { name: 'Pay' }).click();
  await expect(dialog.getByRole('alert')).toContainText('this token can probably only read');
  expect((await world.journal('payOrders')).map((entry) => entry.status)).toEqual([403]);
});

test('ids that are none, and forms that name no order', async ({ page, world, guard }) => {
  guard.expects(404, /^\/orders\//);
  await signIn(page, world.writeToken, '/orders');
  for (const id of ['abc', '0', '-1', '99999999', '%F0%9F%92%A9']) {
    expect((await page.goto(`/orders/${id}`))!.status(), id).toBe(404);
    await expect(page.getByText('There is no order here.'), id).toBeVisible();
  }
  const answer = await send(page, '/do/orders/pay', { id: 'x' });
  expect(answer.status()).toBe(303);
  expect(await world.journal('payOrders')).toHaveLength(0);
});
