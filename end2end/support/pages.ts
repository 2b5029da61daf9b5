// Every page there is. The table is held against the router by server/tests/grid.rs, which also says what its words mean.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from './world.ts';

type Entry = {
  route: string;
  shape: 'overview' | 'list' | 'detail' | 'form' | 'plain';
  objects?: string;
  id?: number | string;
  main?: string[];
  parts?: string[];
  query?: string;
  also?: string[];
  gone?: number;
  status?: number;
  open?: boolean;
  demo?: boolean;
};

/** A page, or a page with a query. */
export type Place = Entry & { name: string; address: (world: World) => Promise<string> };

const entries: Entry[] = JSON.parse(readFileSync(path.join(import.meta.dirname, 'pages.json'), 'utf8'));

export const places: Place[] = entries.flatMap((entry) =>
  ['', ...(entry.also ?? [])].map((query) => ({
    ...entry,
    // The console of the tests is none.
    status: entry.demo ? 404 : entry.status,
    name: (entry.objects === undefined && entry.id !== undefined ? entry.route.replace(/\{\w+\}/, String(entry.id)) : entry.route) + (entry.query ?? '') + query,
    address: async (world: World) => {
      const id = entry.objects === undefined ? entry.id : (await world.ask(entry.objects))[0].id;
      return entry.route.replace(/\{\w+\}/, String(id)) + (entry.query ?? '') + query;
    },
  })),
);

/** The page of a route, without a query. */
export function place(route: string): Place {
  const found = places.find((place) => place.name === route);
  if (!found) throw new Error(`${route} is not in the table of pages`);
  return found;
}
