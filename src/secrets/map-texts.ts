import type { Segment } from "../contract/field-path.ts";
import { maskLookalikes } from "./mask.ts";

/** Position of a text in a document. Reused: valid only during the callback. */
export interface TextPlace {
  /** Segments from the document's root. */
  readonly path: readonly Segment[];
  /** The original mapping or list with the text; for a key, the mapping of this key. */
  readonly parent: unknown;
  /** Whether the text is a mapping's key, the last segment of the path. */
  readonly isKey: boolean;
}

export type ChangeText = (text: string, place: TextPlace) => string;

/**
 * The same plain JSON with every text changed, including keys, so that fields added later are changed, too.
 * Unchanged parts are not copied.
 *
 * @param stays fields of the document itself that stay unchanged
 */
export function mapTexts<T>(document: T, change: ChangeText, stays: readonly string[] = []): T {
  return new Walk(change, stays).value(document, undefined) as T;
}

class Walk {
  readonly #change: ChangeText;
  readonly #stays: readonly string[];
  readonly #path: Segment[] = [];
  readonly #place: { readonly path: readonly Segment[]; parent: unknown; isKey: boolean };

  constructor(change: ChangeText, stays: readonly string[]) {
    this.#change = change;
    this.#stays = stays;
    this.#place = { path: this.#path, parent: undefined, isKey: false };
  }

  value(value: unknown, parent: unknown): unknown {
    if (typeof value === "string") return this.#text(value, parent, false);
    if (typeof value !== "object" || value === null) return value;
    return Array.isArray(value) ? this.#list(value) : this.#mapping(value);
  }

  #text(text: string, parent: unknown, isKey: boolean): string {
    if (text === "") return text;
    // One place object is reused for all texts of a document, since there are hundreds.
    this.#place.parent = parent;
    this.#place.isKey = isKey;
    return maskLookalikes(this.#change(text, this.#place));
  }

  #list(list: readonly unknown[]): readonly unknown[] {
    let changed: unknown[] | undefined;
    for (let index = 0; index < list.length; index++) {
      const member = this.#member(index, list[index], list);
      if (changed === undefined && member === list[index]) continue;
      changed ??= list.slice(0, index);
      changed.push(member);
    }
    return changed ?? list;
  }

  #mapping(mapping: object): object {
    const fields = mapping as Readonly<Record<string, unknown>>;
    const keys = Object.keys(fields);
    let changed: Map<string, unknown> | undefined;
    for (const key of keys) {
      const stays = this.#path.length === 0 && this.#stays.includes(key);
      const name = stays ? key : this.#key(key, fields);
      const member = stays ? fields[key] : this.#member(key, fields[key], fields);
      if (changed === undefined && name === key && member === fields[key]) continue;
      changed ??= before(key, keys, fields);
      changed.set(unused(name, changed), member);
    }
    return changed === undefined ? mapping : Object.fromEntries(changed);
  }

  #key(key: string, mapping: unknown): string {
    this.#path.push(key);
    const name = this.#text(key, mapping, true);
    this.#path.pop();
    return name;
  }

  #member(key: Segment, member: unknown, parent: unknown): unknown {
    this.#path.push(key);
    const changed = this.value(member, parent);
    this.#path.pop();
    return changed;
  }
}

function before(
  last: string,
  keys: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Map<string, unknown> {
  return new Map(keys.slice(0, keys.indexOf(last)).map((key) => [key, fields[key]]));
}

/** A name that is still free: two keys may have been masked to the same text. */
function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  while (taken.has(free)) free += "'";
  return free;
}
