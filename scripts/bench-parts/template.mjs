// Writes a page as a template of maud and its rows as values, from the HTML that the dashboard sends: what differs from row
// to row (texts, addresses, moments, names) becomes a value, what a template would hold as literal text stays literal.

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../program.mjs';

const directory = path.join(root, 'target/bench');

/** Attributes that a template gets from its values. All others are part of the markup. */
const given = /^(?:href|id|for|value|datetime|title|aria-label|aria-describedby|aria-labelledby|data-(?!tone|kind|hk)[\w-]+)$/;

const decoded = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
const encoded = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The literal parts of a row and the values between them. */
function taken(row) {
  const literals = [''];
  const values = [];
  const literal = (text) => { literals[literals.length - 1] += text; };
  const value = (text) => {
    const plain = decoded(text);
    // Written otherwise than maud writes it, or not to be had in a line of a file: left as it is.
    if (text === '' || encoded(plain) !== text || /[\t\r\n]/.test(plain)) return literal(text);
    values.push(plain);
    literals.push('');
  };
  for (const [piece, comment, tag] of row.matchAll(/(<!--[\s\S]*?-->|<!>)|(<[^>]*>)|[^<]+/g)) {
    if (comment) literal(piece);
    else if (!tag) value(piece);
    else {
      let from = 0;
      for (const found of piece.matchAll(/\s([\w:-]+)="([^"]*)"/g)) {
        if (!given.test(found[1])) continue;
        const begin = found.index + found[0].length - 1 - found[2].length;
        literal(piece.slice(from, begin));
        value(found[2]);
        from = begin + found[2].length;
      }
      literal(piece.slice(from));
    }
  }
  return { literals, values };
}

const rust = (text) => `PreEscaped(${JSON.stringify(text).replace(/\\u([0-9a-f]{4})/gi, '\\u{$1}').replace(/\\[bf]/g, (escape) => (escape === '\\b' ? '\\u{8}' : '\\u{c}'))})`;

/** The template of a page with one table of this many rows, and the lines of its rows. */
function written(html, count) {
  const begin = html.indexOf('>', html.indexOf('<tbody')) + 1;
  const end = html.indexOf('</tbody>', begin);
  const rows = html.slice(begin, end).match(/[\s\S]*?<\/tr>/g) ?? [];
  const rest = html.slice(begin, end).slice(rows.join('').length);
  if (rows.length !== count) throw new Error(`The table of the page has ${rows.length} rows, wanted ${count}`);

  const markups = new Map();
  const lines = rows.map((row) => {
    const { literals, values } = taken(row);
    const key = JSON.stringify(literals);
    if (!markups.has(key)) markups.set(key, { number: markups.size, literals });
    return [markups.get(key).number, ...values].join('\t');
  });
  const arms = [...markups.values()].map(({ number, literals }) => {
    const parts = literals.map((text, at) => `(${rust(text)})${at < literals.length - 1 ? ` (row.values[${at}])` : ''}`);
    return `${number} => { ${parts.join(' ')} }`;
  });
  const source = `fn page(rows: &[Row]) -> maud::Markup {
    html! {
        (${rust(html.slice(0, begin))})
        @for row in rows {
            @match row.markup {
                ${arms.join('\n                ')}
                _ => {}
            }
        }
        (${rust(rest + html.slice(end))})
    }
}
`;
  return { source, lines: `${lines.join('\n')}\n`, markups: markups.size, values: lines.reduce((sum, line) => sum + line.split('\t').length - 1, 0) };
}

/** Compiles the template of a page. Answers with the program, the file of its rows, and what the template has. */
export async function template(html, count) {
  const { source, lines, ...about } = written(html, count);
  const [page, rows] = [path.join(directory, 'template.rs'), path.join(directory, 'template-rows.tsv')];
  await mkdir(directory, { recursive: true });
  await Promise.all([writeFile(page, source), writeFile(rows, lines)]);
  const args = ['build', '--quiet', '--release', '--manifest-path', path.join(root, 'bench/Cargo.toml'), '--bin', 'template'];
  await new Promise((resolve, reject) => {
    const env = { ...process.env, CARGO_TARGET_DIR: directory, BENCH_TEMPLATE: page };
    const cargo = spawn('cargo', args, { env, stdio: 'inherit' });
    cargo.on('error', reject);
    cargo.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`cargo ended with ${code}`))));
  });
  return { program: path.join(directory, 'release/template'), rows, ...about };
}
