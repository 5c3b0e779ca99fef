import { DOCUMENT_KINDS } from "../../server/audit/document-kinds.ts";
import type { JudgedBy } from "../../server/examine/judge.ts";
import { MemoryStore } from "../../server/examine/memory-store.ts";
import { errorFields, type Log } from "../../server/log.ts";
import type { Decision, Store } from "../../server/ports.ts";
import type { Context } from "../process/context.ts";
import { storePlace } from "../process/store-place.ts";
import { VERSION } from "../process/version.ts";
import type { ServeValues } from "./flags.ts";

/** Milliseconds between two removals of what nothing uses any more. */
const CLEANING_MS = 6 * 60 * 60_000;

/** Whether verdicts and decisions outlive the process. */
export function isDurable({ database, dataDir }: Pick<ServeValues, "database" | "dataDir">): boolean {
  return database !== undefined || dataDir !== undefined;
}

/**
 * Store of a server: PostgreSQL if its place is named, with the documents by which is judged; else memory. Decisions
 * are logged, too, once they are durable.
 *
 * @throws as storePlace() and openStore()
 */
export async function serverStore(
  context: Context,
  values: Pick<ServeValues, "database" | "dataDir">,
  documents: JudgedBy,
  log: Log,
): Promise<Store> {
  const logged = ({ at, ...decision }: Decision) => log("info", "decision", { at, ...decision });
  if (!isDurable(values)) return new MemoryStore(logged);
  const place = storePlace(context, values);
  const [{ openStore }, { keepDocument }, { removeUnused }] = await Promise.all([
    import("../../server/store/open-store.ts"),
    import("../../server/store/documents.ts"),
    import("../../server/store/retention.ts"),
  ]);
  const store = await openStore(place, { douane: VERSION });
  try {
    for (const kind of DOCUMENT_KINDS) {
      const body = documents[kind];
      if (body !== undefined) await keepDocument(store.database, kind, body);
    }
  } catch (error) {
    await store.close();
    throw error;
  }
  const timer = setInterval(() => void clean(), CLEANING_MS);
  timer.unref();
  async function clean(): Promise<void> {
    try {
      const removed = await removeUnused(store.database, context.now());
      log("info", "what nothing uses was removed", { ...removed });
    } catch (error) {
      log("error", "what nothing uses was not removed", errorFields(error));
    }
  }
  return {
    ...store,
    async record(decision) {
      await store.record(decision);
      logged(decision);
    },
    async close() {
      clearInterval(timer);
      await store.close();
    },
  };
}
