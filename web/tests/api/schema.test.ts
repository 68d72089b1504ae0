// @vitest-environment node
import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('has the types of the document that lies beside it: write them with npm run types', async () => {
  const document = new URL('../../openapi.json', import.meta.url);
  const made = astToString(await openapiTS(document));
  const written = readFileSync(new URL('../../src/api/schema.d.ts', import.meta.url), 'utf8');
  const bare = (text: string) => text.replace(/^\/\*\*[\s\S]*?\*\/\n/, '').trim();
  expect(bare(written)).toBe(bare(made));
});
