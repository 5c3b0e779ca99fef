import { resolve } from "node:path";
import { assertedProvenance } from "../../attest/predicates/asserted-slsa-provenance.ts";
import { predicateFromFile, sbomPredicate } from "../../attest/predicates/predicate-file.ts";
import { UsageError } from "../../contract/error.ts";
import type { Context } from "../process/context.ts";
import { readInputBytes } from "../process/input-file.ts";
import type { AttestValues } from "./flags.ts";
import { NOTARISED_PROVENANCE } from "./notary.ts";
import type { RequestedPredicate } from "./placed-predicates.ts";

/**
 * Predicates that the options ask for.
 *
 * @throws UsageError predicate-without-type, and those of each predicate
 */
export async function requestedPredicates(
  { env, cwd }: Context,
  values: AttestValues,
): Promise<readonly RequestedPredicate[]> {
  const { provenance, sbom, predicate, type } = values;
  const read = (file: string) => readInputBytes(resolve(cwd, file), file, "attestationBytes");
  if ((predicate === undefined) !== (type === undefined)) throw unpaired();
  const predicates: RequestedPredicate[] = [];
  if (provenance) {
    const stated = values.via === undefined ? assertedProvenance(env, values) : NOTARISED_PROVENANCE;
    predicates.push({ predicate: stated });
  }
  for (const { file, ...place } of sbom)
    predicates.push({ predicate: sbomPredicate(await read(file), file), ...place });
  if (predicate !== undefined && type !== undefined) {
    predicates.push({ predicate: predicateFromFile(await read(predicate), type, predicate) });
  }
  return predicates;
}

function unpaired(): UsageError {
  return new UsageError("predicate-without-type", {
    fr: "--predicate FICHIER et --type URI vont ensemble.",
    en: "--predicate FILE and --type URI go together.",
  });
}
