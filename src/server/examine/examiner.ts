import { DouaneError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { Store, StoredVerdict, VerdictKey } from "../ports.ts";
import { FairQueue } from "./fair-queue.ts";
import { keyText } from "./memory-store.ts";
import { ageOf } from "./verdict-age.ts";

/** Result of judging a subject. */
export interface Examined {
  /** Stored verdict; absent if there was none. */
  readonly stored?: StoredVerdict;
  /** Problems that left something unexamined; empty if the verdict is whole. */
  readonly problems: readonly Text[];
}

/** Ports of an examiner. */
export interface ExaminerPorts {
  readonly store: Pick<Store, "verdict" | "keepVerdict">;
  /**
   * Judges a subject; rejects if the subject cannot be judged at all.
   *
   * @param withImages whether its images are read; false: the manifest is judged alone
   */
  judge(subject: Subject, key: VerdictKey, withImages: boolean, signal: AbortSignal): Promise<Examined>;
  /** Key of a subject under the policy, rules and data of this process. */
  keyOf(subject: Subject): VerdictKey;
  now(): number;
  /** Reports an error that no answer shows. */
  onError(error: unknown): void;
}

/** Bounds of an examiner. */
export interface ExaminerBounds {
  readonly atATime: number;
  /** Examinations that may wait. */
  readonly waiting: number;
  /** Maximum duration of one examination in milliseconds. */
  readonly examinationMs: number;
}

/**
 * Bounds of examinations. A single examination reads several images, with several threads for their layers.
 */
const EXAMINER_BOUNDS: ExaminerBounds = { atATime: 2, waiting: 10_000, examinationMs: 15 * 60_000 };

/** Answers kept in memory. */
const ANSWERS = 50_000;
/** Milliseconds for which an examination that failed is not repeated. */
const PROBLEM_MS = 10_000;

interface Failed {
  readonly at: number;
  readonly examined: Examined;
}

/**
 * Finds verdicts by their subject: in memory, in the store, otherwise by an examination. There is at most one
 * examination at a time for a subject, however many pods wait for it.
 */
export class Examiner {
  readonly #ports: ExaminerPorts;
  readonly #bounds: ExaminerBounds;
  readonly #queue: FairQueue;
  readonly #verdicts = new BoundedMap<StoredVerdict>(ANSWERS);
  readonly #failed = new BoundedMap<Failed>(ANSWERS);
  readonly #flights = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(ports: ExaminerPorts, bounds = EXAMINER_BOUNDS) {
    this.#ports = ports;
    this.#bounds = bounds;
    this.#queue = new FairQueue(bounds.atATime, bounds.waiting);
  }

  /** Number of examinations that wait for their turn. */
  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Ends the examinations that are under way. */
  close(): void {
    this.#closing.abort(new Error("the server stops"));
  }

  /** @throws what `request.verify` throws */
  async verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer> {
    const key = this.#ports.keyOf(subject);
    const text = keyText(key);
    const known = this.#known(text) ?? (await this.#fromStore(key, text));
    if (known !== undefined) {
      if (known.age === "stale" && request.mayExamine)
        void this.#start(subject, key, text, request.namespace);
      return { kind: "known", stored: known.stored };
    }
    const failed = this.#failureOf(text);
    if (failed !== undefined) return failed;
    request.verify();
    const soFar = await this.#soFar(subject, key);
    if (!request.mayExamine) return { kind: "not-examined", why: DRY_RUN, ...soFar };
    const flight = this.#start(subject, key, text, request.namespace);
    if (flight === undefined) return { kind: "not-examined", why: BUSY, ...soFar };
    await within(flight, request.until - this.#ports.now());
    const now = this.#known(text);
    if (now !== undefined) return { kind: "known", stored: now.stored };
    return this.#failureOf(text) ?? { kind: "under-examination", ...soFar };
  }

  #known(text: string): Known | undefined {
    const stored = this.#verdicts.get(text);
    if (stored === undefined) return undefined;
    const age = ageOf(stored, this.#ports.now());
    return age === "old" ? undefined : { stored, age };
  }

  /** A store that cannot be reached is treated like a store without the verdict. */
  async #fromStore(key: VerdictKey, text: string): Promise<Known | undefined> {
    try {
      const stored = await this.#ports.store.verdict(key);
      if (stored === undefined) return undefined;
      this.#verdicts.set(text, stored);
      return this.#known(text);
    } catch (error) {
      this.#ports.onError(error);
      return undefined;
    }
  }

  #failureOf(text: string): VerdictAnswer | undefined {
    const failed = this.#failed.get(text);
    if (failed === undefined || this.#ports.now() - failed.at > PROBLEM_MS) return undefined;
    const { stored, problems } = failed.examined;
    return { kind: "unreadable", why: problems, ...(stored === undefined ? {} : { soFar: stored }) };
  }

  /** Verdict on the manifest alone, for an answer before the images are examined. */
  async #soFar(subject: Subject, key: VerdictKey): Promise<{ readonly soFar?: StoredVerdict }> {
    try {
      const { stored } = await this.#ports.judge(subject, key, false, this.#closing.signal);
      return stored === undefined ? {} : { soFar: stored };
    } catch (error) {
      this.#ports.onError(error);
      return {};
    }
  }

  /** Joins the examination of a subject, or starts an examination; undefined if too many wait. */
  #start(subject: Subject, key: VerdictKey, text: string, namespace: string): Promise<void> | undefined {
    const flight = this.#flights.get(text);
    if (flight !== undefined) return flight;
    const { promise, resolve } = Promise.withResolvers<void>();
    const isQueued = this.#queue.add(namespace, async () => {
      try {
        await this.#examine(subject, key, text);
      } finally {
        this.#flights.delete(text);
        resolve();
      }
    });
    if (!isQueued) return undefined;
    this.#flights.set(text, promise);
    return promise;
  }

  /** Never rejects. */
  async #examine(subject: Subject, key: VerdictKey, text: string): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#bounds.examinationMs)]);
    try {
      const examined = await this.#ports.judge(subject, key, true, signal);
      const { stored, problems } = examined;
      if (stored === undefined || problems.length > 0) return this.#fail(text, examined);
      this.#failed.delete(text);
      this.#verdicts.set(text, stored);
      await this.#ports.store.keepVerdict(stored);
    } catch (error) {
      this.#ports.onError(error);
      if (this.#verdicts.get(text) === undefined) this.#fail(text, { problems: [problemOf(error)] });
    }
  }

  #fail(text: string, examined: Examined): void {
    this.#failed.set(text, { at: this.#ports.now(), examined });
  }
}

interface Known {
  readonly stored: StoredVerdict;
  readonly age: "fresh" | "stale";
}

/** Waits for work, at most for a time. */
async function within(work: Promise<void>, ms: number): Promise<void> {
  if (ms <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown): Text {
  return error instanceof DouaneError ? error.text : FAILED;
}

const FAILED: Text = {
  fr: "l'examen a échoué ; la cause est dans le journal du serveur.",
  en: "the examination failed; the server's log has the cause.",
};
const DRY_RUN: Text = {
  fr: "image inconnue : un essai à blanc (dry run) ne lance aucun examen.",
  en: "unknown image: a dry run starts no examination.",
};
const BUSY: Text = {
  fr: "image inconnue : trop d'examens attendent leur tour. Une nouvelle tentative a lieu automatiquement ; si cela dure, ajouter des examinateurs.",
  en: "unknown image: too many examinations wait for their turn. Retried automatically; if it lasts, add examiners.",
};
