// The judged image is the image that runs (contract 1.1): the pod can be scheduled on a node of the image's platform.
//
//   image of linux/amd64, nodeSelector kubernetes.io/arch: arm64         unproven, every row that rests on the image
//   the same by a required nodeAffinity, beta.kubernetes.io/arch, kubernetes.io/os: windows     unproven
//   a preferred nodeAffinity, a toleration, labels of other meaning, the pod's own platform     fine
//
// Of an index, the image for the pod's nodes is read, unless --platform or a setting names another platform.

import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { mayRunOn } from "../../start/node-affinity.ts";
import { IMAGE_ROWS } from "./image-rows.ts";

export const nodePlatform = defineRule({
  id: "1.1-node-platform",
  rows: IMAGE_ROWS,
  title: {
    fr: "L'image jugée est celle de la plateforme des nœuds où les pods s'exécutent",
    en: "The judged image is that of the platform of the nodes on which the pods run",
  },
  why: {
    fr: "Sous un même nom, une image peut différer d'une architecture à l'autre : utilisateur, fichiers, secrets. Juger celle qui ne s'exécute pas ne prouve rien de l'autre.",
    en: "Under one name, images can differ from one architecture to the next: user, files, secrets. Judging the image that does not run proves nothing of the other.",
  },
  remedy: {
    fr: "Juger l'image de la plateforme des nœuds (--platform, ou « platform » dans douane.yaml), ou corriger nodeSelector et nodeAffinity.",
    en: "Judge the image of the nodes' platform (--platform, or `platform` in douane.yaml), or correct nodeSelector and nodeAffinity.",
  },
  needs: ["workload", "image"],
  check({ workload: { pod }, image: { platform } }): Outcome {
    const judged = excerpt(platform);
    if (mayRunOn(pod.spec, platform)) {
      return {
        status: "pass",
        proof: {
          fr: `les pods peuvent s'exécuter sur un nœud ${judged}, la plateforme de l'image jugée`,
          en: `the pods can run on a node of ${judged}, the platform of the judged image`,
        },
      };
    }
    const asked = excerpt(conditionsOf(pod.spec));
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `l'image jugée est celle de ${judged}, et les pods ne peuvent pas s'exécuter sur un tel nœud (${asked})`,
        en: `the judged image is that of ${judged}, and the pods cannot run on such a node (${asked})`,
      },
      settle: {
        fr: "Juger l'image de la plateforme des nœuds (--platform, ou « platform » dans douane.yaml), ou corriger nodeSelector et nodeAffinity.",
        en: "Judge the image of the nodes' platform (--platform, or `platform` in douane.yaml), or correct nodeSelector and nodeAffinity.",
      },
    };
  },
});

/** Conditions on the node's platform, as written: `kubernetes.io/arch: arm64`. */
function conditionsOf({ nodeSelector = {}, affinity }: PodSpecFacts): string {
  const { nodeSelectorTerms: terms = [] } =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const required = terms.flatMap(({ matchExpressions = [] }) =>
    matchExpressions.map(({ key = "", operator = "", values = [] }) => {
      return [key, `${key} ${operator} ${values.join(", ")}`] as const;
    }),
  );
  const selected = Object.entries(nodeSelector).map(([key, value]) => [key, `${key}: ${value}`] as const);
  const ofPlatform = [...selected, ...required].filter(([key]) =>
    /^(?:beta\.)?kubernetes\.io\/(?:arch|os)$/.test(key),
  );
  return ofPlatform.length === 0 ? "nodeAffinity" : ofPlatform.map(([, text]) => text.trimEnd()).join("; ");
}
