// Invoices: the list, one of them, its file.

import { readFile } from 'node:fs/promises';
import { expect, heading, property, row, signIn, test } from '../support/test.ts';

test.describe('many invoices', () => {
  test.use({ seed: 'typical' });

  test('the list has pages, and totals as the provider sent them', async ({ page, world }) => {
    const [first] = await world.ask('/invoices');
    const [older] = await world.ask('/invoices?page=2');
    await signIn(page, world.writeToken, '/invoices');
    await expect(page).toHaveTitle('Invoices · Vitosha');
    await expect(page.getByText('1 to 30 of 45 invoices')).toBeVisible();
    await expect(row(page, first.invoice_number)).toContainText(`€${first.amount_with_vat.toFixed(2)}`);
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL('/invoices?page=2');
    await expect(page.getByText('31 to 45 of 45 invoices')).toBeVisible();
    await expect(row(page, older.invoice_number)).toContainText(`€${older.amount.toFixed(2)}`);
    // One of them, found although the provider has no call for a single one.
    await page.getByRole('link', { name: older.invoice_number }).click();
    await expect(heading(page, `Invoice ${older.invoice_number}`)).toBeVisible();
    await expect(property(page, 'With VAT')).toHaveText(`€${older.amount_with_vat.toFixed(2)}`);
    await expect(property(page, 'Orders')).toHaveText(older.order_ids.join(', '));
  });
});

test('the PDF is downloaded, and is one', async ({ page, world }) => {
  const [invoice] = await world.ask('/invoices');
  await signIn(page, world.writeToken, `/invoices/${invoice.id}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download PDF' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`invoice-${invoice.id}.pdf`);
  const file = await readFile(await download.path());
  expect(file.subarray(0, 5).toString()).toBe('%PDF-');
  expect(file.length).toBeGreaterThan(300);
  expect(file.toString('latin1')).toContain('%%EOF');
  expect((await world.journal('downloadInvoice')).map((entry) => entry.status)).toEqual([200]);
});

test('a download that is refused says why, on the page of the invoice', async ({ page, world }) => {
  const [invoice] = await world.ask('/invoices');
  await signIn(page, world.readToken, `/invoices/${invoice.id}`);
  await expect(page.getByText('Downloading needs a write token at the provider')).toBeVisible();
  await page.getByRole('button', { name: 'Download PDF' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'The provider refused the download: it needs a write token, and this one can probably only read.',
  );
  await expect(heading(page, `Invoice ${invoice.invoice_number}`)).toBeVisible();
});

test('a download that breaks says so', async ({ page, world }) => {
  const [invoice] = await world.ask('/invoices');
  await signIn(page, world.writeToken, `/invoices/${invoice.id}`);
  await world.force('downloadInvoice', { status: 500, times: 0 });
  await page.getByRole('button', { name: 'Download PDF' }).click();
  await expect(page.getByRole('alert')).toContainText('The file could not be fetched from the provider.');
});

test('an account without invoices says so', async ({ page, house }) => {
  const { World } = await import('../support/world.ts');
  const empty = await World.make(house.sandbox, { seed: 'empty' });
  await signIn(page, empty.writeToken, '/invoices');
  await expect(page.getByText('No invoices yet')).toBeVisible();
});
