import { serveHealth } from "../http/health-server.ts";
import type { Listen } from "../http/https-server.ts";
import { startMetrics } from "../metrics/metrics-server.ts";
import { processMetrics } from "../metrics/process-metrics.ts";
import type { JudgingPorts, JudgingSettings } from "./judging.ts";
import { LiveJudging } from "./live-judging.ts";
import { processState, storeProblems } from "./process-state.ts";
import { rejudgeBy } from "./rejudging.ts";
import type { RunningProcess } from "./running-process.ts";
import type { ExaminationQueue } from "./start-examinations.ts";

/** Settings of a process that no API server asks. */
export interface BackgroundSettings extends JudgingSettings {
  readonly listen: Listen;
  /** Port of the metrics, in plain HTTP; absent: none. */
  readonly metrics?: Listen;
}

export interface BackgroundPorts extends JudgingPorts {
  readonly queue: ExaminationQueue;
}

/**
 * Starts a process that works for others: takes examinations from their queue, or judges again what runs. HTTP tells
 * whether it is ready, and nothing else.
 *
 * @throws UnavailableError server-port
 */
export async function serveBackground(
  settings: BackgroundSettings,
  ports: BackgroundPorts,
): Promise<RunningProcess> {
  const { store, log } = ports;
  let isDraining = false;
  const health = await serveHealth(settings.listen, async () => [
    ...(isDraining ? ["the server stops"] : []),
    ...(await storeProblems(store)),
  ]);
  const judging = new LiveJudging(settings, ports);
  const text = async () => processMetrics(await processState(ports, () => judging.queue()));
  const scraped = settings.metrics && (await startMetrics(text, settings.metrics, log));
  return {
    origin: health.origin,
    ...(scraped === undefined ? {} : { metricsOrigin: scraped.origin }),
    record: (decision) => store.record(decision),
    useData: (data) => judging.use(data),
    rejudge: (events, signal) => rejudgeBy(judging, settings.policy, ports, events, signal),
    async drain() {
      isDraining = true;
      await judging.close();
      await scraped?.close();
      await health.close();
    },
  };
}
