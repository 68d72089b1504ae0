/** Places in a document as the server names them: `scenes[0].overlays[1].place`. */

export function partsOf(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

export function at(document: unknown, path: string): unknown {
  return partsOf(path).reduce<unknown>(
    (value, part) => (value as Record<string | number, unknown> | undefined)?.[part],
    document,
  );
}

/** Put a value at a path of a document, in place; undefined takes it away. What is missing on the way is made. */
export function put(document: unknown, path: string, value: unknown): void {
  const parts = partsOf(path);
  const last = parts.pop();
  if (last === undefined) return;
  let holder = document as Record<string | number, unknown>;
  parts.forEach((part, index) => {
    holder[part] ??= typeof (parts[index + 1] ?? last) === 'number' ? [] : {};
    holder = holder[part] as Record<string | number, unknown>;
  });
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
}
