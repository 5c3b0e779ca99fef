// The judged image is the image that runs: no mark makes a controller of the cluster write another image into the
// workload (contract 1.1, 3.2).
//
//   image.openshift.io/triggers for a container of the pod, alpha.image.policy.openshift.io/resolve-names,
//   keel.sh/policy                                       unproven, every row that rests on the image
//   a paused trigger, a trigger of another container, the policy "never"; a Pod read from the cluster   fine

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { IMAGE_ROWS } from "../start/image-rows.ts";
import { listedFields } from "./listed-fields.ts";

export const imageMarks = defineRule({
  id: "1.1-image-marks",
  rows: [...IMAGE_ROWS, "immutable-tag"],
  title: {
    fr: "Aucune marque ne fait écrire une autre image par un contrôleur du cluster",
    en: "No mark has a controller of the cluster write another image",
  },
  why: {
    fr: "L'image que le contrôleur écrit n'a été jugée par personne : elle n'a ni les couches ni le comportement de celle du manifeste.",
    en: "Nobody has judged the image that the controller writes: it has neither the layers nor the behaviour of the manifest's.",
  },
  remedy: {
    fr: "Juger les pods tels que le cluster les a créés (kubectl get pods -o yaml | douane check -f -), ou retirer cette marque et changer l'image par le manifeste.",
    en: "Judge the pods as the cluster created them (kubectl get pods -o yaml | douane check -f -), or remove this mark and change the image in the manifest.",
  },
  needs: ["workload"],
  check({ workload: { imageMarks: marks = [], created } }): Outcome {
    if (marks.length === 0 || created === true) return { status: "pass", proof: NONE };
    const named = listedFields(marks);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `un contrôleur du cluster peut écrire une autre image que celle qui est jugée : ${named}`,
        en: `a controller of the cluster may write another image than the one that is judged: ${named}`,
      },
      settle: {
        fr: "Juger les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f - ; ou retirer cette marque.",
        en: "Judge the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -; or remove this mark.",
      },
    };
  },
});

const NONE = {
  fr: "aucune marque n'a été trouvée qui fait écrire une autre image",
  en: "no mark was found that has another image written",
};
