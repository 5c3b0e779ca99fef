import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { Decision } from "../ports.ts";
import type { RejudgeTimes } from "../rejudge/rejudge.ts";
import type { EventWriter } from "../watch/events.ts";

/** Running process of `douane serve`, of whatever role. */
export interface RunningProcess {
  /** `https://HOST:PORT`; of a role that no API server asks, `http://…` */
  readonly origin: string;
  /** `http://HOST:PORT` of the metrics; absent without metrics. */
  readonly metricsOrigin?: string;
  /** Records findings of a watcher as decisions of this process. Resolves when the record is durable. */
  record(decision: Decision): Promise<void>;
  /**
   * Judges with these vulnerability data from now on. The previous data are closed once no examination uses
   * them.
   */
  useData(data: VulnerabilityDatabase): Promise<void>;
  /** Judges running subjects again and reports changes, until the signal ends it. Never rejects. */
  rejudge(events: Pick<EventWriter, "write">, signal: AbortSignal, times?: RejudgeTimes): Promise<void>;
  /** Reports that the process is not ready, answers remaining requests, gives unfinished work back, and stops. */
  drain(): Promise<void>;
}
