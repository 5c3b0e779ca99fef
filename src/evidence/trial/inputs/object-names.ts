import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { VolumeFacts } from "../../../contract/volume-facts.ts";
import type { ConfigObject } from "../../../workload/config-objects.ts";
import { projectionsOf } from "../volume-files.ts";

interface ObjectName {
  readonly kind: ConfigObject["kind"];
  readonly name: string;
}

/** ConfigMaps and Secrets that provide variables or files to a container, each once. */
export function objectsOf(
  { env = [], envFrom = [], volumeMounts = [] }: ContainerFacts,
  volumes: readonly VolumeFacts[],
): readonly ObjectName[] {
  const mounted = volumes.filter(({ name }) => volumeMounts.some((mount) => mount.name === name));
  const sources = [
    ...env.map(({ valueFrom = {} }) => [valueFrom.configMapKeyRef, valueFrom.secretKeyRef] as const),
    ...envFrom.map(({ configMapRef, secretRef }) => [configMapRef, secretRef] as const),
    ...mounted
      .flatMap((volume) => projectionsOf(volume) ?? [])
      .map(({ configMap, secret }) => [configMap, secret] as const),
  ];
  const named = sources.flatMap(([configMap, secret]): readonly ObjectName[] => [
    ...(configMap?.name === undefined ? [] : [{ kind: "ConfigMap" as const, name: configMap.name }]),
    ...(secret?.name === undefined ? [] : [{ kind: "Secret" as const, name: secret.name }]),
  ]);
  return [...new Map(named.map((one) => [`${one.kind}/${one.name}`, one])).values()];
}
