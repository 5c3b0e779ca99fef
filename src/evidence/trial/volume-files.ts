import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type {
  DownwardFileFacts,
  KeyToPathFacts,
  ProjectionFacts,
  VolumeFacts,
} from "../../contract/volume-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import { fieldFile } from "./field-value.ts";
import { keyNotFound, notFound, type UnmetInput } from "./injected.ts";
import type { ConfigLookup } from "./namespace-objects.ts";
import { resourceValue } from "./resource-value.ts";
import { AUTHORITY, tokenOf } from "./service-account.ts";

/** A file as the kubelet writes it into a volume. */
export interface InjectedFile {
  readonly content: string;
  readonly mode: number;
}

export interface FileDeps {
  readonly workload: RawWorkload | undefined;
  readonly config: ConfigLookup;
  readonly hostname: string;
  readonly onUnmetInput: UnmetInput;
  /** List to which values of Secrets are added, to be masked later. */
  readonly secrets: GivenSecret[];
}

const MODE = 0o644;
/** ConfigMap that Kubernetes puts into every namespace. */
const ROOT_CA = "kube-root-ca.crt";

/** Sources of a volume's files, the later overriding the earlier; undefined for a writable volume. */
export function projectionsOf({
  sources,
  configMap,
  secret,
  projected,
  downwardAPI,
}: VolumeFacts): readonly ProjectionFacts[] | undefined {
  if (sources.includes("image")) return [];
  const readOnly = ["configMap", "secret", "projected", "downwardAPI"].some((one) => sources.includes(one));
  if (!readOnly) return undefined;
  const { secretName, ...ofSecret } = secret ?? {};
  return [
    {
      ...(configMap === undefined ? {} : { configMap }),
      ...(secret === undefined
        ? {}
        : { secret: { ...ofSecret, ...(secretName === undefined ? {} : { name: secretName }) } }),
      ...(downwardAPI === undefined ? {} : { downwardAPI }),
    },
    ...(projected?.sources ?? []),
  ];
}

/** Files of a volume, by path in the volume; undefined for a writable volume. */
export function volumeFiles(
  volume: VolumeFacts,
  means: FileDeps,
): ReadonlyMap<string, InjectedFile> | undefined {
  const all = projectionsOf(volume);
  if (all === undefined) return undefined;
  const { configMap, secret, projected, downwardAPI, image } = volume;
  if (image !== undefined) means.onUnmetInput(noImage(image.reference ?? ""));
  const { defaultMode } = configMap ?? secret ?? projected ?? downwardAPI ?? {};
  const files = new Map<string, InjectedFile>();
  for (const [path, content, mode] of all.flatMap((one) => filesOf(one, means))) {
    files.set(path, { content, mode: mode ?? defaultMode ?? MODE });
  }
  return fitting(files, means.onUnmetInput);
}

/**
 * Mode of a file at a path in a volume, independent of its content's source: the mode of its item, otherwise
 * of the volume.
 */
export function modeIn(volume: VolumeFacts, path: string): number {
  const { configMap, secret, projected, downwardAPI } = volume;
  const { defaultMode = MODE } = configMap ?? secret ?? projected ?? downwardAPI ?? {};
  const items = (projectionsOf(volume) ?? []).flatMap((one) => [
    ...[...(one.configMap?.items ?? []), ...(one.secret?.items ?? [])].map(
      ({ key, path: at = key, mode }) => ({ at, mode }),
    ),
    ...(one.downwardAPI?.items ?? []).map(({ path: at, mode }) => ({ at, mode })),
  ]);
  return items.findLast(({ at }) => at === path)?.mode ?? defaultMode;
}

/** Whether the name is that of the ConfigMap which Kubernetes puts into every namespace. */
export function isRootAuthority(name: string): boolean {
  return name === ROOT_CA;
}

/** A file with its mode, if the item sets one. */
type Named = readonly [path: string, content: string, mode?: number | undefined];

function filesOf(
  { configMap, secret, downwardAPI, serviceAccountToken }: ProjectionFacts,
  means: FileDeps,
): readonly Named[] {
  const { workload, onUnmetInput } = means;
  return [
    ...(configMap === undefined ? [] : filesOfObject({ kind: "ConfigMap", ...configMap }, means)),
    ...(secret === undefined ? [] : filesOfObject({ kind: "Secret", ...secret }, means)),
    ...(downwardAPI?.items ?? []).flatMap((item): readonly Named[] => {
      const { path = "", mode } = item;
      const content = downwardValue(item, means);
      if (content === undefined) onUnmetInput(noValue(path));
      return content === undefined ? [] : [[path, content, mode]];
    }),
    ...(serviceAccountToken === undefined
      ? []
      : [[serviceAccountToken.path ?? "", tokenOf(workload)] as const]),
  ];
}

