// A runner of vitest: each test runs as it is, then once with each mutant that it comes across and that
// no test has killed yet; behind them, the file runs once more for each mutant of the loading of modules.

import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type RunnerTestCase, TestRunner, vi } from "vitest";
import { type Fate, fatesIn, logFate, logFile } from "./log.ts";
import { CORPUS, type Plan, readPlan, targetOf } from "./plan.ts";
import { forget, nameOf, runAgain } from "./reloaded.ts";
import { Endless, NONE, Switchboard } from "./switchboard.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** A test that waits for so long with a mutant waits for something that does not come. */
const LONGEST_MS = 5_000;
// Times of the thread's own CPU, independent of the machine's load:
/** A test that takes longer by itself is not asked again for each mutant. */
const SLOW_MS = 400;
/** Bound for one mutant over all tests; beyond, it survives. */
const MUTANT_MS = 1_500;
/** Most cases of the corpus per mutant, since they resemble each other. */
const MOST_TESTS = 50;
/** The same where a file is loaded anew for a mutant. */
const SLOW_RELOADED_MS = 2_000;
const RELOADS_MS = 2_500;
/** Most tests of a file that run with reloaded modules, besides those of test/. */
const RELOADED = 5;

const folder = process.env["MUTANTS_FOLDER"] ?? "";
const switchboard = new Switchboard();
Object.assign(globalThis, { __mutant: switchboard.mutant, __regex: switchboard.regex });

/** A test file while it is run. */
interface Visit {
  readonly path: string;
  readonly begun: number;
  readonly met: Set<number>;
  readonly tried: Map<number, number>;
  readonly failed: Set<string>;
  /** Source files reached, by test. */
  readonly touched: Map<string, ReadonlySet<string>>;
  readonly slow: Set<string>;
}

interface Asked {
  readonly ms: number;
  readonly asked: number;
  readonly work: () => unknown;
}

export default class MutationRunner extends TestRunner {
  readonly #plan: Plan = readPlan(folder);
  readonly #chosen: ReadonlySet<number> = new Set(this.#plan.chosen);
  readonly #fates = new Map<number, Fate>(fatesIn(folder));
  readonly #spent = new Map<number, number>();
  #visit: Visit = visitOf("");

  onBeforeCollect(paths: readonly string[]): void {
    vi.resetModules();
    switchboard.loaded.clear();
    this.#visit = visitOf(paths[0] ?? "");
    writeFileSync(join(folder, "trying"), "");
  }

  /** A file that is near to no mutant that is left is not even loaded. */
  override importFile(path: string, source: "collect" | "setup"): unknown {
    const file = relative(ROOT, path);
    const left = this.#plan.chosen.filter((id) => !this.#fates.has(id));
    if (source === "collect" && !left.some((id) => this.#isNear(file, id))) return undefined;
    return super.importFile(path, source);
  }

  #isNear(file: string, id: number): boolean {
    return this.#plan.nearest[targetOf(id, this.#plan)]?.includes(file) === true;
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const work = TestRunner.getTestFn(test);
    const name = nameOf(test);
    const begun = ownTime();
    const { seen, asked } = await this.#watched(name, work);
    const ms = ownTime() - begun;
    for (const id of seen) this.#visit.met.add(id);
    this.#visit.touched.set(name, new Set(seen.map((id) => targetOf(id, this.#plan))));
    if (ms > SLOW_RELOADED_MS) this.#visit.slow.add(name);
    const open = ms > SLOW_MS ? [] : seen.filter((id) => this.#isOpen(id, MUTANT_MS));
    if (open.length > 0) await this.#tryAll(name, open, { ms, asked, work });
  }

  async #watched(name: string, work: () => unknown) {
    try {
      return await switchboard.watch(work);
    } catch (error) {
      this.#visit.failed.add(name);
      throw error;
    }
  }

  /** Runs a test with mutants. If it fails without a mutant, before or after, its results are discarded. */
  async #tryAll(name: string, open: readonly number[], test: Asked): Promise<void> {
    const fates: (readonly [number, Fate])[] = [];
    let isSteady = await passes(test.work);
    for (const id of isSteady ? open : []) {
      this.#visit.tried.set(id, (this.#visit.tried.get(id) ?? 0) + 1);
      const fate = await this.#try(id, () => fateOf(id, test.asked * 20 + 100_000, test.work));
      if (fate !== undefined) fates.push([id, fate]);
      else if (!switchboard.isMet) switchboard.loaded.add(id);
    }
    if (fates.length > 0) isSteady = await passes(test.work);
    if (!isSteady) this.#visit.failed.add(name);
    for (const [id, fate] of isSteady ? fates : []) this.#settle(id, fate);
  }

