import { attempt } from "./attempt.ts";
import { BlockCoverage } from "./block-coverage.ts";
import { dictionaryOf } from "./dictionary.ts";
import { minimise } from "./minimise.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import type { Target } from "./target.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Asked before every batch. */
  readonly goesOn: (executions: number) => boolean;
  /** Mutates the seeds only, to measure the benefit of guidance. */
  readonly blind?: boolean;
}

interface FuzzFinding {
  readonly problem: string;
  readonly input: Buffer;
}

export interface FuzzResult {
  readonly executions: number;
  /** Ranges that V8 counts by themselves. */
  readonly blocks: number;
  readonly corpus: number;
  readonly findings: readonly FuzzFinding[];
}

/** Inputs between two readings of the coverage, which takes as long as several small inputs. */
const BATCH = 16;

/** Mutates inputs, keeps those that reach new code, and mutates them further. */
export async function fuzz(
  target: Target,
  { seed, goesOn, blind = false }: FuzzOptions,
): Promise<FuzzResult> {
  const random = new Random(seed);
  const words = dictionaryOf(target.seeds);
  const corpus = [...target.seeds];
  const problems = new Map<string, Buffer>();
  const coverage = new BlockCoverage();
  const tried = async (input: Buffer): Promise<void> => {
    const problem = await attempt(target, input);
    if (problem !== undefined && !problems.has(problem)) problems.set(problem, input);
  };
  for (const input of corpus) await tried(input);
  coverage.add(coverage.takeNew());
  let executions = corpus.length;
  while (goesOn(executions)) {
    const batch = Array.from({ length: BATCH }, () => {
      const input = mutate(corpus, random, words);
      return target.mend?.(input) ?? input;
    });
    for (const input of batch) await tried(input);
    executions += BATCH;
    const reached = coverage.takeNew();
    if (reached.length === 0) continue;
    // Finds the input of the batch that reached new code, by running each alone; a result of the whole batch
    // is dropped.
    for (const input of blind ? [] : batch) {
      await tried(input);
      const own = coverage.takeNew();
      if (own.length > 0) corpus.push(input);
      coverage.add(own);
    }
    coverage.add(reached);
  }
  const blocks = coverage.count;
  coverage.close();
  const findings: FuzzFinding[] = [];
  for (const [problem, input] of problems) {
    const fails = async (shorter: Buffer) => (await attempt(target, shorter)) === problem;
    findings.push({ problem, input: problem.startsWith("takes") ? input : await minimise(input, fails) });
  }
  return { executions, blocks, corpus: corpus.length, findings };
}
