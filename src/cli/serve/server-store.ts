import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { UsageError } from "../../contract/error.ts";
import type { JudgedBy } from "../../server/examine/judge.ts";
import { MemoryStore } from "../../server/examine/memory-store.ts";
import { errorFields, type Log } from "../../server/log.ts";
import type { Decision, Store } from "../../server/ports.ts";
import type { ExaminationQueue } from "../../server/serve/start-examinations.ts";
import type { StorePlace } from "../../server/store/open-database.ts";
import type { PostgresStore } from "../../server/store/open-store.ts";
import { openKey } from "../attest/read-key.ts";
import type { Context } from "../process/context.ts";
import { storePlace } from "../process/store-place.ts";
import { VERSION } from "../process/version.ts";
import type { ServeValues } from "./flags.ts";
import { ROLES, type Role } from "./roles.ts";

type StoreValues = Pick<ServeValues, "database" | "dataDir" | "auditKey" | "caFile">;

/**
 * Store of a server, with the queue of examinations that replicas share; without a database, each replica
 * queues in its own memory.
 */
interface ServerStore extends Store {
  readonly queue?: ExaminationQueue;
}

/** Milliseconds between two removals of unused rows. */
const CLEANING_MS = 6 * 60 * 60_000;
/** Milliseconds between two signed heads of the audit log. Entries after the last head are unprotected. */
const HEAD_MS = 10 * 60_000;

/**
 * Place of the server's database; undefined if verdicts and decisions do not outlive the process.
 *
 * @throws UsageError audit-key-alone; as storePlace()
 */
export function serverPlace(context: Context, values: StoreValues): StorePlace | undefined {
  if (values.database !== undefined || values.dataDir !== undefined) return storePlace(context, values);
  if (values.auditKey !== undefined) throw keyAlone();
  return undefined;
}

/**
 * Store of a server: PostgreSQL if its address is given, together with the documents used for judging;
 * otherwise memory. Decisions are also logged once they are durable, and heads of the audit log are signed if
 * a key is given.
 *
 * @throws as serverPlace(), openStore() and openKey()
 */
export async function serverStore(
  context: Context,
  values: StoreValues,
  { documents, role }: { readonly documents: JudgedBy; readonly role: Role },
  log: Log,
): Promise<ServerStore> {
  const logged = ({ at, ...decision }: Decision) => log("info", "decision", { at, ...decision });
  const place = serverPlace(context, values);
  if (place === undefined) return new MemoryStore(logged);
  const { openStore } = await import("../../server/store/open-store.ts");
  const signing =
    values.auditKey === undefined ? undefined : await openKey(context, values.auditKey, values.caFile);
  try {
    const store = await openStore(place, {
      douane: VERSION,
      onOtherEvidence: (other) => log("info", "evidence of another version is collected anew", { ...other }),
    });
    const stop = await keep(store, { documents, role }, signing?.key, { log, now: () => context.now() });
    return {
      ...store,
      async record(decision) {
        await store.record(decision);
        logged(decision);
      },
      async close() {
        await stop();
        await store.close();
        await signing?.close();
      },
    };
  } catch (error) {
    await signing?.close();
    throw error;
  }
}

/**
 * Stores the documents by which the server judges, and starts the regular work on the store.
 *
 * @returns function that ends the work, with a last head
 */
async function keep(
  store: PostgresStore,
  { documents, role }: { readonly documents: JudgedBy; readonly role: Role },
  key: SigningKey | undefined,
  { log, now }: { readonly log: Log; readonly now: () => Date },
): Promise<() => Promise<void>> {
  const { database } = store;
  const [{ removeUnused }, { emitHead }] = await Promise.all([
    import("../../server/store/retention.ts"),
    import("../../server/store/audit-log.ts"),
  ]);
  const { watches, tries } = ROLES[role];
  try {
    // Trials are of no policy, and their process may write nothing else.
    if (!tries) await store.keepDocuments?.({ ...documents });
  } catch (error) {
    await store.close();
    throw error;
  }
  async function tried(name: string, work: () => Promise<object>): Promise<void> {
    try {
      log("info", name, await work());
    } catch (error) {
      log("error", `${name} failed`, errorFields(error));
    }
  }
  const clean = () => tried("removal of what nothing uses", () => removeUnused(database, now()));
  // Roles other than the watcher have no right to remove rows (database-roles.ts).
  const timers = watches ? [every(CLEANING_MS, clean)] : [];
  if (key === undefined) return async () => timers.forEach(clearInterval);
  const emit = () =>
    tried("audit head", async () => ({
      head: JSON.parse(formatEnvelope(await emitHead(database, key, now()))) as object,
    }));
  timers.push(every(HEAD_MS, emit));
  return async () => {
    timers.forEach(clearInterval);
    await store.flush();
    await emit();
  };
}

function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void work(), ms).unref();
}

function keyAlone(): UsageError {
  return new UsageError("audit-key-alone", {
    fr: "--audit-key signe les têtes du journal d'audit, qui est dans PostgreSQL : donner aussi --database ou --data-dir.",
    en: "--audit-key signs heads of the audit log, which is in PostgreSQL: also give --database or --data-dir.",
  });
}
