import type { ExaminationRequest, Examinations, Examined, Requested } from "../../examine/examinations.ts";
import { PROBLEM_MS } from "../../examine/examinations.ts";
import type { VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { listen } from "../database/listen.ts";
import { keyDigest } from "../verdicts/verdict-rows.ts";
import type { VerdictStore } from "../verdicts/verdict-store.ts";
import { ENDED, enqueue, type PlaceRow, placesOf, queueState } from "./queue-rows.ts";

/** Milliseconds between two polls of awaited examinations, in case a notification is lost. */
const LOOK_MS = 2_000;

/** Examination that this process waits for. */
interface Awaited {
  readonly key: VerdictKey;
  readonly ended: Promise<Examined>;
  readonly resolve: (examined: Examined) => void;
  /** Whether the request has a row in the queue. Only then does a missing row mean that the examination ended. */
  isPlaced: boolean;
}

/**
 * Examinations queued in PostgreSQL: one per key for all replicas; namespaces take turns. This process
 * requests examinations and waits for them; running them is a separate role.
 *
 * @param now milliseconds of a monotonic clock
 */
export function storedExaminations(
  database: Database,
  verdicts: Pick<VerdictStore, "newestVerdict">,
  now: () => number = () => performance.now(),
): Examinations {
  const awaited = new Map<string, Awaited>();
  const failed = new Map<string, { readonly at: number; readonly examined: Examined }>();
  const stopListening = listen(database, [ENDED], (_, id) => {
    if (awaited.has(id)) void look([id]);
  });
  const timer = setInterval(() => {
    forget();
    if (awaited.size > 0) void look([...awaited.keys()]);
  }, LOOK_MS);
  timer.unref();

  /**
   * Looks up awaited examinations. Never rejects: after a failure the next poll tries again, and each
   * requester has its own deadline.
   */
  async function look(ids: readonly string[]): Promise<void> {
    try {
      const places = new Map((await placesOf(database, ids)).map((place) => [place.key, place]));
      for (const id of ids) await lookAt(id, places.get(id));
    } catch {
      return;
    }
  }

  async function lookAt(id: string, place: PlaceRow | undefined): Promise<void> {
    const one = awaited.get(id);
    if (one?.isPlaced !== true) return;
    if (place === undefined) {
      const stored = await verdicts.newestVerdict(one.key);
      end(id, stored === undefined ? UNENDED : { stored, problems: [] });
    } else if (place.examined !== undefined) end(id, incomplete(place.examined));
  }

  function end(id: string, examined: Examined): void {
    const one = awaited.get(id);
    awaited.delete(id);
    if (examined !== UNENDED && examined.problems.length > 0) failed.set(id, { at: now(), examined });
    one?.resolve(examined);
  }

  function forget(): void {
    for (const [id, { at }] of failed) if (now() - at > PROBLEM_MS) failed.delete(id);
  }

  return {
    async request(request: ExaminationRequest): Promise<Requested> {
      const id = keyDigest(request.key);
      const known = awaited.get(id);
      if (known !== undefined) return { kind: "under-way", ended: known.ended };
      const { promise: ended, resolve } = Promise.withResolvers<Examined>();
      const one: Awaited = { key: request.key, ended, resolve, isPlaced: false };
      awaited.set(id, one);
      try {
        const place = await enqueue(database, request);
        if (place.kind === "waits") {
          one.isPlaced = true;
          // The end may have been notified before the request was known to be queued.
          void look([id]);
          return { kind: "under-way", ended };
        }
        const examined = place.kind === "ended" ? incomplete(place.examined) : UNENDED;
        end(id, examined);
        return place.kind === "ended" ? { kind: "ended", examined } : { kind: "full" };
      } catch (error) {
        awaited.delete(id);
        resolve(UNENDED);
        throw error;
      }
    },
    recent(key) {
      const known = failed.get(keyDigest(key));
      return known === undefined || now() - known.at > PROBLEM_MS ? undefined : known.examined;
    },
    state: (by) => queueState(database, by),
    async close() {
      clearInterval(timer);
      await stopListening();
      for (const id of awaited.keys()) end(id, UNENDED);
    },
  };
}

/**
 * Result in a row of the queue, which is always incomplete: a complete verdict is in the table of verdicts. So who may
 * write the queue alone cannot make a verdict.
 */
function incomplete(examined: Examined): Examined {
  return examined.problems.length > 0 ? examined : UNENDED;
}

/** Result for requesters of an examination whose end this process does not learn. */
const UNENDED: Examined = {
  problems: [
    {
      fr: "la fin de l'examen n'est pas connue de cette réplique. Une nouvelle tentative a lieu automatiquement.",
      en: "the end of the examination is not known to this replica. Retried automatically.",
    },
  ],
};
