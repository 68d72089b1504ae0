import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import Field from '../../../src/ui/Field.svelte';

it('takes any number, since templates have some between whole ones', async () => {
  const shown = mount(Field, { target: document.body, props: { label: 'Pitch', type: 'number', value: '1.25' } });
  flushSync();
  const field = document.querySelector<HTMLInputElement>('input[type=number]')!;
  expect([field.value, field.step]).toEqual(['1.25', 'any']);
  await unmount(shown);
});
