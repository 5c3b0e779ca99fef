import type {
  ComparisonMemory,
  RememberedComparison,
  VulnerabilityDatabase,
} from "../../vulnerabilities/database.ts";
import { WeightedMap } from "../weighted-map.ts";

/** Maximum number of records in memory, of all answers together; some 1.5 kB each. */
const RECORDS = 20_000;
/** Maximum number of findings and compared components in memory, together; some 1 kB each. */
const COMPARED = 60_000;

export interface MemoryBounds {
  readonly records: number;
  readonly compared: number;
}

/**
 * The data, with their last answers in memory: the images of a platform share most of their packages, and reading the
 * records of a package takes longer than comparing them. Compared components are in memory as well. Answers are shared
 * and must not be changed.
 */
export function rememberedAnswers(
  data: VulnerabilityDatabase,
  { records, compared }: MemoryBounds = { records: RECORDS, compared: COMPARED },
): VulnerabilityDatabase {
  const answers = new WeightedMap<{ readonly answer: unknown }>(records);
  const comparisons = new WeightedMap<RememberedComparison>(compared);
  function remembered<T>(key: string, ask: () => T): T {
    const known = answers.get(key);
    if (known !== undefined) return known.answer as T;
    const answer = ask();
    answers.set(key, { answer }, 1 + (Array.isArray(answer) ? answer.length : 0));
    return answer;
  }
  const memory: ComparisonMemory = {
    get: (key) => comparisons.get(key),
    set: (key, one) => comparisons.set(key, one, 1 + one.result.findings.length),
  };
  return {
    ...data,
    memory,
    advisoriesOf: (ecosystem, name) =>
      remembered(JSON.stringify([ecosystem, name]), () => data.advisoriesOf(ecosystem, name)),
    cve: (id) => remembered(id, () => data.cve(id)),
    close() {
      answers.clear();
      comparisons.clear();
      data.close();
    },
  };
}
