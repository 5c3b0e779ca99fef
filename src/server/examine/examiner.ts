import type { EnforcedRows } from "../../contract/admission.ts";
import type { Text } from "../../contract/text.ts";
import { admits } from "../admission/admits.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import { heldVerdict } from "../held-verdict.ts";
import type { Store, StoredVerdict, VerdictKey } from "../ports.ts";
import type { Examinations, Examined } from "./examinations.ts";
import { ageOf } from "./verdict-age.ts";

/** Ports of an examiner. */
export interface ExaminerPorts {
  readonly store: Pick<Store, "verdict">;
  readonly examinations: Examinations;
  /** Judges only the manifest of a subject; rejects if the manifest cannot be judged at all. */
  judgeManifest(subject: Subject, key: VerdictKey): Promise<Examined>;
  /** Key of a subject under the policy, rules and data of this process. */
  keyOf(subject: Subject): VerdictKey;
  now(): number;
  /** Receives errors that no answer reports. */
  onError(error: unknown): void;
}

/** Maximum number of verdicts in memory. */
const ANSWERS = 50_000;

/** Finds the verdict on a subject: in memory, in the store, or by requesting an examination. */
export class Examiner {
  readonly #ports: ExaminerPorts;
  /** Verdicts by subject: all keys of an examiner name the same policy, rules and data. */
  readonly #verdicts = new BoundedMap<StoredVerdict>(ANSWERS);
  /** Subjects for which a stale verdict is being renewed. */
  readonly #again = new Set<string>();

  constructor(ports: ExaminerPorts) {
    this.#ports = ports;
  }

  /** @throws what `request.verify` throws */
  async verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer> {
    const { examinations } = this.#ports;
    const key = this.#ports.keyOf(subject);
    const { enforced } = request;
    const known = this.#known(key, enforced) ?? (await this.#fromStore(key, enforced));
    if (known !== undefined) {
      if (known.age === "stale" && request.mayExamine) void this.#judgeAgain(subject, key, request.namespace);
      return { kind: "known", stored: known.stored };
    }
    const recent = examinations.recent(key);
    if (recent !== undefined) return this.#answer(key, recent, enforced);
    request.verify();
    const soFar = await this.#soFar(subject, key);
    if (!request.mayExamine) return { kind: "not-examined", why: request.unexamined ?? DRY_RUN, ...soFar };
    const requested = await this.#requested(subject, key, request.namespace, request.isAgain ?? false);
    if ("why" in requested) return { kind: "not-examined", why: requested.why, ...soFar };
    if (requested.kind === "ended") return this.#answer(key, requested.examined, enforced);
    const examined = await within(requested.ended, request.until - this.#ports.now());
    return examined === undefined
      ? { kind: "under-examination", ...soFar }
      : this.#answer(key, examined, enforced);
  }

  #known({ subject }: VerdictKey, enforced: EnforcedRows | undefined): Known | undefined {
    const stored = this.#verdicts.get(subject);
    if (stored === undefined) return undefined;
    const age = ageOf(stored, this.#ports.now(), enforced);
    return age === "old" ? undefined : { stored, age };
  }

  /** Verdict from the store; an unreachable store counts as a store without the verdict. */
  async #fromStore(key: VerdictKey, enforced: EnforcedRows | undefined): Promise<Known | undefined> {
    try {
      const stored = await this.#ports.store.verdict(key);
      if (stored === undefined) return undefined;
      this.#verdicts.set(key.subject, heldVerdict(stored));
      return this.#known(key, enforced);
    } catch (error) {
      this.#ports.onError(error);
      return undefined;
    }
  }

  /**
   * Answer from an examination that has just ended. A refusal counts, however long the examination took,
   * since its causes are in the images. An admission that is already too old does not count: a tag may have
   * moved meanwhile.
   */
  #answer(key: VerdictKey, { stored, problems }: Examined, enforced?: EnforcedRows): VerdictAnswer {
    if (stored !== undefined && problems.length === 0) {
      this.#verdicts.set(key.subject, heldVerdict(stored));
      const isKnown = !admits(stored, enforced) || this.#known(key, enforced) !== undefined;
      return isKnown ? { kind: "known", stored } : { kind: "under-examination", soFar: stored };
    }
    return { kind: "unreadable", why: problems, ...(stored === undefined ? {} : { soFar: stored }) };
  }

  /** Verdict on the manifest alone, for an answer given before the images are examined. */
  async #soFar(subject: Subject, key: VerdictKey): Promise<{ readonly soFar?: StoredVerdict }> {
    try {
      const { stored } = await this.#ports.judgeManifest(subject, key);
      return stored === undefined ? {} : { soFar: stored };
    } catch (error) {
      this.#ports.onError(error);
      return {};
    }
  }

  async #requested(subject: Subject, key: VerdictKey, namespace: string, isAgain: boolean) {
    try {
      const seen = this.#verdicts.get(key.subject)?.judgedAt;
      const request = { subject, key, namespace, isAgain, ...(seen === undefined ? {} : { seen }) };
      const requested = await this.#ports.examinations.request(request);
      return requested.kind === "full" ? { why: BUSY } : requested;
    } catch (error) {
      this.#ports.onError(error);
      return { why: STORE_GONE };
    }
  }

  /** Renews a stale verdict in the background. Never rejects. */
  async #judgeAgain(subject: Subject, key: VerdictKey, namespace: string): Promise<void> {
    const text = key.subject;
    if (this.#again.has(text) || this.#ports.examinations.recent(key) !== undefined) return;
    this.#again.add(text);
    try {
      const requested = await this.#requested(subject, key, namespace, true);
      if ("why" in requested) return;
      this.#answer(key, requested.kind === "ended" ? requested.examined : await requested.ended);
    } finally {
      this.#again.delete(text);
    }
  }
}

interface Known {
  readonly stored: StoredVerdict;
  readonly age: "fresh" | "stale";
}

/** Result of the work, or undefined after this many milliseconds. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  if (ms <= 0) return undefined;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const DRY_RUN: Text = {
  fr: "image inconnue : un essai à blanc (dry run) ne lance aucun examen.",
  en: "unknown image: a dry run starts no examination.",
};
const BUSY: Text = {
  fr: "image inconnue : trop d'examens attendent leur tour. Une nouvelle tentative a lieu automatiquement ; si cela dure, ajouter des examinateurs.",
  en: "unknown image: too many examinations wait for their turn. Retried automatically; if it lasts, add examiners.",
};
const STORE_GONE: Text = {
  fr: "image inconnue : la base de données ne répond pas, et son examen ne peut pas être demandé. Une nouvelle tentative a lieu automatiquement.",
  en: "unknown image: the database does not answer, and its examination cannot be asked for. Retried automatically.",
};
