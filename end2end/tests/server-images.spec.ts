// What is on the disk and in the drives of a server, and what it boots.

import { withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, property, row, signIn, test, type House, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

/** Does something at the provider without the console, as a colleague would. */
async function colleague(house: House, world: World, method: string, path: string, body?: object) {
  const answer = await fetch(`${house.sandbox.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${world.writeToken}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  expect(answer.ok, `the provider answers ${method} ${path} with ${answer.status}`).toBe(true);
}

const statuses = async (world: World, operation: string) => (await world.journal(operation)).map((entry) => entry.status);

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name });

test.describe('ISOs', () => {
  test('mounted from the page of the ISO, ejected on that of the server', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    const [iso] = await world.ask('/isos');
    await signIn(page, world.writeToken, '/isos');
    await page.getByRole('button', { name: `Actions for ${iso.name}` }).click();
    await page.getByRole('link', { name: 'Mount on a server…' }).click();
    await expect(page).toHaveURL(`/isos/${iso.id}#servers`);
    await expect(page.getByText('It is ready.')).toBeVisible();
    await page.getByRole('link', { name: `Mount ${iso.name} on web-1` }).click();

    const dialog = dialogOf(page, 'What is in the drives of web-1?');
    await expect(dialog).toContainText('it boots from the first drive before its own disk');
    await expect(dialog.getByLabel('First drive')).toHaveValue(String(iso.id));
    await expect(dialog.getByLabel('Second drive')).toHaveValue('empty');
    expect(await statuses(world, 'setServerIsos')).toEqual([]);
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=images&done=isos`);
    await expect(page.getByText('The drives are set.')).toBeVisible();
    await expect(property(page, 'First drive')).toContainText(iso.name);
    await expect(property(page, 'Second drive')).toHaveText('Empty');
    expect(await statuses(world, 'setServerIsos')).toEqual([200]);
    expect((await world.ask(`/servers/${id}`)).primary_iso.id).toBe(iso.id);
    // Nothing was restarted.
    expect(await statuses(world, 'restartServer')).toEqual([]);

    await page.goto(`/isos/${iso.id}`);
    await expect(row(page, 'web-1')).toContainText('first: this ISO');
    await page.getByRole('link', { name: 'Change the drives of web-1' }).click();
    await dialog.getByLabel('First drive').selectOption('empty');
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(property(page, 'First drive')).toHaveText('Empty');
    expect(await statuses(world, 'setServerIsos')).toEqual([200, 200]);
  });

  test('what a colleague mounted meanwhile is not ejected unseen', async ({ page, world, house, guard }) => {
    guard.expects(422, /confirm=isos/);
    const { id } = await world.server('web-1');
    const [iso] = await world.ask('/isos');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=isos`);
    const dialog = dialogOf(page, 'What is in the drives of web-1?');
    await expect(dialog.getByLabel('Second drive')).toHaveValue('empty');
    await colleague(house, world, 'POST', `/servers/${id}/isos`, { primary_iso_id: null, secondary_iso_id: iso.id });
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(dialog.getByRole('alert')).toContainText(`the second one: ${iso.name}`);
    await expect(dialog).toContainText(`Now: ${iso.name}.`);
    // Only the colleague's came to the provider.
    expect(await statuses(world, 'setServerIsos')).toEqual([200]);
    expect((await world.ask(`/servers/${id}`)).secondary_iso.id).toBe(iso.id);
    // Now it was seen.
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(page).toHaveURL(/done=isos/);
    expect((await world.ask(`/servers/${id}`)).secondary_iso).toBeNull();
  });

  test('drives of which nothing is told: nothing is ejected unseen', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=isos/);
    const { id } = await world.server('web-1');
    const [iso] = await world.ask('/isos');
    const { primary_iso, secondary_iso, ...rest } = await world.ask(`/servers/${id}`);
    await world.force('getServer', { status: 200, body: { data: rest }, times: 0 });
    await signIn(page, world.writeToken, `/servers/${id}?tab=images`);
    await expect(property(page, 'First drive')).toHaveText('Not told by the provider');
    await page.goto(`/servers/${id}?tab=images&confirm=isos`);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('The provider does not say what is in it now.');
    await withoutBrowserChecks(page);
    await dialog.getByLabel('First drive').selectOption(String(iso.id));
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Second drive: Choose what is in the second drive.');
    await expect(dialog.getByLabel('First drive')).toHaveValue(String(iso.id));
    expect(await world.journal('setServerIsos')).toHaveLength(0);
    await dialog.getByLabel('Second drive').selectOption('empty');
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(page).toHaveURL(/done=isos/);
    expect(await statuses(world, 'setServerIsos')).toEqual([200]);
  });

  test('the same ISO in both drives: the provider says no at the field', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=isos/);
    const { id } = await world.server('web-1');
    const [iso] = await world.ask('/isos');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=isos`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('First drive').selectOption(String(iso.id));
    await dialog.getByLabel('Second drive').selectOption(String(iso.id));
    await dialog.getByRole('button', { name: 'Set drives' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Second drive: The provider says:');
    await expect(dialog.getByLabel('First drive')).toHaveValue(String(iso.id));
    expect(await statuses(world, 'setServerIsos')).toEqual([422]);
  });

  test.describe('of many', () => {
    test.use({ seed: 'typical' });

    test('one that is still being downloaded is not chosen for anybody', async ({ page, world }) => {
      const isos: { id: number; name: string; status: string }[] = await world.ask('/isos');
      const coming = isos.find((iso) => iso.status === 'downloading')!;
      const { id } = await world.server('web-1');
      await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=isos&iso=${coming.id}`);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(`${coming.name} cannot be mounted now. It is still being downloaded.`);
      await expect(dialog.getByLabel('First drive')).toHaveValue('empty');
      await page.goto(`/isos/${coming.id}`);
      await expect(page.getByText('When it is ready, it can be mounted on a server from here.')).toBeVisible();
    });
  });
});

