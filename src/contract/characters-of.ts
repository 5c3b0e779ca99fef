/**
 * Approximate number of characters in a JSON value: characters of its texts, and one for each other part.
 * Counting stops slightly above `most`.
 */
export function charactersOf(value: unknown, most: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && size <= most; index++) {
      size += charactersOf(value[index], most - size);
    }
    return size;
  }
  const parts = value as Readonly<Record<string, unknown>>;
  // A loop over keys, since building a list of values for each of many objects is slow.
  for (const key in parts) {
    if (size > most) break;
    size += charactersOf(parts[key], most - size);
  }
  return size;
}
