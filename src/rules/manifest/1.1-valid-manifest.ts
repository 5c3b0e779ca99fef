// The API server accepts the manifest (contract 1.1: what is refused there says nothing of what would run).
//
//   a field of a wrong type, a name, label, number or selector that Kubernetes refuses    unproven
//   what concerns another row is unproven there as well, by the same field

import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { unprovenBy } from "./pod-security/field.ts";

/** Further fields that one sentence names. */
const NAMED = 4;

export const validManifest = defineRule({
  id: "1.1-valid-manifest",
  rows: ["no-host-access"],
  title: { fr: "Kubernetes accepte le manifeste", en: "Kubernetes accepts the manifest" },
  why: {
    fr: "L'API de Kubernetes refuse un manifeste non valide : ce qui sera déployé à sa place n'est pas connu.",
    en: "The Kubernetes API refuses an invalid manifest: what will be deployed in its place is unknown.",
  },
  remedy: {
    fr: "Corriger les champs nommés ; « kubectl apply --dry-run=server » montre si Kubernetes les accepte.",
    en: "Correct the fields that are named; `kubectl apply --dry-run=server` shows whether Kubernetes accepts them.",
  },
  needs: ["workload"],
  check({ workload: { invalid, refused = [] } }): Outcome {
    const [first, ...others] = [...invalid, ...refused];
    if (first === undefined) return { status: "pass", proof: PROOF };
    return unprovenBy({
      ...first,
      problem: withOthers(
        first.problem,
        others.map(({ at, path }) => at ?? path),
      ),
    });
  },
});

const PROOF: Text = {
  fr: "aucun champ que Kubernetes refuserait n'a été trouvé",
  en: "no field was found that Kubernetes would refuse",
};

function withOthers({ fr, en }: Text, paths: readonly string[]): Text {
  const different = [...new Set(paths)];
  if (different.length === 0) return { fr, en };
  const shown = different.slice(0, NAMED).join(", ");
  const more = different.length - NAMED;
  return {
    fr: `${fr} ; de même ${shown}${more > 0 ? ` et ${more} autres champs` : ""}`,
    en: `${en}; likewise ${shown}${more > 0 ? ` and ${more} more fields` : ""}`,
  };
}
