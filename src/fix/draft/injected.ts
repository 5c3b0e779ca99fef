import { posix } from "node:path";
import type { Lang, Text } from "../../contract/text.ts";
import { maskVariable } from "../../secrets/config-object.ts";
import { isSecretName } from "../../secrets/secret-name.ts";

/** Settings that the application received in its trial and that its manifest must provide. */
export interface InjectedDraft {
  /** Values by name; undefined if unknown. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of files. */
  readonly files: readonly string[];
}

/** Lines of `env`, `volumeMounts` and `volumes`, each with the indentation that a Deployment needs. */
export interface InjectedLines {
  readonly env: readonly string[];
  readonly mounts: readonly string[];
  readonly volumes: readonly string[];
}

/**
 * Lines for variables and files. A variable that looks secret refers to a key of a Secret; a variable without
 * a value refers to a key of a ConfigMap. Both objects are named after the application, and the platform
 * creates them.
 *
 * @param flow writes a text as YAML
 */
export function injectedLines(
  { env, files }: InjectedDraft,
  name: string,
  lang: Lang,
  flow: (text: string) => string,
): InjectedLines {
  const variables = Object.entries(env);
  const named = variables.map(([variable, value]) => {
    const key = `{ name: ${name}, key: ${flow(variable)} }`;
    const from = isSecret(variable, value)
      ? `valueFrom: { secretKeyRef: ${key} }`
      : value === undefined
        ? `valueFrom: { configMapKeyRef: ${key} }`
        : `value: ${JSON.stringify(asWritten(value))}`;
    return `            - { name: ${flow(variable)}, ${from} }`;
  });
  const hasObjects = files.length > 0 || named.some((line) => line.includes("valueFrom"));
  return {
    env: [
      ...(hasObjects ? [`          # ${OBJECTS[lang]} ${name}.`] : []),
      ...(named.length === 0 ? [] : ["          env:", ...named]),
    ],
    mounts: files.map((path) => {
      const volume = isSecretName(posix.basename(path)) ? "secret-files" : "config-files";
      return `            - { name: ${volume}, mountPath: ${flow(path)}, subPath: ${flow(posix.basename(path))} }`;
    }),
    volumes: volumeLines(files, name),
  };
}

/** The value with `$(` escaped, which Kubernetes would expand. */
function asWritten(value: string): string {
  return value.split("$(").join("$$(");
}

function isSecret(name: string, value: string | undefined): boolean {
  return isSecretName(name) || (value !== undefined && maskVariable(name, value) !== value);
}

function volumeLines(files: readonly string[], name: string): readonly string[] {
  const secrets = files.map((path) => isSecretName(posix.basename(path)));
  return [
    ...(secrets.includes(false) ? [`        - { name: config-files, configMap: { name: ${name} } }`] : []),
    ...(secrets.includes(true) ? [`        - { name: secret-files, secret: { secretName: ${name} } }`] : []),
  ];
}

const OBJECTS: Text = {
  fr: "À FAIRE : les valeurs que la plateforme détient (Secret, ConfigMap) portent le nom",
  en: "TO DO: values that the platform holds (Secret, ConfigMap) are named",
};
