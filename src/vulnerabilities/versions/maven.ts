import { compareDigits, compareText, isDigit } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

/** A number, a qualifier with its rank, or a list after a hyphen or a change between digits and letters. */
type Item = MavenNumber | Qualifier | ItemList;
interface MavenNumber {
  readonly digits: string;
}
interface Qualifier {
  /** Index among the known qualifiers; -1 for an unknown qualifier. */
  readonly rank: number;
  readonly word: string;
}
type ItemList = Item[];

/** Qualifiers from oldest to newest; "" is the release itself. Unknown qualifiers come last. */
const QUALIFIERS = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["cr", "rc"],
  ["ga", ""],
  ["final", ""],
  ["release", ""],
]);
/** Abbreviations before a digit: `1.0a1`. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["a", "alpha"],
  ["b", "beta"],
  ["m", "milestone"],
]);
const RELEASE = QUALIFIERS.indexOf("");

const VERSION = /^[0-9a-z._+~-]+$/;
/**
 * Characters of a version with an order: a digit, dot or hyphen (`Finchley.SR2`, `r05`, `1.0`); a bare word
 * (`unspecified`) is a placeholder.
 */
const TELLS_ORDER = /[0-9.-]/;

/**
 * Version parsed like Maven's ComparableVersion
 * (https://maven.apache.org/pom.html#version-order-specification).
 */
function parse(text: string): ItemList | undefined {
  const stated = text.trim().toLowerCase();
  if (!VERSION.test(stated) || !TELLS_ORDER.test(stated)) return undefined;
  const nested = new Nested();
  let start = 0;
  let isNumber = false;
  for (let at = 0; at < stated.length; at += 1) {
    const code = stated.charCodeAt(at);
    if (code === DOT || code === HYPHEN) {
      nested.push(at === start ? ZERO : itemOf(stated.slice(start, at), isNumber, false));
      start = at + 1;
      if (code === HYPHEN) nested.open();
    } else if (isDigit(code) !== isNumber) {
      if (at > start) nested.pushTurning(itemOf(stated.slice(start, at), isNumber, true));
      start = at;
      isNumber = !isNumber;
    }
  }
  if (start < stated.length) nested.pushLast(itemOf(stated.slice(start), isNumber, false));
  return nested.end();
}

/** Builder for nested lists, each of which is the last item of its parent. */
class Nested {
  readonly #root: ItemList = [];
  readonly #lists: ItemList[] = [this.#root];
  #top: ItemList = this.#root;

  push(item: Item): void {
    this.#top.push(item);
  }

  open(): void {
    const inner: ItemList = [];
    this.#top.push(inner);
    this.#lists.push(inner);
    this.#top = inner;
  }

  /** Adds an item that is followed by a change between digits and letters. */
  pushTurning(item: MavenNumber | Qualifier): void {
    this.pushLast(item);
    this.open();
  }

  /** Adds the last item of a segment; a word begins a list, as after a hyphen. */
  pushLast(item: MavenNumber | Qualifier): void {
    if ("word" in item && this.#top.length > 0) this.open();
    this.#top.push(item);
  }

  end(): ItemList {
    for (const list of this.#lists.toReversed()) normalize(list);
    return this.#root;
  }
}

const DOT = 0x2e;
const HYPHEN = 0x2d;
const ZERO: MavenNumber = { digits: "" };

function itemOf(text: string, isNumber: boolean, isFollowed: boolean): MavenNumber | Qualifier {
  if (isNumber) return { digits: text };
  const whole = (isFollowed ? SHORT.get(text) : undefined) ?? text;
  const word = ALIASES.get(whole) ?? whole;
  return { rank: QUALIFIERS.indexOf(word), word };
}

function isList(item: Item | undefined): item is ItemList {
  return Array.isArray(item);
}

/** Removes trailing items without effect (zeros, releases), also before lists at the end. */
function normalize(list: ItemList): void {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const item = list[at];
    if (item === undefined) continue;
    if (isNothing(item)) list.splice(at, 1);
    else if (!isList(item)) return;
  }
}

function isNothing(item: Item): boolean {
  if (isList(item)) return item.length === 0;
  return "digits" in item ? compareDigits(item.digits, "") === 0 : item.word === "";
}

function orderLists(a: ItemList, b: ItemList): number {
  const items = Math.max(a.length, b.length);
  for (let index = 0; index < items; index += 1) {
    const found = orderItems(a[index], b[index]);
    if (found !== 0) return found;
  }
  return 0;
}

/** Compares items: qualifiers before lists before numbers. */
function orderItems(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -againstNothing(b);
  if (b === undefined) return againstNothing(a);
  if (isList(a) && isList(b)) return orderLists(a, b);
  if (isList(a)) return isList(b) || "digits" in b ? -1 : 1;
  if (isList(b)) return "digits" in a ? 1 : -1;
  if ("digits" in a) return "digits" in b ? compareDigits(a.digits, b.digits) : 1;
  return "digits" in b ? -1 : orderQualifiers(a, b);
}

function againstNothing(item: Item): number {
  if (isList(item)) return item.map(againstNothing).find((order) => order !== 0) ?? 0;
  return "digits" in item
    ? compareDigits(item.digits, "")
    : orderQualifiers(item, { rank: RELEASE, word: "" });
}

function orderQualifiers(a: Qualifier, b: Qualifier): number {
  if (a.rank === -1 && b.rank === -1) return compareText(a.word, b.word);
  if (a.rank === -1 || b.rank === -1) return a.rank === -1 ? 1 : -1;
  return a.rank - b.rank;
}

/** Scheme of Maven. */
export const maven = versionScheme("Maven", parse, orderLists);
