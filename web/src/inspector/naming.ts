/** What fields and choices are called: by the thing that they are of where that matters, else everywhere the same. */

import { tOr } from '../i18n/index.svelte';
import { humanised, type FieldInfo } from './schema';

export function fieldName({ definition, name }: FieldInfo): string {
  return tOr(`field.${definition}_${name}`, tOr(`field.${name}`, humanised(name)));
}

export function choiceName({ name }: Pick<FieldInfo, 'name'>, choice: string | number): string {
  return tOr(`value.${name}_${choice}`, tOr(`value.${choice}`, humanised(String(choice))));
}
