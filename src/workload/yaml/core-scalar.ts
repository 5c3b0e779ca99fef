import type { Scalar } from "./scalar.ts";

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const PREFIXED = /^0(?:o[0-7]+|x[\da-fA-F]+)$/;
const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/**
 * Value of a plain scalar in YAML 1.2's core schema (10.3.2). NaN and infinities are returned although JSON
 * has none.
 */
export function resolveCore(source: string): Scalar {
  if (NULL.test(source)) return null;
  if (BOOLEAN.test(source)) return source.toLowerCase() === "true";
  if (PREFIXED.test(source) || NUMBER.test(source)) return Number(source);
  if (INFINITE.test(source)) return source.startsWith("-") ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(source) ? Number.NaN : source;
}
