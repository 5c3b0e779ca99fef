import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { ProbeResult } from "../../observations/probe-results.ts";
import { notLookedAt } from "../../observations/requests.ts";

/** Outcome for a redirected probe of an older trial, which has no record of the redirection's target. */
export function unfollowed(trial: TrialFacts, results: readonly ProbeResult[]): Outcome | undefined {
  return results.some((result) => openRedirection(result) !== undefined)
    ? notLookedAt(trial, "redirections")
    : undefined;
}

/**
 * Note for a probe that is redirected to another host: the kubelet does not follow, counts the redirection as
 * success and records the warning ProbeWarning (pkg/probe/http/http.go, RedirectChecker).
 */
export function redirectedAway(rule: RuleId, result: ProbeResult): readonly Finding[] {
  const location = openRedirection(result);
  if (location === undefined) return [];
  const [probe, to] = [`${result.why}Probe ${excerpt(result.does)}`, excerpt(location)];
  return [
    {
      message: {
        fr: `${probe} est redirigée vers un autre hôte (${to}), que le kubelet n'interroge pas : la sonde aboutit quel que soit l'état de l'application`,
        en: `${probe} is redirected to another host (${to}), which the kubelet does not ask: the probe succeeds whatever the application's state`,
      },
      remedy: {
        fr: "Répondre à la sonde elle-même, sans redirection.",
        en: "Answer the probe itself, without a redirection.",
      },
      fingerprint: fingerprint(rule, "redirected", result.why, result.does),
    },
  ];
}

/** Location of a redirection that the trial did not follow. */
function openRedirection({ http }: ProbeResult): string | undefined {
  if (http?.redirected !== undefined || !REDIRECTIONS.has(http?.status)) return undefined;
  return http?.location;
}

const REDIRECTIONS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
