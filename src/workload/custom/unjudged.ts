import { formatPath, type Segment } from "../../contract/field-path.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { maskText } from "../../secrets/scan.ts";
import { isMapping } from "../decode/collections.ts";
import type { KubernetesObject } from "../objects/kind.ts";

/** Maximum number of places named in one sentence. */
const NAMED = 3;

/** Message about an object that starts containers without declaring them fully. */
export function unjudgedPods(object: KubernetesObject, places: readonly (readonly Segment[])[]): Text {
  const title = titleOf(object);
  const named = listed(places);
  return {
    fr: `${title} : ce que cet objet fait démarrer n'est pas jugé (${named.fr}). Transmettre les pods ou les workloads que son contrôleur en crée : kubectl get pods -o yaml | douane check -f -`,
    en: `${title}: what this object has started is not judged (${named.en}). Hand over the pods or workloads that its controller makes of it: kubectl get pods -o yaml | douane check -f -`,
  };
}

/** Message about labels and annotations of an object that may change pods declared elsewhere. */
export function unjudgedOverlays(object: KubernetesObject, places: readonly (readonly Segment[])[]): Text {
  const title = titleOf(object);
  const named = listed(places);
  return {
    fr: `${title} : des champs de cet objet peuvent changer des pods qui sont déclarés ailleurs (${named.fr}). Transmettre les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f -`,
    en: `${title}: fields of this object may change pods that are declared elsewhere (${named.en}). Hand over the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -`,
  };
}

/** Places of an object for a sentence: the first are named, the others counted. */
function listed(places: readonly (readonly Segment[])[]): Text {
  const shown = places.slice(0, NAMED).map((path) => shownText(formatPath(path)));
  const more = places.length - shown.length;
  const named = shown.join(", ");
  return more > 0
    ? { fr: `${named} et ${more} autres`, en: `${named} and ${more} more` }
    : { fr: named, en: named };
}

/** Message about an operator's object that names no image. */
export function unjudgedByForm(object: KubernetesObject, places: readonly (readonly Segment[])[]): Text {
  const title = titleOf(object);
  const named = places.map((path) => shownText(formatPath(path))).join(", ");
  return {
    fr: `${title} : le contrôleur de cet objet semble en démarrer des pods (${named}), qui ne sont pas jugés. Transmettre les pods ou les workloads qu'il en crée : kubectl get pods -o yaml | douane check -f - ; ce dont la plateforme répond elle-même figure dans sa politique (operatedKinds)`,
    en: `${title}: the controller of this object seems to start pods from it (${named}), which are not judged. Hand over the pods or workloads that it makes of it: kubectl get pods -o yaml | douane check -f -; what the platform answers for itself stands in its policy (operatedKinds)`,
  };
}

/** Message about an object whose controller renders a Helm chart. */
export function unjudgedRelease(object: KubernetesObject, chart: string): Text {
  const title = titleOf(object);
  const named = chart === "" ? "" : ` ${shownText(chart)}`;
  return {
    fr: `${title} : le chart Helm${named} que cet objet déploie n'est pas jugé avant d'être rendu, avec les mêmes valeurs : helm template CHART --values VALEURS | douane check -f -`,
    en: `${title}: the Helm chart${named} that this object deploys is not judged before it is rendered, with the same values: helm template CHART --values VALUES | douane check -f -`,
  };
}

function titleOf({ kind, value }: KubernetesObject): string {
  const { metadata } = value;
  const name = isMapping(metadata) ? (metadata["name"] ?? metadata["generateName"]) : undefined;
  return shownText(typeof name === "string" ? `${kind}/${name}` : kind);
}

function shownText(text: string): string {
  return excerpt(maskText(text));
}
