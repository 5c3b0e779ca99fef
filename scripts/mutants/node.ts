/** A node of the syntax tree (ESTree with TypeScript), as far as mutation reads it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** The nodes directly below this one, by position; types are none of a program's behaviour. */
export function childrenOf(node: Node): readonly Node[] {
  const children = Object.entries(node)
    .filter(([field]) => field !== "parent")
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .filter(({ type }) => !type.startsWith("TS") || EXPRESSIONS.has(type));
  return children.toSorted((a, b) => a.start - b.start);
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

const EXPRESSIONS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);
