import type { PodSpecFacts } from "../contract/pod-facts.ts";
import type { VolumeFacts } from "../contract/volume-facts.ts";

/** Key of a ConfigMap, and another name by which a container gets its value. */
export interface KeyName {
  readonly key: string;
  readonly name: string;
}

/**
 * Names, other than the keys, by which containers get the values of a ConfigMap: variables (`configMapKeyRef`,
 * `envFrom` with a prefix) and files (`items`, a mount of one file).
 *
 * @param map name of the ConfigMap
 * @param keys its keys
 */
export function namesOfKeys(spec: PodSpecFacts, map: string, keys: readonly string[]): readonly KeyName[] {
  const containers = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers];
  const variables = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.flatMap(({ name = "", valueFrom }) => {
      const { name: of, key = "" } = valueFrom?.configMapKeyRef ?? {};
      return of === map ? [{ key, name }] : [];
    }),
    ...envFrom.flatMap(({ prefix = "", configMapRef }) =>
      configMapRef?.name === map ? keys.map((key) => ({ key, name: prefix + key })) : [],
    ),
  ]);
  const files = spec.volumes.flatMap((volume) => {
    const paths = itemsOf(volume, map);
    const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
    const single = mounts.flatMap(({ name, subPath = "", mountPath = "" }) => {
      if (name !== volume.name || subPath === "" || paths === undefined) return [];
      return [{ key: paths.find(({ path }) => path === subPath)?.key ?? subPath, name: lastOf(mountPath) }];
    });
    return [...(paths ?? []).map(({ key, path }) => ({ key, name: lastOf(path) })), ...single];
  });
  return [...variables, ...files].filter(({ key, name }) => name !== key && name !== "");
}

/** Items of the ConfigMap in a volume; undefined if the volume has none of it. */
function itemsOf(
  { configMap, projected }: VolumeFacts,
  map: string,
): readonly { readonly key: string; readonly path: string }[] | undefined {
  const sources = [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)];
  const own = sources.filter((source) => source?.name === map);
  if (own.length === 0) return undefined;
  return own.flatMap((source) => (source?.items ?? []).map(({ key = "", path = "" }) => ({ key, path })));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
