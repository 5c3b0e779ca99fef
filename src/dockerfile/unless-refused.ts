import type {
  DockerfileFacts,
  DockerfileProblem,
  FinalFacts,
  SearchedDockerfile,
} from "../contract/dockerfile-facts.ts";
import type { Outcome } from "../contract/rule.ts";
import type { Text } from "../contract/text.ts";

/** A Dockerfile that BuildKit accepts, and which therefore has a last stage. */
export interface BuildableDockerfile extends SearchedDockerfile {
  readonly final: FinalFacts;
}

/** Outcome of `judge`, or unproven if BuildKit refuses to build the file. */
export function unlessRefused(
  facts: DockerfileFacts,
  judge: (dockerfile: BuildableDockerfile) => Outcome,
): Outcome {
  const { refused, final } = facts;
  const [problem] = refused;
  // The object is not copied, since caches of other rules are keyed by it.
  if (problem === undefined && final !== undefined) return judge(facts as BuildableDockerfile);
  return {
    status: "unproven",
    reason: problem === undefined ? NO_STAGE : refusal(problem),
    settle: {
      fr: "Corriger le Dockerfile, puis relancer douane.",
      en: "Correct the Dockerfile, then run douane again.",
    },
  };
}

const NO_STAGE: Text = {
  fr: "le Dockerfile n'a pas d'étape finale",
  en: "the Dockerfile has no final stage",
};

function refusal({ message, at }: DockerfileProblem): Text {
  return {
    fr: `BuildKit refuse ce Dockerfile, ligne ${at.line} : ${message.fr}`,
    en: `BuildKit refuses this Dockerfile, line ${at.line}: ${message.en}`,
  };
}
