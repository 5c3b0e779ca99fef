import { type Finding, isInImage } from "../../contract/finding.ts";
import { foundIn, outcomeOf } from "../../contract/outcome-of.ts";
import type { RuleId } from "../../contract/rows.ts";
import { defineRule, type Outcome, type Rule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import type { StartableImage } from "../../start/startable-image.ts";
import type { StartRule } from "../start/start-rule.ts";
import { unreadImages } from "./unread-images.ts";

const IMAGE_READ: Text = {
  fr: "l'image a été lue : la règle qui la juge dit aussi ce que fait le manifeste",
  en: "the image was read: the rule that judges it tells what the manifest does, too",
};
const NOTHING: Text = {
  fr: "rien de tel dans le manifeste ; l'image n'a pas été lue",
  en: "nothing of the kind in the manifest; the image was not read",
};

/**
 * Derives a rule for manifests whose image was not read from a rule for images with manifests, with the same
 * code. The derived rule reports findings caused by the manifest's command, args and env, and proves nothing.
 */
export function manifestRule(id: RuleId, sibling: StartRule): Rule<"workload" | "placement", "image"> {
  return defineRule({
    id,
    rows: sibling.rows,
    title: {
      fr: `${sibling.title.fr}, d'après le manifeste seul`,
      en: `${sibling.title.en} (judged from the manifest alone)`,
    },
    why: sibling.why,
    remedy: sibling.remedy,
    needs: ["workload", "placement"],
    uses: ["image"],
    check({ workload, placement, image }) {
      if (image !== undefined) return { status: "n/a", reason: IMAGE_READ };
      const judge = (unread: StartableImage): Outcome =>
        sibling.check({ image: unread, placement, workload });
      const [first, ...others] = unreadImages(placement.spec);
      return inManifest(id, judge(first), others.map(judge));
    },
  });
}

/** Findings caused by the manifest alone, under every possible reading of the manifest. */
function inManifest(id: RuleId, outcome: Outcome, others: readonly Outcome[]): Outcome {
  const known = (finding: Finding): boolean =>
    finding.at !== undefined &&
    !isInImage(finding.at) &&
    others.every((other) => {
      const { findings, notes } = foundIn(other);
      return [...findings, ...notes].some(({ fingerprint }) => fingerprint === finding.fingerprint);
    });
  const named = (findings: readonly Finding[]): readonly Finding[] =>
    findings
      .filter(known)
      .map((finding) => ({ ...finding, fingerprint: finding.fingerprint.replace(/^[^:]*/, id) }));
  const { findings, presumed, notes } = foundIn(outcome);
  return outcomeOf(
    { findings: named(findings), presumed, notes: named(notes) },
    { status: "n/a", reason: NOTHING },
  );
}
