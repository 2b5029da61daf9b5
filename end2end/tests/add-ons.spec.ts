// Add-ons of a server: what there is, buying, other sizes, cancelling and keeping, each sent once.

import { fieldsOf, send, withoutBrowserChecks } from '../support/forms.ts';
import { expect, heading, property, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

const RISEN = 'The price is higher now than the one you were shown.';

const tab = (id: number) => `/servers/${id}?tab=add-ons`;

/** The row of an add-on that the server has. */
function had(page: Page, name: string) {
  const table = page.getByRole('table', { name: 'Add-ons of this server' });
  return table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
}

/** Opens the menu of an add-on and follows one of its links. */
async function choose(page: Page, name: string, link: string) {
  await had(page, name).getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('link', { name: link }).click();
}

async function sent(world: World, operation: string) {
  return (await world.journal(operation)).map(({ method, status }) => `${method} ${status}`);
}

/** What the provider says that the server has: key and quantity. */
async function truth(world: World, id: number): Promise<Record<string, number>> {
  const { addons } = await world.ask(`/servers/${id}`);
  return Object.fromEntries(addons.map(({ name, quantity }: { name: string; quantity: number }) => [name, quantity]));
}

test.describe('the tab', () => {
  test.use({ seed: 'typical' });

  test('says what the server has and what can be added, in words', async ({ page, world }) => {
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, tab(id));
    await expect(had(page, 'Remote desktop seats')).toContainText('3');
    await expect(had(page, 'Office seats')).toContainText('2');
    await expect(had(page, 'Windows Server licence')).toBeVisible();
    const sold = page.getByRole('table', { name: 'What can be added, with prices' });
    await expect(sold.getByRole('row').filter({ hasText: 'Unmetered traffic at 100 Mbps' })).toContainText('€50.00');
    await expect(sold.getByRole('row').filter({ hasText: 'Unmetered traffic at 100 Mbps' })).toContainText('€60.00');
    expect(await sent(world, 'listServerAddonPrices')).toEqual(['GET 200']);
  });

  test('stands without the price list', async ({ page, world }) => {
    const { id } = await world.server('win-terminal');
    await world.force('listServerAddonPrices', { status: 500, times: 0 });
    await signIn(page, world.writeToken, tab(id));
    await expect(page.getByText('There is no word on the list of add-ons.')).toBeVisible();
    await expect(had(page, 'Remote desktop seats')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Buy add-ons' })).toBeVisible();
  });

  test('shows a pending cancellation, which can be withdrawn', async ({ page, world }) => {
    const { id } = await world.server('cache-1');
    await signIn(page, world.writeToken, tab(id));
    await expect(had(page, 'Weekly backups')).toContainText('Nothing in a cache is worth keeping');
    await choose(page, 'Weekly backups', 'Keep it after all');
    const dialog = page.getByRole('dialog', { name: 'Keep an add-on of cache-1 after all?' });
    await expect(dialog).toContainText('Weekly backups of cache-1 no longer ends with its paid period');
    await dialog.getByRole('button', { name: 'Keep add-on' }).click();
    await expect(page).toHaveURL(`${tab(id)}&done=keep-add-on`);
    await expect(page.getByText('The add-on is kept')).toBeVisible();
    await expect(had(page, 'Weekly backups')).not.toContainText('Cancelled');
    expect(await sent(world, 'undoCancelServerAddon')).toEqual(['DELETE 204']);
  });
});

test.describe('cancelling', () => {
  test('at the end of the period: a reason is needed, and is kept', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=cancel-add-on&addon=\d+&draft=/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, tab(id));
    await choose(page, 'Weekly backups', 'Cancel at the end of the period');
    const dialog = page.getByRole('dialog', { name: 'Cancel an add-on of web-1?' });
    await expect(dialog).toContainText('Weekly backups of web-1 ends when its paid period ends');
    await withoutBrowserChecks(page);
    await dialog.getByRole('button', { name: 'Cancel add-on' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Reason: Say why: the provider asks for it.');
    expect(await sent(world, 'cancelServerAddon')).toEqual([]);
    await dialog.getByLabel('Reason').fill('We make our own & <better> ones');
    await dialog.getByRole('button', { name: 'Cancel add-on' }).click();
    await expect(page).toHaveURL(`${tab(id)}&done=cancel-add-on`);
    await expect(had(page, 'Weekly backups')).toContainText('Cancelled');
    await expect(had(page, 'Weekly backups')).toContainText('We make our own & <better> ones');
    expect(await sent(world, 'cancelServerAddon')).toEqual(['POST 204']);
    const [{ cancel_request }] = (await world.ask(`/servers/${id}`)).addons;
    expect(cancel_request.reason).toBe('We make our own & <better> ones');
  });

  test('at once: the name of the server is typed, and it is gone', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=cancel-add-on-now&addon=\d+&draft=/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, tab(id));
    await choose(page, 'Weekly backups', 'Cancel at the end of the period');
    await page.getByRole('link', { name: 'Cancel it at once instead' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel an add-on of web-1 at once?' });
    await expect(dialog).toContainText('That cannot be withdrawn');
    await dialog.getByLabel('Reason').fill('Too dear');
    await dialog.getByLabel('Name').fill('backups');
    await dialog.getByRole('button', { name: 'Cancel at once' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Name: That is not its name.');
    await expect(dialog.getByLabel('Reason')).toHaveValue('Too dear');
    expect(await sent(world, 'cancelServerAddon')).toEqual([]);
    await dialog.getByLabel('Name').fill('web-1');
    await dialog.getByRole('button', { name: 'Cancel at once' }).click();
    await expect(page).toHaveURL(`${tab(id)}&done=cancel-add-on-now`);
    await expect(page.getByText('No add-ons', { exact: true })).toBeVisible();
    expect(await sent(world, 'cancelServerAddon')).toEqual(['POST 204']);
    expect(await truth(world, id)).toEqual({});
  });

  test('one that is gone meanwhile: said, and nothing is sent', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=cancel-add-on&addon=987654321&draft=/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `${tab(id)}&confirm=cancel-add-on&addon=987654321`);
    await page.getByRole('dialog').getByLabel('Reason').fill('Gone');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel add-on' }).click();
    await expect(page.getByRole('alert')).toContainText('The server no longer has this add-on.');
    expect(await sent(world, 'cancelServerAddon')).toEqual([]);
  });
});

test.describe('buying', () => {
  test('backups and a licence, for the sum of the list, which is called an estimate', async ({ page, world }) => {
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, tab(id));
    await expect(page.getByText('No add-ons', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Buy add-ons' }).click();
    await expect(heading(page, 'Buy add-ons for db-1')).toBeVisible();
    // Seats make sense on Windows only, and are not in the list.
    await expect(page.getByLabel('Remote desktop seats')).toHaveCount(0);
    await page.getByRole('checkbox', { name: 'Weekly backups' }).check();
    await page.getByLabel('cPanel licence').selectOption('cpanel-admin-5');
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page).toHaveURL(/\/add-ons\/new\?backups=on&cpanel=cpanel-admin-5/);
    await expect(page.getByRole('heading', { name: 'Estimate' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('db-1 gets weekly backups and cPanel Admin, 5 accounts. This is an estimate');
    await expect(property(page, 'A month, without VAT')).toHaveText('€31.00');
    await expect(property(page, 'A month, with VAT')).toHaveText('€37.20');
    // For how many months it is charged nobody knows: then nobody knows what is left either.
    await expect(page.getByText(/may charge for all the time that the server is paid for, which is until \d+ \w+ \d{4}/)).toBeVisible();
    await expect(page.getByText('If the balance pays it, left')).toHaveCount(0);
    await page.getByRole('main').getByRole('button', { name: 'Buy add-ons' }).click();

    await expect(page).toHaveURL(`${tab(id)}&done=add-ons-bought`);
    await expect(had(page, 'Weekly backups')).toBeVisible();
    await expect(had(page, 'cPanel Admin, 5 accounts')).toBeVisible();
    expect(await sent(world, 'purchaseServerAddons')).toEqual(['POST 200']);
    expect(await truth(world, id)).toEqual({ backups: 1, 'cpanel-admin-5': 1 });
  });

  test('nothing is an error', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/new\?/);
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/new`);
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page.getByRole('alert')).toContainText('Choose at least one add-on.');
    expect(await world.journal('purchaseServerAddons')).toHaveLength(0);
  });

  test('what the server has already: the provider’s word stands at its field', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/new\?backups=on/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/new?backups=on`);
    await expect(page.getByRole('checkbox', { name: 'Weekly backups' })).toHaveAccessibleDescription(/The server has it already\./);
    await page.getByRole('main').getByRole('button', { name: 'Buy add-ons' }).click();
    await expect(page.getByRole('alert')).toContainText('Weekly backups: The provider says:');
    await expect(page.getByRole('checkbox', { name: 'Weekly backups' })).toBeChecked();
    expect(await sent(world, 'purchaseServerAddons')).toEqual(['POST 422']);
  });

  test('dearer than what was shown: nothing is bought', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/new\?backups=on/);
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/new?backups=on`);
    const fields = await fieldsOf(page, 'Buy add-ons');
    const answer = await send(page, '/do/servers/buy-add-ons', { ...fields, total: '0.01' }, { follow: true });
    expect(await answer.text()).toContain(RISEN);
    expect(await world.journal('purchaseServerAddons')).toHaveLength(0);
  });

  test('the prices cannot be had between page and order: nothing is sent, and then it is', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/new\?backups=on/);
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/new?backups=on`);
    await world.force('listServerAddonPrices', { status: 500, times: 0 });
    await page.getByRole('button', { name: 'Buy add-ons' }).click();
    await expect(page.getByRole('region', { name: 'Estimate' }).getByRole('alert')).toContainText('What it costs now could not be found out, so nothing was ordered.');
    expect(await world.journal('purchaseServerAddons')).toHaveLength(0);
    await world.release();
    await page.getByRole('button', { name: 'Buy add-ons' }).click();
    await expect(page).toHaveURL(`${tab(id)}&done=add-ons-bought`);
    expect(await sent(world, 'purchaseServerAddons')).toHaveLength(1);
  });

  test('the answer is lost: the purchase has a page, and nothing is sent again', async ({ page, world }) => {
    const { id } = await world.server('db-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/new?backups=on`);
    await world.force('purchaseServerAddons', { reset: true, perform: true });
    await page.getByRole('main').getByRole('button', { name: 'Buy add-ons' }).click();
    await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}$/);
    expect((await world.journal('purchaseServerAddons')).map((entry) => entry.status)).toEqual([null]);
  });

  test.describe('seats', () => {
    test.use({ seed: 'typical' });

    test('a thousand are too many, said at the field', async ({ page, world, guard }) => {
      guard.expects(422, /\/add-ons\/new\?/);
      const { id } = await world.server('win-terminal');
      await signIn(page, world.writeToken, `/servers/${id}/add-ons/new`);
      await withoutBrowserChecks(page);
      await page.getByLabel('Remote desktop seats').fill('1000');
      await page.getByRole('button', { name: 'Show the price' }).click();
      await expect(page.getByRole('main').getByRole('form').getByRole('alert')).toContainText('Remote desktop seats: A whole number from 0 to 100.');
      await expect(page.getByLabel('Remote desktop seats')).toHaveValue('1000');
      await expect(page.getByLabel('Remote desktop seats')).toHaveAttribute('aria-invalid', 'true');
      expect(await world.journal('purchaseServerAddons')).toHaveLength(0);
    });
  });
});