test.describe('restore', () => {
  test.use({ seed: 'typical' });

  test('a snapshot is restored by whoever types the name', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=restore/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images`);
    await page.getByRole('link', { name: 'Restore golden image' }).click();
    const dialog = dialogOf(page, 'Restore web-1?');
    await expect(dialog).toContainText('All that is on the disk of web-1 now is lost');
    await expect(dialog).toContainText('golden image');
    await dialog.getByLabel('Name').fill('web-2');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Name: That is not its name.');
    expect(await statuses(world, 'restoreServer')).toEqual([]);
    await dialog.getByLabel('Name').fill('web-1');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=images&done=restore`);
    await expect(page.getByText('The restore has begun.')).toBeVisible();
    await expect(page.getByText('It is being restored')).toBeVisible();
    expect(await statuses(world, 'restoreServer')).toEqual([200]);
  });

  test('a snapshot that was deleted meanwhile: said, and nothing lost', async ({ page, world, house, guard }) => {
    guard.expects(422, /confirm=restore/);
    const { id } = await world.server('web-1');
    const snapshots: { id: number; name: string }[] = await world.ask(`/snapshots?filter[server_id]=${id}`);
    const { id: snapshot } = snapshots.find(({ name }) => name === 'golden image')!;
    await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=restore&snapshot=${snapshot}`);
    const dialog = dialogOf(page, 'Restore web-1?');
    await expect(dialog).toContainText('golden image');
    await colleague(house, world, 'DELETE', `/snapshots/${snapshot}`);
    await world.pass(60);
    await dialog.getByLabel('Name').fill('web-1');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(dialog.getByRole('alert')).toContainText(/no longer there|deleted meanwhile/);
    expect((await statuses(world, 'restoreServer')).filter((status) => status !== 422)).toEqual([]);
  });

  test('without saying from what, nothing is asked', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=restore`);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Snapshots' })).toBeVisible();
  });
});

