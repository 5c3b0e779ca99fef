import { isNode, type Node } from "./node.ts";
import { regexMutations } from "./regex-mutations.ts";

/** A small change of one node. */
export interface Mutation {
  /** `equality`, `string`… */
  readonly kind: string;
  /** Replacement text. */
  readonly text: string;
}

/** Ancestors of a node, the nearest first. */
export type Ancestors = readonly Node[];

const BINARY: Readonly<Record<string, readonly string[]>> = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
};
const LOGICAL: Readonly<Record<string, string>> = { "&&": "||", "||": "&&", "??": "&&" };
const METHODS: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  startsWith: "endsWith",
  endsWith: "startsWith",
  toUpperCase: "toLowerCase",
  toLowerCase: "toUpperCase",
  trimStart: "trimEnd",
  trimEnd: "trimStart",
  min: "max",
  max: "min",
};
const DROPPED = new Set([
  "filter",
  "slice",
  "trim",
  "toSorted",
  "toReversed",
  "sort",
  "reverse",
  "substring",
]);

/** The mutations of an expression or a block; a regular expression's are patterns. */
export function mutationsOf(node: Node, ancestors: Ancestors, source: string): readonly Mutation[] {
  const raw = (part: unknown): string => (isNode(part) ? source.slice(part.start, part.end) : "");
  switch (node.type) {
    case "BinaryExpression":
      return binary(node, raw);
    case "LogicalExpression": {
      const operator = LOGICAL[String(node["operator"])];
      return operator === undefined
        ? []
        : [{ kind: "logical", text: `(${raw(node["left"])}) ${operator} (${raw(node["right"])})` }];
    }
    case "UnaryExpression":
      return node["operator"] === "!" ? [{ kind: "negation", text: raw(node["argument"]) }] : [];
    case "Literal":
      return literal(node, ancestors);
    case "TemplateLiteral":
      return isShown(ancestors) || ancestors[0]?.type === "TaggedTemplateExpression"
        ? []
        : [{ kind: "string", text: '""' }];
    case "ArrayExpression":
      return isEmpty(node["elements"]) ? [] : [{ kind: "array", text: "[]" }];
    case "ObjectExpression":
      return isEmpty(node["properties"]) || isText(node) ? [] : [{ kind: "object", text: "{}" }];
    case "CallExpression":
      return call(node, raw);
    case "BlockStatement":
      return isEmpty(node["body"]) || ancestors[0]?.type === "TryStatement"
        ? []
        : [{ kind: "block", text: "" }];
    default:
      return [];
  }
}

/** Mutations of conditions: of `if`, `?:` and loops. */
export function decisionMutations(node: Node, ancestors: Ancestors): readonly Mutation[] {
  const [parent] = ancestors;
  if (parent?.["test"] !== node || parent.type === "SwitchCase") return [];
  const isLoop = parent.type.startsWith("For") || parent.type.endsWith("WhileStatement");
  const always = { kind: "decision", text: "true" };
  const never = { kind: "decision", text: "false" };
  if (isLoop) return [never];
  return isAbsent(node, parent) ? [always] : [always, never];
}

/**
 * Whether the expression is `x === undefined ? {} : { x }`, required by exactOptionalPropertyTypes: without
 * the condition the field is present and undefined, which no reader distinguishes from absent.
 */
function isAbsent({ operator, right }: Node, { consequent, alternate }: Node): boolean {
  if (operator !== "===" || !isNode(right) || right["name"] !== "undefined") return false;
  const properties = isNode(alternate) ? alternate["properties"] : undefined;
  return (
    isNode(consequent) &&
    isEmpty(consequent["properties"]) &&
    Array.isArray(properties) &&
    properties.length === 1
  );
}

function binary(node: Node, raw: (part: unknown) => string): readonly Mutation[] {
  const { operator, left, right } = node;
  const isText = [left, right].some((part) => isNode(part) && /^["'`]/.test(raw(part)));
  if (operator === "+" && isText) return [];
  return (BINARY[String(operator)] ?? []).map((other) => ({
    kind: other.includes("=") || other === "<" || other === ">" ? "equality" : "arithmetic",
    text: `(${raw(left)}) ${other} (${raw(right)})`,
  }));
}

function literal(node: Node, ancestors: Ancestors): readonly Mutation[] {
  const { value, regex } = node;
  if (typeof value === "boolean") return [{ kind: "boolean", text: String(!value) }];
  if (typeof value === "string" && !isShown(ancestors))
    return [{ kind: "string", text: value === "" ? '"mutant"' : '""' }];
  if (typeof regex !== "object" || regex === null) return [];
  const { pattern, flags } = regex as { readonly pattern: string; readonly flags: string };
  return regexMutations(pattern, flags).map((text) => ({ kind: "regex", text }));
}

function call(node: Node, raw: (part: unknown) => string): readonly Mutation[] {
  const { callee } = node;
  if (!isNode(callee) || callee.type !== "MemberExpression" || callee["computed"] === true) return [];
  const { property, object } = callee;
  if (!isNode(property)) return [];
  const name = raw(property);
  if (DROPPED.has(name)) return [{ kind: "method", text: `(${raw(object)})` }];
  const other = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (other === undefined) return [];
  const at = property.start - node.start;
  const text = raw(node).slice(0, at) + other + raw(node).slice(at + name.length);
  return [{ kind: "method", text }];
}

/** Whether the text is for users: its wording is not behaviour that tests must check. */
function isShown(ancestors: Ancestors): boolean {
  return ancestors.some(
    (node) => isText(node) || (node.type === "NewExpression" && ERROR.test(nameOf(node))),
  );
}

const ERROR = /Error$/;

function nameOf(node: Node): string {
  const { callee } = node;
  const name = isNode(callee) ? callee["name"] : undefined;
  return typeof name === "string" ? name : "";
}

/** `{ fr, en }` */
function isText(node: Node): boolean {
  if (node.type !== "ObjectExpression" || !Array.isArray(node["properties"])) return false;
  const keys = node["properties"].map((property: Node) =>
    isNode(property["key"]) ? property["key"]["name"] : "",
  );
  return keys.includes("fr") && keys.includes("en");
}

function isEmpty(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0;
}
