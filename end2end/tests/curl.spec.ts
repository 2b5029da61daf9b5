// "Show as curl": closed until somebody wants it, the same with scripts and without. That the commands work is
// tested where they can be run: server/tests/curl.rs.

import { expect, signIn, test } from '../support/test.ts';

test('a form shows the request it will send', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/isos/new');
  const command = page.getByText('curl -X POST');
  await expect(command).toBeHidden();
  await page.getByText('Show as curl').click();
  await expect(command).toBeVisible();
  await expect(command).toContainText('Authorization: Bearer $TOKEN');
  await expect(command).toContainText('/v1/isos');
});

test('what was typed and refused stands in the command', async ({ page, guard, world }) => {
  guard.expects(422, '/isos/new');
  // Refused by the provider: what the browser refuses itself is never sent.
  const address = "https://mirror.example.org/it's.iso";
  await world.addIso(address);
  await signIn(page, world.writeToken, '/isos/new');
  await page.getByLabel('Address').fill(address);
  await page.getByRole('button', { name: 'Add ISO' }).click();
  await expect(page).toHaveURL(/draft=/);
  await page.getByText('Show as curl').click();
  await expect(page.getByText('curl -X POST')).toContainText("mirror.example.org/it'\\''s.iso");
});
