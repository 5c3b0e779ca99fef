/** An item said of several containers, once. */
export interface Merged<T> {
  readonly item: T;
  readonly containers: readonly string[];
}

/** Joins items that differ in their container only, in the order in which they first appear. */
export function mergeContainers<T extends { readonly container?: string }>(
  items: readonly T[],
): readonly Merged<T>[] {
  const merged = new Map<string, { item: T; containers: string[] }>();
  for (const item of items) {
    const key = JSON.stringify({ ...item, container: undefined });
    const entry = merged.get(key) ?? { item, containers: [] };
    if (item.container !== undefined) entry.containers.push(item.container);
    merged.set(key, entry);
  }
  return [...merged.values()];
}
