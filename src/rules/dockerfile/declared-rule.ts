import type { Finding } from "../../contract/finding.ts";
import { foundIn, outcomeOf } from "../../contract/outcome-of.ts";
import type { RuleId } from "../../contract/rows.ts";
import { defineRule, type Outcome, type Rule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { declaredImage, placeOf } from "../../dockerfile/declared-image.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import type { StartRule } from "../start/start-rule.ts";

const NOTHING: Text = {
  fr: "rien de tel dans ce que le Dockerfile déclare",
  en: "nothing of the kind in what the Dockerfile declares",
};

/**
 * Derives a rule for Dockerfiles from a rule for images, by the same code. Doubts of the image rule that only
 * come from missing files are dropped.
 */
export function declaredRule(id: RuleId, sibling: StartRule): Rule<"dockerfile", never> {
  return defineRule({
    id,
    rows: sibling.rows,
    title: {
      fr: `${sibling.title.fr}, d'après le Dockerfile seul`,
      en: `${sibling.title.en} (judged from the Dockerfile)`,
    },
    why: sibling.why,
    remedy: sibling.remedy,
    needs: ["dockerfile"],
    check: ({ dockerfile: facts }) =>
      unlessRefused(facts, (dockerfile) => asDeclared(id, dockerfile, sibling)),
  });
}

function asDeclared(id: RuleId, dockerfile: BuildableDockerfile, sibling: StartRule): Outcome {
  const outcome = sibling.check({ image: declaredImage(dockerfile) });
  const place = (finding: Finding): Finding => placed(id, dockerfile, finding);
  const { findings, presumed, notes } = foundIn(outcome);
  return outcomeOf({ findings: findings.map(place), presumed, notes: notes.map(place) }, NOTHING);
}

/** The finding under this rule's name, at the instruction that causes it. */
function placed(
  id: RuleId,
  { file, final }: BuildableDockerfile,
  { at, fingerprint, ...finding }: Finding,
): Finding {
  return {
    ...finding,
    fingerprint: fingerprint.replace(/^[^:]*/, id),
    at: { file, ...placeOf(final, at?.path) },
  };
}
