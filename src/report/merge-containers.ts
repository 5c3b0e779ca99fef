import { isInImage, type Place } from "../contract/finding.ts";

/** Where an item holds: in a container, at a place, both, or neither. */
export interface Spot {
  readonly container?: string;
  readonly at?: Place;
}

/** An item that holds at several spots, said once. */
export interface Merged<T> {
  readonly item: T;
  readonly spots: readonly Spot[];
  /** Under which the policy accepts it, at each of them. */
  readonly fingerprints: readonly string[];
}

/**
 * Joins items that say the same of several containers, or of several lines of the user's files, in
 * the order in which they first appear. Places inside an image keep items apart: there, the place
 * is what is found.
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
