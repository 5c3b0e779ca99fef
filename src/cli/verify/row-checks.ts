import type { AttestationCheckId } from "../../contract/attestation-facts.ts";
import type { AttestedRow } from "../../contract/attestation-policy.ts";
import type { Text } from "../../contract/text.ts";

/** Checks on which each row rests. */
export const ROW_CHECKS: readonly {
  readonly row: AttestedRow;
  readonly checks: readonly AttestationCheckId[];
}[] = [
  { row: "provenance", checks: ["provenance", "source", "sast", "injections", "rebuilt"] },
  { row: "scans", checks: ["sast", "dast", "secrets"] },
];

/** Names of the checks. */
export const CHECK_WORDS: Readonly<Record<AttestationCheckId, Text>> = {
  provenance: { fr: "provenance", en: "provenance" },
  source: { fr: "source", en: "source" },
  sast: { fr: "analyse statique", en: "static analysis" },
  injections: { fr: "injections", en: "injections" },
  dast: { fr: "analyse dynamique", en: "dynamic analysis" },
  secrets: { fr: "secrets", en: "secrets" },
  rebuilt: { fr: "reproductibilité", en: "reproducibility" },
  verdict: { fr: "verdict", en: "verdict" },
  sbom: { fr: "SBOM", en: "SBOM" },
  vex: { fr: "OpenVEX", en: "OpenVEX" },
  trial: { fr: "essai", en: "trial" },
};
