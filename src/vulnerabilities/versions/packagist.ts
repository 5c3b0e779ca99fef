import { compareDigits } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

/** Part of a version: a number as digits, or a word's rank. */
type Part = string | number;

/** Stages from oldest to newest; a version without a stage ranks as NUMBER. */
const RANK: ReadonlyMap<string, number> = new Map([
  ["dev", 0],
  ["a", 1],
  ["alpha", 1],
  ["b", 2],
  ["beta", 2],
  ["rc", 3],
  ["p", 5],
  ["pl", 5],
  ["patch", 5],
]);
const NUMBER = 4;

const BUILD = /^([^,\s+]+)(?:\+\S+)?$/;
const FLAG = /@(?:stable|rc|beta|alpha|dev)$/;
const RELEASE = /^v?(\d{1,5}(?:\.\d+){0,3})(?![\d:]|\.\d)/;
const DATE = /^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})(?!\d)/;
const STAGE = /^[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)([.-]?\d+(?:[.-]\d+)*)?)?([.-]?dev)?$/;
const BRANCH = /^v?(\d+(?:\.(?:\d+|[x*])){0,3})[.-]?dev$/;
/** Value of `x` in a branch, greater than any stated number. */
const ANY = "9999999";

/** Composer's normal form: four numbers, or a date, and a stage. Branches (`dev-main`) have no order. */
function parse(text: string): readonly Part[] | undefined {
  const [, stated = ""] = BUILD.exec(text.trim().toLowerCase().replace(FLAG, "")) ?? [];
  return staged(stated, RELEASE) ?? staged(stated, DATE) ?? branch(stated);
}

function staged(text: string, form: RegExp): readonly Part[] | undefined {
  const [start, stated] = form.exec(text) ?? [];
  if (start === undefined || stated === undefined) return undefined;
  const [whole, stage, numbers = "", dev] = STAGE.exec(text.slice(start.length)) ?? [];
  if (whole === undefined) return undefined;
  const parts = form === RELEASE ? four(stated.split("."), "0") : stated.split(/\D/);
  if (stage === "stable") return parts;
  const own = numbers.split(/[.-]/).filter((number) => number !== "");
  return [
    ...parts,
    ...(stage === undefined ? [] : [rankOf(stage), ...own]),
    ...(dev === undefined ? [] : [rankOf("dev")]),
  ];
}

function branch(text: string): readonly Part[] | undefined {
  const [, stated] = BRANCH.exec(text) ?? [];
  if (stated === undefined) return undefined;
  const numbers = stated.split(".").map((number) => (number === "x" || number === "*" ? ANY : number));
  return [...four(numbers, ANY), rankOf("dev")];
}

function four(numbers: readonly string[], missing: string): readonly string[] {
  return [...numbers, missing, missing, missing].slice(0, 4);
}

function rankOf(word: string): number {
  return RANK.get(word) ?? NUMBER;
}

function order(a: readonly Part[], b: readonly Part[]): number {
  const parts = Math.max(a.length, b.length);
  for (let index = 0; index < parts; index += 1) {
    const found = orderParts(a[index], b[index]);
    if (found !== 0) return found;
  }
  return 0;
}

function orderParts(a: Part | undefined, b: Part | undefined): number {
  if (typeof a === "string" && typeof b === "string") return compareDigits(a, b);
  if (typeof a !== "number" && typeof b !== "number")
    return Number(a !== undefined) - Number(b !== undefined);
  return rankAt(a) - rankAt(b);
}

function rankAt(part: Part | undefined): number {
  return typeof part === "number" ? part : NUMBER;
}

/** Scheme of Packagist (composer/semver). */
export const packagist = versionScheme("Composer", parse, order);
