import type { QueueState } from "../examine/examinations.ts";
import { simpleMetric } from "./exposition.ts";

/** State of a process at the time of a scrape. */
export interface ProcessState {
  readonly isStoreReady: boolean;
  /** Absent if the queue cannot be read. */
  readonly examinations?: QueueState | undefined;
}

/** Metrics that a process of every role has, in the text format of Prometheus. */
export function processMetrics({ isStoreReady, examinations }: ProcessState): string {
  const memory = process.memoryUsage.rss();
  const { user, system } = process.cpuUsage();
  return [
    simpleMetric(
      { name: "douane_store_ready", help: "Whether verdicts can be read and decisions recorded." },
      "gauge",
      { "": Number(isStoreReady) },
    ),
    ...(examinations === undefined ? [] : queueMetrics(examinations)),
    simpleMetric(
      { name: "process_resident_memory_bytes", help: "Resident memory of the process." },
      "gauge",
      { "": memory },
    ),
    simpleMetric({ name: "process_cpu_seconds_total", help: "Processor time of the process." }, "counter", {
      "": (user + system) / 1e6,
    }),
  ].join("");
}

function queueMetrics({ waiting, running, oldestSeconds }: QueueState): readonly string[] {
  return [
    simpleMetric(
      {
        name: "douane_examinations",
        help: "Examinations that wait or are under way; with a database, of all replicas.",
      },
      "gauge",
      { waiting, running },
      "state",
    ),
    simpleMetric(
      {
        name: "douane_examinations_oldest_seconds",
        help: "Time since the oldest of these examinations was asked for; 0 if there are none.",
      },
      "gauge",
      { "": Math.round(oldestSeconds * 10) / 10 },
    ),
  ];
}
