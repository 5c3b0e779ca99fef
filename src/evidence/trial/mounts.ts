import type { ContainerFacts, VolumeMountFacts } from "../../contract/pod-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import { parseQuantity } from "../../trial/quantity.ts";
import type { TrialMount } from "../../trial/trial-options.ts";
import type { UnmetInput } from "./injected.ts";
import { isMountable, normalPath } from "./mount-path.ts";
import type { ConfigLookup } from "./namespace-objects.ts";
import { isReadOnlyVolume } from "./read-only-volume.ts";
import type { TrialSettings } from "./settings.ts";
import { type InjectedFile, modeIn, volumeFiles } from "./volume-files.ts";

export interface MountSources {
  /** The container's spec; absent for an image alone, which gets a /tmp. */
  readonly spec: ContainerFacts | undefined;
  readonly workload: RawWorkload | undefined;
  readonly config: ConfigLookup;
  readonly settings: TrialSettings;
  readonly hostname: string;
}

export interface InjectedMounts {
  readonly mounts: readonly TrialMount[];
  readonly secrets: readonly GivenSecret[];
}

/**
 * Mounts of a container; of two mounts at one path, the later wins. Without a manifest, settings define the
 * mounts; with a manifest, they only replace unavailable files of its volumes.
 */
export function injectedMounts(sources: MountSources, onUnmetInput: UnmetInput): InjectedMounts {
  const settings = sources.spec === undefined ? sources.settings : {};
  const secrets: GivenSecret[] = [];
  const fromSettings: readonly TrialMount[] = [
    ...(settings.mounts ?? []).map((path) => ({ kind: "empty", path: normalPath(path) }) as const),
    ...Object.entries(settings.files ?? {}).map(
      ([path, content]) => ({ kind: "file", path: normalPath(path), content, mode: 0o644 }) as const,
    ),
  ];
  const own = (sources.spec?.volumeMounts ?? []).flatMap((mount) =>
    ofMount(mount, sources, secrets, onUnmetInput),
  );
  const implied: readonly TrialMount[] = sources.spec === undefined ? [{ kind: "empty", path: "/tmp" }] : [];
  const byPath = new Map([...implied, ...own, ...fromSettings].map((mount) => [mount.path, mount]));
  return { mounts: [...byPath.values()], secrets };
}

/** Mount paths that bind a trial. */
export function mountPaths(spec: ContainerFacts | undefined, settings: TrialSettings): readonly string[] {
  const own =
    spec === undefined ? ["/tmp"] : (spec.volumeMounts ?? []).map(({ mountPath = "" }) => mountPath);
  const paths = [...own, ...(settings.mounts ?? []), ...Object.keys(settings.files ?? {})];
  return [...new Set(paths.filter(isMountable).map(normalPath))].toSorted();
}

function ofMount(
  { name = "", mountPath = "", subPath = "", subPathExpr = "", readOnly }: VolumeMountFacts,
  sources: MountSources,
  secrets: GivenSecret[],
  onUnmetInput: UnmetInput,
): readonly TrialMount[] {
  if (!isMountable(mountPath)) return [];
  const path = normalPath(mountPath);
  const spec = sources.workload?.pod.spec;
  const volume = spec?.volumes.find((one) => one.name === name);
  const gid = spec?.securityContext?.fsGroup;
  const means = { ...sources, secrets, onUnmetInput };
  const given = standIns(path, subPath, sources, volume);
  const hasGiven = given.length > 0;
  const quiet = { ...means, onUnmetInput: hasGiven ? () => {} : onUnmetInput };
  const files = volume === undefined ? undefined : volumeFiles(volume, quiet);
  if (files !== undefined || hasGiven) {
    return [fileMount(path, subPath, new Map([...(files ?? []), ...given]), gid)];
  }
  const { workload } = sources;
  const isReadOnly = readOnly === true || (workload !== undefined && isReadOnlyVolume(name, workload));
  const bytes = parseQuantity(volume?.emptyDir?.sizeLimit ?? "");
  const folder = subPath === "" ? folderOf(subPathExpr) : subPath;
  return [
    {
      kind: "empty",
      path,
      volume: name,
      ...(folder === "" ? {} : { subPath: folder }),
      ...(isReadOnly ? { readOnly: true } : {}),
      ...(bytes === undefined || bytes <= 0 ? {} : { bytes }),
      ...(gid === undefined ? {} : { gid }),
    },
  ];
}

/** Folder that replaces a subPathExpr, whose variables differ from pod to pod anyway. */
function folderOf(subPathExpr: string): string {
  return subPathExpr.replaceAll(/[^\w./-]+/g, "_");
}

/**
 * Files from settings that replace an object that is not among the files, by path in the volume. They have
 * the volume's modes; otherwise the trial could read files that the deployed container cannot.
 */
function standIns(
  path: string,
  subPath: string,
  { settings }: MountSources,
  volume: VolumeFacts = { name: "", sources: [] },
): readonly (readonly [string, InjectedFile])[] {
  const folder = subPath === "" ? "" : `${subPath}/`;
  const given = (name: string, content: string) => [name, { content, mode: modeIn(volume, name) }] as const;
  return Object.entries(settings.files ?? {}).flatMap(([file, content]) => {
    const own = normalPath(file);
    if (own === path && subPath !== "") return [given(subPath, content)];
    if (!own.startsWith(`${path}/`)) return [];
    return [given(`${folder}${own.slice(path.length + 1)}`, content)];
  });
}

/** A volume with files, or a folder or a single file of this volume. */
function fileMount(
  path: string,
  subPath: string,
  files: ReadonlyMap<string, InjectedFile>,
  gid: number | undefined,
): TrialMount {
  const group = gid === undefined ? {} : { gid };
  const one = files.get(subPath);
  if (one !== undefined) return { kind: "file", path, ...one, ...group };
  const prefix = subPath === "" ? "" : `${subPath}/`;
  const own = [...files].flatMap(([name, file]) => {
    return name.startsWith(prefix) ? [[name.slice(prefix.length), file] as const] : [];
  });
  return { kind: "files", path, files: Object.fromEntries(own), ...group };
}
