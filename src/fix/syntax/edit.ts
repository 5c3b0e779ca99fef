import type { Segment } from "../../contract/field-path.ts";

/** Change of one field of a document, by its path. Parents that are absent or null are created. */
export type Edit =
  | { readonly op: "set"; readonly path: readonly Segment[]; readonly value: Json }
  | { readonly op: "append"; readonly path: readonly Segment[]; readonly value: Json }
  | { readonly op: "remove"; readonly path: readonly Segment[] };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Collection = Record<Segment, unknown>;

/**
 * A copy of the document with the edits applied. Removals come last, since they shift indices in lists.
 *
 * @param document plain JSON
 */
export function applyEdits(document: unknown, edits: readonly Edit[]): unknown {
  const root = { document: JSON.parse(JSON.stringify(document)) as unknown };
  for (const edit of edits) if (edit.op !== "remove") put(root, ["document", ...edit.path], edit);
  for (const path of removals(edits)) remove(root, ["document", ...path]);
  return root.document;
}

function put(root: object, path: readonly Segment[], { op, value }: Exclude<Edit, { op: "remove" }>): void {
  let parent = root as Collection;
  for (const [index, segment] of path.slice(0, -1).entries()) {
    parent[segment] ??= typeof path[index + 1] === "number" ? [] : {};
    parent = parent[segment] as Collection;
  }
  const last = path.at(-1) ?? "";
  if (op === "set") parent[last] = value;
  else parent[last] = [...((parent[last] ?? []) as readonly unknown[]), value];
}

/** Paths to remove, the last index of each list first. */
function removals(edits: readonly Edit[]): readonly (readonly Segment[])[] {
  return edits
    .filter(({ op }) => op === "remove")
    .map(({ path }) => path)
    .sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0);
}

function remove(root: object, path: readonly Segment[]): void {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === "object" && parent !== null) delete (parent as Collection)[last];
}

/** The value at a path; undefined if the path does not exist. */
export function valueAt(root: unknown, path: readonly Segment[]): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Collection)[segment];
  }
  return value;
}

/**
 * The same edits, extended to remove mappings and lists that would become empty: `seLinuxOptions: {}` has no
 * meaning.
 */
export function withoutEmptied(document: unknown, edits: readonly Edit[]): readonly Edit[] {
  const removed = new Map(
    edits.filter(({ op }) => op === "remove").map(({ path }) => [JSON.stringify(path), path]),
  );
  const kept = edits.filter(({ op }) => op !== "remove");
  for (const path of [...removed.values()].sort((a, b) => b.length - a.length)) {
    const emptied = outermostEmptied(document, path, removed, kept);
    if (emptied === undefined) continue;
    for (const [key, inner] of removed) if (isInside(emptied, inner)) removed.delete(key);
    removed.set(JSON.stringify(emptied), emptied);
  }
  return [...kept, ...[...removed.values()].map((path) => ({ op: "remove" as const, path }))];
}

/** Members of a list keep their place, empty or not. */
function outermostEmptied(
  document: unknown,
  path: readonly Segment[],
  removed: ReadonlyMap<string, readonly Segment[]>,
  kept: readonly Edit[],
): readonly Segment[] | undefined {
  const parent = path.slice(0, -1);
  if (typeof parent.at(-1) === "number" || !isEmptied(document, parent, removed, kept)) return undefined;
  const all = new Map([...removed, [JSON.stringify(parent), parent]]);
  return outermostEmptied(document, parent, all, kept) ?? parent;
}

function isEmptied(
  document: unknown,
  parent: readonly Segment[],
  removed: ReadonlyMap<string, readonly Segment[]>,
  kept: readonly Edit[],
): boolean {
  const value = valueAt(document, parent);
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value).map((key) => (Array.isArray(value) ? Number(key) : key));
  return (
    keys.every((key) => removed.has(JSON.stringify([...parent, key]))) &&
    !kept.some(({ path }) => isInside(parent, path) || JSON.stringify(path) === JSON.stringify(parent))
  );
}

function isInside(outer: readonly Segment[], inner: readonly Segment[]): boolean {
  return inner.length > outer.length && outer.every((segment, index) => inner[index] === segment);
}
