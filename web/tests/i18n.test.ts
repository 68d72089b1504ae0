import { describe, expect, it } from 'vitest';
import en from '../src/i18n/en';
import { LANGUAGES, preferredLanguage, t, useLanguage, type Message, type Messages } from '../src/i18n/index.svelte';

const parts = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const placeholders = (message: Message) => new Set(parts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []));
const keysOf = (messages: Messages) =>
  Object.entries(messages).flatMap(([name, section]) => Object.keys(section).map((key) => `${name}.${key}`));

describe.each(Object.keys(LANGUAGES).filter((code) => code !== 'en'))('the language %s', async (code) => {
  const messages = ((await import(`../src/i18n/${code}/index.ts`)) as { default: Messages }).default;

  it('says all that English says, and no more', () => {
    expect(keysOf(messages).sort()).toEqual(keysOf(en).sort());
  });

  it('fills in the same values', () => {
    for (const [name, section] of Object.entries(en as Messages)) {
      for (const [key, message] of Object.entries(section)) {
        expect(placeholders(messages[name]?.[key] ?? ''), `${name}.${key}`).toEqual(placeholders(message));
      }
    }
  });

  it('has every plural form that its grammar needs', () => {
    const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    for (const section of Object.values(messages)) {
      for (const [key, message] of Object.entries(section)) {
        if (typeof message !== 'string') expect(Object.keys(message), key).toEqual(expect.arrayContaining(forms));
      }
    }
  });
});

it('takes the first language of the browser that there is', () => {
  expect(preferredLanguage(['nl-NL', 'pt-BR', 'en'])).toBe('pt');
  expect(preferredLanguage(['ja'])).toBe('en');
});

it('turns the page around for Arabic', async () => {
  await useLanguage('ar');
  expect(document.documentElement.dir).toBe('rtl');
  await useLanguage('en');
  expect(document.documentElement.dir).toBe('ltr');
  expect(t('shell.saved')).toBe('Saved');
});
