import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";

/** Maximum number of records in memory, of all answers together; some 1.5 kB each. */
const RECORDS = 20_000;

/**
 * The data, with their last answers in memory: the images of a platform share most of their packages, and reading the
 * records of a package takes longer than comparing them. Answers are shared and must not be changed.
 */
export function rememberedAnswers(
  data: VulnerabilityDatabase,
  most: number = RECORDS,
): VulnerabilityDatabase {
  const answers = new Map<string, { readonly answer: unknown; readonly records: number }>();
  let held = 0;
  function remembered<T>(key: string, ask: () => T): T {
    const known = answers.get(key);
    const answer = known === undefined ? ask() : (known.answer as T);
    const records = 1 + (Array.isArray(answer) ? answer.length : 0);
    answers.delete(key);
    answers.set(key, { answer, records });
    if (known === undefined) held += records;
    for (const [oldest, { records: count }] of held > most ? answers : []) {
      answers.delete(oldest);
      held -= count;
      if (held <= most) break;
    }
    return answer;
  }
  return {
    ...data,
    advisoriesOf: (ecosystem, name) =>
      remembered(JSON.stringify([ecosystem, name]), () => data.advisoriesOf(ecosystem, name)),
    cve: (id) => remembered(id, () => data.cve(id)),
  };
}
