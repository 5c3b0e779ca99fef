import { quoted } from "../../contract/shown.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { TrustedSigner } from "./signer-problem.ts";
import type { SignedStatement } from "./signers.ts";
import type { StatedProvenance } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";

/** Fields of a build that both a provenance and a certificate may name. */
type NamedBuild = Pick<StatedProvenance, "source" | "commit" | "ref">;

/**
 * Signers whose certificate does not contradict the provenance that they signed; or the last contradiction.
 * The job writes the statement, whereas the forge's token states the claims: source, commit and reference
 * must agree if both name them.
 */
export function consistentSigners(
  { signers }: SignedStatement,
  stated: NamedBuild,
): Pick<SignedStatement, "signers"> | Ignored {
  const problems = signers.map((one) => contradiction(one, stated));
  const consistent = signers.filter((_, index) => problems[index] === undefined);
  return consistent.length > 0 ? { signers: consistent } : (problems.at(-1) ?? { signers });
}

function contradiction(signer: TrustedSigner, stated: NamedBuild): Ignored | undefined {
  if (signer.kind === "key") return undefined;
  for (const field of ["source", "commit", "ref"] as const) {
    const [claimed, named] = [signer.claims[field], stated[field]];
    if (claimed !== undefined && named !== undefined && claimed !== named)
      return contradicted(field, claimed, named);
  }
  return undefined;
}

function contradicted(field: keyof NamedBuild, claimed: string, stated: string): Ignored {
  const [first, second] = [quoted(statedValue(stated)), quoted(statedValue(claimed))];
  const words = {
    source: { fr: "la source", en: "source" },
    commit: { fr: "le commit", en: "commit" },
    ref: { fr: "la référence Git", en: "Git reference" },
  }[field];
  return ignored(`certificate-${field}`, {
    fr: `la provenance nomme ${words.fr} ${first}, le certificat de son signataire ${second}`,
    en: `the provenance names ${words.en} ${first}, its signer's certificate ${second}`,
  });
}

/** Git reference for which a signer's certificate was issued, if its project is this source. */
export function certificateRef(
  { signers }: Pick<SignedStatement, "signers">,
  source: string,
): string | undefined {
  return signers.flatMap((one) =>
    one.kind === "certificate" && one.claims.source === source ? [one.claims.ref] : [],
  )[0];
}

/** Project of the certificates of counted signers; undefined if one is a key, or states no project. */
export function certificateSource(
  { signers }: Pick<SignedStatement, "signers">,
  allowed: readonly string[],
): string | undefined {
  const sources = signers
    .filter(({ signer }) => allowed.includes(signer))
    .map((one) => (one.kind === "certificate" ? one.claims.source : undefined));
  return sources.includes(undefined) ? undefined : sources[0];
}

/** Commit for which a signer's certificate was issued, if its project is this source. */
export function certificateCommit({ signers }: SignedStatement, source: string): string | undefined {
  return signers.flatMap((one) =>
    one.kind === "certificate" && one.claims.source === source ? [one.claims.commit] : [],
  )[0];
}

/**
 * Reason why a scan does not belong to this source: the policy lets a whole group of projects sign, and the
 * certificate is of another project than the image's. A signer that the policy names exactly may be of
 * another project.
 *
 * @param allowed signers whose statements count
 */
export function otherProject(
  { signers }: SignedStatement,
  allowed: readonly string[],
  source: string,
): Ignored | undefined {
  const counted = signers.filter(({ signer }) => allowed.includes(signer));
  if (counted.some((one) => one.kind === "key" || one.isExact || one.claims.source === source))
    return undefined;
  return ignored("certificate-source", {
    fr: `signée par un autre projet que celui de l'image (${quoted(statedValue(source))})`,
    en: `signed by another project than the image's (${quoted(statedValue(source))})`,
  });
}
