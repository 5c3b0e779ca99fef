import { createHash } from "node:crypto";
import type { ComparisonMemory, RecordedAnswers, VulnerabilityDatabase } from "../database.ts";

type Queries = Omit<VulnerabilityDatabase, "sources" | "memory" | "close">;

/**
 * Data with a record of each query and its answer. Besides the components and the day, a comparison depends only on the
 * answers: other data with the same answers give the same result, except for the names of sources.
 */
export function recordedData(data: VulnerabilityDatabase): {
  readonly data: VulnerabilityDatabase;
  readonly answers: RecordedAnswers;
} {
  const answers = new Map<string, string>();
  function asked<T>(answer: T, ...query: readonly [kind: keyof Queries, ...args: readonly string[]]): T {
    const text = JSON.stringify(query);
    if (!answers.has(text)) answers.set(text, digestOf(answer));
    return answer;
  }
  const { memory } = data;
  return {
    answers,
    data: {
      sources: data.sources,
      advisoriesOf: (...args) => asked(data.advisoriesOf(...args), "advisoriesOf", ...args),
      groupsOf: (artifact) => asked(data.groupsOf(artifact), "groupsOf", artifact),
      holds: (ecosystem) => asked(data.holds(ecosystem), "holds", ecosystem),
      cve: (id) => asked(data.cve(id), "cve", id),
      endOfLife: (...args) => asked(data.endOfLife(...args), "endOfLife", ...args),
      ...(memory === undefined ? {} : { memory: recordedMemory(memory, answers) }),
      close: () => data.close(),
    },
  };
}

/** Memory whose results add the queries of their comparison to the record. */
function recordedMemory(memory: ComparisonMemory, answers: Map<string, string>): ComparisonMemory {
  return {
    get(key) {
      const known = memory.get(key);
      for (const [query, answer] of known?.answers ?? []) answers.set(query, answer);
      return known;
    },
    set: (key, compared) => memory.set(key, compared),
  };
}

/** Digest of the answer that data give to a recorded query; undefined for a query of another version. */
export function answerOf(data: Queries, query: string): string | undefined {
  const [kind, first = "", second = ""] = JSON.parse(query) as readonly [string, ...string[]];
  switch (kind) {
    case "advisoriesOf":
      return digestOf(data.advisoriesOf(first, second));
    case "groupsOf":
      return digestOf(data.groupsOf(first));
    case "holds":
      return digestOf(data.holds(first));
    case "cve":
      return digestOf(data.cve(first));
    case "endOfLife":
      return digestOf(data.endOfLife(first, second));
    default:
      return undefined;
  }
}

/** Digests of empty answers; most answers are empty. */
const NONE = digestText("[]");
const ABSENT = digestText("");

/** Digests of answers that are given again as the same object. */
const KNOWN = new WeakMap<object, string>();

function digestOf(answer: unknown): string {
  if (answer === undefined) return ABSENT;
  if (Array.isArray(answer) && answer.length === 0) return NONE;
  if (typeof answer !== "object" || answer === null) return digestText(JSON.stringify(answer));
  const known = KNOWN.get(answer) ?? digestText(JSON.stringify(answer));
  KNOWN.set(answer, known);
  return known;
}

/** 16 bytes of SHA-256, in Base64. */
function digestText(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64");
}
