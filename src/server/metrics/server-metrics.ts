import type { OwnCertificate } from "../authority/own-certificate.ts";
import type { DecisionKind } from "../decision-kinds.ts";
import type { ServerCertificate } from "../http/certificate.ts";
import { Histogram, simpleMetric } from "./exposition.ts";
import { type ProcessState, processMetrics } from "./process-metrics.ts";

/** State of a server at the time of a scrape. */
export interface ServerState extends ProcessState {
  readonly certificate: Pick<ServerCertificate, "until"> & Partial<Pick<OwnCertificate, "authority">>;
}

const DAY_MS = 86_400_000;
/**
 * Bounds in seconds: a known verdict takes one or two milliseconds; an examination can take the webhook's
 * whole timeout.
 */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics of one server since its start. No label contains a namespace, a workload or an image. */
export class ServerMetrics {
  readonly #decisions: Record<DecisionKind, number> = {
    admitted: 0,
    refused: 0,
    exempt: 0,
    reported: 0,
    warned: 0,
    observed: 0,
    released: 0,
    release: 0,
    grace: 0,
    changed: 0,
  };
  readonly #unrecorded: Record<DecisionKind, number> = { ...this.#decisions };
  readonly #durations = new Histogram(
    { name: "douane_admission_duration_seconds", help: "Time of reviews, by webhook." },
    "webhook",
    BOUNDS,
  );

  /** Counts a decision that was answered, or refused, without a record. */
  unrecorded(kind: DecisionKind): void {
    this.#unrecorded[kind] += 1;
  }

  decided(kind: DecisionKind): void {
    this.#decisions[kind] += 1;
  }

  /**
   * Measures the duration of a review.
   *
   * @param now milliseconds of a monotonic clock
   */
  async timed<T>(
    webhook: "mutate" | "validate",
    work: () => Promise<T>,
    now = () => performance.now(),
  ): Promise<T> {
    const start = now();
    try {
      return await work();
    } finally {
      this.#durations.observe(webhook, (now() - start) / 1000);
    }
  }

  /**
   * All metrics in the text format of Prometheus.
   *
   * @param now milliseconds, as Date.now()
   */
  text(state: ServerState, now: number): string {
    const days = (until: number) => Math.round(((until - now) / DAY_MS) * 100) / 100;
    const { certificate } = state;
    const { until, trust } = certificate.authority ?? {};
    return [
      simpleMetric(
        { name: "douane_decisions_total", help: "Decisions that were recorded, by kind." },
        "counter",
        this.#decisions,
        "kind",
      ),
      simpleMetric(
        {
          name: "douane_decisions_unrecorded_total",
          help: "Decisions that could not be recorded, by kind.",
        },
        "counter",
        this.#unrecorded,
        "kind",
      ),
      this.#durations.text(),
      simpleMetric(
        {
          name: "douane_certificate_days_to_expiry",
          help: "Days until the certificate of the server, and its own authority, end.",
        },
        "gauge",
        {
          server: days(certificate.until),
          ...(until === undefined ? {} : { authority: days(until) }),
        },
        "certificate",
      ),
      simpleMetric(
        { name: "douane_authority_trusted", help: "Whether every webhook trusts the server's authority." },
        "gauge",
        trust === undefined ? {} : { "": Number(trust !== "untrusted") },
      ),
      processMetrics(state),
    ].join("");
  }
}
