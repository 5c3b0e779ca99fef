import { resolve } from "node:path";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import { assertedProvenance } from "../../attest/predicates/asserted-slsa-provenance.ts";
import { predicateFromFile, sbomPredicate } from "../../attest/predicates/predicate-file.ts";
import { UsageError } from "../../contract/error.ts";
import type { Context } from "../process/context.ts";
import { readInputBytes } from "../process/input-file.ts";
import type { AttestValues } from "./flags.ts";
import { NOTARISED_PROVENANCE } from "./notary.ts";

/**
 * Predicates that the options ask for.
 *
 * @throws UsageError predicate-without-type, and those of each predicate
 */
export async function requestedPredicates(
  { env, cwd }: Context,
  values: AttestValues,
): Promise<readonly Predicate[]> {
  const { provenance, sbom, predicate, type } = values;
  const read = (file: string) => readInputBytes(resolve(cwd, file), file, "attestationBytes");
  if ((predicate === undefined) !== (type === undefined)) throw unpaired();
  const predicates: Predicate[] = [];
  if (provenance) {
    predicates.push(values.via === undefined ? assertedProvenance(env, values) : NOTARISED_PROVENANCE);
  }
  for (const file of sbom) predicates.push(sbomPredicate(await read(file), file));
  if (predicate !== undefined && type !== undefined) {
    predicates.push(predicateFromFile(await read(predicate), type, predicate));
  }
  return predicates;
}

function unpaired(): UsageError {
  return new UsageError("predicate-without-type", {
    fr: "--predicate FICHIER et --type URI vont ensemble.",
    en: "--predicate FILE and --type URI go together.",
  });
}
