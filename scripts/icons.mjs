// public/icons.svg: the icons of Lucide that app/src/components/icon.rs names, as one sprite. Run by hand when that
// list changes; with --check it only says whether the sprite is what it would write (scripts/test does).

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const lucide = `${root}/node_modules/lucide-static`;
const list = 'app/src/components/icon.rs';
const sprite = 'public/icons.svg';
// The licence goes along with every copy.
const licence = 'public/icons.license.txt';

/** The shapes of an icon, in one line. Colour and line are the style sheet's. */
function shapes(svg) {
  const inside = svg.match(/<svg\b[^>]*>([\s\S]*)<\/svg>/)[1];
  return inside.replace(/\s+/g, ' ').replace(/> </g, '><').replace(/ \/>/g, '/>').trim();
}

const source = await readFile(`${root}/${list}`, 'utf8');
const names = [...source.matchAll(/\(Self::\w+, "([a-z0-9-]+)"\)/g)].map(([, name]) => name).sort();
if (names.length === 0) throw new Error(`${list} names no icon`);
const { version } = JSON.parse(await readFile(`${lucide}/package.json`, 'utf8'));
const symbols = await Promise.all(names.map(async (name) => {
  const svg = await readFile(`${lucide}/icons/${name}.svg`, 'utf8');
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes(svg)}</symbol>`;
}));
const made = {
  [sprite]: `<svg xmlns="http://www.w3.org/2000/svg">
<!-- Lucide ${version}, ISC: icons.license.txt. Made by scripts/icons.mjs. -->
${symbols.join('\n')}
</svg>
`,
  [licence]: await readFile(`${lucide}/LICENSE`, 'utf8'),
};

const check = process.argv.includes('--check');
for (const [file, text] of Object.entries(made)) {
  const present = await readFile(`${root}/${file}`, 'utf8').catch(() => '');
  if (present === text) continue;
  if (check) {
    console.log(`${file} is not what scripts/icons.mjs makes of ${list}: run node scripts/icons.mjs`);
    process.exitCode = 1;
  } else {
    await writeFile(`${root}/${file}`, text);
    console.log(`${file}: ${names.length} icons of Lucide ${version}`);
  }
}
