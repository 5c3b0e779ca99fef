import { compareDigits, compareText, isDigit } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

interface PythonVersion {
  readonly epoch: string;
  /** Release numbers without trailing zeros. */
  readonly release: readonly string[];
  /** Stages of `a1.post2.dev3`, relative to the release. */
  readonly pre: Stage;
  readonly post: Stage;
  readonly dev: Stage;
  readonly local: readonly string[];
}

/** Rank of a stage, and the number within it. */
interface Stage {
  readonly rank: number;
  readonly number: string;
}

const BEFORE: Stage = { rank: -1, number: "" };
const STATED = 0;
const AFTER: Stage = { rank: 9, number: "" };
const PRE_RANK: ReadonlyMap<string, number> = new Map([
  ["a", 0],
  ["alpha", 0],
  ["b", 1],
  ["beta", 1],
  ["c", 2],
  ["rc", 2],
  ["pre", 2],
  ["preview", 2],
]);

const START = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)/;
const PRE = /^[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d+)?/;
const POST = /^(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d+)?)/;
const DEV = /^[-_.]?dev[-_.]?(\d+)?/;
const LOCAL = /^\+([0-9a-z]+(?:[-_.][0-9a-z]+)*)/;

/**
 * Version by https://packaging.python.org/en/latest/specifications/version-specifiers/, in all spellings that
 * it normalises.
 */
function parse(text: string): PythonVersion | undefined {
  const stated = text.trim().toLowerCase();
  const [start = "", epoch = "", release] = START.exec(stated) ?? [];
  if (release === undefined) return undefined;
  const numbers = withoutZeros(release.split("."));
  let rest = stated.slice(start.length);
  const taken = (form: RegExp): RegExpExecArray | undefined => {
    const found = form.exec(rest) ?? undefined;
    rest = rest.slice(found?.[0].length ?? 0);
    return found;
  };
  const pre = taken(PRE);
  const post = taken(POST);
  const dev = taken(DEV);
  const local = taken(LOCAL);
  if (rest !== "") return undefined;
  return {
    epoch,
    release: numbers,
    pre: preStage(pre, post, dev),
    post: post === undefined ? BEFORE : { rank: STATED, number: post[1] ?? post[2] ?? "" },
    dev: dev === undefined ? AFTER : { rank: STATED, number: dev[1] ?? "" },
    local: local?.[1]?.split(/[-_.]/) ?? [],
  };
}

/** Pre-release stage; a development release sorts before the first alpha. */
function preStage(
  pre: RegExpExecArray | undefined,
  post: RegExpExecArray | undefined,
  dev: RegExpExecArray | undefined,
): Stage {
  if (pre !== undefined) return { rank: PRE_RANK.get(pre[1] ?? "") ?? 0, number: pre[2] ?? "" };
  return post === undefined && dev !== undefined ? BEFORE : AFTER;
}

function withoutZeros(numbers: readonly string[]): readonly string[] {
  return numbers.slice(0, numbers.findLastIndex((number) => compareDigits(number, "") !== 0) + 1);
}

function order(a: PythonVersion, b: PythonVersion): number {
  return (
    compareDigits(a.epoch, b.epoch) ||
    orderLists(a.release, b.release, compareDigits) ||
    orderStages(a.pre, b.pre) ||
    orderStages(a.post, b.post) ||
    orderStages(a.dev, b.dev) ||
    orderLists(a.local, b.local, orderLocal)
  );
}

function orderStages(a: Stage, b: Stage): number {
  return a.rank - b.rank || compareDigits(a.number, b.number);
}

function orderLists(
  a: readonly string[],
  b: readonly string[],
  orderItems: (a: string, b: string) => number,
): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = orderItems(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Order of local segments: numbers come after words. */
function orderLocal(a: string, b: string): number {
  const isNumber = isNumeric(a);
  if (isNumber !== isNumeric(b)) return isNumber ? 1 : -1;
  return isNumber ? compareDigits(a, b) : compareText(a, b);
}

function isNumeric(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigit(text.charCodeAt(at))) return false;
  }
  return true;
}

/** Scheme of Python (PEP 440). */
export const pep440 = versionScheme("PEP 440", parse, order);
