import type { AnyRule } from "../contract/rule.ts";
import { trialSeccomp } from "./trial/1.1-trial-seccomp.ts";
import { trialLogs } from "./trial/1.2-trial-logs.ts";
import { trialReadOnlyRoot } from "./trial/1.2-trial-read-only-root.ts";
import { trialState } from "./trial/1.2-trial-state.ts";
import { trialHealth } from "./trial/1.3-trial-health.ts";
import { trialListen } from "./trial/1.3-trial-listen.ts";
import { trialStaticAddress } from "./trial/1.3-trial-static-address.ts";
import { trialEnvironment } from "./trial/1.4-trial-environment.ts";
import { trialReplica } from "./trial/1.4-trial-replica.ts";
import { trialRestart } from "./trial/1.4-trial-restart.ts";
import { trialStop } from "./trial/1.4-trial-stop.ts";
import { acrossTrials } from "./trial/across-trials.ts";
import { asDeployed } from "./trial/as-deployed.ts";

/** Rules that need a trial, in the contract's order. */
export const TRIAL_RULES: readonly AnyRule[] = [
  trialSeccomp,
  trialReadOnlyRoot,
  trialLogs,
  trialState,
  trialListen,
  trialHealth,
  trialStaticAddress,
  trialEnvironment,
  trialStop,
  trialRestart,
  trialReplica,
];

/** The rule as it judges trials: as deployed, and joined if a container has several trials. */
export function onTrials(rule: AnyRule): AnyRule {
  return acrossTrials(asDeployed(rule));
}
