import type { EvidencePort } from "../../assess/run/evidence-port.ts";
import { DOCUMENT_KINDS } from "../audit/document-kinds.ts";
import type { DataIndex } from "../data-index.ts";
import type { ExaminationRequest, Examinations } from "../examine/examinations.ts";
import type { GraceStore } from "../grace-store.ts";
import type { Decision, RunningSubjects, Store, TrialStore } from "../ports.ts";
import { admittedStarts } from "./admitted-starts.ts";
import { dataIndex } from "./data-answers.ts";
import type { Database } from "./database/connect.ts";
import { decisionLog } from "./decisions/decision-log.ts";
import { keepDocument } from "./documents.ts";
import { enqueue } from "./examinations/queue-rows.ts";
import { examineQueued, type QueuedWork } from "./examinations/queued-examiner.ts";
import { storedExaminations } from "./examinations/stored-examinations.ts";
import { storedGracePeriods } from "./grace-periods.ts";
import { isReady } from "./health.ts";
import { imageEvidence, type OtherVersion } from "./image-evidence.ts";
import { openDatabase, type StorePlace } from "./open-database.ts";
import { keepRelease, readReleases } from "./releases.ts";
import { runningPods } from "./running-pods.ts";
import { storedSubjects } from "./subjects.ts";
import { storedTrials } from "./trials.ts";
import { readVerdictByOtherData } from "./verdicts/verdict-rows.ts";
import { VERDICT_AGES, type VerdictAges, verdictStore } from "./verdicts/verdict-store.ts";
import { admittedWorkloads } from "./workloads.ts";

export interface StoreOptions {
  /** Version of douane, written in every entry of the audit log. */
  readonly douane: string;
  readonly ages?: VerdictAges;
  /** Called for evidence of another version, which is not used. */
  readonly onOtherEvidence?: (other: OtherVersion) => void;
}

/** Store in PostgreSQL. */
export interface PostgresStore extends Store {
  readonly database: Database;
  readonly subjects: RunningSubjects;
  readonly grace: GraceStore;
  readonly trials: TrialStore;
  readonly evidence: EvidencePort;
  readonly dataIndex: DataIndex;
  /** Writes the repeats counted since the last flush. */
  flush(): Promise<void>;
  /** Queue of examinations, shared by all replicas; close requester and worker before the store. */
  readonly queue: {
    request(): Examinations;
    ask(request: ExaminationRequest): Promise<void>;
    examine(work: QueuedWork): () => Promise<void>;
  };
}

/** Milliseconds between two writes of admitted workloads. */
const WORKLOADS_MS = 60_000;

/**
 * Opens the store: starts its embedded PostgreSQL, if any, and migrates its schema.
 *
 * @throws as openDatabase()
 */
export async function openStore(
  place: StorePlace,
  { douane, ages = VERDICT_AGES, onOtherEvidence }: StoreOptions,
): Promise<PostgresStore> {
  const { database, close } = await openDatabase(place);
  const log = decisionLog(database, douane);
  const workloads = admittedWorkloads(database);
  const starts = admittedStarts(database);
  const verdicts = verdictStore(database, ages);
  const timer = setInterval(() => void workloads.write().catch(() => undefined), WORKLOADS_MS);
  timer.unref();
  async function flush(): Promise<void> {
    await log.flush();
    await workloads.write();
  }
  return {
    database,
    verdict: verdicts.verdict,
    keepVerdict: verdicts.keepVerdict,
    verdictByOtherData: (key) => readVerdictByOtherData(database, key),
    queue: {
      request: () => storedExaminations(database, verdicts),
      async ask(request) {
        await enqueue(database, request);
      },
      examine: (work) => examineQueued(database, verdicts, work),
    },
    ...starts,
    ...runningPods(database),
    subjects: storedSubjects(database),
    grace: storedGracePeriods(database),
    trials: storedTrials(database, douane),
    evidence: imageEvidence(database, onOtherEvidence),
    dataIndex: dataIndex(database),
    async keepDocuments(documents) {
      for (const kind of DOCUMENT_KINDS) {
        const body = documents[kind];
        if (body !== undefined) await keepDocument(database, kind, body);
      }
    },
    async record(decision: Decision) {
      await log.record(decision);
      await starts.keep(decision);
      workloads.note(decision);
    },
    keepRelease: (release) => keepRelease(database, release),
    releases: (namespace, now) => readReleases(database, namespace, now),
    isReady: () => isReady(database),
    flush,
    async close() {
      clearInterval(timer);
      await log.close();
      await workloads.write().catch(() => undefined);
      await close();
    },
  };
}
