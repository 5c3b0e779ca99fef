import { isInImage, type Place } from "../contract/finding.ts";

/** Container and place of an item; both are optional. */
export interface Location {
  readonly container?: string;
  readonly at?: Place;
}

/** An item with all its locations. */
export interface Merged<T> {
  readonly item: T;
  readonly locations: readonly Location[];
  /** Fingerprints of the item, one per location, by which a policy accepts it. */
  readonly fingerprints: readonly string[];
}

/**
 * Merges items with the same text in several containers or on several lines of the user's files, in order of
 * first appearance. Items at different places inside an image stay separate: there the place is the finding.
 */
export function mergeContainers<T extends Location & { readonly fingerprint?: string }>(
  items: readonly T[],
): readonly Merged<T>[] {
  const merged = new Map<string, { item: T; locations: Map<string, Location>; fingerprints: Set<string> }>();
  for (const item of items) {
    const { container, at } = item;
    const inside = at !== undefined && isInImage(at) ? at : undefined;
    const key = JSON.stringify({ ...item, container: undefined, fingerprint: undefined, at: inside });
    const entry = merged.get(key) ?? { item, locations: new Map(), fingerprints: new Set() };
    if (item.fingerprint !== undefined) entry.fingerprints.add(item.fingerprint);
    const location: Location = {
      ...(container === undefined ? {} : { container }),
      ...(at === undefined ? {} : { at }),
    };
    entry.locations.set(JSON.stringify(location), location);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ item, locations, fingerprints }) => ({
    item,
    locations: [...locations.values()],
    fingerprints: [...fingerprints],
  }));
}
