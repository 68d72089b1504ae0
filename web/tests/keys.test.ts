import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import en from '../src/i18n/en';

/** Fields and choices of documents, and words that are searched for: their names are put together at run time. */
const OTHERS = new Set(['field', 'value', 'word']);

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name));
const code = files.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');

/** Pieces such as `voice.${effect}` and `picture.kind_${kind}`, between which something is put. */
const begun = [...code.matchAll(/`(\w+\.\w*)\$\{[^}]*\}(\w*)`/g)].map(([, start, end]) => ({
  start: start!,
  end: end!,
}));

it('says nothing in English that is used nowhere', () => {
  const unused = Object.entries(en).flatMap(([section, texts]) =>
    OTHERS.has(section)
      ? []
      : Object.keys(texts)
          .map((name) => `${section}.${name}`)
          .filter((key) => !code.includes(`'${key}'`) && !isMade(key)),
  );
  expect(unused).toEqual([]);
});

/** What is put between is told by the server, or is a word that stands in the code by itself. */
function isMade(key: string): boolean {
  return begun.some(({ start, end }) => {
    if (!key.startsWith(start) || !key.endsWith(end)) return false;
    const name = key.slice(start.length, key.length - end.length);
    return start.endsWith('_') || code.includes(`'${name}'`) || new RegExp(`\\b${name}: '`).test(code);
  });
}
