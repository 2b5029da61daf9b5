// The console is restarted while people look: nothing is lost, bars are right and go on.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { freePort, startConsole, temporary } from '../support/programs.ts';
import { alive, expect, heading, property, sameDocument, test } from '../support/test.ts';

test('in the middle of a download: the session lives, the bar is right and goes on', async ({ page, house, world, scripts, guard }) => {
  test.slow();
  const settings = { sandbox: house.sandbox, port: await freePort(), data: temporary('data') };
  let console = await startConsole(settings);
  guard.trusts(console.url);
  await page.goto(`${console.url}/sign-in?next=%2Fisos%2Fnew`);
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Add ISO')).toBeVisible();
  await world.freeze();
  await page.getByLabel('Address').fill('https://mirror.example.org/long.iso?size=1000000&seconds=100');
  await page.getByRole('button', { name: 'Add ISO' }).click();
  await expect(heading(page, 'long.iso')).toBeVisible();
  await world.pass(21.5);
  await expect(page.getByText('200.0 kB of 1.0 MB')).toBeVisible({ timeout: 15_000 });
  await alive(page, scripts);
  const same = await sameDocument(page);
  const address = page.url();

  // Open streams do not hold it up.
  guard.expectsBrokenConnections();
  const began = performance.now();
  await console.stop();
  expect(performance.now() - began, 'it ends within its grace').toBeLessThan(5000);
  expect(existsSync(path.join(settings.data, 'key')), 'its key stays').toBe(true);
  await world.pass(30);
  console = await startConsole(settings);

  // With scripts the page finds the console again; without them the browser shows its own page until asked again.
  if (!scripts) await page.goto(address);
  await expect(page.getByText('500.0 kB of 1.0 MB')).toBeVisible({ timeout: 20_000 });
  await expect(property(page, 'State')).toHaveText('Downloading');
  await world.pass(25);
  await expect(page.getByText('750.0 kB of 1.0 MB')).toBeVisible({ timeout: 15_000 });
  await world.pass(30);
  await expect(property(page, 'State')).toHaveText('Ready', { timeout: 15_000 });
  if (scripts) {
    expect(await same(), 'nothing was loaded anew').toBe(true);
    await expect(page.getByText('There is a new version of Vitosha.')).toBeHidden();
  }
  await console.stop();
});

test('after a power action: it is still followed', async ({ page, house, world, scripts, guard }) => {
  const settings = { sandbox: house.sandbox, port: await freePort(), data: temporary('data') };
  let console = await startConsole(settings);
  guard.trusts(console.url);
  const { id } = await world.server('web-1');
  await world.freeze();
  await page.goto(`${console.url}/sign-in?next=${encodeURIComponent(`/servers/${id}?confirm=stop`)}`);
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(property(page, 'Power')).toHaveText('Stopping…');
  await alive(page, scripts);
  const address = page.url();
  guard.expectsBrokenConnections();
  await console.stop();
  console = await startConsole(settings);
  await page.goto(address);
  await expect(property(page, 'Power')).toHaveText('Stopping…');
  await world.pass(7);
  await expect(page.getByText('It was stopped')).toBeVisible({ timeout: 15_000 });
  await console.stop();
});

test('another key opens nothing: the console says so and does not start', async ({ house }) => {
  const data = temporary('data');
  const console = await startConsole({ sandbox: house.sandbox, data });
  await console.stop();
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path.join(data, 'key'), 'ab'.repeat(32), { mode: 0o600 });
  await expect(startConsole({ sandbox: house.sandbox, data })).rejects.toThrow(/key/i);
});
