import type { Text } from "../../contract/text.ts";
import type { RawTrial, TrialObservation } from "../../contract/trial-facts.ts";

/** Time that the kubelet leaves after preStop, whatever the grace period: minimumGracePeriodInSeconds. */
const LEAST_MS = 2_000;

type Stop = Extract<TrialObservation, { readonly kind: "exit" }>;

/**
 * Difference for a stop that took longer than the judged manifest allows: the grace period minus preStop,
 * which the kubelet counts within it (kuberuntime_container.go, killContainer).
 *
 * @param graceMs terminationGracePeriodSeconds in milliseconds; absent for an image alone
 */
export function slowerStop(
  { observations }: Pick<RawTrial, "observations">,
  graceMs: number = Number.POSITIVE_INFINITY,
): readonly Text[] {
  const stops = observations.filter((one): one is Stop => one.kind === "exit" && one.by === "stop");
  const late = stops.find((stop) => {
    const left = graceMs - preStopMs(observations);
    return stop.afterMs > Math.max(left, Math.min(graceMs, LEAST_MS));
  });
  if (late === undefined) return [];
  const [took, before, allowed] = [late.afterMs, preStopMs(observations), graceMs].map((ms) => seconds(ms));
  const fr = before === "0" ? "" : `, après ${before} s de preStop`;
  const en = before === "0" ? "" : `, after ${before} s of preStop`;
  return [
    {
      fr: `l'application a mis ${took} s à s'arrêter${fr}, et terminationGracePeriodSeconds en donne ${allowed}`,
      en: `the application took ${took} s to stop${en}, and terminationGracePeriodSeconds gives ${allowed}`,
    },
  ];
}

/** Longest preStop of any phase: a hook that only waits is performed once. */
function preStopMs(observations: readonly TrialObservation[]): number {
  const hooks = observations.map((one) => (one.kind === "hook" && one.hook === "preStop" ? one.tookMs : 0));
  return Math.max(0, ...hooks);
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 100) / 10}`;
}
