import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { judgedBy } from "../examine/judge.ts";
import type { RejudgePorts } from "../rejudge/rejudge.ts";
import {
  type Judging,
  type JudgingPorts,
  type JudgingSettings,
  startJudging,
  verdictByCurrent,
} from "./judging.ts";

/** Milliseconds after which examinations with replaced data are aborted. */
const RETIRED_MS = 20 * 60_000;

/** Judging whose vulnerability data can be replaced while the server runs. */
export class LiveJudging {
  readonly #settings: JudgingSettings;
  readonly #ports: JudgingPorts;
  readonly #retired = new Map<NodeJS.Timeout, () => Promise<void>>();
  #current: Judging;
  #data: VulnerabilityDatabase | undefined;
  /** Judging with the previous data, whose admissions count for a while. */
  #before: Judging | undefined;

  constructor(settings: JudgingSettings, ports: JudgingPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#data = ports.vulnerabilities;
    this.#current = startJudging(settings, ports);
  }

  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer> {
    return verdictByCurrent(this.#current, this.#before, subject, request);
  }

  /** Ports of rejudgeRunning(), always with the current data. */
  ports(): Pick<RejudgePorts, "digests" | "verdictOf" | "waiting"> {
    return {
      digests: () => this.#current.digests,
      verdictOf: (subject, request) => this.#current.verdictOf(subject, request),
      waiting: () => this.#current.waiting(),
    };
  }

  /**
   * Replaces the vulnerability data.
   *
   * @throws as Store.keepDocuments(); the previous data then stay in use
   */
  async use(vulnerabilities: VulnerabilityDatabase): Promise<void> {
    const ports = { ...this.#ports, vulnerabilities };
    const next = startJudging(this.#settings, ports);
    // The data are stored before the audit log names them.
    await ports.store.keepDocuments?.({ ...judgedBy(this.#settings, ports) });
    const [old, data] = [this.#current, this.#data];
    this.#current = next;
    this.#data = vulnerabilities;
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
