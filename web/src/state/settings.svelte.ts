/** How the page looks to this person: theme and language. */

import { isLanguage, preferredLanguage, useLanguage, type LanguageCode } from '../i18n/index.svelte';
import { recall, remember } from './memory';

export type Theme = 'system' | 'light' | 'dark';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export class SettingsState {
  theme = $state<Theme>('system');
  /** Single letters are shortcuts; who speaks to the computer may want them off. */
  letters = $state(true);

  /** Take what was chosen before; a language that has to be loaded is waited for. */
  async start(): Promise<void> {
    this.setTheme(THEMES.find((theme) => theme === recall('theme')) ?? 'system');
    this.letters = recall('letters') !== 'off';
    const code = recall('language') ?? '';
    await useLanguage(isLanguage(code) ? code : preferredLanguage()).catch(() => useLanguage('en'));
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    remember('theme', theme === 'system' ? null : theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  /** Turn light into dark, and dark into light. */
  flipTheme(): void {
    this.setTheme(this.dark ? 'light' : 'dark');
  }

  setLetters(on: boolean): void {
    this.letters = on;
    remember('letters', on ? null : 'off');
  }

  get dark(): boolean {
    if (this.theme !== 'system') return this.theme === 'dark';
    return matchMedia('(prefers-color-scheme: dark)').matches;
  }

  async setLanguage(code: LanguageCode): Promise<void> {
    await useLanguage(code);
    remember('language', code);
  }
}
