import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";

/** Called for an input that the trial cannot provide as a cluster would. */
export type UnmetInput = (text: Text) => void;

/** Message about a ConfigMap or Secret that is not among the manifests. */
export function notFound(kind: ConfigObject["kind"], name: string): Text {
  return {
    fr: `${kind} ${excerpt(name)} absent des manifestes du répertoire : l'essai s'en passe. Donner ses valeurs dans trial.env ou trial.files (douane.yaml).`,
    en: `${kind} ${excerpt(name)} is not among the manifests of the folder: the trial runs without it. Give its values in trial.env or trial.files (douane.yaml).`,
  };
}

export function keyNotFound(kind: ConfigObject["kind"], name: string, key: string): Text {
  return {
    fr: `${kind} ${excerpt(name)} n'a pas de clé ${excerpt(key)} : l'essai s'en passe.`,
    en: `${kind} ${excerpt(name)} has no key ${excerpt(key)}: the trial runs without it.`,
  };
}
