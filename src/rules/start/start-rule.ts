import { defineRule, type Outcome, type Rule } from "../../contract/rule.ts";
import type { StartEvidence } from "../../start/started-image.ts";

/**
 * A rule that judges how a container starts: an image alone, or together with its manifest. It reads
 * no more of the image than a start depends on, so that what a Dockerfile declares, or a manifest tells
 * of an image that was not read, can be judged by it, too.
 */
export interface StartRule extends Omit<Rule<"image", "placement" | "workload">, "check"> {
  check(evidence: StartEvidence): Outcome;
}

export function defineStartRule(rule: Omit<StartRule, "needs" | "uses">): StartRule {
  return defineRule({ ...rule, needs: ["image"], uses: ["placement", "workload"] });
}
