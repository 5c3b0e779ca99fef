import type { Collected, Kind } from "./evidence.ts";
import { restrictedImage, restrictFiles } from "./restrict-files.ts";
import type { AnyRule, Outcome } from "./rule.ts";

/** Result of one rule: its outcome, or the error that it threw. */
export interface Evaluation {
  readonly rule: AnyRule;
  readonly outcome: Outcome | { readonly status: "error"; readonly message: string };
}

/** Runs the rules whose evidence was collected; the other rules are omitted and prove nothing. */
export function evaluate(rules: readonly AnyRule[], collected: Collected): readonly Evaluation[] {
  if (collected.image !== undefined) restrictFiles(collected.image, rules);
  return rules
    .filter((rule) => rule.needs.every((kind: Kind) => collected[kind] !== undefined))
    .map((rule) => ({ rule, outcome: run(rule, collected) }));
}

/** Evidence for a rule. Of the image's files, only those that the rule selects. */
export function evidenceFor<E extends Pick<Collected, "image">>(
  { files }: Pick<AnyRule, "files">,
  collected: E,
): E {
  const { image } = collected;
  return image === undefined ? collected : { ...collected, image: restrictedImage(image, files) };
}

function run(rule: AnyRule, collected: Collected): Evaluation["outcome"] {
  try {
    return rule.check(evidenceFor(rule, collected));
  } catch (error) {
    return { status: "error", message: error instanceof Error ? error.message : String(error) };
  }
}
