// A runner of vitest: each test runs once as it is, then once with each mutant that it comes across and
// that no test has killed yet. Modules are loaded once.

import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunnerTestCase, TestRunner } from "vitest";
import { killedIn, type LoggedFile } from "./log.ts";
import { isChosen, type Plan, readPlan } from "./plan.ts";
import { Switchboard } from "./switchboard.ts";

const LONGEST_MS = 5_000;
/** A test that takes longer by itself, on large inputs, is not asked again for each mutant. */
const SLOW_MS = 100;
/** Behind it, a test file tries no further mutants: those left to it are for the others. */
const FILE_MS = 30_000;

const folder = process.env["MUTANTS_FOLDER"] ?? "";
const forever = Number(process.env["MUTANT"] ?? -1);
const switchboard = new Switchboard(forever);
Object.assign(globalThis, { __mutant: switchboard.mutant, __regex: switchboard.regex });

export default class MutationRunner extends TestRunner {
  readonly #plan: Plan = readPlan(folder);
  readonly #killed = new Set(killedIn(folder));
  readonly #seen = new Set<number>();
  readonly #failed: string[] = [];
  readonly #begun = performance.now();
  #file = "";

  async runTask(test: RunnerTestCase): Promise<void> {
    const work = TestRunner.getTestFn(test);
    this.#file = test.file.filepath;
    if (forever >= 0) {
      await work();
      return;
    }
    const begun = performance.now();
    const first = await this.#watched(test.name, work);
    const isSlow = performance.now() - begun > SLOW_MS;
    for (const id of first.seen) {
      this.#seen.add(id);
      if (isSlow || performance.now() - this.#begun > FILE_MS) continue;
      if (this.#killed.has(id) || !isChosen(id, this.#plan)) continue;
      writeFileSync(join(folder, "trying"), String(id));
      const isKilled = await kills(id, first.asked, work);
      writeFileSync(join(folder, "trying"), "");
      if (!isKilled) continue;
      this.#killed.add(id);
      appendFileSync(join(folder, "killed"), `${id}\n`);
    }
  }

  async #watched(name: string, work: () => unknown) {
    try {
      return await switchboard.watch(work);
    } catch (error) {
      this.#failed.push(name);
      throw error;
    }
  }

  override onAfterRunFiles(files: Parameters<TestRunner["onAfterRunFiles"]>[0]): void {
    super.onAfterRunFiles(files);
    if (this.#file === "" || forever >= 0) return;
    const line: LoggedFile = {
      file: this.#file,
      seen: [...this.#seen],
      loaded: [...switchboard.loaded],
      failed: this.#failed,
    };
    appendFileSync(join(folder, "log"), `${JSON.stringify(line)}\n`);
  }
}

async function kills(id: number, asked: number, work: () => unknown): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("a mutant that takes too long")), LONGEST_MS);
  try {
    await switchboard.with(id, asked * 20 + 100_000, () => Promise.race([work(), late]));
    return false;
  } catch {
    return true;
  } finally {
    clearTimeout(timer);
  }
}
