import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Language } from '../src/api/types';
import { useLanguage } from '../src/i18n/index.svelte';
import { accentName, languageName, languageOptions, listed } from '../src/i18n/naming';
import { inEnglish, voicesInEnglish } from '../src/i18n/searching';
import { languageOf } from '../src/steps/voice/spoken';

const languages: Language[] = [
  { language: 'fr-FR', name: 'French', accent: 'France', voices: 9 },
  { language: 'pt-PT', name: 'Portuguese', accent: 'Portugal', voices: 9 },
  { language: 'pt-BR', name: 'Portuguese', accent: 'Brazil', voices: 9 },
  { language: 'en-GB-x-rp', name: 'English', accent: 'Received Pronunciation', voices: 9 },
];

describe('in German', () => {
  beforeAll(() => useLanguage('de'));
  afterAll(() => useLanguage('en'));

  it.each([
    ['Katze', 'cat'],
    ['roter Roboter', 'roter robot'],
    ['katz', 'cat'],
    ['weiss', 'weiss'],
    ['weiß', 'white'],
    ['cat', 'cat'],
    ['', ''],
  ])('%s is looked for as %s', (search, english) => {
    expect(inEnglish(search)).toBe(english);
  });

  it.each([
    ['französisch weiblich', 'French female'],
    ['Brasilien', 'Brazil'],
    ['Emma', 'Emma'],
  ])('a voice called %s is looked for as %s', (search, english) => {
    expect(voicesInEnglish(search, languages)).toBe(english);
  });

  it('languages have German names, and accents that are no country keep theirs', () => {
    expect(languageOptions(languages).map((one) => one.label)).toEqual([
      'Englisch',
      'Französisch',
      'Portugiesisch (Brasilien)',
      'Portugiesisch (Portugal)',
    ]);
    expect(accentName(languages[3]!)).toBe('Received Pronunciation');
    expect(languageName({ language: 'qqq', name: 'Unheard' })).toBe('Unheard');
  });
});

test('in English, words are looked for as they are', () => {
  expect(inEnglish('car')).toBe('car');
});

test('a tag means the language of a list that is usual for it', () => {
  expect(listed(languages, 'pt')).toBe('pt-PT');
  expect(listed(languages, 'pt-br')).toBe('pt-BR');
  expect(listed(languages, 'ja')).toBeUndefined();
});

test.each([
  ['مرحبا بكم, friends', 'ar'],
  ['Привет', 'ru'],
  ['こんにちは、世界', 'ja'],
  ['Hello, Привет and more', null],
  ['[nod] 12', null],
])('%s is probably in %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
