import { isInImage, type Place } from "../contract/finding.ts";

/** Container and place of an item; both are optional. */
export interface Spot {
  readonly container?: string;
  readonly at?: Place;
}

/** An item with all its spots. */
export interface Merged<T> {
  readonly item: T;
  readonly spots: readonly Spot[];
  /** Fingerprints of the item, one per spot, by which a policy accepts it. */
  readonly fingerprints: readonly string[];
}

/**
 * Merges items with the same text in several containers or on several lines of the user's files, in order of
 * first appearance. Items at different places inside an image stay separate: there the place is the finding.
 */
export function mergeContainers<T extends Spot & { readonly fingerprint?: string }>(
  items: readonly T[],
): readonly Merged<T>[] {
  const merged = new Map<string, { item: T; spots: Map<string, Spot>; fingerprints: Set<string> }>();
  for (const item of items) {
    const { container, at } = item;
    const inside = at !== undefined && isInImage(at) ? at : undefined;
    const key = JSON.stringify({ ...item, container: undefined, fingerprint: undefined, at: inside });
    const entry = merged.get(key) ?? { item, spots: new Map(), fingerprints: new Set() };
    if (item.fingerprint !== undefined) entry.fingerprints.add(item.fingerprint);
    const spot: Spot = {
      ...(container === undefined ? {} : { container }),
      ...(at === undefined ? {} : { at }),
    };
    entry.spots.set(JSON.stringify(spot), spot);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ item, spots, fingerprints }) => ({
    item,
    spots: [...spots.values()],
    fingerprints: [...fingerprints],
  }));
}
