// The family of servers as a whole: each of its operations is exercised through a page by some test that looks into the
// journal of the provider. What no other file does stands here: power, and reads.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alive, expect, heading, signIn, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

const here = import.meta.dirname;

/** What the provider received of an operation: method, path, status. */
async function received(world: World, operation: string): Promise<string[]> {
  return (await world.journal(operation)).map(({ method, path, status }) => `${method} ${path} ${status}`);
}

test('every operation of the family is exercised by a test that looks into the journal', () => {
  const contract = readFileSync(path.join(here, '../../api/openapi.yaml'), 'utf8');
  const family: string[] = [];
  let route = '';
  for (const line of contract.split('\n')) {
    route = line.match(/^ {2}(\/[^:]*):/)?.[1] ?? route;
    const operation = line.match(/^\s+operationId: (\w+)/)?.[1];
    if (operation && /^\/(servers|plans|server-images|measured-boot-images)/.test(route)) family.push(operation);
  }
  expect(family.length, 'the contract is not read').toBeGreaterThan(40);
  const tests = readdirSync(here).filter((name) => name.endsWith('.spec.ts'));
  const text = tests.map((name) => readFileSync(path.join(here, name), 'utf8')).join('\n');
  const looked = new Set([...text.matchAll(/(?:journal\(|world, |operation: )'(\w+)'/g)].map(([, operation]) => operation));
  expect(family.filter((operation) => !looked.has(operation))).toEqual([]);
});

test.describe('power', () => {
  test.use({ seed: 'typical' });

  async function confirm(page: Page, verb: string, name: string) {
    const dialog = page.getByRole('dialog', { name: `${verb} ${name}?` });
    await expect(dialog).toContainText(name);
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  }

  test('a start is one request', async ({ page, world, scripts }) => {
    const { id } = await world.server('build-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await alive(page, scripts);
    await page.getByRole('link', { name: 'Start', exact: true }).click();
    await confirm(page, 'Start', 'build-1');
    await expect(page.getByText('Starting…').first()).toBeVisible();
    expect(await received(world, 'startServer')).toEqual([`POST /v1/servers/${id}/start 204`]);
  });

  test('a stop is one request', async ({ page, world, scripts }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await alive(page, scripts);
    await page.getByRole('link', { name: 'Stop', exact: true }).click();
    await confirm(page, 'Stop', 'web-1');
    await expect(page.getByText('Stopping…').first()).toBeVisible();
    expect(await received(world, 'stopServer')).toEqual([`POST /v1/servers/${id}/stop 204`]);
  });

  test('cutting the power is warned of, is one request, and is followed', async ({ page, world, scripts }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await alive(page, scripts);
    await page.getByRole('button', { name: 'More actions for web-1' }).click();
    await page.getByRole('link', { name: 'Power off' }).click();
    await expect(page.getByRole('dialog')).toContainText('what is not written to its disk is lost');
    await confirm(page, 'Power off', 'web-1');
    expect(await received(world, 'powerOffServer')).toEqual([`POST /v1/servers/${id}/power-off 204`]);
    await expect(page.getByText(/It was powered off/)).toBeVisible({ timeout: 20_000 });
  });
});

test.describe('reads', () => {
  test.use({ seed: 'typical' });

  test('power of all servers comes in one call', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await expect(heading(page, 'Servers')).toBeVisible();
    expect(await received(world, 'listServerStatuses')).toEqual(['GET /v1/servers/status 200']);
    expect(await world.journal('getServerStatus')).toHaveLength(0);
  });

  test('metrics are read where they are shown, each month once', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await expect(heading(page, 'web-1')).toBeVisible();
    expect(await world.journal('getServerMetrics')).toHaveLength(0);
    await page.getByRole('link', { name: 'Metrics' }).click();
    await expect(page.getByRole('img', { name: /^Processor,/ })).toBeVisible();
    const asked = await world.journal('getServerMetrics');
    expect(asked.map(({ status }) => status)).not.toContain(404);
    // In the first hours of a month the month before belongs to it.
    expect(new Set(asked.map(({ query }) => query)).size).toBe(asked.length);
  });

  test('what belongs to a plan is read for each plan that is compared', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/plans/compare?plan=cloud-vps-2gb&plan=vds-8gb');
    await expect(heading(page, 'Compare plans')).toBeVisible();
    for (const what of [await received(world, 'listPlanAddons'), await received(world, 'listPlanPromoCodes')]) {
      expect(what).toHaveLength(2);
      expect(new Set(what).size).toBe(2);
      for (const one of what) expect(one).toMatch(/^GET \/v1\/plans\/\d+\/(addons|promo-codes) 200$/);
    }
  });

  test('boot images are read once', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/boot-images');
    await expect(heading(page, 'Boot images')).toBeVisible();
    expect(await received(world, 'listMeasuredBootImages')).toEqual(['GET /v1/measured-boot-images 200']);
  });
});
