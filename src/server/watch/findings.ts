import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { FindingReason } from "../decision-kinds.ts";
import type { RunningImage, RunningPod } from "./running-pod.ts";

/** Gravity of a finding: `critical` means that an image runs that was not admitted. */
type Gravity = "critical" | "warning" | "info";

/** Gravity of a finding, and reason of its event; absent if no event is written. */
interface Kind {
  readonly gravity: Gravity;
  readonly event?: string;
}

export const FINDINGS: Readonly<Record<FindingReason, Kind>> = {
  "image-differs": { gravity: "critical", event: "DouaneImageDiffers" },
  "image-unresolved": { gravity: "warning", event: "DouaneImageUnresolved" },
  "pod-unadmitted": { gravity: "critical", event: "DouanePodUnadmitted" },
  "pod-earlier": { gravity: "info" },
  "mirror-pod": { gravity: "warning", event: "DouaneMirrorPod" },
};

export interface Finding {
  readonly reason: FindingReason;
  /** Image of the finding; absent if the finding concerns the whole pod. */
  readonly image?: RunningImage;
  readonly message: Text;
}

export function imageDiffers(
  { name }: RunningPod,
  image: RunningImage,
  admitted: string | undefined,
): Finding {
  const [of, runs] = [excerpt(image.container), excerpt(image.imageId)];
  const was = admitted ?? "-";
  return {
    reason: "image-differs",
    image,
    message: {
      fr: `pod ${excerpt(name)}, ${of} : l'image en cours d'exécution (${runs}) n'est pas celle qui a été admise (${was}). Le tag a été déplacé, ou le nœud a pris une autre image : supprimer le pod, et fixer l'image par son empreinte.`,
      en: `pod ${excerpt(name)}, ${of}: the running image (${runs}) is not the one that was admitted (${was}). The tag was moved, or the node took another image: delete the pod, and pin the image by its digest.`,
    },
  };
}

export function imageUnresolved({ name }: RunningPod, image: RunningImage): Finding {
  const [of, runs] = [excerpt(image.container), excerpt(image.imageId)];
  return {
    reason: "image-unresolved",
    image,
    message: {
      fr: `pod ${excerpt(name)}, ${of} : impossible de savoir si l'image en cours d'exécution (${runs}) est celle qui a été admise : elle n'a pas pu être retrouvée dans le registre. Vérifier que le registre répond, ou recréer le pod.`,
      en: `pod ${excerpt(name)}, ${of}: it is unknown whether the running image (${runs}) is the one that was admitted: it could not be found in the registry. Check that the registry answers, or recreate the pod.`,
    },
  };
}

export function podUnadmitted({ name }: RunningPod): Finding {
  return {
    reason: "pod-unadmitted",
    message: {
      fr: `pod ${excerpt(name)} : aucune décision d'admission ne l'a laissé entrer tel qu'il est. Le webhook n'a pas été appelé (espace de noms hors de sa portée, panne avec failurePolicy: Ignore) : le recréer par le webhook, et vérifier la configuration du webhook.`,
      en: `pod ${excerpt(name)}: no admission decision let it in as it is. The webhook was not called (a namespace outside its scope, an outage with failurePolicy: Ignore): recreate it through the webhook, and check the webhook's configuration.`,
    },
  };
}

export function podEarlier({ name }: RunningPod): Finding {
  return {
    reason: "pod-earlier",
    message: {
      fr: `pod ${excerpt(name)} : créé avant que les décisions soient enregistrées ; il n'a pas été jugé.`,
      en: `pod ${excerpt(name)}: created before decisions were recorded; it was not judged.`,
    },
  };
}

export function mirrorPod({ name, node }: RunningPod): Finding {
  return {
    reason: "mirror-pod",
    message: {
      fr: `pod ${excerpt(name)} : pod statique du nœud ${excerpt(node)}, que son kubelet lance quoi que décide l'admission ; il n'a pas été jugé.`,
      en: `pod ${excerpt(name)}: static pod of node ${excerpt(node)}, which its kubelet starts whatever admission decides; it was not judged.`,
    },
  };
}
