// What is for sale: plans, one by one and side by side, and what can be installed.

import { alive, expect, heading, row, signIn, test, type Page } from '../support/test.ts';

/** What stands in the first column, in its order. */
async function names(page: Page): Promise<string[]> {
  return (await page.getByRole('rowheader').allTextContents()).map((name) => name.trim());
}

test.describe('plans', () => {
  test('say what they hold and cost, as the provider says it', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Plans' }).click();
    await expect(heading(page, 'Plans')).toBeVisible();
    const plan = row(page, 'cloud-vps-2gb');
    for (const words of ['Shared cores', '2 GB', '50 GB', '5 TB', '€22.33', '€26.80', '1 month', 'In stock']) {
      await expect(plan).toContainText(words);
    }
    await expect(row(page, 'vds-64gb')).toContainText('Out of stock');
    const asked = await world.journal('listPlans');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((entry) => entry.method === 'GET' && entry.status === 200)).toBe(true);
  });

  test('are narrowed by kind and stock, and put in order over all of them', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/plans');
    await page.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: 'Dedicated cores' }).click();
    await expect(page).toHaveURL('/plans?kind=vds');
    await expect.poll(() => names(page)).toEqual(['vds-8gb', 'vds-16gb', 'vds-32gb', 'vds-64gb']);
    await page.getByRole('columnheader', { name: 'Monthly, without VAT' }).getByRole('link').click();
    await page.getByRole('columnheader', { name: 'Monthly, without VAT' }).getByRole('link').click();
    await expect(page).toHaveURL('/plans?kind=vds&sort=-price');
    await expect.poll(() => names(page)).toEqual(['vds-64gb', 'vds-32gb', 'vds-16gb', 'vds-8gb']);
    await page.getByRole('navigation', { name: 'Stock' }).getByRole('link', { name: 'Out of stock' }).click();
    await expect(page).toHaveURL('/plans?kind=vds&stock=no&sort=-price');
    await expect.poll(() => names(page)).toEqual(['vds-64gb']);
    await page.goto('/plans?sort=memory');
    expect((await names(page))[0]).toBe('cloud-vps-1gb');
    await page.goto('/plans?sort=-cores');
    expect((await names(page))[0]).toBe('vds-64gb');
  });

  test('lead to a server with them, but not what is out of stock', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/plans');
    await alive(page, scripts);
    await row(page, 'vds-64gb').getByRole('button', { name: 'Actions for vds-64gb' }).click();
    await expect(page.locator('.row-menu:popover-open')).toContainText('It is out of stock.');
    await page.keyboard.press('Escape');
    await row(page, 'cloud-vps-2gb').getByRole('button', { name: 'Actions for cloud-vps-2gb' }).click();
    await page.locator('.row-menu:popover-open').getByRole('link', { name: 'Order a server with it' }).click();
    await expect(page).toHaveURL('/servers/new?plan=cloud-vps-2gb');
    await expect(page.getByRole('radio', { name: 'cloud-vps-2gb', exact: true })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'vds-64gb', exact: true })).toBeDisabled();
  });

  test('stand side by side, with what can be added and what makes them cheaper', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/plans');
    await page.getByRole('link', { name: 'Compare plans' }).click();
    await page.getByRole('checkbox', { name: 'cloud-vps-4gb' }).check();
    await page.getByRole('checkbox', { name: 'vds-8gb' }).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    const table = page.getByRole('table', { name: 'Plans side by side' });
    await expect(table.getByRole('columnheader')).toHaveText(['What', 'cloud-vps-4gb', 'vds-8gb']);
    await expect(row(page, 'Memory').getByRole('cell')).toHaveText(['4 GB', '8 GB']);
    await expect(row(page, 'Monthly, without VAT').getByRole('cell')).toHaveText(['€39.00', '€90.00']);
    const addons = page.getByRole('table', { name: 'Add-ons side by side, monthly' });
    await expect(addons.getByRole('row').filter({ hasText: 'backups' })).toContainText('€6.00');
    const codes = page.getByRole('table', { name: 'Promo codes side by side' });
    await expect(codes.getByRole('row').filter({ hasText: 'spring2603' })).toContainText('10 % off, from 3 months on');
    // Two plans, each asked once for both.
    for (const operation of ['listPlanAddons', 'listPlanPromoCodes']) {
      const asked = await world.journal(operation);
      expect(asked.map((entry) => entry.method + entry.status)).toEqual(['GET200', 'GET200']);
      expect(new Set(asked.map((entry) => entry.path)).size).toBe(2);
    }
    // A link has a shorter way to say it, and is the same page.
    await page.goto('/plans/compare?plan=cloud-vps-4gb&plan=vds-8gb');
    await expect(table.getByRole('columnheader')).toHaveText(['What', 'cloud-vps-4gb', 'vds-8gb']);
    await expect(page.getByRole('checkbox', { name: 'vds-8gb' })).toBeChecked();
    await page.getByRole('link', { name: 'Order a server with vds-8gb' }).click();
    await expect(page.getByRole('radio', { name: 'vds-8gb', exact: true })).toBeChecked();
  });

  test('can be compared without the codes, which were still being developed', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/plans');
    await world.force('listPlanPromoCodes', { status: 500, times: 0 });
    await page.goto('/plans/compare?plan=cloud-vps-2gb');
    await expect(page.getByText('There is no word on the promo codes of cloud-vps-2gb.')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Add-ons side by side, monthly' })).toContainText('backups');
  });

  test('a plan that nobody sells is said, the others are compared', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/plans/compare?plan=cloud-vps-2gb&plan=%3Cb%3Enone');
    await expect(page.getByText('Some of the plans that this address names are not in the list of the provider.')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Plans side by side' }).getByRole('columnheader')).toHaveText(['What', 'cloud-vps-2gb']);
  });
});

test.describe('images', () => {
  test('are narrowed by kind and family, and lead to a server with them', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images', exact: true }).click();
    await expect(page.getByText('25 images', { exact: true })).toBeVisible();
    await page.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: 'Apps' }).click();
    await expect(page).toHaveURL('/images?kind=app');
    await expect(row(page, 'WordPress')).toContainText('App');
    await expect(row(page, 'Ubuntu 22.04')).toHaveCount(0);
    await page.getByRole('search', { name: 'Filters' }).getByLabel('Family').selectOption('Docker');
    await page.getByRole('button', { name: 'Apply' }).first().click();
    await expect(page).toHaveURL('/images?family=Docker&kind=app');
    await expect.poll(() => names(page)).toEqual(['Docker (Debian)', 'Docker (AlmaLinux)']);
    await page.goto('/images?q=ubuntu');
    await alive(page, scripts);
    await row(page, 'Ubuntu 22.04').getByRole('button', { name: 'Actions for Ubuntu 22.04' }).click();
    await page.locator('.row-menu:popover-open').getByRole('link', { name: 'Install on a new server' }).click();
    await expect(page).toHaveURL('/servers/new?image=73');
    await expect(page.getByLabel('Image or app')).toHaveValue('73');
    const asked = await world.journal('listServerImages');
    expect(asked.every((entry) => entry.method === 'GET' && entry.status === 200)).toBe(true);
  });
});
