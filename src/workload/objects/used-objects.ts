import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";

/**
 * Names of objects that a pod uses, `ConfigMap/web`, `Secret/db`, and of ConfigMaps that give it variables.
 */
export function usedObjects(spec: PodSpecFacts): {
  readonly all: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
} {
  const containers = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers];
  const variables = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => configMap(valueFrom?.configMapKeyRef?.name)),
    ...envFrom.map(({ configMapRef }) => configMap(configMapRef?.name)),
  ]);
  const secrets = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => secret(valueFrom?.secretKeyRef?.name)),
    ...envFrom.map(({ secretRef }) => secret(secretRef?.name)),
  ]);
  const all = [...variables, ...secrets, ...spec.volumes.flatMap(inVolume)];
  const pulls = (spec.imagePullSecrets ?? []).map(({ name }) => secret(name));
  return { all: new Set([...all, ...pulls]), variables: new Set(variables) };
}

function inVolume({ configMap: map, secret: file, projected }: VolumeFacts): readonly string[] {
  const sources = projected?.sources ?? [];
  return [
    configMap(map?.name),
    secret(file?.secretName),
    ...sources.map((source) => configMap(source.configMap?.name)),
    ...sources.map((source) => secret(source.secret?.name)),
  ];
}

function configMap(name = ""): string {
  return `ConfigMap/${name}`;
}

function secret(name = ""): string {
  return `Secret/${name}`;
}
