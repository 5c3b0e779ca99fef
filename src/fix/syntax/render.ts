// Values as text, in the style of their document.

import { resolvePlain } from "../../workload/yaml/scalar.ts";
import type { Json } from "./edit.ts";

/** Indentation of block collections, in spaces. */
export interface BlockStyle {
  readonly step: number;
  /** Indentation of a list below its key: 0 or more. */
  readonly list: number;
}

const PLAIN = /^[A-Za-z/][\w./-]*$/;

/** Text of a scalar. `json`: strings always in double quotes. */
export function scalarText(value: string | number | boolean | null, json = false): string {
  if (typeof value !== "string") return String(value);
  return !json && PLAIN.test(value) && typeof resolvePlain(value) === "string"
    ? value
    : JSON.stringify(value);
}

/** The lines of an entry `key: value`, without line breaks. */
export function blockEntry(key: string, value: Json, indent: string, style: BlockStyle): readonly string[] {
  const head = `${indent}${scalarText(key)}:`;
  if (typeof value !== "object" || value === null) return [`${head} ${scalarText(value)}`];
  if (Object.keys(value).length === 0) return [`${head} ${JSON.stringify(value)}`];
  return [head, ...blockChildren(value, indent, style)];
}

/** Lines of a collection below its key, which is indented by `indent`. */
export function blockChildren(
  value: readonly Json[] | Readonly<Record<string, Json>>,
  indent: string,
  style: BlockStyle,
): readonly string[] {
  if (isList(value)) {
    return value.flatMap((item) => blockItem(item, indent + " ".repeat(style.list), style));
  }
  const inner = indent + " ".repeat(style.step);
  return Object.entries(value).flatMap(([key, member]) => blockEntry(key, member, inner, style));
}

/** Lines of a list item whose dash is indented by `indent`. */
export function blockItem(item: Json, indent: string, style: BlockStyle): readonly string[] {
  if (typeof item !== "object" || item === null) return [`${indent}- ${scalarText(item)}`];
  if (isList(item)) return [`${indent}- ${flowText(item, YAML_FLOW)}`];
  const lines = Object.entries(item).flatMap(([key, member]) =>
    blockEntry(key, member, `${indent}  `, style),
  );
  return lines.map((line, index) => (index === 0 ? `${indent}- ${line.slice(indent.length + 2)}` : line));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Style of flow collections: JSON or YAML, with or without a space after colons and commas. */
export interface FlowStyle {
  readonly json: boolean;
  readonly colon: string;
  readonly comma: string;
}

const YAML_FLOW: FlowStyle = { json: false, colon: ": ", comma: ", " };

/** Value on one line. */
export function flowText(value: Json, style: FlowStyle): string {
  if (typeof value !== "object" || value === null) return scalarText(value, style.json);
  if (isList(value)) return `[${value.map((item) => flowText(item, style)).join(style.comma)}]`;
  const entries = Object.entries(value).map(([key, member]) => flowEntry(key, member, style));
  return `{${entries.join(style.comma)}}`;
}

export function flowEntry(key: string, value: Json, style: FlowStyle): string {
  return `${scalarText(key, style.json)}${style.colon}${flowText(value, style)}`;
}

/** JSON text on several lines, indented by `indent`. */
export function prettyText(value: Json, indent: string, step: string, lineBreak: string): string {
  return JSON.stringify(value, undefined, step).replaceAll("\n", `${lineBreak}${indent}`);
}
