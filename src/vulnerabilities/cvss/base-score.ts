/** Placeholder until the real one lands. */
export function baseScore(_vector: string): number | undefined {
  return undefined;
}
