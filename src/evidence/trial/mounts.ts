import { posix } from "node:path";
import type {
  ContainerFacts,
  KeyToPathFacts,
  ProjectionFacts,
  VolumeFacts,
  VolumeMountFacts,
} from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import { parseQuantity } from "../../trial/quantity.ts";
import type { TrialMount } from "../../trial/trial-options.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import type { ConfigLookup } from "./config-lookup.ts";
import { keyNotFound, notFound, type Shortfall } from "./injected.ts";
import type { TrialSettings } from "./settings.ts";

export interface MountSources {
  /** Absent: an image alone, which is given a /tmp. */
  readonly spec: ContainerFacts | undefined;
  readonly workload: RawWorkload | undefined;
  readonly config: ConfigLookup;
  readonly settings: TrialSettings;
}

export interface InjectedMounts {
  readonly mounts: readonly TrialMount[];
  readonly secrets: readonly GivenSecret[];
}

/** What is mounted into the container; of two mounts at one path the later wins, settings last. */
export function injectedMounts(sources: MountSources, onShortfall: Shortfall): InjectedMounts {
  const { settings } = sources;
  const secrets: GivenSecret[] = [];
  const fromSettings: readonly TrialMount[] = [
    ...(settings.mounts ?? []).map((path) => ({ kind: "empty", path: normal(path) }) as const),
    ...Object.entries(settings.files ?? {}).map(
      ([path, content]) => ({ kind: "file", path: normal(path), content }) as const,
    ),
  ];
  const own = (sources.spec?.volumeMounts ?? []).flatMap((mount) =>
    ofMount(mount, sources, secrets, onShortfall),
  );
  const implied: readonly TrialMount[] = sources.spec === undefined ? [{ kind: "empty", path: "/tmp" }] : [];
  const byPath = new Map([...implied, ...own, ...fromSettings].map((mount) => [mount.path, mount]));
  return { mounts: [...byPath.values()], secrets };
}

/** Paths of what is mounted, as a trial is bound to them. */
export function mountPaths(spec: ContainerFacts | undefined, settings: TrialSettings): readonly string[] {
  const own =
    spec === undefined ? ["/tmp"] : (spec.volumeMounts ?? []).map(({ mountPath = "" }) => mountPath);
  const paths = [...own, ...(settings.mounts ?? []), ...Object.keys(settings.files ?? {})];
  return [...new Set(paths.filter(isMountable).map(normal))].toSorted();
}

function normal(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

function isMountable(path: string): boolean {
  return path.startsWith("/") && normal(path) !== "/" && !path.includes(":");
}

function ofMount(
  { name = "", mountPath = "", subPath = "", readOnly }: VolumeMountFacts,
  sources: MountSources,
  secrets: GivenSecret[],
  onShortfall: Shortfall,
): readonly TrialMount[] {
  if (!isMountable(mountPath)) return [];
  const path = normal(mountPath);
  const spec = sources.workload?.pod.spec;
  const volume = spec?.volumes.find((one) => one.name === name);
  const files = volume === undefined ? undefined : filesOf(volume, sources.config, secrets, onShortfall);
  if (files !== undefined) {
    if (subPath === "") return [{ kind: "files", path, files: withoutFolders(files, onShortfall) }];
    const content = files.get(subPath);
    return [content === undefined ? { kind: "files", path, files: {} } : { kind: "file", path, content }];
  }
  const bytes = parseQuantity(volume?.emptyDir?.sizeLimit ?? "");
  const gid = spec?.securityContext?.fsGroup;
  return [
    {
      kind: "empty",
      path,
      volume: `${name}/${subPath}`,
      ...(readOnly === true ? { readOnly } : {}),
      ...(bytes === undefined || bytes <= 0 ? {} : { bytes }),
      ...(gid === undefined ? {} : { gid }),
    },
  ];
}

/** The files of a volume that has some; undefined: it can be written to. */
function filesOf(
  { sources, configMap, secret, projected }: VolumeFacts,
  config: ConfigLookup,
  secrets: GivenSecret[],
  onShortfall: Shortfall,
): ReadonlyMap<string, string> | undefined {
  const parts: readonly Part[] = [
    ...(configMap === undefined ? [] : [{ kind: "ConfigMap", ...configMap } as const]),
    ...(secret === undefined ? [] : [{ kind: "Secret", ...secret, name: secret.secretName } as const]),
    ...(projected?.sources ?? []).flatMap(partsOf),
  ];
  if (parts.length === 0) {
    const readOnly = sources.some((source) => source === "projected" || source === "downwardAPI");
    return readOnly ? new Map() : undefined;
  }
  return new Map(parts.flatMap((part) => filesOfPart(part, config, secrets, onShortfall)));
}

interface Part {
  readonly kind: ConfigObject["kind"];
  readonly name?: string | undefined;
  readonly optional?: boolean;
  readonly items?: readonly KeyToPathFacts[];
}

function partsOf({ configMap, secret }: ProjectionFacts): readonly Part[] {
  return [
    ...(configMap === undefined ? [] : [{ kind: "ConfigMap", ...configMap } as const]),
    ...(secret === undefined ? [] : [{ kind: "Secret", ...secret } as const]),
  ];
}

function filesOfPart(
  { kind, name = "", optional, items }: Part,
  config: ConfigLookup,
  secrets: GivenSecret[],
  onShortfall: Shortfall,
): readonly (readonly [string, string])[] {
  const object = config(kind, name);
  if (object === undefined) {
    if (optional !== true) onShortfall(notFound(kind, name));
    return [];
  }
  const values = object.values();
  if (kind === "Secret") secrets.push(...values);
  for (const key of object.binary) onShortfall(binary(kind, name, key));
  if (items === undefined) return [...values];
  return items.flatMap(({ key = "", path = key }) => {
    const value = values.get(key);
    if (value !== undefined) return [[path, value] as const];
    if (optional !== true && !object.binary.includes(key)) onShortfall(keyNotFound(kind, name, key));
    return [];
  });
}

/** The trial's volumes have no folders in them. */
function withoutFolders(
  files: ReadonlyMap<string, string>,
  onShortfall: Shortfall,
): Readonly<Record<string, string>> {
  const kept = [...files].filter(([name]) => {
    const fits = name !== "" && name !== "." && name !== ".." && !name.includes("/") && !name.includes("\0");
    if (!fits) onShortfall(inFolder(name));
    return fits;
  });
  return Object.fromEntries(kept);
}

function binary(kind: string, name: string, key: string) {
  return {
    fr: `${kind} ${excerpt(name)} : la clé ${excerpt(key)} n'est pas du texte, l'essai s'en passe.`,
    en: `${kind} ${excerpt(name)}: the key ${excerpt(key)} is no text, the trial does without it.`,
  };
}

function inFolder(name: string) {
  return {
    fr: `le fichier ${excerpt(name)} d'un volume est dans un sous-répertoire : l'essai s'en passe. Le donner dans trial.files (douane.yaml).`,
    en: `the file ${excerpt(name)} of a volume lies in a folder of it: the trial does without it. Give it in trial.files (douane.yaml).`,
  };
}
