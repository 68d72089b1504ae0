import type { Component } from 'svelte';

/** An icon of lucide's: `import Play from '@lucide/svelte/icons/play'`. */
export type Icon = Component<{ size?: number; 'aria-hidden'?: 'true' }>;
