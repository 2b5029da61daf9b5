// Nothing on a page keeps people out (WCAG 2.2 AA), as far as axe-core can tell.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

/** Its own text, run in the page: a page of ours has no frames, for which a driver would pay with a tab for each look. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What depends on colours alone. */
const ofColours = ['color-contrast', 'link-in-text-block'];

type Node = { target: unknown[]; failureSummary?: string };
type Violation = { id: string; impact: string; help: string; nodes: Node[] };

async function hold(page: Page, what: string, rules: object) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(async (rules): Promise<Violation[]> => {
    const { axe } = window as unknown as { axe: { run(...of: unknown[]): Promise<{ violations: Violation[] }> } };
    return (await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })).violations;
  }, rules);
  const told = violations.map((violation) => {
    const where = violation.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
    return `${violation.id} (${violation.impact}): ${violation.help}\n  ${where.join('\n  ')}`;
  });
  expect(told, `${what} is open to everybody`).toEqual([]);
}

/** All rules. */
export function axe(page: Page, what = 'the page') {
  return hold(page, what, { type: 'tag', values: tags });
}

/** The rules of colours, for a page on which all rules were held in its other colours: nothing else is new there. */
export function axeOfColours(page: Page, what: string) {
  return hold(page, what, { type: 'rule', values: ofColours });
}
