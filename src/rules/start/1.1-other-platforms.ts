// An image has the same content on every node (contract 1.1): an observation, never a refusal.
//
//   an index lists linux/arm64 beside the judged linux/amd64, and the pod accepts such nodes     note
//   the pod is kept from such nodes by nodeSelector or nodeAffinity; the policy fixes the platform of all nodes;
//   an image of one platform                                                                   fine

import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt, excerpts } from "../../contract/shown.ts";
import { mayRunOn } from "../../start/node-affinity.ts";

const ID = "1.1-other-platforms";
/** Maximum number of platforms named in one sentence. */
const NAMED = 5;

export const otherPlatforms = defineRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "L'image jugée est la seule que les nœuds puissent exécuter",
    en: "The judged image is the only one that nodes can run",
  },
  why: {
    fr: "Un index contient une image par architecture, et le nœud choisit la sienne : ce qui est prouvé de l'une ne l'est pas des autres.",
    en: "An index holds one image per architecture, and the node takes its own: what is proven of one is not proven of the others.",
  },
  remedy: {
    fr: "Juger aussi les autres plateformes (--platform), ou fixer celle des pods : « nodeSelector: { kubernetes.io/arch: amd64 } ».",
    en: "Judge the other platforms, too (--platform), or fix that of the pods: `nodeSelector: { kubernetes.io/arch: amd64 }`.",
  },
  needs: ["image"],
  uses: ["workload", "judging"],
  check({ image, workload, judging }): Outcome {
    const { otherPlatforms: listed = [] } = image;
    const possible = judging?.platform === undefined ? listed : [];
    const others = possible.filter((one) => workload === undefined || mayRunOn(workload.pod.spec, one));
    const judged = excerpt(image.platform);
    const proof = { fr: `image jugée : ${judged}`, en: `judged image: ${judged}` };
    return others.length === 0
      ? { status: "pass", proof }
      : { status: "pass", proof, notes: [note(image, others)] };
  },
});

function note({ platform, source }: ImageFacts, others: readonly string[]) {
  const named = excerpts(others, NAMED);
  const judged = excerpt(platform);
  return {
    message: {
      fr: `seule l'image ${judged} a été jugée ; l'index en contient d'autres, que les nœuds de ces plateformes exécuteraient : ${named}`,
      en: `only the image of ${judged} was judged; the index holds others, which nodes of these platforms would run: ${named}`,
    },
    fingerprint: fingerprint(ID, source, ...others.slice(0, NAMED)),
  };
}
