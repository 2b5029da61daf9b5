// One server from its order to the end of its days, as a person goes through it: with scripts and without.

import { expect, heading, property, signIn, test, type Page } from '../support/test.ts';

test.use({ seed: 'small' });

test('ordered, paid, renamed, restarted, given an ISO, rescued, reinstalled, moved, given an add-on, given up, kept', async ({ page, world }) => {
  test.setTimeout(150_000);
  await world.freeze();
  const id = async () => Number(new URL(page.url()).pathname.split('/').at(-1));
  const menu = async (name: string, item: string) => {
    await page.getByRole('button', { name: `More actions for ${name}` }).click();
    await page.getByRole('link', { name: item, exact: true }).click();
  };
  const dialog = page.getByRole('dialog');
  const settles = { timeout: 25_000 };
  const tab = async (page: Page, name: string, tab: string) => {
    await page.getByRole('navigation', { name: `Parts of ${name}` }).getByRole('link', { name: tab }).click();
  };

  // Ordered, and followed until it is there.
  await signIn(page, world.writeToken, '/servers/new?plan=cloud-vps-2gb&image=73&names=first-1&cycle=1');
  await page.getByRole('textbox', { name: 'Password' }).fill('not for long 1');
  await page.getByRole('button', { name: /^Order/ }).click();
  await expect(page).toHaveURL(/\/servers\/\d+\?done=deployed$/);
  const server = await id();
  await world.pass(61);
  await expect(property(page, 'State')).toHaveText('Active', settles);

  // Renewed: an order that is paid from the balance.
  await menu('first-1', 'Renew…');
  await page.getByRole('button', { name: 'Show price' }).click();
  await page.getByRole('button', { name: /^Order/ }).click();
  await expect(heading(page, /^Order \d+$/)).toBeVisible();
  await page.getByRole('link', { name: 'Pay', exact: true }).click();
  await dialog.getByRole('radio', { name: /balance/i }).check();
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(page.getByText('The order is paid.')).toBeVisible();

  await page.goto(`/servers/${server}`);
  await menu('first-1', 'Rename');
  await dialog.getByLabel('Host name').fill('second-1');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(heading(page, 'second-1')).toBeVisible();

  await page.getByRole('link', { name: 'Restart', exact: true }).click();
  await dialog.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText('Restarting…').first()).toBeVisible();
  await world.pass(4);
  // Off, and seen to be.
  const looks = (await world.journal('getServer')).length;
  await expect.poll(async () => (await world.journal('getServer')).length, settles).toBeGreaterThan(looks + 1);
  await world.pass(8);
  await expect(property(page, 'Power')).toHaveText('Running', settles);

  const [iso] = await world.ask('/isos');
  await page.goto(`/servers/${server}?tab=images&confirm=isos`);
  await dialog.getByLabel('First drive').selectOption(String(iso.id));
  await dialog.getByRole('button', { name: 'Set drives' }).click();
  await expect(page.getByText('The drives are set.')).toBeVisible();
  await expect(property(page, 'First drive')).toContainText(iso.name);

  await tab(page, 'second-1', 'Boot');
  await page.getByRole('link', { name: 'Boot the rescue system' }).click();
  await dialog.getByLabel('Password of the rescue system').fill('only for rescue');
  await dialog.getByRole('button', { name: 'Boot rescue' }).click();
  await world.pass(15);
  await expect(property(page, 'Runs')).toHaveText('The rescue system', settles);
  await page.getByRole('link', { name: 'Leave the rescue system' }).click();
  await dialog.getByRole('button', { name: 'Leave rescue' }).click();
  await world.pass(15);
  await expect(property(page, 'Runs')).toHaveText('Its own system', settles);

  await tab(page, 'second-1', 'Images');
  await page.getByRole('main').getByRole('link', { name: 'Reinstall' }).first().click();
  await dialog.getByLabel('Password of the administrator').fill('correct horse battery');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('second-1');
  await dialog.getByRole('button', { name: 'Reinstall' }).click();
  await expect(page.getByText('The installation has begun.')).toBeVisible();
  await world.pass(120);
  await expect(page.getByText('It is being reinstalled')).toHaveCount(0, settles);

  await menu('second-1', 'Scale…');
  await page.getByRole('radio', { name: 'cloud-vps-4gb', exact: true }).check();
  await page.getByRole('button', { name: 'Show the price' }).click();
  await page.getByRole('main').getByRole('button', { name: /^(Order|Scale|Move)/ }).click();
  await expect(page).toHaveURL(`/servers/${server}?done=scaled`);
  await world.pass(200);
  await expect(property(page, 'Plan')).toContainText('cloud-vps-4gb', settles);

  await tab(page, 'second-1', 'Add-ons');
  await page.getByRole('link', { name: 'Buy add-ons' }).click();
  await page.getByRole('checkbox', { name: 'Weekly backups' }).check();
  await page.getByRole('button', { name: 'Show the price' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Buy add-ons' }).click();
  await expect(page.getByText('The add-ons are ordered.')).toBeVisible();

  await menu('second-1', 'Cancel at expiry');
  await dialog.getByRole('button', { name: 'Cancel at expiry' }).click();
  await expect(page.getByText('The server is cancelled at the end of the paid period.')).toBeVisible();
  await page.getByRole('link', { name: 'Keep it after all' }).click();
  await dialog.getByRole('button', { name: 'Keep server' }).click();
  await expect(page.getByText('The cancellation is withdrawn.')).toBeVisible();

  // Each of them once at the provider, and none refused.
  const changes = (await world.journal()).filter(({ method, path, status }) =>
    method !== 'GET' && !path.endsWith('/calculate') && status < 300);
  expect(changes.map(({ operation }) => operation)).toEqual([
    'deployServer', 'renewServers', 'payOrders', 'updateServerHostname', 'restartServer', 'setServerIsos', 'enableRescue', 'disableRescue',
    'reinstallServer', 'scaleServer', 'purchaseServerAddons', 'cancelServer', 'undoCancelServer',
  ]);
});
