// Charts: what the drawing shows can be read by pointer and by keys, and stands in a table for everybody.

import { alive, expect, signIn, test, type Locator, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

test.use({ seed: 'typical' });

/** A server's page with the metrics of an hour: as many points as rows. Nothing is added while one looks. */
async function open(page: Page, world: World, scripts: boolean) {
  const { id } = await world.server('web-1');
  await world.freeze();
  await signIn(page, world.writeToken, `/servers/${id}?tab=metrics&range=1h`);
  await alive(page, scripts);
}

function reader(page: Page, title: string): Locator {
  return page.getByRole('slider', { name: `${title}, values in time` });
}

/** The rows of a chart's table, newest first: time and values. */
async function numbers(page: Page, title: string): Promise<string[][]> {
  await page.getByRole('figure').filter({ hasText: title }).first().getByText('Numbers', { exact: true }).click();
  const rows = page.getByRole('table', { name: `${title}, numbers` }).getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const all = await rows.all();
  return Promise.all(all.slice(1).map(async (row) => [
    await row.getByRole('rowheader').innerText(),
    ...(await row.getByRole('cell').allInnerTexts()),
  ]));
}

test('arrow keys read what the table says, in all charts at once', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'reading needs scripts; the table does not');
  await open(page, world, scripts);
  const processor = await numbers(page, 'Processor');
  const network = await numbers(page, 'Network');
  expect(processor.length).toBeGreaterThan(9);
  const slider = reader(page, 'Processor');
  await expect(slider).toHaveAttribute('aria-valuemax', `${processor.length - 1}`);
  const says = ([time, value]: string[]) => `${time}: Used ${value}`;
  // Said before anybody moves: the newest.
  await expect(slider).toHaveAttribute('aria-valuetext', says(processor[0]));

  await slider.focus();
  await expect(slider.getByText(processor[0][0])).toBeVisible();
  for (const [key, row] of [['ArrowLeft', 1], ['ArrowLeft', 2], ['ArrowRight', 1], ['End', 0], ['ArrowRight', 0], ['PageDown', 1], ['Home', processor.length - 1], ['ArrowLeft', processor.length - 1], ['PageUp', processor.length - 2]] as const) {
    await page.keyboard.press(key);
    await expect(slider, key).toHaveAttribute('aria-valuetext', says(processor[row]));
    await expect(slider.getByText(processor[row][0])).toBeVisible();
    // The others stand at the same moment.
    const [time, received, sent] = network[row];
    await expect(reader(page, 'Network')).toHaveAttribute('aria-valuetext', `${time}: Received ${received}, Sent ${sent}`);
    await expect(reader(page, 'Network').getByText(sent).last()).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(slider.getByText(processor.at(-2)![0])).toBeHidden();
  await expect(slider).toBeFocused();
  // Leaving takes it away as well.
  await page.keyboard.press('ArrowRight');
  await expect(slider.getByText(processor.at(-3)![0])).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(slider.getByText(processor.at(-3)![0])).toBeHidden();
});

test('the pointer reads the nearest point, and leaves nothing behind', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'reading needs scripts; the table does not');
  await open(page, world, scripts);
  const rows = await numbers(page, 'Network');
  const slider = reader(page, 'Network');
  const { width, height } = (await slider.boundingBox())!;
  const says = ([time, received, sent]: string[]) => `${time}: Received ${received}, Sent ${sent}`;
  await slider.hover({ position: { x: width - 1, y: height / 2 } });
  await expect(slider).toHaveAttribute('aria-valuetext', says(rows[0]));
  await expect(slider.getByText(rows[0][0])).toBeVisible();
  await expect(reader(page, 'Disk').getByText(rows[0][0])).toBeVisible();
  await slider.hover({ position: { x: 2, y: 4 } });
  await expect(slider).toHaveAttribute('aria-valuetext', says(rows.at(-1)!));
  // Its words stay within the page.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  await page.getByRole('heading', { name: 'Metrics' }).hover();
  await expect(slider.getByText(rows.at(-1)![0])).toBeHidden();
});

test('without scripts nothing is offered that does not work, and the numbers are there', async ({ page, world, scripts }) => {
  test.skip(scripts, 'with scripts it is read as well');
  await open(page, world, scripts);
  await expect(page.getByRole('img', { name: /^Processor, .+ to .+ EES?T$/ })).toBeVisible();
  await expect(page.getByRole('slider')).toHaveCount(0);
  const rows = await numbers(page, 'Disk activity');
  expect(rows.length).toBeGreaterThan(9);
  expect(rows[0][1]).toMatch(/^[\d.]+ MB\/s$/);
});

test('on a narrow screen the words of the axis stand apart and the panel stays inside', async ({ page, world, scripts }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await open(page, world, scripts);
  for (const range of ['1 hour', '24 hours', '7 days', 'This month']) {
    await page.getByRole('navigation', { name: 'Range' }).getByRole('link', { name: range }).click();
    await alive(page, scripts);
    const overlapping = await page.evaluate(() => {
      const found: string[] = [];
      for (const axis of document.querySelectorAll('.chart-times')) {
        const boxes = [...axis.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()] as const);
        const shown = boxes.filter(([, box]) => box.width > 0).sort(([, one], [, other]) => one.left - other.left);
        shown.slice(1).forEach(([words, box], index) => {
          if (box.left < shown[index][1].right + 2) found.push(`${shown[index][0]} and ${words}`);
        });
        if (shown.length === 0) found.push('an axis without words');
      }
      return found;
    });
    expect(overlapping, range).toEqual([]);
  }
  if (!scripts) return;
  const slider = reader(page, 'Network');
  const { width } = (await slider.boundingBox())!;
  for (const x of [2, width / 2 - 2, width / 2 + 2, width - 2]) {
    await slider.hover({ position: { x, y: 20 } });
    const box = (await slider.locator('ul').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
  }
});

test('a link of before the metrics had a part of their own leads to them', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?range=7d`);
  await expect(page.getByRole('heading', { name: 'Metrics' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Range' }).getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'true');
});
