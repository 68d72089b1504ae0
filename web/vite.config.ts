import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

const server = process.env.PHONOSCOPE_SERVER ?? 'http://127.0.0.1:8470';

/** Lays Swagger UI beside the page of the API's documentation (public/docs): nothing is loaded from elsewhere. */
const apiDocs: Plugin = {
  name: 'api-docs',
  generateBundle() {
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      const source = readFileSync(new URL(`node_modules/swagger-ui-dist/${name}`, import.meta.url));
      this.emitFile({ type: 'asset', fileName: `docs/${name}`, source });
    }
  },
};

export default defineConfig({
  plugins: [svelte(), apiDocs],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    outDir: '../src/phonoscope/studio/page',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'safari17.5', 'firefox121'],
    // The content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file for what every step needs, instead of twenty small ones.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'ui', test: /@lucide|\/src\/(ui|state|api|i18n\/index|i18n\/en)|FailedUploads/ }] },
      },
    },
  },
  server: {
    proxy: { '/api': server, '/s': server },
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    include: ['tests/**/*.test.ts'],
    restoreMocks: true,
  },
});
