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
/** A test with a mutant may take so many times its own time, which this machine and its load have set… */
const TIMES = 10;
/** …and so much more, for pauses that have nothing to do with its length. */
const PAUSE_MS = 5_000;
/** CPU time of this thread that one mutant may take over all tests; load of the machine does not count. */
const BUDGET_MS = Number(process.env["MUTANTS_SECONDS"] ?? 5) * 1_000;
/** The test files nearest to a mutant are asked whatever they take. */
const ALWAYS = 2;
/** Most cases of the corpus per mutant, since they resemble each other. */
const MOST_TESTS = 50;

const folder = process.env["MUTANTS_FOLDER"] ?? "";
const switchboard = new Switchboard();
Object.assign(globalThis, { __mutant: switchboard.mutant, __regex: switchboard.regex });

/** A test file while it is run. */
interface Visit {
  readonly path: string;
  readonly begun: number;
  readonly met: Set<number>;
  readonly tried: Map<number, number>;
  /** Mutants that a test was not asked for, as their budget was spent. */
  readonly skipped: Set<number>;
  readonly failed: Set<string>;
  /** Source files reached, by test. */
  readonly touched: Map<string, ReadonlySet<string>>;
}

interface Asked {
  /** Wall time without a mutant. */
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
    return this.#placeOf(file, id) >= 0;
  }

  /** Place of a test file among those that reach the mutant's file; -1: none. */
  #placeOf(file: string, id: number): number {
    return this.#plan.nearest[targetOf(id, this.#plan)]?.indexOf(file) ?? -1;
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const work = TestRunner.getTestFn(test);
    const name = nameOf(test);
    const [begun, own] = [performance.now(), ownTime()];
    const { seen, asked } = await this.#watched(name, work);
    const [ms, cost] = [performance.now() - begun, ownTime() - own];
    for (const id of seen) this.#visit.met.add(id);
    this.#visit.touched.set(name, new Set(seen.map((id) => targetOf(id, this.#plan))));
    const open = seen.filter((id) => this.#isOpen(id, cost));
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
      const ms = limitOf(test.ms);
      const most = test.asked * 20 + 100_000;
      const fate = await this.#try(id, ms, () => fateOf(id, { ms, most }, test.work));
      if (fate !== undefined) fates.push([id, fate]);
      else if (!switchboard.isMet) switchboard.loaded.add(id);
    }
    if (fates.length > 0) isSteady = await passes(test.work);
    if (!isSteady) this.#visit.failed.add(name);
    for (const [id, fate] of isSteady ? fates : []) this.#settle(id, fate);
  }

  async #try(id: number, ms: number, work: () => Promise<Fate | undefined>): Promise<Fate | undefined> {
    const begun = ownTime();
    writeFileSync(join(folder, "trying"), `${id} ${Math.round(ms)}`);
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

  /** @param cost CPU time that the next try is going to take, in milliseconds */
  #isOpen(id: number, cost: number): boolean {
    if (this.#fates.has(id) || !this.#chosen.has(id)) return false;
    const file = relative(ROOT, this.#visit.path);
    if (file === CORPUS && (this.#visit.tried.get(id) ?? 0) >= MOST_TESTS) return false;
    const place = this.#placeOf(file, id);
    if (place >= 0 && place < ALWAYS) return true;
    if ((this.#spent.get(id) ?? 0) + cost <= BUDGET_MS) return true;
    this.#visit.skipped.add(id);
    return false;
  }

  /** Resets the state between files; vitest awaits the return value. */
  override onAfterRunFiles(): undefined {
    super.onAfterRunFiles([]);
    return this.#finish() as unknown as undefined;
  }

  async #finish(): Promise<void> {
    const { path, begun, met, tried, skipped, failed } = this.#visit;
    for (const id of switchboard.loaded) met.add(id);
    await this.#tryLoading();
    logFile(folder, {
      file: relative(ROOT, path),
      met: [...met],
      tried: [...tried.keys()],
      skipped: [...skipped],
      failed: [...failed],
      seconds: Math.round((performance.now() - begun) / 1000),
    });
  }

  /** Runs mutants of code that executes during loading, with dependent modules reloaded for each. */
  async #tryLoading(): Promise<void> {
    const { path, tried, failed } = this.#visit;
    const file = relative(ROOT, path);
    const open = [...switchboard.loaded].filter((id) => this.#isNear(file, id) && this.#isOpen(id, 0));
    if (open.length === 0) return;
    const targets = new Set(open.map((id) => join(ROOT, targetOf(id, this.#plan))));
    const ask = async (forgotten: Iterable<string>, names: Names, most: number) => {
      for (const target of forgotten) forget(target);
      const isAsked = (test: RunnerTestCase) =>
        !failed.has(nameOf(test)) && (names === undefined || names.has(nameOf(test)));
      return await runAgain(this, path, { isAsked, most });
    };
    const [begun, own] = [performance.now(), ownTime()];
    const all = this.#testsOf(open.map((id) => targetOf(id, this.#plan)));
    let before: Awaited<ReturnType<typeof runAgain>> | undefined;
    const asked = await switchboard.with(NONE, Number.POSITIVE_INFINITY, async () => {
      before = await ask(targets, all, Number.POSITIVE_INFINITY);
    });
    const [ms, cost] = [limitOf(performance.now() - begun), ownTime() - own];
    for (const name of before?.failed ?? []) failed.add(name);
    if (before === undefined || (before.isFailed && before.failed.length === 0)) {
      failed.add(`${path} as a whole, loaded anew`);
      return;
    }
    const limit = { ms, most: asked * 20 + 100_000 };
    for (const id of open.filter((one) => this.#isOpen(one, cost))) {
      tried.set(id, (tried.get(id) ?? 0) + 1);
      const target = targetOf(id, this.#plan);
      const names = this.#testsOf([target]);
      const fate = await this.#try(id, ms, () =>
        reloadedFate(id, limit, (most) => ask([join(ROOT, target)], names, most)),
      );
      if (fate !== undefined) this.#settle(id, fate);
      forget(join(ROOT, target));
    }
  }

  /** Tests to run: of the corpus, some cases that reach the file or its importers; undefined: all. */
  #testsOf(targets: readonly string[]): Names {
    const { path } = this.#visit;
    if (relative(ROOT, path) !== CORPUS) return undefined;
    return new Set(targets.flatMap((target) => this.#corpusTestsOf(target)));
  }

  #corpusTestsOf(target: string): readonly string[] {
    const { touched } = this.#visit;
    const direct = [...touched].filter(([, files]) => files.has(target));
    const users = this.#plan.users[target] ?? [];
    const near =
      direct.length > 0 ? direct : [...touched].filter(([, files]) => users.some((user) => files.has(user)));
    const step = Math.max(1, Math.floor(near.length / MOST_TESTS));
    return near.filter((_, index) => index % step === 0).map(([name]) => name);
  }
}

/** Names of tests; undefined: all. */
type Names = ReadonlySet<string> | undefined;

function visitOf(path: string): Visit {
  return {
    path,
    begun: performance.now(),
    met: new Set(),
    tried: new Map(),
    skipped: new Set(),
    failed: new Set(),
    touched: new Map(),
  };
}

/** @param ms wall time without a mutant */
function limitOf(ms: number): number {
  return ms * TIMES + PAUSE_MS;
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

interface Limit {
  /** Number of queries. */
  readonly most: number;
  readonly ms: number;
}

async function fateOf(id: number, limit: Limit, work: () => unknown): Promise<Fate | undefined> {
  return await inTime(limit.ms, () => switchboard.with(id, limit.most, work));
}

async function reloadedFate(
  id: number,
  limit: Limit,
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
