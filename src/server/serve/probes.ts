import type { QueueState } from "../examine/examinations.ts";
import { serveHealth } from "../http/health-server.ts";
import type { Listen } from "../http/https-server.ts";
import type { Log } from "../log.ts";
import { startMetrics } from "../metrics/metrics-server.ts";
import { processMetrics } from "../metrics/process-metrics.ts";
import type { Store } from "../ports.ts";
import { processState, storeProblems } from "./process-state.ts";
import type { RunningProcess } from "./running-process.ts";

/** Addresses of a process that no API server asks. */
export interface ProbeSettings {
  readonly listen: Listen;
  /** Port of the metrics, in plain HTTP; absent: none. */
  readonly metrics?: Listen;
}

/** Health and metrics of a process that no API server asks. */
export interface Probes {
  readonly origins: Pick<RunningProcess, "origin" | "metricsOrigin">;
  /** Says that the process stops, waits until its work has ended, and stops answering. */
  drain(end: () => Promise<void>): Promise<void>;
}

/** @throws UnavailableError server-port */
export async function startProbes(
  settings: ProbeSettings,
  ports: { readonly store: Pick<Store, "isReady">; readonly log: Log },
  queue: () => Promise<QueueState>,
  otherMetrics: () => string = () => "",
): Promise<Probes> {
  let isDraining = false;
  const health = await serveHealth(settings.listen, async () => [
    ...(isDraining ? ["the server stops"] : []),
    ...(await storeProblems(ports.store)),
  ]);
  const text = async () => processMetrics(await processState(ports, queue)) + otherMetrics();
  const scraped = settings.metrics && (await startMetrics(text, settings.metrics, ports.log));
  return {
    origins: {
      origin: health.origin,
      ...(scraped === undefined ? {} : { metricsOrigin: scraped.origin }),
    },
    async drain(end) {
      isDraining = true;
      await end();
      await scraped?.close();
      await health.close();
    },
  };
}
