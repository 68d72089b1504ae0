import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../src/api/problem';
import { useLanguage } from '../src/i18n/index.svelte';
import { tell, tellFaults, tellField } from '../src/i18n/telling';

const problem = (kind: string, more: object = {}) =>
  new Problem({
    type: `/problems/${kind}`,
    title: 'It is wrong.',
    detail: 'It is wrong.',
    remedy: 'Mend it.',
    ...more,
  });
const fault = (path: string) => ({ path, message: `${path} is wrong.`, remedy: 'Mend it.' });

afterEach(() => useLanguage('en'));

describe("a problem's own words", () => {
  it('of a document with faults are those of the first one', () => {
    const errors = [fault('scenes[0].script'), fault('canvas')];
    const told = problem('document-faults', { title: 'The document has faults: …', errors });
    expect([told.title, told.path]).toEqual(['scenes[0].script is wrong.', 'scenes[0].script']);
  });

  it('do not begin with a place in the document', () => {
    const told = problem('scene', { title: 'scenes[0].sound: It is cut off.', errors: [fault('scenes[0].sound')] });
    expect(told.title).toBe('It is cut off.');
  });

  it('are all that is told in English, each once', () => {
    expect(tell(problem('busy'))).toEqual({ title: 'It is wrong.', lines: ['Mend it.'], said: '' });
  });
});

describe('in other languages', () => {
  beforeEach(() => useLanguage('de'));

  it("the page's words come first, and the server's are kept", () => {
    const { title, lines, said } = tell(problem('unsupported-file'));
    expect(title).toBe('Mit so einer Datei geht es hier nicht.');
    expect(lines).toHaveLength(1);
    expect(said).toBe('It is wrong. Mend it.');
  });

  it('a kind that nobody knows is told in general', () => {
    const { title, lines, said } = tell(problem('eclipse'));
    expect([title, lines, said]).toEqual(['Das hat nicht geklappt.', [], 'It is wrong. Mend it.']);
  });

  it.each([
    ['scenes[3].script', 'Diese Worte können so nicht gesprochen werden.'],
    ['voice.effect', 'Diese Stimme geht so nicht.'],
    ['scenes[0].voice.rate', 'Diese Stimme geht so nicht.'],
    ['canvas.fps', 'Hier passt etwas nicht.'],
    ['', 'Hier passt etwas nicht.'],
  ])('a fault at %s is told by its place', (path, title) => {
    expect(tellFaults([fault(path)]).title).toBe(title);
    if (path) expect(tell(problem('scene', { errors: [fault(path)] })).title).toBe(title);
  });

  it('what the page knows better keeps its title', () => {
    const told = tellFaults([fault('scenes[0].script')], 'Das kann niemand lesen');
    expect(told.title).toBe('Das kann niemand lesen');
    expect(told.said).toBe('scenes[0].script is wrong. Mend it.');
  });

  it('a field tells whether anything is in it', () => {
    const faults = [fault('scenes[0].overlays[0].text')];
    expect(tellField(faults, '').title).toBe('Hier fehlt etwas.');
    expect(tellField(faults, 'blu').title).toBe('Das passt hier nicht.');
  });

  it('a server that cannot be reached says nothing itself', () => {
    expect(tell(new Problem({ type: '/problems/offline' })).said).toBe('');
  });
});

it('something is told where nothing was said', () => {
  expect(tell(new Problem({ status: 502 })).title).toBe('That did not work.');
});
