/**
 * A declared probe that was sent again at the end of a phase, after the last requests: the kubelet sends it for as
 * long as the container runs, and restarts the container, or takes it out of its Service, after failures in a row.
 */
export interface LateProbeEvent {
  readonly kind: "late-probe";
  readonly why: "readiness" | "liveness";
  /** Action of the probe: `GET :8080/healthz`, `tcp 8080`, `grpc 9090 app`, `exec cat /tmp/live`. */
  readonly does: string;
  /** Whether the probe succeeded; if not, each time it was sent. */
  readonly ok: boolean;
  /** Last answer of a probe that failed: `500`, `timeout`, `NOT_SERVING`, `exit 1`. */
  readonly error?: string;
  /** Number of times that the probe was sent. */
  readonly tries: number;
  /** Time for which it was sent, in milliseconds. */
  readonly tookMs: number;
}
