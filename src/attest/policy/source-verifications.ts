// Verification summary of a source revision: https://slsa.dev/spec/v1.2/source-requirements (its subject is a Git commit,
// its levels are SLSA_SOURCE_LEVEL_n).

import type { IgnoredAttestation } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy, SourceRequirement } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { listAt, textAt } from "../../json/fields.ts";
import { ageProblem } from "./age.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { AcceptedProvenance } from "./judge-provenance.ts";
import { countedSigners, type SignedStatement } from "./signers.ts";
import { gitUri } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";

/** Source that a provenance names. */
type BuiltSource = Pick<AcceptedProvenance, "source" | "commit">;

/** A summary that counts for a source. */
interface Verified {
  readonly level: number;
  readonly signer: string;
}

/**
 * Verification summaries of sources beside an image. If the policy names signers for `source`, summaries are
 * required; otherwise they are not read. The signer has judged the source's history: the provenance's commit
 * is then accepted by the project.
 */
export class SourceVerifications {
  readonly #summaries: readonly SignedStatement[];
  readonly #policy: AttestationPolicy;
  readonly #required: SourceRequirement | undefined;
  readonly #at: number;

  /** @param at milliseconds since 1970 */
  constructor(summaries: readonly SignedStatement[], policy: AttestationPolicy, at: number) {
    const distinct = [...new Map(summaries.map((one) => [one.name, one])).values()];
    this.#summaries = distinct.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#policy = policy;
    this.#required = policy.statements.source;
    this.#at = at;
  }

  /**
   * Reason why a provenance's source is not verified; undefined if it is verified, or verification is not
   * required.
   */
  problemOf(built: BuiltSource): Ignored | undefined {
    if (this.#required === undefined || this.#best(built) !== undefined) return undefined;
    return ignored("source-unverified", {
      fr: `la politique demande que le commit ${built.commit} soit vérifié (source, SLSA source track), et aucune vérification ne compte`,
      en: `the policy demands a verification of commit ${built.commit} (source, SLSA source track), and none counts`,
    });
  }

  /** Words about the source, appended to the text about a provenance that passed. */
  wordOf(built: BuiltSource): Text {
    const best = this.#best(built);
    if (best === undefined) return { fr: "", en: "" };
    const { level, signer } = best;
    return {
      fr: `, source de niveau ${level} d'après ${signer}`,
      en: `, source level ${level} by ${signer}`,
    };
  }

  /** Summaries that count for none of these sources, each with the reason for the first source. */
  refusedFor([first, ...others]: readonly BuiltSource[]): readonly IgnoredAttestation[] {
    if (this.#required === undefined || first === undefined) return [];
    return this.#summaries.flatMap((one) => {
      const results = [first, ...others].map((built) => this.#judged(one, built));
      const [problem] = results;
      if (problem === undefined || results.some((result) => !("code" in result))) return [];
      return "code" in problem ? [{ name: one.name, code: problem.code, text: problem.text }] : [];
    });
  }

  /** Verification with the highest level. */
  #best(built: BuiltSource): Verified | undefined {
    const results = this.#summaries.map((one) => this.#judged(one, built));
    const [best] = results
      .flatMap((result) => ("code" in result ? [] : [result]))
      .toSorted((a, b) => b.level - a.level || (a.signer < b.signer ? -1 : 1));
    return best;
  }

  #judged(one: SignedStatement, { source, commit }: BuiltSource): Verified | Ignored {
    const { signers: allowed, minimumLevel = 1, maximumAgeDays } = this.#required ?? { signers: [] };
    const signers = countedSigners(one, allowed, this.#policy, this.#at);
    if ("code" in signers) return signers;
    const { predicate, commits = [] } = one.statement;
    if (textAt(predicate, "verificationResult") !== "PASSED") return FAILED;
    if (commits.length !== 1 || commits[0] !== commit) return otherCommit(commits);
    const resource = textAt(predicate, "resourceUri") ?? "";
    if (gitUri(resource).uri !== source) return otherSource(resource);
    const level = levelOf(listAt(predicate, "verifiedLevels"));
    if (level < minimumLevel) return levelTooLow(level, minimumLevel);
    const old = ageProblem(textAt(predicate, "timeVerified"), maximumAgeDays, this.#at);
    return old ?? { level, signer: signers[0] };
  }
}

/**
 * Highest source level that a summary verifies; 0 if none. Levels of other tracks and unknown levels are
 * ignored.
 */
function levelOf(levels: readonly unknown[]): number {
  const found = levels.map((one) => /^SLSA_SOURCE_LEVEL_([1-4])$/.exec(String(one))?.[1] ?? "0");
  return Math.max(0, ...found.map(Number));
}

const FAILED = ignored("source-verdict-failed", {
  fr: "la vérification de la source est un refus",
  en: "the verification of the source is a refusal",
});

function otherCommit([first, ...others]: readonly string[]): Ignored {
  const seen = others.length === 0 ? (first ?? "?") : `${first}…`;
  return ignored("other-commit", {
    fr: `elle porte sur un autre commit que celui du build (${seen}), ou sur plusieurs`,
    en: `it is about another commit than the build's (${seen}), or about several`,
  });
}

function otherSource(resource: string): Ignored {
  const seen = quoted(statedValue(resource));
  return ignored("other-source", {
    fr: `elle porte sur ${seen}, et non sur le projet de la provenance`,
    en: `it is about ${seen}, not about the provenance's project`,
  });
}

function levelTooLow(level: number, minimum: number): Ignored {
  return ignored("source-level-too-low", {
    fr: `niveau de source ${level}, la politique demande ${minimum}`,
    en: `source level ${level}, the policy demands ${minimum}`,
  });
}
