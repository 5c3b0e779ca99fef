// A signed provenance names the pipeline that built the image (contract 2.1): statement of in-toto with SLSA's
// predicate (v1, v0.2), about this image's digest, by a signer and a builder that the policy lists. The policy
// sets the level of each pair. Reproducibility does not decide; the proof states whether it was shown.
// https://slsa.dev/spec/v1.2/build-provenance

import type { JudgedAttestations } from "../../contract/attestation-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.1-signed-provenance";

export const signedProvenance = defineRule({
  id: ID,
  rows: ["provenance"],
  title: {
    fr: "Une provenance signée nomme le pipeline qui a construit l'image",
    en: "A signed provenance names the pipeline that built the image",
  },
  why: {
    fr: "Sans elle, rien ne dit d'où vient l'image : quiconque peut pousser dans le registre peut la remplacer.",
    en: "Without it nothing says where the image comes from: whoever may push to the registry may replace it.",
  },
  remedy: {
    fr: "Attester l'image dans le pipeline de la branche protégée : `douane attest IMAGE --provenance`, signé par une clé que la politique reconnaît.",
    en: "Attest the image in the pipeline of the protected branch: `douane attest IMAGE --provenance`, signed by a key that the policy trusts.",
  },
  needs: ["attestations"],
  check({ attestations }) {
    const outcome = attestedOutcome(ID, "provenance", attestations);
    if (outcome.status !== "pass" || "unread" in attestations) return outcome;
    const { fr, en } = reproducibility(attestations);
    return { ...outcome, proof: { fr: `${outcome.proof.fr} ; ${fr}`, en: `${outcome.proof.en}; ${en}` } };
  },
});

/** Result of the comparison with another build, which `verify` makes on request. */
function reproducibility({ checks }: JudgedAttestations): Text {
  const compared = checks.find(({ id, answer }) => id === "rebuilt" && answer !== "n/a");
  return compared?.text ?? NOT_SHOWN;
}

const NOT_SHOWN: Text = {
  fr: "reproductibilité non montrée (« douane verify --rebuilt » compare un autre build)",
  en: "reproducibility not shown (`douane verify --rebuilt` compares another build)",
};
