import type { Digest } from "../../contract/image-facts.ts";
import { BoundedMap } from "../bounded-map.ts";
import { LETS_IN } from "../decision-kinds.ts";
import { heldVerdict } from "../held-verdict.ts";
import {
  ADMISSIONS_OF_START,
  type Admission,
  type Decision,
  LATER_MS,
  type Release,
  type Store,
  type StoredVerdict,
  type VerdictKey,
} from "../ports.ts";

/** Maximum number of verdicts in memory. */
const VERDICTS = 50_000;

/** Maximum number of releases in memory; people make them one by one. */
const RELEASES = 1_000;

/** Key as text, for maps. */
export function keyText({ subject, policy, rules, data = "sha256:none" as const }: VerdictKey): string {
  return `${subject} ${policy} ${rules} ${data}`;
}

/**
 * Store of a server without a database: verdicts are lost when the process ends, and decisions are only in
 * the server's log.
 */
export class MemoryStore implements Store {
  readonly #verdicts: BoundedMap<StoredVerdict>;
  readonly #releases = new BoundedMap<Release>(RELEASES);
  readonly #log: (decision: Decision) => Promise<void> | void;
  readonly #admissions: BoundedMap<Admission>;
  readonly #judged: BoundedMap<true>;
  readonly #since = new Date().toISOString();

  /** @param log writes a decision to the log; if it rejects, record() rejects */
  constructor(log: (decision: Decision) => Promise<void> | void, most = VERDICTS) {
    this.#verdicts = new BoundedMap(most);
    this.#admissions = new BoundedMap(most);
    this.#judged = new BoundedMap(most);
    this.#log = log;
  }

  async verdict(key: VerdictKey): Promise<StoredVerdict | undefined> {
    return this.#verdicts.get(keyText(key));
  }

  async keepVerdict(verdict: StoredVerdict): Promise<void> {
    const key = keyText(verdict.key);
    const kept = this.#verdicts.get(key);
    const laterMs = Date.parse(kept?.judgedAt ?? verdict.judgedAt) - Date.parse(verdict.judgedAt);
    if (laterMs <= 0 || laterMs > LATER_MS) this.#verdicts.set(key, heldVerdict(verdict));
    for (const { digest } of verdict.images) if (digest !== undefined) this.#judged.set(digest, true);
  }

  async record(decision: Decision): Promise<void> {
    await this.#log(decision);
    const { kind, key, start, labels, namespace, images } = decision;
    if (!LETS_IN[kind] || key === undefined || start === undefined) return;
    const place = `${namespace} ${start}`;
    const before = this.#admissions.get(place);
    const all = new Map([...images, ...(before?.images ?? [])].map((one) => [JSON.stringify(one), one]));
    const most = images.length * ADMISSIONS_OF_START;
    const own = labels === undefined ? [] : [[labels, key] as const];
    const others = [...(before?.templates ?? [])].filter(([one]) => one !== labels);
    const templates = new Map([...own, ...others].slice(0, ADMISSIONS_OF_START));
    this.#admissions.set(place, { key, templates, images: [...all.values()].slice(0, most) });
  }

  async admission(namespace: string, start: Digest): Promise<Admission | undefined> {
    return this.#admissions.get(`${namespace} ${start}`);
  }

  async isJudged(digest: Digest): Promise<boolean> {
    return this.#judged.get(digest) === true;
  }

  async knownSince(): Promise<string> {
    return this.#since;
  }

  async reportedOf(): Promise<readonly string[]> {
    return [];
  }

  async keepSeen(): Promise<void> {}

  async keepOnly(): Promise<void> {}

  async keepRelease(release: Release): Promise<void> {
    this.#releases.set(release.id, release);
  }

  async releases(namespace: string, now: Date): Promise<readonly Release[]> {
    const counting = [...this.#releases.values()].filter(({ until }) => Date.parse(until) > now.getTime());
    return counting.filter((one) => one.namespace === namespace);
  }

  async isReady(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {}
}
