import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { importGraph, importsOf } from "../../test/fixtures/imports.ts";
import { END_TO_END, INTEGRATION } from "../../vitest.config.ts";
import { CORPUS } from "./plan.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Test files that a mutant is tried with, besides the corpus. */
const NEAREST = 10;

/** For each source file, the test files that reach it by imports, the nearest first. @param corpus behind them */
export function nearestTests(
  targets: readonly string[],
  corpus: boolean,
): ReadonlyMap<string, readonly string[]> {
  const wanted = new Set(targets);
  const ranks = new Map<string, { readonly test: string; readonly rank: number }[]>();
  for (const test of testFiles(corpus))
    for (const [file, depth] of depthsFrom(test)) {
      if (!wanted.has(file)) continue;
      ranks.set(file, [...(ranks.get(file) ?? []), { test, rank: rankOf(test, file, depth) }]);
    }
  return new Map([...ranks].map(([file, own]) => [file, chosen(own)]));
}

/** All test files of a run, nearest first. */
export function inOrder(nearest: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const places = new Map<string, number>();
  for (const tests of nearest.values())
    for (const [place, test] of tests.entries())
      places.set(test, Math.min(place, places.get(test) ?? Number.POSITIVE_INFINITY));
  const last = places.delete(CORPUS) ? [CORPUS] : [];
  const near = [...places].toSorted(([a, one], [b, other]) => one - other || (a < b ? -1 : 1));
  return [...near.map(([test]) => test), ...last];
}

function chosen(ranked: readonly { readonly test: string; readonly rank: number }[]): readonly string[] {
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank).map(({ test }) => test);
  const near = sorted.filter((test) => test !== CORPUS).slice(0, NEAREST);
  return sorted.includes(CORPUS) ? [...near, CORPUS] : near;
}

/**
 * Rank of a test: the file's own, then its folder's and cross-folder tests, then by length of the import
 * path.
 */
function rankOf(test: string, file: string, depth: number): number {
  if (test === file.replace(/\.ts$/, ".test.ts")) return 0;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  return test.startsWith(folder) || test.startsWith("test/") ? depth : depth + 2;
}

function testFiles(corpus: boolean): readonly string[] {
  const all = globSync("{src,test}/**/*.test.ts", { cwd: ROOT });
  const others = new Set(globSync([...INTEGRATION, ...END_TO_END], { cwd: ROOT }));
  return all.filter((file) => !others.has(file) || (corpus && file === CORPUS)).toSorted();
}

const imports = new Map<string, readonly string[]>();

function depthsFrom(test: string): ReadonlyMap<string, number> {
  const depths = new Map([[test, 0]]);
  for (const [file, depth] of depths)
    for (const target of imported(file)) if (!depths.has(target)) depths.set(target, depth + 1);
  return depths;
}

function imported(file: string): readonly string[] {
  const known = imports.get(file) ?? (isSource(file) ? importsOf(file) : []);
  imports.set(file, known);
  return known;
}

/** An import that a test writes into a text is none of a file. */
function isSource(file: string): boolean {
  return file.endsWith(".ts") && existsSync(join(ROOT, file));
}

/** For each source file, the files of src/ that import it. */
export function usersOf(targets: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map(targets.map((file): [string, string[]] => [file, []]));
  for (const [file, imported] of importGraph()) for (const target of imported) users.get(target)?.push(file);
  return users;
}
