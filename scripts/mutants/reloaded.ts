// Runs a test file again in the same thread, with all modules that depend on one source file reloaded, in
// order to test mutants of code that runs while modules are loaded.

import type { RunnerTestCase, RunnerTestFile, TestRunner } from "vitest";
import { startTests } from "vitest/internal/browser";

interface Loaded {
  promise?: unknown;
  exports?: unknown;
  evaluated: boolean;
  readonly importers: ReadonlySet<string>;
}

interface WorkerState {
  readonly evaluatedModules: { readonly idToModuleMap: ReadonlyMap<string, Loaded> };
}

/** Forgets a module and all that import it. */
export function forget(id: string): void {
  const { __vitest_worker__: worker } = globalThis as unknown as { readonly __vitest_worker__: WorkerState };
  const modules = worker.evaluatedModules.idToModuleMap;
  const depending = new Set([id]);
  for (const one of depending) {
    const known = modules.get(one);
    if (known === undefined) continue;
    for (const importer of known.importers) depending.add(importer);
    known.promise = undefined;
    known.exports = undefined;
    known.evaluated = false;
  }
}

export interface Wish {
  readonly isAsked: (test: RunnerTestCase) => boolean;
  /** Number of failures after which no further test runs. */
  readonly most: number;
}

/** @returns whether anything failed, and the tests that did */
export async function runAgain(
  runner: TestRunner,
  file: string,
  { isAsked, most }: Wish,
): Promise<{ readonly isFailed: boolean; readonly failed: readonly string[] }> {
  const failed: string[] = [];
  const quiet = Object.assign(Object.create(runner) as TestRunner, {
    importFile: (path: string) => runner["moduleRunner"].import(path),
    onBeforeRunTask: (test: RunnerTestCase) => {
      if (failed.length >= most || !isAsked(test)) test.mode = "skip";
    },
    onAfterRunTask: (test: RunnerTestCase) => {
      if (test.result?.state === "fail") failed.push(nameOf(test));
    },
    runTask: undefined,
    onBeforeCollect: undefined,
    onCollected: undefined,
    onBeforeRunFiles: undefined,
    onAfterRunFiles: undefined,
    onAfterRunSuite: undefined,
    onTaskUpdate: () => Promise.resolve(),
    onCleanupWorkerContext: undefined,
  });
  const [done] = (await startTests([file], quiet)) as readonly RunnerTestFile[];
  return { isFailed: done?.result?.state === "fail", failed };
}

export function nameOf(test: RunnerTestCase): string {
  const names: string[] = [];
  for (
    let task: { readonly name: string; readonly suite?: unknown } | undefined = test;
    task !== undefined;
  ) {
    names.unshift(task.name);
    task = task.suite as typeof task;
  }
  return names.join(" > ");
}
