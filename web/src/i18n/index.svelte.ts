/** What the page says, in the person's language: `t('picture.title')`, `t('picture.faces', { count: 2 })`. */

import en from './en';

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Record<string, Record<string, Message>>;
type Namespaces = typeof en;

/** Every key there is, such as `picture.title`. */
export type Key = { [N in keyof Namespaces & string]: `${N}.${keyof Namespaces[N] & string}` }[keyof Namespaces &
  string];

export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  it: 'Italiano',
  ar: 'العربية',
} as const;
export type LanguageCode = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);
const LOADERS: Record<Exclude<LanguageCode, 'en'>, () => Promise<{ default: Messages }>> = {
  de: () => import('./de'),
  fr: () => import('./fr'),
  es: () => import('./es'),
  pt: () => import('./pt'),
  it: () => import('./it'),
  ar: () => import('./ar'),
};

let language = $state<LanguageCode>('en');
let messages = $state.raw<Messages>(en);

export const isLanguage = (code: string): code is LanguageCode => code in LANGUAGES;

/** Return the first of the browser's languages that the page speaks. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): LanguageCode {
  const codes = wanted.map((tag) => tag.split('-')[0] ?? '');
  return codes.find(isLanguage) ?? 'en';
}

export const currentLanguage = (): LanguageCode => language;

export async function useLanguage(code: LanguageCode): Promise<void> {
  messages = code === 'en' ? en : (await LOADERS[code]()).default;
  language = code;
  document.documentElement.lang = code;
  document.documentElement.dir = RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr';
}

function find(from: Messages, key: string): Message | undefined {
  const dot = key.indexOf('.');
  return from[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

/** Return all texts of a section. */
export const sectionOf = (name: string): Record<string, Message> => messages[name] ?? {};

/** Return a text in the page's language; `count` chooses its plural form. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const message = find(messages, key) ?? find(en, key) ?? key;
  const text = typeof message === 'string' ? message : pluralOf(message, Number(values.count));
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? whole);
  });
}

/** Return the text of a key that is made at run time, or what stands in for it. */
export function tOr(key: string, otherwise: string): string {
  const message = find(messages, key) ?? find(en, key);
  return typeof message === 'string' ? message : otherwise;
}

function pluralOf(message: Exclude<Message, string>, count: number): string {
  return message[new Intl.PluralRules(language).select(count)] ?? message.other ?? '';
}

const MINUTE_S = 60;

/** Return a time in a video, such as 0:07. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / MINUTE_S)}:${String(whole % MINUTE_S).padStart(2, '0')}`;
}

export function whenText(iso: string): string {
  return new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

export function bytesText(bytes: number): string {
  const [mega, kilo] = [bytes / 1_000_000, bytes / 1_000];
  const [value, unit] = mega >= 1 ? [mega, 'megabyte'] : kilo >= 1 ? [kilo, 'kilobyte'] : [bytes, 'byte'];
  // The short form of the smallest unit knows no plural.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
}
