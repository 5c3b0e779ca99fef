import type { VulnerabilitySource } from "../../contract/vulnerability-facts.ts";
import { answerOf } from "../../vulnerabilities/database/recorded-answers.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { QueueState } from "../examine/examinations.ts";
import { judgedBy } from "../examine/judge.ts";
import { errorFields } from "../log.ts";
import type { StoredVerdict } from "../ports.ts";
import type { RejudgePorts } from "../rejudge/rejudge.ts";
import {
  type Judging,
  type JudgingPorts,
  type JudgingSettings,
  startJudging,
  verdictByCurrent,
} from "./judging.ts";
import { rememberedAnswers } from "./remembered-answers.ts";

/** Milliseconds after which examinations with replaced data are aborted. */
const RETIRED_MS = 20 * 60_000;

/** Maximum number of subjects remembered while their requests are decided. */
const ASKED = 200;

/** Judging whose vulnerability data can be replaced while the server runs. */
export class LiveJudging {
  readonly #settings: JudgingSettings;
  readonly #ports: JudgingPorts;
  readonly #retired = new Map<NodeJS.Timeout, () => Promise<void>>();
  /** Subjects that were asked about last. */
  readonly #asked = new BoundedMap<{ readonly subject: Subject; readonly namespace: string }>(ASKED);
  /** Writes to the index that have not ended. */
  readonly #indexing = new Set<Promise<void>>();
  #current: Judging;
  #data: VulnerabilityDatabase | undefined;
  /** The data as judging asks them, which remember what they answered. */
  #remembering: VulnerabilityDatabase | undefined;
  /** Subjects whose verdicts the current data may change, found when the data arrived. */
  #touched: Promise<ReadonlySet<string>> | undefined;
  /** Judging with the previous data, whose admissions count for a while. */
  #before: Judging | undefined;

  constructor(settings: JudgingSettings, ports: JudgingPorts) {
    this.#settings = settings;
    const { dataIndex } = ports.store;
    this.#ports =
      dataIndex === undefined
        ? ports
        : { ...ports, onCompared: (image, answers) => this.#index(dataIndex.keepAnswers(image, answers)) };
    this.#data = ports.vulnerabilities;
    const remembering = withMemory(this.#ports);
    this.#remembering = remembering.vulnerabilities;
    this.#current = startJudging(settings, remembering);
  }

  /** Waits for a write to the index when judging is closed. An image that is not indexed is judged after the others. */
  #index(writing: Promise<void>): void {
    const written = writing
      .catch((error: unknown) => this.#ports.log("error", "comparison not indexed", errorFields(error)))
      .finally(() => this.#indexing.delete(written));
    this.#indexing.add(written);
  }

  /**
   * Running subjects with an image about which the current data answer differently than in the image's stored
   * comparison.
   */
  async #touchedSubjects(): Promise<ReadonlySet<string>> {
    const { dataIndex, subjects } = this.#ports.store;
    const data = this.#data;
    if (dataIndex === undefined || subjects === undefined || data === undefined) return new Set();
    const images = await dataIndex.touchedBy((query) => answerOf(data, query));
    return subjects.withImages([...images]);
  }

  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer> {
    if (request.isAgain !== true) {
      this.#asked.set(subject.digest, { subject, namespace: request.namespace });
    }
    // A store has the admissions of before a restart, too.
    const before = this.#current.byOtherData ?? this.#before;
    return verdictByCurrent(this.#current, before, subject, request);
  }

  /** Verdict in the store by the current data, whatever its age. @throws as Store.verdict() */
  lastVerdict(subject: Subject): Promise<StoredVerdict | undefined> {
    return this.#current.lastVerdict(subject);
  }

  /** Stores the subject of a pod that was let in, whatever its verdict, to judge it again. */
  keepLetIn(digest: string): void {
    const asked = this.#asked.get(digest);
    if (asked === undefined) return;
    this.#ports.store.subjects?.keepSubject(asked.subject, asked.namespace).catch((error: unknown) => {
      this.#ports.log("error", "subject not stored", errorFields(error));
    });
  }

  /** Sources of the current vulnerability data; none without data. */
  get sources(): readonly VulnerabilitySource[] {
    return this.#data?.sources ?? [];
  }

  queue(): Promise<QueueState> {
    return this.#current.queue();
  }

  /** Number of pods whose examination by the current documents waits. */
  waiting(): Promise<number> {
    return this.#current.waiting();
  }

  /** Ports of rejudgeRunning(), always with the current data. */
  ports(): Pick<RejudgePorts, "digests" | "judgedSince" | "touched" | "waiting"> {
    return {
      // Found once for these data, or again after a failure. Afterwards, only subjects that could not be judged remain.
      touched: async () => {
        const found = (this.#touched ??= this.#touchedSubjects());
        try {
          return await found;
        } catch (error) {
          if (this.#touched === found) this.#touched = undefined;
          throw error;
        }
      },
      digests: () => this.#current.digests,
      judgedSince: (subject, namespace, since) => this.#current.judgedSince(subject, namespace, since),
      waiting: () => this.waiting(),
    };
  }

  /**
   * Replaces the vulnerability data.
   *
   * @throws as Store.keepDocuments(); the previous data then stay in use
   */
  async use(vulnerabilities: VulnerabilityDatabase): Promise<void> {
    const ports = { ...this.#ports, vulnerabilities };
    const remembering = withMemory(ports);
    const next = startJudging(this.#settings, remembering);
    // The data are stored before the audit log names them.
    try {
      await ports.store.keepDocuments?.({ ...judgedBy(this.#settings, ports) });
    } catch (error) {
      await next.close();
      throw error;
    }
    const [old, data] = [this.#current, this.#remembering];
    this.#current = next;
    this.#data = vulnerabilities;
    this.#remembering = remembering.vulnerabilities;
    this.#touched = undefined;
    if (old.digests.data !== next.digests.data) this.#before = old;
    this.#retire(old, data);
    ports.log("info", "vulnerability data changed", { data: next.digests.data });
  }

  async close(): Promise<void> {
    const ended = [...this.#retired].map(([timer, end]) => {
      clearTimeout(timer);
      return end();
    });
    await Promise.all([...ended, this.#current.close()]);
    await Promise.all(this.#indexing);
  }

  #retire(old: Judging, data: VulnerabilityDatabase | undefined): void {
    const end = async () => {
      this.#retired.delete(timer);
      await old.close();
      data?.close();
    };
    const timer = setTimeout(() => void end(), RETIRED_MS).unref();
    this.#retired.set(timer, end);
  }
}

/** Ports with the answers of the data in memory, for all images that are compared with them. */
function withMemory(ports: JudgingPorts): JudgingPorts {
  const { vulnerabilities } = ports;
  return vulnerabilities === undefined
    ? ports
    : { ...ports, vulnerabilities: rememberedAnswers(vulnerabilities) };
}
