// The gallery: every part in every state, in both themes, open to everybody. It is in the demo only.

import { startConsole, type Program } from '../support/programs.ts';
import { alive, axe, axeOfColours, expect, heading, signIn, test, type Page } from '../support/test.ts';

let demo: Program;
test.beforeAll(async () => {
  demo = await startConsole({});
});
test.afterAll(() => demo.stop());

async function open(page: Page, scripts: boolean) {
  await page.goto(`${demo.url}/sign-in?next=%2Fgallery`);
  await page.getByLabel('API token').fill('demo-write');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Gallery')).toBeVisible();
  await alive(page, scripts);
}

/** The kinds of parts, as the gallery itself lists them. */
async function kinds(page: Page): Promise<string[]> {
  const links = page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link');
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses.length).toBeGreaterThan(4);
  return addresses.map((address) => demo.url + address);
}

test('every part, in both themes, wide and narrow, is open to everybody', async ({ page, scripts, guard }) => {
  test.setTimeout(240_000);
  guard.trusts(demo.url);
  await open(page, scripts);
  for (const kind of await kinds(page)) {
    await page.goto(kind);
    await alive(page, scripts);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of [1280, 360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const what = `${kind}, ${colorScheme}, ${width} px`;
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, `${what}: nothing stands out to the side`).toBeLessThanOrEqual(0);
        // The rules run as a script of the page; without scripts the document is the same.
        if (scripts && width !== 320) await (colorScheme === 'light' ? axe : axeOfColours)(page, what);
      }
    }
  }
});

test('parts are themselves in each theme, and stay apart', async ({ page, scripts, guard }) => {
  guard.trusts(demo.url);
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, scripts);
  let panes = 0;
  for (const kind of await kinds(page)) {
    await page.goto(kind);
    await alive(page, scripts);
    const found = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      const themes = [...document.querySelectorAll('.gallery-theme')];
      const ground = (theme: string) =>
        [...new Set(themes.filter((pane) => pane.getAttribute('data-theme') === theme).map((pane) => getComputedStyle(pane).backgroundColor))];
      return {
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        empty: themes.filter((pane) => pane.textContent === '' && !pane.querySelector('progress')).length,
        leading: [...document.querySelectorAll('.gallery-theme form')].filter((form) => form.getAttribute('method') !== 'dialog').length,
        panes: themes.length,
        light: ground('light'),
        dark: ground('dark'),
      };
    });
    panes += found.panes;
    expect(found, kind).toMatchObject({ twice: [], empty: 0, leading: 0, light: ['rgb(255, 255, 255)'], dark: ['rgb(17, 20, 23)'] });
  }
  expect(panes).toBeGreaterThan(60);
});

test('a gap says that nothing was measured', async ({ page, scripts, guard }) => {
  test.skip(!scripts, 'reading needs scripts');
  guard.trusts(demo.url);
  await open(page, scripts);
  await page.goto(`${demo.url}/gallery/chart-edges#chart-gaps`);
  await alive(page, scripts);
  const chart = page.getByRole('slider', { name: 'Processor, values in time (chart-gaps-light)' });
  await chart.focus();
  await page.keyboard.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /^4 Mar 00:00: Used \d/);
  for (let page_ = 0; page_ < 3; page_ += 1) await page.keyboard.press('PageUp');
  await expect(chart).toHaveAttribute('aria-valuetext', '4 Mar 07:00: Used –');
});

test('palettes stand open, filled as the real one is, which still opens above them', async ({ page, scripts, guard }) => {
  test.skip(!scripts, 'only scripts open it');
  guard.trusts(demo.url);
  await open(page, scripts);
  await page.goto(`${demo.url}/gallery/palette`);
  await alive(page, scripts);
  const one = page.getByRole('dialog', { name: 'Find anything (palette-opened-dark)' });
  await expect(one.getByRole('option', { name: 'Start web-1 It is already running.' })).toHaveAttribute('aria-disabled', 'true');
  const marked = one.getByRole('option', { selected: true });
  await expect(marked).toHaveText('Stop web-1');
  await expect(one.getByRole('combobox')).toHaveAttribute('aria-activedescendant', (await marked.getAttribute('id'))!);
  await expect(page.getByRole('dialog', { name: 'Find anything (palette-nobody-light)' })).toContainText('Nobody answers here right now.');
  await page.keyboard.press('Control+k');
  const real = page.getByRole('dialog', { name: 'Find anything', exact: true });
  await real.getByRole('combobox').fill('web-2');
  await expect(real.getByRole('option', { name: /^web-2/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(real).toBeHidden();
  await expect(one).toBeVisible();
});

test('only the demo has it', async ({ page, world, guard, scripts }) => {
  guard.expects(404, '/gallery');
  guard.trusts(demo.url);
  await signIn(page, world.writeToken, '/');
  await expect(page.getByRole('contentinfo').getByRole('link', { name: 'Gallery' })).toHaveCount(0);
  const answer = await page.goto('/gallery');
  expect(answer?.status()).toBe(404);
  await expect(heading(page, 'There is no such page')).toBeVisible();
  await open(page, scripts);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Gallery' }).click();
  await expect(heading(page, 'Gallery')).toBeVisible();
});
