import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { Studio } from './state/studio.svelte';

const studio = new Studio();
const target = document.getElementById('app')!;

// Both are needed before anything can be shown, and neither waits for the other.
await Promise.all([studio.settings.start(), studio.session.start()]);
mount(App, { target, props: { studio } });

if ('serviceWorker' in navigator && import.meta.env.PROD) void navigator.serviceWorker.register('/service-worker.js');
