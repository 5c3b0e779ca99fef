import type {
  AttestationPolicy,
  BuildLevel,
  ProvenanceRequirement,
  TrustedBuilder,
} from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import { matchesBuilder } from "../names/policy-patterns.ts";
import { ageProblem, CLOCK_SKEW_MS, timeOf } from "./age.ts";
import { certificateRef, consistentSigners } from "./certificate-claims.ts";
import type { Ignored } from "./ignored.ts";
import { ignored } from "./ignored.ts";
import { notaryProblem, recordContradiction } from "./notary-problem.ts";
import { countedSigners, type SignedStatement, signedOn } from "./signers.ts";
import { type StatedProvenance, statedProvenance } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";
import { unacceptedCode } from "./unaccepted-code.ts";

/** Provenance whose signer and builder the policy accepts, with the level that the policy grants. */
export interface AcceptedProvenance extends StatedProvenance {
  readonly statement: SignedStatement;
  readonly signer: string;
  readonly level: BuildLevel;
}

/** @param at milliseconds since 1970 */
export function acceptedProvenance(
  statement: SignedStatement,
  policy: AttestationPolicy,
  at: number,
): AcceptedProvenance | Ignored {
  const requirement: ProvenanceRequirement = policy.statements.provenance ?? { signers: [] };
  const anySigners = countedSigners(statement, requirement.signers, policy, at);
  if ("code" in anySigners) return anySigners;
  const { predicate } = statement.statement;
  const unaccepted = notaryProblem(predicate) ?? unacceptedCode(predicate);
  if (unaccepted !== undefined) return unaccepted;
  const stated = statedProvenance(statement.statement);
  if ("code" in stated) return stated;
  const contradicted = recordContradiction(predicate, stated);
  if (contradicted !== undefined) return contradicted;
  const consistent = consistentSigners(statement, stated);
  if ("code" in consistent) return consistent;
  const signers = countedSigners(consistent, requirement.signers, policy, at);
  if ("code" in signers) return signers;
  const pair = bestBuilder(policy.builders, signers, stated.builder);
  if (pair === undefined) return builderNotAllowed(stated.builder, signers);
  const { minimumLevel = 1, maximumAgeDays } = requirement;
  if (pair.level < minimumLevel) return levelTooLow(pair.level, minimumLevel);
  const built = timeOf(stated.finishedOn ?? stated.startedOn);
  const signed = signedOn(statement);
  if (built !== undefined && signed !== undefined && built > signed + CLOCK_SKEW_MS) return SIGNED_BEFORE_END;
  const old = ageProblem(stated.finishedOn ?? stated.startedOn, maximumAgeDays, at);
  const ref = stated.ref ?? certificateRef(consistent, stated.source);
  return (
    old ?? {
      ...stated,
      ...(ref === undefined ? {} : { ref }),
      statement,
      signer: pair.signer,
      level: pair.level,
    }
  );
}

/** Entry with the highest level for any of the signers with this builder. */
function bestBuilder(
  builders: readonly TrustedBuilder[],
  signers: readonly string[],
  builder: string,
): TrustedBuilder | undefined {
  const [best] = builders
    .filter(({ signer, id }) => signers.includes(signer) && matchesBuilder(id, builder))
    .toSorted((a, b) => b.level - a.level || (a.signer < b.signer ? -1 : 1));
  return best;
}

function builderNotAllowed(builder: string, signers: readonly string[]): Ignored {
  const [seen, names] = [quoted(statedValue(builder)), signers.map(quoted).join(", ")];
  return ignored("builder-not-allowed", {
    fr: `la politique ne connaît pas le builder ${seen} signé par ${names}`,
    en: `the policy does not list builder ${seen} signed by ${names}`,
  });
}

function levelTooLow(level: BuildLevel, minimum: BuildLevel): Ignored {
  return ignored("level-too-low", {
    fr: `niveau de build ${level}, la politique demande ${minimum}`,
    en: `build level ${level}, the policy demands ${minimum}`,
  });
}

const SIGNED_BEFORE_END = ignored("signed-before-end", {
  fr: "signée avant la fin du build qu'elle déclare",
  en: "signed before the end of the build that it states",
});