test.describe('sizes', () => {
  test.use({ seed: 'typical' });

  /** Asks for the price of more seats. */
  async function ask(page: Page, id: number, seats: string) {
    await page.goto(`/servers/${id}/add-ons/size`);
    await page.getByLabel('Remote desktop seats').fill(seats);
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page).toHaveURL(`/servers/${id}/add-ons/size?rds=${seats}&office=2`);
  }

  const change = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Change sizes' });

  test('more seats, for the price that the provider says', async ({ page, world }) => {
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, tab(id));
    await page.getByRole('link', { name: 'Change sizes' }).click();
    await expect(page.getByLabel('Remote desktop seats')).toHaveValue('3');
    await expect(page.getByLabel('Office seats')).toHaveValue('2');
    await page.getByLabel('Remote desktop seats').fill('5');
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page).toHaveURL(`/servers/${id}/add-ons/size?rds=5&office=2`);
    await expect(property(page, 'With VAT')).toHaveText(/^€\d+\.\d\d$/);
    await expect(page.getByRole('main')).toContainText('win-terminal has from then on: 5 remote desktop seats; 2 Office seats.');
    await change(page).click();
    await expect(page).toHaveURL(`${tab(id)}&done=add-ons-sized`);
    await expect(had(page, 'Remote desktop seats')).toContainText('5');
    expect(await sent(world, 'scaleServerAddons')).toEqual(['PATCH 200']);
    expect(new Set(await sent(world, 'calculateServerAddonScale'))).toEqual(new Set(['POST 200']));
    expect(await truth(world, id)).toMatchObject({ 'microsoft-rds-sal': 5, 'microsoft-office-sal': 2 });
  });

  test('another licence', async ({ page, world }) => {
    const { id } = await world.server('mail-1');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/size`);
    await expect(page.getByLabel('cPanel licence')).toHaveValue('cpanel-pro-30');
    await page.getByLabel('cPanel licence').selectOption('cpanel-admin-5');
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page.getByRole('main')).toContainText(/The provider gives €\d+\.\d\d back, €\d+\.\d\d with VAT: it goes to the balance\./);
    await change(page).click();
    await expect(page).toHaveURL(`${tab(id)}&done=add-ons-sized`);
    await expect(had(page, 'cPanel Admin, 5 accounts')).toBeVisible();
    expect(await sent(world, 'scaleServerAddons')).toEqual(['PATCH 200']);
  });

  test('none, a thousand, and the same: each has its word', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/size\?/);
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, `/servers/${id}/add-ons/size`);
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page.getByRole('main').getByRole('form').getByRole('alert')).toContainText('Nothing changes: choose another size.');
    await withoutBrowserChecks(page);
    await page.getByLabel('Remote desktop seats').fill('1000');
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page.getByRole('main').getByRole('form').getByRole('alert')).toContainText('Remote desktop seats: A whole number from 0 to 100.');
    // Whether seats can go to none is the provider's to say.
    await page.getByLabel('Remote desktop seats').fill('0');
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(page.getByRole('main').getByRole('form').getByRole('alert')).toContainText('Remote desktop seats: The provider says:');
    expect(await world.journal('scaleServerAddons')).toHaveLength(0);
  });

  test('the price rises in between: nothing is bought, and the new one is shown', async ({ page, world, guard }) => {
    guard.expects(422, /\/add-ons\/size\?rds=5&office=2&draft=/);
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, tab(id));
    await ask(page, id, '5');
    await world.force('calculateServerAddonScale', { status: 200, body: { amount: '75.00', amount_with_vat: '90.00' }, times: 0 });
    await change(page).click();
    await expect(page.getByRole('region', { name: 'Price' }).getByRole('alert')).toContainText(RISEN);
    await expect(property(page, 'With VAT')).toHaveText('€90.00');
    expect(await world.journal('scaleServerAddons')).toHaveLength(0);
    await change(page).click();
    await expect(page).toHaveURL(`${tab(id)}&done=add-ons-sized`);
    expect(await sent(world, 'scaleServerAddons')).toEqual(['PATCH 200']);
  });

  test('the answer is lost: the purchase has a page, and nothing is sent again', async ({ page, world }) => {
    const { id } = await world.server('win-terminal');
    await signIn(page, world.writeToken, tab(id));
    await ask(page, id, '5');
    await world.force('scaleServerAddons', { reset: true, perform: true });
    await change(page).click();
    await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{32}$/);
    expect((await world.journal('scaleServerAddons')).map((entry) => entry.status)).toEqual([null]);
  });

  test('a server without such add-ons says so', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, tab(id));
    await expect(page.getByRole('link', { name: 'Change sizes' })).toHaveCount(0);
    await page.goto(`/servers/${id}/add-ons/size`);
    await expect(page.getByText('It has no add-on with another size.')).toBeVisible();
  });
});
