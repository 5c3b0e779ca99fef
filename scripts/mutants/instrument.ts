import { parseAst } from "rolldown/parseAst";
import { type Ancestors, decisionMutations, type Mutation, mutationsOf } from "./mutations.ts";
import { childrenOf, type Node } from "./node.ts";

/** A mutant of a file. */
export interface Mutant extends Mutation {
  readonly id: number;
  readonly line: number;
  /** The original text. */
  readonly original: string;
}

export interface Instrumented {
  /** The file with all its mutants, each behind a switch. */
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

/**
 * @param first id of the file's first mutant
 * @param chosen ids of the mutants that get a switch: a switch costs time at every query; absent: all
 */
export function instrument(
  source: string,
  file: string,
  first: number,
  chosen?: ReadonlySet<number>,
): Instrumented {
  const mutants: Mutant[] = [];
  const program = parseAst(source, { lang: "ts" }, file) as unknown as Node;

  const add = (node: Node, mutation: Mutation): number => {
    const id = first + mutants.length;
    const line = source.slice(0, node.start).split("\n").length;
    mutants.push({ id, line, original: source.slice(node.start, node.end), ...mutation });
    return id;
  };

  const switched = (node: Node, mutations: readonly Mutation[]): readonly (readonly [number, string])[] =>
    mutations
      .map((mutation) => [add(node, mutation), mutation.text] as const)
      .filter(([id]) => chosen === undefined || chosen.has(id));

  function render(node: Node, ancestors: Ancestors): string {
    const inner = withChildren(node, [node, ...ancestors]);
    if (!isReplaceable(node, ancestors)) return inner;
    const own = mutationsOf(node, ancestors, source);
    if (own[0]?.kind === "regex") {
      const patterns = switched(node, own);
      return patterns.length === 0 ? inner : `__regex(${inner}, ${JSON.stringify(patterns)})`;
    }
    if (node.type === "BlockStatement") {
      return switched(node, own).reduce((text, [id]) => `{if(!__mutant(${id}))${text}}`, inner);
    }
    const all = switched(node, [...own, ...decisionMutations(node, ancestors)]);
    if (all.length === 0) return inner;
    const switches = all.map(([id, text]) => `__mutant(${id})?(${text}):`);
    return `(${switches.join("")}(${inner}))`;
  }

  function withChildren(node: Node, ancestors: Ancestors): string {
    let text = "";
    let at = node.start;
    for (const child of childrenOf(node)) {
      if (child.start < at) continue;
      text += source.slice(at, child.start) + render(child, ancestors);
      at = child.end;
    }
    return text + source.slice(at, node.end);
  }

  const code = source.slice(0, program.start) + render(program, []) + source.slice(program.end);
  return { code, mutants };
}

/** Whether a parenthesised expression may replace the node without changing its meaning. */
function isReplaceable(node: Node, ancestors: Ancestors): boolean {
  const [parent, above] = ancestors;
  if (parent === undefined) return false;
  if (parent.type.startsWith("Import") || parent.type.startsWith("Export")) return node.type !== "Literal";
  if (parent.type === "ExpressionStatement" && parent["directive"] !== undefined) return false;
  const isKey = parent["key"] === node && parent["computed"] !== true;
  if (isKey || (parent["shorthand"] === true && parent["value"] === node)) return false;
  if (parent["left"] === node && (parent.type.startsWith("Assign") || parent.type.startsWith("For")))
    return false;
  if (parent.type === "UpdateExpression" || parent.type === "ArrowFunctionExpression")
    return parent["body"] === node;
  // Parentheses would end the short circuit of an optional chain.
  const isLink = (parent["object"] === node || parent["callee"] === node) && isInChain([...ancestors]);
  if (isLink) return false;
  return above === undefined || above.type !== "ImportExpression";
}

function isInChain(ancestors: Ancestors): boolean {
  for (const node of ancestors) {
    if (node.type === "ChainExpression") return true;
    if (node.type !== "MemberExpression" && node.type !== "CallExpression") return false;
  }
  return false;
}
