/**
 * Characters, about, of the texts in a value of JSON, one for each other part of it; counted no further
 * than a little above `most`: it is asked before work that is short.
 */
export function charactersOf(value: unknown, most: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 1;
  let size = 1;
  for (const part of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value)) {
    size += charactersOf(part, most - size);
    if (size > most) break;
  }
  return size;
}
