// The API server accepts the manifest (contract 1.1: a manifest that the API server refuses does not show
// what would run).
//
//   a field of a wrong type, a name, label, number or selector that Kubernetes refuses    unproven
//   what concerns another row is unproven there as well, by the same field
//   a field that Kubernetes does not have (replicaz)    note: kubectl refuses it, other clients drop it

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

const ID = "1.1-valid-manifest";
/** Maximum number of further fields named in one sentence. */
const NAMED = 4;

export const validManifest = defineRule({
  id: ID,
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
  check({ workload }): Outcome {
    const { invalid, refused = [], unknown = [] } = workload;
    const [first, ...others] = [...invalid, ...refused];
    const paths = others.map(({ at, path }) => at ?? path);
    return outcomeOf(
      { findings: [], notes: unknown.map((path) => unknownField(workload, path)) },
      first === undefined ? PROOF : unprovenBy({ ...first, problem: withOthers(first.problem, paths) }),
    );
  },
});

const PROOF: Text = {
  fr: "aucun champ que Kubernetes refuserait n'a été trouvé",
  en: "no field was found that Kubernetes would refuse",
};

function unknownField(workload: WorkloadFacts, path: string): Finding {
  const shown = excerpt(path);
  return {
    message: {
      fr: `Kubernetes n'a pas de champ ${shown} : kubectl refuse le manifeste, d'autres clients ignorent le champ`,
      en: `Kubernetes has no field ${shown}: kubectl refuses the manifest, other clients ignore the field`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), path),
    at: manifestPlace(workload, path),
  };
}

function withOthers({ fr, en }: Text, paths: readonly string[]): Text {
  const different = [...new Set(paths)];
  if (different.length === 0) return { fr, en };
  const shown = different.slice(0, NAMED).join(", ");
  const more = different.length - NAMED;
  return {
    fr: `${fr} ; de même ${shown}${more > 0 ? ` et ${more} ${more > 1 ? "autres" : "autre"}` : ""}`,
    en: `${en}; likewise ${shown}${more > 0 ? ` and ${more} more` : ""}`,
  };
}
