import type { Decision, Store, StoredVerdict, VerdictKey } from "../ports.ts";

/** Number of verdicts in memory; each takes some 3 kB in V8. */
const VERDICTS = 50_000;

/** Text of a key, for maps. */
export function keyText({ subject, policy, rules, data = "sha256:none" as const }: VerdictKey): string {
  return `${subject} ${policy} ${rules} ${data}`;
}

/** Map that drops the least recently used entry. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}

/**
 * Store of a server without a database: verdicts last as long as the process, decisions are only in its log.
 */
export class MemoryStore implements Store {
  readonly #verdicts: BoundedMap<StoredVerdict>;
  readonly #log: (decision: Decision) => Promise<void> | void;

  /** @param log writes a decision; if it rejects, record() rejects */
  constructor(log: (decision: Decision) => Promise<void> | void, most = VERDICTS) {
    this.#verdicts = new BoundedMap(most);
    this.#log = log;
  }

  async verdict(key: VerdictKey): Promise<StoredVerdict | undefined> {
    return this.#verdicts.get(keyText(key));
  }

  async keepVerdict(verdict: StoredVerdict): Promise<void> {
    const key = keyText(verdict.key);
    const kept = this.#verdicts.get(key);
    if (kept === undefined || kept.judgedAt <= verdict.judgedAt) this.#verdicts.set(key, verdict);
  }

  async record(decision: Decision): Promise<void> {
    await this.#log(decision);
  }

  async isReady(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {}
}