interface ObjectFiles {
  readonly kind: ConfigObject["kind"];
  readonly name?: string;
  readonly optional?: boolean;
  readonly items?: readonly KeyToPathFacts[];
}

function filesOfObject(
  { kind, name = "", optional, items }: ObjectFiles,
  { config, onUnmetInput, secrets }: FileDeps,
): readonly Named[] {
  const object = config(kind, name);
  if (object === undefined && !(kind === "ConfigMap" && name === ROOT_CA)) {
    if (optional !== true) onUnmetInput(notFound(kind, name));
    return [];
  }
  const values = object?.values() ?? new Map([["ca.crt", AUTHORITY]]);
  const isBinary = (key: string): boolean => object?.binary.includes(key) === true;
  if (kind === "Secret") secrets.push(...values);
  for (const key of object?.binary ?? []) onUnmetInput(binary(kind, name, key));
  if (items === undefined) return [...values];
  return items.flatMap(({ key = "", path = key, mode }): readonly Named[] => {
    const value = values.get(key);
    if (value !== undefined) return [[path, value, mode]];
    if (optional !== true && !isBinary(key)) onUnmetInput(keyNotFound(kind, name, key));
    return [];
  });
}

function downwardValue(
  { fieldRef, resourceFieldRef }: DownwardFileFacts,
  { workload, hostname }: FileDeps,
): string | undefined {
  if (fieldRef !== undefined) return fieldFile(fieldRef.fieldPath, workload, hostname);
  const { containerName = "", resource = "", divisor = "1" } = resourceFieldRef ?? {};
  const container = containerNamed(workload, containerName);
  return container && resourceValue(resource, divisor, container);
}

/** A container of the pod, by its name. */
export function containerNamed(workload: RawWorkload | undefined, name: string): ContainerFacts | undefined {
  const { containers = [], initContainers = [] } = workload?.pod.spec ?? {};
  return [...containers, ...initContainers].find((one) => one.name === name);
}

/** Longest file name and path that file systems accept. */
const [LONGEST_NAME, LONGEST_PATH] = [255, 1_000];

/** Files that the API server accepts: paths inside the volume, none of them a parent of another. */
function fitting(
  files: ReadonlyMap<string, InjectedFile>,
  onUnmetInput: UnmetInput,
): ReadonlyMap<string, InjectedFile> {
  const kept = new Map<string, InjectedFile>();
  const folders = new Set<string>();
  for (const [path, file] of files) {
    const above = foldersOf(path);
    if (isInside(path) && !folders.has(path) && !above.some((folder) => kept.has(folder))) {
      for (const folder of above) folders.add(folder);
      kept.set(path, file);
    } else onUnmetInput(noPlace(path));
  }
  return kept;
}

function isInside(path: string): boolean {
  if (path.length > LONGEST_PATH || path.includes("\0")) return false;
  return path
    .split("/")
    .every((name) => name !== "" && name !== "." && !name.startsWith("..") && name.length <= LONGEST_NAME);
}

function foldersOf(path: string): readonly string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function binary(kind: string, name: string, key: string) {
  return {
    fr: `${kind} ${excerpt(name)} : la clé ${excerpt(key)} n'est pas du texte, l'essai s'en passe.`,
    en: `${kind} ${excerpt(name)}: the key ${excerpt(key)} is not text: the trial runs without it.`,
  };
}

function noPlace(path: string) {
  return {
    fr: `le fichier ${excerpt(path)} d'un volume n'y a pas de place que Kubernetes admettrait : l'essai s'en passe.`,
    en: `the file ${excerpt(path)} of a volume has no place in it that Kubernetes would admit: the trial runs without it.`,
  };
}

function noImage(reference: string) {
  return {
    fr: `l'image ${excerpt(reference)} qu'un volume monte : l'essai ne l'a pas, le volume y est vide. Donner les fichiers utiles dans trial.files (douane.yaml).`,
    en: `the image ${excerpt(reference)} that a volume mounts: the trial does not have it, the volume is empty there. Give the files that matter in trial.files (douane.yaml).`,
  };
}

function noValue(path: string) {
  return {
    fr: `le fichier ${excerpt(path)} d'un volume a une source que l'essai n'a pas : il n'y est pas. Le donner dans trial.files (douane.yaml).`,
    en: `the file ${excerpt(path)} of a volume has a source that the trial does not have: it is not there. Give it in trial.files (douane.yaml).`,
  };
}