test.describe('reinstall', () => {
  test.use({ seed: 'typical' });

  test('image, keys, password, name: all of it is sent once', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=reinstall/);
    guard.keepsSecret('correct horse battery');
    const { id } = await world.server('web-1');
    const images: { id: number; name: string }[] = await world.ask('/server-images');
    const image = images.find(({ name }) => name.startsWith('Debian'))!;
    const [key] = await world.ask('/ssh-keys');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images`);
    await page.getByRole('main').getByRole('link', { name: 'Reinstall' }).first().click();
    const dialog = dialogOf(page, 'Reinstall web-1?');
    await dialog.getByLabel('Image').selectOption(String(image.id));
    await dialog.getByLabel(key.name).check();
    await dialog.getByLabel('Password of the administrator').fill('weak');
    await dialog.getByLabel('New host name').fill('fresh-1');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('web-1');
    await dialog.getByRole('button', { name: 'Reinstall' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Password of the administrator: The provider says:');
    // Kept, but for the secret.
    await expect(dialog.getByLabel('Image')).toHaveValue(String(image.id));
    await expect(dialog.getByLabel(key.name)).toBeChecked();
    await expect(dialog.getByLabel('New host name')).toHaveValue('fresh-1');
    await expect(dialog.getByLabel('Password of the administrator')).toHaveValue('');

    await dialog.getByLabel('Password of the administrator').fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Reinstall' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=images&done=reinstall`);
    await expect(page.getByText('The installation has begun.')).toBeVisible();
    expect(await statuses(world, 'reinstallServer')).toEqual([422, 200]);
    await world.pass(120);
    const server = await world.ask(`/servers/${id}`);
    expect([server.hostname, server.server_image.id]).toEqual(['fresh-1', image.id]);
    expect(server.ssh_keys.map((stored: { id: number }) => stored.id)).toEqual([key.id]);
  });

  test('a host name that is none, no image, the wrong name: said at their fields', async ({ page, world, guard, scripts }) => {
    guard.expects(422, /confirm=reinstall/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=images&confirm=reinstall`);
    const dialog = page.getByRole('dialog');
    await withoutBrowserChecks(page);
    await dialog.getByLabel('Image').selectOption('');
    await dialog.getByLabel('New host name').fill('-bad_name');
    await dialog.getByRole('button', { name: 'Reinstall' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Image: Choose what to install.');
    await expect(dialog.getByRole('alert')).toContainText('New host name: Letters without accents');
    await alive(page, scripts);
    await dialog.getByLabel('Image').selectOption({ index: 1 });
    await dialog.getByLabel('New host name').fill('');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('web-2');
    await dialog.getByRole('button', { name: 'Reinstall' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Name: That is not its name.');
    expect(await statuses(world, 'reinstallServer')).toEqual([]);
  });
});

test.describe('measured boot', () => {
  test.use({ seed: 'typical' });

  const VAULT = 'vault.sev.example.org';

  test('from the image to the disk, and to another image', async ({ page, world, scripts }) => {
    const { id } = await world.server(VAULT);
    await signIn(page, world.writeToken, `/servers/${id}?tab=boot`);
    await alive(page, scripts);
    await expect(property(page, 'Boots')).toContainText('release-20260301T0504');
    await expect(property(page, 'AMD SEV')).toContainText('SEV-SNP');
    await world.freeze();
    await page.getByRole('link', { name: 'Boot the disk again' }).click();
    const dialog = dialogOf(page, `Boot ${VAULT} from its own disk again?`);
    await expect(dialog).toContainText('It may end stopped');
    await dialog.getByRole('button', { name: 'Boot the disk' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=boot&done=boot-disk`);
    await expect(property(page, 'Boots')).toHaveText('Its own disk');
    await expect(page.getByText('the power cycle that belongs to it may still go on')).toBeVisible();
    expect(await statuses(world, 'attachMeasuredBoot')).toEqual([200]);
    // It has no system on its disk, and ends stopped.
    await world.pass(60);
    await expect(page.getByText('a server may end like this: start it')).toBeVisible({ timeout: 20_000 });

    await page.getByRole('link', { name: 'Boot an uploaded image' }).click();
    const attach = dialogOf(page, `Boot ${VAULT} from an uploaded image?`);
    await expect(attach).toContainText('restarts at once');
    const kernel = attach.getByLabel('Kernel');
    const [value] = await kernel.getByRole('option', { name: /^debug-kernel/ }).evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    await kernel.selectOption(value);
    await attach.getByRole('button', { name: 'Boot this image' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=boot&done=boot-image`);
    await expect(property(page, 'Boots')).toContainText('debug-kernel');
    expect(await statuses(world, 'attachMeasuredBoot')).toEqual([200, 200]);
    expect((await world.ask(`/servers/${id}`)).state.measured_boot.kernel_image.name).toBe('debug-kernel');
  });

  test('the password of the account is asked for only when the provider asks', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=boot-disk/);
    guard.keepsSecret('my own secret');
    await world.faults({ boot_asks_password: true });
    const { id } = await world.server(VAULT);
    await signIn(page, world.writeToken, `/servers/${id}?tab=boot&confirm=boot-disk`);
    const dialog = page.getByRole('dialog');
    const password = dialog.getByLabel("Password of the provider's account");
    await expect(password).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Boot the disk' }).click();
    await expect(dialog.getByRole('alert')).toContainText("Password of the provider's account: The provider says:");
    await password.fill('my own secret');
    await dialog.getByRole('button', { name: 'Boot the disk' }).click();
    await expect(property(page, 'Boots')).toHaveText('Its own disk');
    expect(await statuses(world, 'attachMeasuredBoot')).toEqual([422, 200]);
  });

  test('an answer that is lost is looked up, not sent again', async ({ page, world }) => {
    const { id } = await world.server(VAULT);
    await signIn(page, world.writeToken, `/servers/${id}?tab=boot&confirm=boot-disk`);
    await world.force('attachMeasuredBoot', { reset: true, perform: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Boot the disk' }).click();
    await expect(page).toHaveURL(`/servers/${id}?tab=boot&lost=boot-disk`);
    await expect(page.getByText('it was looked up instead of sent again')).toBeVisible();
    await expect(page.getByText('Now the provider says that it boots its own disk')).toBeVisible();
    await expect(property(page, 'Boots')).toHaveText('Its own disk');
    expect(await world.journal('attachMeasuredBoot')).toHaveLength(1);
  });

  test('a server without SEV-SNP: the provider says no at the field', async ({ page, world, guard }) => {
    guard.expects(422, /confirm=boot-image/);
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}?tab=boot`);
    await expect(property(page, 'Boots')).toHaveText('Its own disk');
    await expect(page.getByRole('button', { name: 'Boot the disk again' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('link', { name: 'Boot an uploaded image' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Kernel').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Boot this image' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Kernel: The provider says: Measured boot needs a server with AMD SEV-SNP.');
    expect(await statuses(world, 'attachMeasuredBoot')).toEqual([422]);
  });
});
