import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { madePairs } from "./made-pairs.ts";
import { judgedPairs, type Order, type VersionOracle } from "./version-oracle.ts";

export interface Answer {
  /** Name of the scheme. */
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly order: Order;
}

/** `?`: either is no version. */
const SIGNS = new Map<string, Order>([
  ["<", -1],
  ["=", 0],
  [">", 1],
  ["?", undefined],
]);
const FILE = join(import.meta.dirname, "answers.txt");
const COUNT = 250;
const SEED = 9;

/** Recorded answers of the programs: lines like `dpkg: 1.0~rc1 < 1.0`. */
export function recordedAnswers(): readonly Answer[] {
  const lines = readFileSync(FILE, "utf8").trim().split("\n");
  return lines.map((line) => {
    const colon = line.indexOf(": ");
    const [a = "", sign = "", b = ""] = line.slice(colon + 2).split(" ");
    return { name: line.slice(0, colon), a, b, order: SIGNS.get(sign) };
  });
}

export function writeAnswers(oracles: readonly VersionOracle[]): void {
  const lines = oracles.flatMap((oracle) => {
    const pairs = judgedPairs(oracle, madePairs(oracle, COUNT, SEED));
    const orders = oracle.orders(pairs);
    return pairs.map(([a, b], index) => `${oracle.scheme.name}: ${a} ${signOf(orders[index])} ${b}\n`);
  });
  writeFileSync(FILE, lines.join(""));
}

function signOf(order: Order): string {
  return [...SIGNS].find(([, one]) => one === order)?.[0] ?? "?";
}