  async #try(id: number, work: () => Promise<Fate | undefined>): Promise<Fate | undefined> {
    const begun = ownTime();
    writeFileSync(join(folder, "trying"), String(id));
    const first = await work();
    // Load of the machine can cause a timeout, so it counts only if repeated.
    const fate = first === "late" ? await work() : first;
    writeFileSync(join(folder, "trying"), "");
    this.#spent.set(id, (this.#spent.get(id) ?? 0) + ownTime() - begun);
    return fate;
  }

  #settle(id: number, fate: Fate): void {
    this.#fates.set(id, fate);
    logFate(folder, id, fate);
  }

  #isOpen(id: number, most: number): boolean {
    if (this.#fates.has(id) || (this.#spent.get(id) ?? 0) > most) return false;
    const isCorpus = relative(ROOT, this.#visit.path) === CORPUS;
    if (isCorpus && (this.#visit.tried.get(id) ?? 0) >= MOST_TESTS) return false;
    return this.#chosen.has(id);
  }

  /** Resets the state between files; vitest awaits the return value. */
  override onAfterRunFiles(): undefined {
    super.onAfterRunFiles([]);
    return this.#finish() as unknown as undefined;
  }

  async #finish(): Promise<void> {
    const { path, begun, met, tried, failed } = this.#visit;
    for (const id of switchboard.loaded) met.add(id);
    await this.#tryLoading();
    logFile(folder, {
      file: relative(ROOT, path),
      met: [...met],
      tried: [...tried.keys()],
      failed: [...failed],
      seconds: Math.round((performance.now() - begun) / 1000),
    });
  }

  /** Runs mutants of code that executes during loading, with dependent modules reloaded for each. */
  async #tryLoading(): Promise<void> {
    const { path, tried, failed, slow } = this.#visit;
    const open = [...switchboard.loaded].filter(
      (id) => isFor(this.#plan, id, relative(ROOT, path)) && this.#isOpen(id, MUTANT_MS + RELOADS_MS),
    );
    for (const [target, ids] of Map.groupBy(open, (id) => targetOf(id, this.#plan))) {
      const names = this.#testsOf(target);
      const ask = async (most: number) => {
        forget(join(ROOT, target));
        return await runAgain(this, path, { isAsked: isSound, most });
      };
      const isSound = (test: RunnerTestCase) => {
        const name = nameOf(test);
        return !failed.has(name) && !slow.has(name) && (names === undefined || names.has(name));
      };
      const begun = performance.now();
      let before: Awaited<ReturnType<typeof runAgain>> | undefined;
      const asked = await switchboard.with(NONE, Number.POSITIVE_INFINITY, async () => {
        before = await ask(Number.POSITIVE_INFINITY);
      });
      for (const name of before?.failed ?? []) failed.add(name);
      if (before === undefined || (before.isFailed && before.failed.length === 0)) {
        failed.add(`${path} as a whole, loaded anew`);
        continue;
      }
      const limit = { most: asked * 20 + 100_000, ms: (performance.now() - begun) * 10 + LONGEST_MS };
      for (const id of ids) {
        tried.set(id, (tried.get(id) ?? 0) + 1);
        const fate = await this.#try(id, () => reloadedFate(id, limit, ask));
        if (fate !== undefined) this.#settle(id, fate);
      }
      forget(join(ROOT, target));
    }
  }

  /** Tests to run: of the corpus, some cases that reach the file or its importers; undefined: all. */
  #testsOf(target: string): ReadonlySet<string> | undefined {
    const { path, touched } = this.#visit;
    if (relative(ROOT, path) !== CORPUS) return undefined;
    const direct = [...touched].filter(([, files]) => files.has(target));
    const users = this.#plan.users[target] ?? [];
    const near =
      direct.length > 0 ? direct : [...touched].filter(([, files]) => users.some((user) => files.has(user)));
    const step = Math.max(1, Math.floor(near.length / MOST_TESTS));
    return new Set(near.filter((_, index) => index % step === 0).map(([name]) => name));
  }
}

function visitOf(path: string): Visit {
  return {
    path,
    begun: performance.now(),
    met: new Set(),
    tried: new Map(),
    failed: new Set(),
    touched: new Map(),
    slow: new Set(),
  };
}

/** Whether a test file is near enough to be worth its time for this mutant. */
function isFor(plan: Plan, id: number, file: string): boolean {
  const place = plan.nearest[targetOf(id, plan)]?.indexOf(file) ?? -1;
  return place >= 0 && (place < RELOADED || file.startsWith("test/"));
}

/** CPU time of this thread in milliseconds. */
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

async function passes(work: () => unknown): Promise<boolean> {
  try {
    await switchboard.with(NONE, Number.POSITIVE_INFINITY, work);
    return true;
  } catch {
    return false;
  }
}

/** @param most how often it may ask */
async function fateOf(id: number, most: number, work: () => unknown): Promise<Fate | undefined> {
  return await inTime(LONGEST_MS, () => switchboard.with(id, most, work));
}

async function reloadedFate(
  id: number,
  limit: { readonly most: number; readonly ms: number },
  ask: (most: number) => ReturnType<typeof runAgain>,
): Promise<Fate | undefined> {
  return await inTime(limit.ms, () =>
    switchboard.with(id, limit.most, async () => {
      const { isFailed } = await ask(1);
      if (isFailed) throw new Error("noticed");
    }),
  );
}

async function inTime(ms: number, work: () => Promise<unknown>): Promise<Fate | undefined> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Endless("a mutant that takes too long")), ms);
  try {
    await Promise.race([work(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Endless ? "late" : "killed";
  } finally {
    clearTimeout(timer);
  }
}
