import type { Segment } from "../../contract/field-path.ts";

export interface Anchor {
  readonly name: string;
  /** Path of the anchored node in the document. */
  readonly path: readonly Segment[];
}

export interface Spot {
  /** Offset of the node, anchor and tag included; -1 if the value is not in the text. */
  readonly start: number;
  /** Offset after anchor and tag; equal to `start` if there are none. */
  readonly content: number;
  /** Exclusive end; for a block scalar, after its last line break. */
  readonly end: number;
  /** Number of collections around the node. */
  readonly depth: number;
  readonly anchor?: Anchor;
}

export interface ScalarNode extends Spot {
  readonly kind: "scalar";
  readonly style: "plain" | "single" | "double" | "block";
  readonly isNull: boolean;
}
interface AliasNode extends Spot {
  readonly kind: "alias";
  readonly target: Node | undefined;
}
export interface MappingNode extends Spot {
  readonly kind: "mapping";
  /** Style of the collection; `pair`: `[a: b]`, a mapping without braces. */
  readonly style: "block" | "flow" | "pair";
  readonly members: readonly Entry[];
}
export interface SequenceNode extends Spot {
  readonly kind: "sequence";
  readonly style: "block" | "flow";
  readonly members: readonly Item[];
}
export type CollectionNode = MappingNode | SequenceNode;
export type Node = ScalarNode | AliasNode | CollectionNode;

/** A member of a mapping. `start`: offset of its key. */
export interface Entry {
  readonly key: string | undefined;
  readonly isMerge: boolean;
  readonly start: number;
  readonly keyEnd: number;
  readonly quoted: boolean;
  /** Offset after the colon; -1 if there is none: `{a}`. */
  readonly colon: number;
  readonly end: number;
  readonly value: Node;
}

/** A member of a sequence. `start`: offset of its dash; between brackets, of the member itself. */
export interface Item {
  readonly start: number;
  readonly end: number;
  readonly value: Node;
}
