// Boot images: uploading, what goes wrong on the way, deleting.

import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { fieldsOf, withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, row, signIn, test, type House, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

test.use({ seed: 'typical' });

type Stored = { id: number; name: string; size: number; sha256: string };

/** What the provider holds. */
async function stored(house: House, world: World): Promise<Stored[]> {
  const answer = await fetch(`${house.sandbox.url}/_sandbox/state?account=${world.id}`);
  return (await answer.json()).boot_images;
}

/** Uploads without the console, as a colleague would. */
async function colleagueUploads(house: House, world: World, name: string) {
  const form = new FormData();
  form.set('file', new Blob(['an image']), name);
  const answer = await fetch(`${house.sandbox.url}/v1/measured-boot-images`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.writeToken}` },
    body: form,
  });
  expect(answer.status, 'the provider takes the image').toBe(201);
}

function file(name: string, size: number) {
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < size; at += 1) buffer[at] = (at * 31) % 251;
  return { name, mimeType: 'application/octet-stream', buffer };
}

const names = async (house: House, world: World) => (await stored(house, world)).map((image) => image.name);

/**
 * Sends the upload form of the page past the browser: the head and `sent` bytes of a file that should have `length`.
 * Goes away then if `leaves`, else gives the answer's head. With a `filling` the file is of this byte and the form whole.
 */
async function sendRaw(page: Page, length: number, sent: number, leaves: boolean, filling?: number): Promise<string> {
  const fields = await fieldsOf(page, 'Upload');
  const url = new URL(page.url());
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const boundary = 'boundary-of-a-test';
  const texts = ['account', 'once', 'seal'].map(
    (name) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${fields[name]}\r\n`,
  );
  const head = `${texts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="raw.efi"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const end = `\r\n--${boundary}--\r\n`;
  const lines = [
    'POST /boot-images HTTP/1.1',
    `Host: ${url.host}`,
    `Origin: ${url.origin}`,
    `Cookie: ${cookies}`,
    `Content-Type: multipart/form-data; boundary=${boundary}`,
    `Content-Length: ${head.length + length + end.length}`,
    'Connection: close',
  ];
  const socket = connect(Number(url.port), url.hostname);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk));
  socket.write(`${lines.join('\r\n')}\r\n\r\n${head}`);
  const tail = filling === undefined ? '' : end;
  await new Promise((resolve) => socket.write(Buffer.concat([Buffer.alloc(sent, filling ?? 7), Buffer.from(tail)]), resolve));
  if (leaves) {
    socket.destroy();
    return '';
  }
  await expect.poll(() => answer, { timeout: 20_000 }).toContain('\r\n\r\n');
  socket.destroy();
  return answer;
}

test('an image is uploaded whole, under the name that the provider keeps', async ({ page, world, house, scripts }) => {
  await signIn(page, world.writeToken, '/boot-images');
  await alive(page, scripts);
  await expect(row(page, 'release-20260301T0504')).toContainText('In use');
  await expect(row(page, 'release-20260301T0504')).toContainText('A server boots it');
  await expect(row(page, 'debug-kernel')).toContainText('Kernel');
  await expect(row(page, 'debug-kernel')).toContainText('not before 1 d');
  await expect(page.getByText('of which the provider keeps about 20 characters')).toBeVisible();
  const image = file('kernel-with-a-very-long-name.efi', 700_001);
  await page.getByLabel('Image', { exact: true }).setInputFiles(image);
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page).toHaveURL('/boot-images?done=boot-image-uploaded');
  await expect(page.getByText('The image is uploaded.')).toBeVisible();
  await expect(row(page, 'kernel-with-a-very-lo')).toContainText('700.0 kB');
  expect((await world.journal('uploadMeasuredBootImage')).map((entry) => entry.status)).toEqual([201]);
  const kept = (await stored(house, world)).find(({ name }) => name === 'kernel-with-a-very-lo')!;
  expect(kept.size).toBe(700_001);
  expect(kept.sha256).toBe(createHash('sha256').update(image.buffer).digest('hex'));
});

test('an upload can be cancelled, and leaves nothing', async ({ page, world, house, scripts }) => {
  test.skip(!scripts, 'Without scripts it is the browser that cancels.');
  const before = await names(house, world);
  await signIn(page, world.writeToken, '/boot-images');
  await alive(page, scripts);
  // A slow line.
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 });
  await page.getByLabel('Image', { exact: true }).setInputFiles(file('slow.efi', 8_000_000));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('progressbar', { name: 'Upload' })).toBeVisible();
  await expect(page.getByText(/[1-9]\d? % sent/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel upload' }).click();
  await expect(page).toHaveURL('/boot-images?done=boot-image-cancelled');
  await expect(page.getByText('The upload was cancelled.')).toBeVisible();
  await expect(row(page, 'slow.efi')).toHaveCount(0);
  expect(await names(house, world)).toEqual(before);
  // The form that is there now is a new one.
  await browser.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await page.getByLabel('Image', { exact: true }).setInputFiles(file('slow.efi', 1000));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(row(page, 'slow.efi')).toBeVisible();
});

test('an upload that is cut off half way leaves nothing, and the page says so', async ({ page, world, house }) => {
  const before = await names(house, world);
  await signIn(page, world.writeToken, '/boot-images');
  await sendRaw(page, 4_000_000, 2_000_000, true);
  await expect(async () => {
    await page.goto('/boot-images');
    await expect(page.getByText('An upload broke off')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(row(page, 'raw.efi')).toHaveCount(0);
  expect(await names(house, world)).toEqual(before);
});

/** Goes to an address as the answer of a form does. */
async function goOn(page: Page, to: string) {
  await page.evaluate((to) => location.assign(to), to);
  await expect(page).toHaveURL(to);
}

test('a form that comes back does not call another file uploaded', async ({ page, world, house }) => {
  await signIn(page, world.writeToken, '/boot-images');
  const [first, again] = [await sendRaw(page, 5000, 5000, false, 7), await sendRaw(page, 5000, 5000, false, 8)];
  expect(first).toContain('done=boot-image-uploaded');
  expect(again).toContain('done=boot-image-again');
  // As the page's own script goes there: by a link that somebody sent there is no news.
  await goOn(page, /^location: (\S+)/im.exec(again)![1]);
  await expect(page.getByText('This form had been sent before, so nothing was uploaded now.')).toBeVisible();
  expect(await world.journal('uploadMeasuredBootImage')).toHaveLength(1);
  expect((await names(house, world)).filter((name) => name === 'raw.efi')).toHaveLength(1);
});

test('an upload that ends other than it should leaves nothing', async ({ page, world, house, guard }) => {
  guard.expects(422, /^\/boot-images\?draft=/);
  const before = await names(house, world);
  await signIn(page, world.writeToken, '/boot-images');
  // All the bytes that were promised, but the end of the form is not where it should be.
  const answer = await sendRaw(page, 100_000, 100_026, false);
  expect(answer).toMatch(/^HTTP\/1\.1 303/);
  await page.goto(/^location: (\S+)/im.exec(answer)![1]);
  await expect(page.getByRole('alert')).toContainText('The upload broke off before all of it had arrived.');
  expect(await names(house, world)).toEqual(before);
});

test('a file that is too large is refused before it is passed on', async ({ page, world, guard }) => {
  guard.expects(422, /^\/boot-images\?draft=/);
  await signIn(page, world.writeToken, '/boot-images');
  await expect(page.getByText(/Smaller than 1 GiB/)).toBeVisible();
  const answer = await sendRaw(page, 2 ** 31, 1000, false);
  expect(answer).toMatch(/^HTTP\/1\.1 303/);
  await page.goto(/^location: (\S+)/im.exec(answer)![1]);
  await expect(page.getByRole('alert')).toContainText('An image must be smaller than 1 GiB.');
  expect(await world.journal('uploadMeasuredBootImage')).toHaveLength(0);
});

test('no file, or an empty one: said at the field', async ({ page, world, guard }) => {
  guard.expects(422, /^\/boot-images\?draft=/);
  await signIn(page, world.writeToken, '/boot-images');
  await withoutBrowserChecks(page);
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert')).toContainText('Image: Choose a file.');
  await page.getByLabel('Image', { exact: true }).setInputFiles(file('empty.efi', 0));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert')).toContainText('Image: This file is empty.');
  expect(await world.journal('uploadMeasuredBootImage')).toHaveLength(0);
});

test('the sixth image: said before, and refused when a colleague was faster', async ({ page, world, house, guard }) => {
  guard.expects(422, /^\/boot-images\?draft=/);
  await colleagueUploads(house, world, 'fourth');
  await signIn(page, world.writeToken, '/boot-images');
  await colleagueUploads(house, world, 'fifth');
  await page.getByLabel('Image', { exact: true }).setInputFiles(file('sixth.efi', 1000));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert')).toContainText(/five images are kept at most|keeps 5 images at most/);
  expect(await names(house, world)).not.toContain('sixth.efi');
  await page.goto('/boot-images');
  await expect(page.getByText('It would be one too many: five images are kept at most.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload' })).toHaveCount(0);
});

test('deleting asks for the name; what a server boots stays', async ({ page, world, house, guard }) => {
  guard.expects(422, /confirm=delete/);
  await signIn(page, world.writeToken, '/boot-images');
  await expect(page.getByRole('link', { name: 'Delete release-20260301T0504' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Delete debug-kernel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete debug-kernel?' });
  await expect(dialog).toContainText('It cannot be had back');
  await dialog.getByLabel('Name').fill('another');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Name: That is not its name.');
  expect(await world.journal('deleteMeasuredBootImage')).toHaveLength(0);
  await dialog.getByLabel('Name').fill('debug-kernel');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL('/boot-images?done=boot-image-deleted');
  await expect(row(page, 'debug-kernel')).toHaveCount(0);
  expect((await world.journal('deleteMeasuredBootImage')).map((entry) => entry.status)).toEqual([204]);
  expect(await names(house, world)).not.toContain('debug-kernel');
});

test.describe('without any', () => {
  test.use({ seed: 'empty' });

  test('an account without images says so', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/boot-images');
    await expect(page.getByText('No boot images yet')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Upload' })).toBeVisible();
  });
});
