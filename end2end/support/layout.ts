// What can be said of a page's looks by measuring: nothing stands out, is cut off, lies on something else, or moves.

import { expect, type Page } from '@playwright/test';

/** The page itself never scrolls sideways: what is too wide scrolls in its own frame. */
export async function fits(page: Page, what: string) {
  const { scroll, client } = await page.evaluate(() => {
    const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
    return { scroll, client };
  });
  expect(scroll, `${what}: nothing stands out to the side`).toBeLessThanOrEqual(client);
}

/** One title, and no level of headings left out on the way down. A dialog has headings of its own. */
export async function headingsInOrder(page: Page, what: string) {
  const levels = await page.evaluate(() => {
    const seen = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((heading) => heading.checkVisibility());
    return seen.filter((heading) => !heading.closest('dialog')).map((heading) => Number(heading.localName[1]));
  });
  expect(levels.filter((level) => level === 1), `${what}: one title`).toHaveLength(1);
  const skipped = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
  expect(skipped, `${what}: headings are in order (${levels.join(' ')})`).toEqual([]);
}

/** Text that is cut off where nothing says the rest. An ellipsis may: its whole text is in a title, or in what it opens. */
async function nothingIsCutOff(page: Page, what: string) {
  const cut = await page.evaluate(() => {
    const told = (element: Element) => {
      const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
      return `${element.localName}.${element.className}: ${words}`;
    };
    const saidInWhole = (element: Element) => {
      const words = element.textContent!.trim();
      const opened = element.closest('summary')?.parentElement?.querySelectorAll(':scope > :not(summary) *') ?? [];
      return element.closest('[title]')?.getAttribute('title') === words || [...opened].some((other) => other.textContent!.trim() === words);
    };
    const textOf = (element: Element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
    // What a frame does to what stands in it is found out once: a long table has many cells.
    type Frame = { hidden: boolean; cuts: boolean; ellipsis: boolean; scrolls: boolean };
    const known = new Map<HTMLElement, Frame>();
    const look = (frame: HTMLElement): Frame => {
      const { overflowX, overflowY, textOverflow, position, clipPath } = getComputedStyle(frame);
      const wide = /hidden|clip/.test(overflowX) && frame.scrollWidth > frame.clientWidth + 1;
      const high = /hidden|clip/.test(overflowY) && frame.scrollHeight > frame.clientHeight + 1;
      return {
        // For screen readers only: one pixel on purpose.
        hidden: clipPath !== 'none' || (position === 'absolute' && frame.clientWidth <= 1),
        cuts: wide || high,
        ellipsis: wide && textOverflow === 'ellipsis',
        scrolls: /auto|scroll/.test(overflowX + overflowY),
      };
    };
    const seen = (frame: HTMLElement) => {
      if (!known.has(frame)) known.set(frame, look(frame));
      return known.get(frame)!;
    };
    return [...document.body.querySelectorAll('*')]
      .filter((element): element is HTMLElement => element instanceof HTMLElement && textOf(element) && element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        // Who cuts: the element itself or what it stands in, but not a part that can be scrolled.
        for (let frame: HTMLElement | null = element; frame && frame !== document.body; frame = frame.parentElement) {
          const { hidden, cuts, ellipsis, scrolls } = seen(frame);
          if (hidden || (ellipsis && saidInWhole(element))) return false;
          if (cuts) return true;
          if (scrolls) return false;
        }
        return false;
      })
      .map(told);
  });
  expect(cut, `${what}: no text is cut off`).toEqual([]);
}

/** Nothing that can be pressed lies on something else that can. */
async function nothingLiesOnAnother(page: Page, what: string) {
  const lying = await page.evaluate(() => {
    type Part = { element: Element; left: number; right: number; top: number; bottom: number };
    const modal = document.querySelector('dialog[open]');
    const all = [...(modal ?? document.body).querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    const within = (element: Element, box: DOMRect): Omit<Part, 'element'> => {
      let { left, right, top, bottom } = box;
      for (let frame = element.parentElement; frame && frame !== document.body; frame = frame.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(frame);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const clip = frame.getBoundingClientRect();
        left = Math.max(left, clip.left);
        right = Math.min(right, clip.right);
        top = Math.max(top, clip.top);
        bottom = Math.min(bottom, clip.bottom);
      }
      return { left, right, top, bottom };
    };
    const parts: Part[] = all
      // What floats above the page on purpose is not among it.
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.skip, .bulk-bar'))
      .flatMap((element) => [...element.getClientRects()].map((box) => ({ element, ...within(element, box) })))
      .filter(({ left, right, top, bottom }) => right - left > 2 && bottom - top > 2);
    const told = (element: Element) => `${element.localName} "${(element.textContent || element.getAttribute('aria-label') || element.getAttribute('name') || '').trim().slice(0, 30)}"`;
    const found: string[] = [];
    parts.forEach((one, index) => {
      for (const other of parts.slice(index + 1)) {
        if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (wide > 2 && high > 2) found.push(`${told(one.element)} and ${told(other.element)}`);
      }
    });
    return found;
  });
  expect(lying, `${what}: nothing that can be pressed lies on another`).toEqual([]);
}

/** The reader's letters are twice as large: nothing is lost, in a wide window and in one half as wide. */
export async function bearsLargeText(page: Page, what: string) {
  const before = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  await page.evaluate(() => {
    const { style } = document.documentElement;
    style.fontSize = `${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`;
  });
  const after = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  expect(after, `${what}: text follows the reader's wish`).toBeCloseTo(2 * before, 1);
  for (const width of [1280, 640]) {
    await page.setViewportSize({ width, height: 800 });
    const where = `${what}, text at 200 %, ${width} px`;
    await fits(page, where);
    await nothingIsCutOff(page, where);
    await nothingLiesOnAnother(page, where);
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

/** For those who asked for stillness nothing moves, and nothing would (longer than a hundredth of a second). */
export async function standsStill(page: Page, what: string) {
  const moving = await page.evaluate(() => {
    const seconds = (list: string) => Math.max(...list.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1)));
    const would = [...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after'].flatMap((pseudo) => {
        const { transitionDuration, transitionProperty, animationName, animationDuration, animationIterationCount, scrollBehavior } = getComputedStyle(element, pseudo);
        const transition = transitionProperty !== 'none' && seconds(transitionDuration) > 0.01;
        const animation = animationName !== 'none' && (seconds(animationDuration) > 0.01 || animationIterationCount === 'infinite');
        return transition || animation || scrollBehavior === 'smooth' ? [`${element.localName}.${element.className}${pseudo ?? ''}`] : [];
      }),
    );
    const does = document.getAnimations().filter((animation) => animation.playState === 'running').map((animation) => `${animation.constructor.name} runs`);
    return [...new Set([...would, ...does])];
  });
  expect(moving, `${what}: nothing moves`).toEqual([]);
}

/** All that can be measured where the page is now, in a wide window and down to the narrowest. */
export async function looksWell(page: Page, what: string) {
  await headingsInOrder(page, what);
  await standsStill(page, what);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await fits(page, `${what}, ${width} px`);
    await nothingIsCutOff(page, `${what}, ${width} px`);
    await nothingLiesOnAnother(page, `${what}, ${width} px`);
  }
  await bearsLargeText(page, what);
}
