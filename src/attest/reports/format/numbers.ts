/** A count in untrusted JSON: a whole number from 0; undefined for anything else (-1, 1e999, "3"). */
export function countAt(fields: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = fields[key];
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
