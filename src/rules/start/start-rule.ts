import { defineRule, type Outcome, type Rule } from "../../contract/rule.ts";
import type { StartEvidence } from "../../start/started-image.ts";

/**
 * A rule about the start of a container, for an image alone or with its manifest. The rule reads only the
 * facts that a start depends on, so it can also judge a Dockerfile's declarations, or a manifest whose image
 * was not read.
 */
export interface StartRule extends Omit<Rule<"image", "placement" | "workload">, "check"> {
  check(evidence: StartEvidence): Outcome;
}

export function defineStartRule(rule: Omit<StartRule, "needs" | "uses">): StartRule {
  return defineRule({ ...rule, needs: ["image"], uses: ["placement", "workload"] });
}
