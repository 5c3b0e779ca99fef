// The pods that run are the judged pods: no field of a custom resource outside the pod template changes the pods
// (contract 1.1).
//
//   canaryMetadata with an injector's annotation, topology.subsets[].patch, podSetInfos, a hook that starts
//   another pod (custom/overlays.ts lists them)          unproven, every row that rests on the pods
//   a template that a known controller completes, or an unknown one may complete (custom/completion.ts)    the same
//   labels and annotations without effect, a zone; a kind run by the platform's operators    fine
//
// The controller's merge is not computed: the pods of the cluster show its result.

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { listedFields } from "./listed-fields.ts";
import { POD_ROWS } from "./pod-rows.ts";

export const podOverlays = defineRule({
  id: "1.1-pod-overlays",
  rows: POD_ROWS,
  title: {
    fr: "Aucun champ ne change les pods à côté du gabarit jugé",
    en: "No field changes the pods beside the template that is judged",
  },
  why: {
    fr: "Le contrôleur d'une ressource personnalisée peut donner aux pods ce que leur gabarit ne montre pas : une annotation d'injection, hostNetwork, un volume.",
    en: "The controller of a custom resource can give the pods what their template does not show: an annotation for an injector, hostNetwork, a volume.",
  },
  remedy: {
    fr: "Juger les pods tels que le cluster les a créés (kubectl get pods -o yaml | douane check -f -), ou écrire ces champs dans le gabarit de pod.",
    en: "Judge the pods as the cluster created them (kubectl get pods -o yaml | douane check -f -), or write these fields into the pod template.",
  },
  needs: ["workload"],
  check({ workload: { overlays } }): Outcome {
    if (overlays === undefined) return { status: "pass", proof: NONE };
    const named = listedFields(overlays.paths);
    const kind = excerpt(overlays.kind);
    if (overlays.isUnknown === true) return unknownController(kind, named);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `le contrôleur de ${kind} change les pods à côté du gabarit qui est jugé : ${named}`,
        en: `the controller of ${kind} changes the pods beside the template that is judged: ${named}`,
      },
      settle: {
        fr: "Juger les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f - ; ou écrire ces champs dans le gabarit.",
        en: "Judge the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -; or write these fields into the template.",
      },
    };
  },
});

function unknownController(kind: string, named: string): Outcome {
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `rien ne dit ce que le contrôleur de ${kind} ajoute aux pods du gabarit qui est jugé : ${named}`,
      en: `nothing tells what the controller of ${kind} adds to the pods of the template that is judged: ${named}`,
    },
    settle: {
      fr: "Juger les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f -. Une plateforme répond d'un genre dans sa politique (operatedKinds).",
      en: "Judge the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -. A platform answers for a kind in its policy (operatedKinds).",
    },
  };
}

const NONE = {
  fr: "aucun champ trouvé ne change les pods à côté de leur gabarit",
  en: "no field was found that changes the pods beside their template",
};
