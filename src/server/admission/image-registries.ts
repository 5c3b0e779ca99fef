import { DouaneError } from "../../contract/error.ts";
import { imageField, imagePlacements } from "../../contract/pod-containers.ts";
import { quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { parseReference, type Reference } from "../../net/reference.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import { readObject } from "../../workload/read-object.ts";
import type { DecisionCause } from "../ports.ts";

/** An image that a pod can run code from. */
export interface NamedImage {
  /** Path of its field: `spec.containers[0].image`. */
  readonly field: string;
  readonly container: string;
  /** Reference as written in the pod. */
  readonly reference: string;
  /** Parsed reference; absent if the text is not an image reference. */
  readonly parsed?: Reference;
}

/** Images of the pods that an object creates. An unreadable object has none, and is not examined either. */
export function namedImages(object: Fields): readonly NamedImage[] {
  return workloadsOf(object).flatMap((workload) =>
    imagePlacements(workload).map((placement) => {
      const { name = "", image = "" } = placement.spec;
      const parsed = parsedOrNone(image);
      return {
        field: imageField(placement),
        container: name,
        reference: image,
        ...(parsed === undefined ? {} : { parsed }),
      };
    }),
  );
}

function workloadsOf(object: Fields): readonly RawWorkload[] {
  try {
    return readObject({ value: object, at: { in: "api", uid: "" } }).workloads;
  } catch (error) {
    if (!(error instanceof DouaneError)) throw error;
    return [];
  }
}

/** Whether the policy allows images from this registry; a policy without a list allows every registry. */
export function isAllowedRegistry({ registry }: Reference, { registries }: AdmissionSettings): boolean {
  return registries === undefined || registries.some((one) => one.toLowerCase() === registry.toLowerCase());
}

/** Causes for images from registries that the policy does not list; douane opens no connection to them. */
export function registryCauses(
  images: readonly NamedImage[],
  settings: AdmissionSettings,
  lang: Lang,
): readonly DecisionCause[] {
  return images.flatMap(({ field, container, parsed }) => {
    if (parsed === undefined || isAllowedRegistry(parsed, settings)) return [];
    return [{ reason: "registry-not-listed", field, message: unlisted(container, parsed.registry)[lang] }];
  });
}

function parsedOrNone(reference: string): Reference | undefined {
  try {
    return parseReference(reference);
  } catch {
    return undefined;
  }
}

function unlisted(container: string, registry: string): Text {
  const [name, host] = [quoted(container), quoted(registry)];
  return {
    fr: `conteneur ${name} : la plateforme n'admet pas d'images du registre ${host}. Copier l'image dans un registre admis, ou demander à la plateforme de l'ajouter (admission.registries).`,
    en: `container ${name}: the platform does not admit images from the registry ${host}. Copy the image to an admitted registry, or ask the platform to add it (admission.registries).`,
  };
}
