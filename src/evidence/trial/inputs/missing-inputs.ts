import { excerpt } from "../../../contract/shown.ts";
import type { RawTrial, Reservation } from "../../../contract/trial-facts.ts";
import type { ConfigObject } from "../../../workload/config-objects.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import { projectionsOf } from "../volume-files.ts";
import type { InputPlace } from "./declared-input.ts";

/** A required key of a ConfigMap or Secret. */
interface KeyRef {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly key: string;
}

/**
 * Inputs without which the kubelet does not start the container, or starts it with other contents than the
 * trial had: keys that an object of the judged files does not have, images mounted as volumes, and variables
 * from a source that the trial does not read.
 */
export function missingInputs(
  placed: InputPlace,
  { config }: Pick<NamespaceObjects, "config">,
  { inputs }: Pick<RawTrial, "inputs">,
): readonly Reservation[] {
  const keys = requiredKeys(placed).filter(({ kind, name, key }) => {
    const object = config(kind, name);
    return object !== undefined && !isFilledLater(object) && !hasKey(object, key);
  });
  const absent = inputs?.absent ?? [];
  return [
    ...keys.map(withoutKey),
    ...absent.filter((object) => object.startsWith("image ")).map(withoutImage),
    ...absent.filter((object) => object.startsWith("source ")).map(withoutSource),
  ];
}

function hasKey({ values, binary }: ConfigObject, key: string): boolean {
  return values().has(key) || binary.includes(key);
}

/** Whether the object has no key at all: a controller fills it, such as the token of a service account. */
function isFilledLater({ values, binary }: ConfigObject): boolean {
  return values().size === 0 && binary.length === 0;
}

function requiredKeys({ placement: { spec }, workload: { pod } }: InputPlace): readonly KeyRef[] {
  const variables = (spec.env ?? []).flatMap(({ valueFrom = {} }) => [
    ...refOf("ConfigMap", valueFrom.configMapKeyRef),
    ...refOf("Secret", valueFrom.secretKeyRef),
  ]);
  const mounted = new Set((spec.volumeMounts ?? []).map(({ name }) => name));
  const files = pod.spec.volumes
    .filter(({ name }) => mounted.has(name))
    .flatMap((volume) => projectionsOf(volume) ?? [])
    .flatMap(({ configMap = {}, secret = {} }) => [
      ...(configMap.items ?? []).flatMap(({ key }) => refOf("ConfigMap", { ...configMap, key })),
      ...(secret.items ?? []).flatMap(({ key }) => refOf("Secret", { ...secret, key })),
    ]);
  return [...variables, ...files];
}

function refOf(
  kind: KeyRef["kind"],
  ref?: { readonly name?: string; readonly key?: string | undefined; readonly optional?: boolean },
): readonly KeyRef[] {
  if (ref?.name === undefined || ref.key === undefined || ref.optional === true) return [];
  return [{ kind, name: ref.name, key: ref.key }];
}

function withoutKey({ kind, name, key }: KeyRef): Reservation {
  const [object, shown] = [`${kind} ${excerpt(name)}`, excerpt(key)];
  return {
    fr: `${object} n'a pas de clé ${shown} : le kubelet ne démarre pas le conteneur`,
    en: `${object} has no key ${shown}: the kubelet does not start the container`,
    settle: {
      fr: `Ajouter la clé ${shown} à ${object}, ou corriger son nom dans le manifeste ; si l'application s'en passe, écrire optional: true.`,
      en: `Add the key ${shown} to ${object}, or correct its name in the manifest; if the application can do without it, write optional: true.`,
    },
  };
}

function withoutImage(object: string): Reservation {
  const shown = excerpt(object.slice("image ".length));
  return {
    fr: `l'essai n'a pas monté le contenu de l'image ${shown}, que le manifeste monte comme volume`,
    en: `the trial did not mount the content of the image ${shown}, which the manifest mounts as a volume`,
    settle: {
      fr: "Donner dans trial.files (douane.yaml) les fichiers de cette image que l'application lit, ou les copier dans l'image de l'application.",
      en: "Give the files of this image that the application reads in trial.files (douane.yaml), or copy them into the application's image.",
    },
  };
}

function withoutSource(): Reservation {
  return {
    fr: "l'essai n'a pas donné une variable dont le manifeste prend la valeur à une source que l'essai ne lit pas (fileKeyRef…)",
    en: "the trial did not give a variable whose value the manifest takes from a source that the trial does not read (fileKeyRef…)",
    settle: {
      fr: "Donner sa valeur dans trial.env (douane.yaml).",
      en: "Give its value in trial.env (douane.yaml).",
    },
  };
}
