// Nodes of the text that an edit changes. If the path leads through aliases or merge keys, the anchored node
// is changed, once for all its users.

import type { Segment } from "../../contract/field-path.ts";
import type { Edit, Json } from "./edit.ts";
import type { Anchor, CollectionNode, Entry, MappingNode, Node, SequenceNode } from "./node.ts";
import { unknownShape } from "./refused.ts";

/** Changes of one collection. */
export interface Changes {
  /** Values for keys that are missing or have no value; a scalar also replaces an existing value. */
  readonly values: Map<string, { readonly entry: Entry | undefined; value: Json }>;
  appended: readonly Json[];
  /** Indexes of members. */
  readonly removed: Set<number>;
}

export interface Targets {
  readonly changes: Map<CollectionNode, Changes>;
  /** Edits of anchored nodes that aliases and merge keys led to, by a key for each. */
  readonly shared: Map<string, Edit & { readonly anchor: string }>;
}

export function newTargets(): Targets {
  return { changes: new Map(), shared: new Map() };
}

/** Collects the nodes that an edit changes, from the root of its document. @throws EditRefused */
export function target(root: Node, edit: Edit, targets: Targets): void {
  descend(root, edit, 0, targets);
}

function descend(node: Node, edit: Edit, at: number, targets: Targets): void {
  if (node.kind === "alias") return descend(follow(node.target, edit, at, targets), edit, at, targets);
  const segment = edit.path[at];
  if (segment === undefined) {
    if (node.kind === "sequence" && edit.op === "append") append(node, edit.value, targets);
    else throw unknownShape(edit.path);
  } else if (node.kind === "sequence" && typeof segment === "number") inSequence(node, edit, at, targets);
  else if (node.kind === "mapping" && typeof segment === "string")
    inMapping(node, segment, edit, at, targets);
  else throw unknownShape(edit.path);
}

function follow(node: Node | undefined, edit: Edit, at: number, targets: Targets): Node {
  if (node?.anchor === undefined) throw unknownShape(edit.path);
  noteAnchor(node.anchor, edit, at, targets);
  return node;
}

function noteAnchor({ name, path }: Anchor, edit: Edit, at: number, { shared }: Targets): void {
  const there = { ...edit, path: [...path, ...edit.path.slice(at)] };
  shared.set(JSON.stringify(there), { ...there, anchor: name });
}

function inSequence(node: SequenceNode, edit: Edit, at: number, targets: Targets): void {
  const index = Number(edit.path[at]);
  const item = node.members[index];
  if (item === undefined) throw unknownShape(edit.path);
  if (at < edit.path.length - 1) return descend(item.value, edit, at + 1, targets);
  if (edit.op !== "remove") throw unknownShape(edit.path);
  changesOf(node, targets).removed.add(index);
}

function inMapping(mapping: MappingNode, key: string, edit: Edit, at: number, targets: Targets): void {
  const { owner, entry } = lookUp(mapping, key, edit, at, targets) ?? { owner: mapping };
  const rest = edit.path.slice(at + 1);
  if (edit.op === "remove") {
    if (entry === undefined) return;
    if (rest.length > 0) return descend(entry.value, edit, at + 1, targets);
    changesOf(owner, targets).removed.add(owner.members.indexOf(entry));
    return;
  }
  if (entry !== undefined && !isEmpty(entry.value) && (rest.length > 0 || edit.op === "append")) {
    return descend(entry.value, edit, at + 1, targets);
  }
  if (entry?.value.anchor !== undefined) noteAnchor(entry.value.anchor, edit, at + 1, targets);
  const { values } = changesOf(owner, targets);
  const known = values.get(key);
  values.set(key, { entry, value: build(known?.value, rest, edit) });
}

interface Found {
  readonly owner: MappingNode;
  readonly entry: Entry;
}

/** Entry that determines a key's value: a later entry takes precedence over earlier and merged entries. */
function lookUp(
  mapping: MappingNode,
  key: string,
  edit: Edit,
  at: number,
  targets: Targets,
): Found | undefined {
  let found: (() => Found) | undefined;
  for (const entry of mapping.members) {
    if (entry.key === key) found = () => ({ owner: mapping, entry });
    if (!entry.isMerge) continue;
    for (const source of sourcesOf(entry.value)) {
      const merged = resolved(source);
      if (merged?.kind !== "mapping" || lookUp(merged, key, edit, at, newTargets()) === undefined) continue;
      found = () => {
        if (source.kind === "alias") follow(source.target, edit, at, targets);
        return lookUp(merged, key, edit, at, targets) ?? { owner: mapping, entry };
      };
    }
  }
  return found?.();
}

/** Sources of a merge key in merge order: the first of a list wins. */
function sourcesOf(value: Node): readonly Node[] {
  return value.kind === "sequence" ? value.members.map((item) => item.value).toReversed() : [value];
}

function resolved(node: Node): Node | undefined {
  return node.kind === "alias" ? node.target : node;
}

/**
 * Whether a node is null. An alias is null if its anchored scalar is null; filling it changes all its users.
 */
function isEmpty(node: Node): boolean {
  if (node.kind === "alias") return node.target?.kind === "scalar" && node.target.isNull;
  if (node.kind === "scalar") return node.isNull;
  return node.members.length === 0 && node.anchor === undefined;
}

function build(
  known: Json | undefined,
  path: readonly Segment[],
  edit: Exclude<Edit, { op: "remove" }>,
): Json {
  const [segment, ...rest] = path;
  if (segment !== undefined) {
    const mapping = (known ?? {}) as Readonly<Record<string, Json>>;
    return { ...mapping, [segment]: build(mapping[segment], rest, edit) };
  }
  if (edit.op === "append") return withMember((known ?? []) as readonly Json[], edit.value);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(edit.value))
    throw unknownShape(edit.path);
  return edit.value;
}

function append(node: SequenceNode, value: Json, targets: Targets): void {
  const changes = changesOf(node, targets);
  changes.appended = withMember(changes.appended, value);
}

/** The list with a value added, unless the list already contains the value. */
function withMember(list: readonly Json[], value: Json): readonly Json[] {
  const isKnown = list.some((known) => JSON.stringify(known) === JSON.stringify(value));
  return isKnown ? list : [...list, value];
}

function changesOf(node: CollectionNode, { changes }: Targets): Changes {
  const known = changes.get(node);
  if (known !== undefined) return known;
  const made: Changes = { values: new Map(), appended: [], removed: new Set() };
  changes.set(node, made);
  return made;
}
