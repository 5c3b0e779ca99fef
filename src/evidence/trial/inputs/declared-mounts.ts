import { containerName, placements } from "../../../contract/pod-containers.ts";
import type { VolumeMountFacts } from "../../../contract/pod-facts.ts";
import type { KeyToPathFacts, ProjectionFacts, VolumeFacts } from "../../../contract/volume-facts.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { parseQuantity } from "../../../trial/quantity.ts";
import { isMountable, normalPath } from "../mount-path.ts";
import { isReadOnlyVolume } from "../read-only-volume.ts";
import { isRootAuthority, projectionsOf } from "../volume-files.ts";
import { effectiveField } from "./declared-fields.ts";
import { type DeclaredInput, EMPTY_DIR, type OpenSource, type SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** Mounts of a container: each volume by kind, and its files if their content is known. */
export function declaredMounts(sources: SpecSources): readonly Place[] {
  const { volumes } = sources.workload.pod.spec;
  return (sources.spec.volumeMounts ?? []).flatMap((mount): readonly Place[] => {
    const { name = "", mountPath = "" } = mount;
    if (!isMountable(mountPath)) return [];
    const volume = volumes.find((one) => one.name === name);
    return ofMount({ ...mount, mountPath: normalPath(mountPath) }, volume, sources);
  });
}

type Mount = VolumeMountFacts & { readonly mountPath: string };

function ofMount(mount: Mount, volume: VolumeFacts | undefined, sources: SpecSources): readonly Place[] {
  const { mountPath, subPath = "", readOnly = false } = mount;
  if (volume?.image !== undefined) {
    const { reference = "" } = volume.image;
    const open = [{ object: `image ${reference}`, optional: false, prefix: `${mountPath}/` }];
    return [[`mount ${mountPath}`, { text: JSON.stringify(["image", reference, subPath]), open }]];
  }
  const projections = volume === undefined ? undefined : projectionsOf(volume);
  if (volume !== undefined && projections !== undefined) return files(mount, volume, projections, sources);
  const kinds = volume?.sources ?? [];
  const isOfClaim = isReadOnlyVolume(mount.name ?? "", sources.workload);
  const writable = readOnly || isOfClaim ? " read-only" : "";
  if (volume?.csi !== undefined) {
    const open = [{ object: `csi ${volume.csi.driver ?? ""}`, optional: false, prefix: `${mountPath}/` }];
    return [[`mount ${mountPath}`, { text: canonicalJson(["csi", volume.csi, readOnly]), open }]];
  }
  if (volume !== undefined && kinds.some((kind) => kind !== "emptyDir")) {
    const claim = volume.persistentVolumeClaim ?? null;
    const modes = isOfClaim && claim?.readOnly !== true ? ["ReadOnlyMany"] : [];
    const text = canonicalJson([kinds, claim, subPath, readOnly, ...modes]);
    return [[`mount ${mountPath}`, { text }]];
  }
  const bytes = parseQuantity(volume?.emptyDir?.sizeLimit ?? "");
  const others = otherMounts(mount, sources);
  const { subPathExpr } = mount;
  const more =
    others.length > 0 || subPathExpr !== undefined
      ? ` ${canonicalJson([others, subPathExpr ?? subPath])}`
      : "";
  return [
    [`mount ${mountPath}`, { text: `${EMPTY_DIR}${writable}${more}` }],
    ...(bytes === undefined ? [] : [[`size ${mountPath}`, { text: `${bytes}` }] as const]),
  ];
}

/** Other mounts of the same volume in the pod, through which containers see each other's files. */
function otherMounts(mount: Mount, { spec, workload }: SpecSources): readonly (readonly string[])[] {
  const all = placements(workload).filter(({ role }) => role !== "ephemeral");
  return all.flatMap((placement) =>
    (placement.spec.volumeMounts ?? [])
      .filter(({ name, mountPath = "" }) => {
        return name === mount.name && !(placement.spec === spec && normalPath(mountPath) === mount.mountPath);
      })
      .map(({ mountPath = "", subPath = "" }) => [containerName(placement), normalPath(mountPath), subPath]),
  );
}

function files(
  { mountPath, subPath = "" }: Mount,
  volume: VolumeFacts,
  projections: readonly ProjectionFacts[],
  sources: SpecSources,
): readonly Place[] {
  const all = projections.filter((one) => Object.keys(one).length > 0).map((one) => filesOf(one, sources));
  const at = (path: string): readonly string[] => {
    if (subPath === "" || path.startsWith(`${subPath}/`)) {
      return [`${mountPath}/${subPath === "" ? path : path.slice(subPath.length + 1)}`];
    }
    return path === subPath ? [mountPath] : [];
  };
  const contents = new Map(all.flatMap(({ known }) => known));
  const open = all
    .flatMap(({ open: own }) => own)
    .map(({ paths, ...source }): OpenSource => {
      if (paths !== undefined) return { ...source, names: paths.flatMap(at) };
      // With a subPath whose file is unknown, the mount path itself is the file.
      return subPath === "" ? { ...source, prefix: `${mountPath}/` } : { ...source, prefix: "" };
    });
  const { configMap, secret, projected, downwardAPI } = volume;
  const mode = (configMap ?? secret ?? projected ?? downwardAPI)?.defaultMode ?? null;
  const shape = canonicalJson(["files", mode, subPath, all.map((one) => one.shape)]);
  return [
    [`mount ${mountPath}`, { text: shape, ...(open.length === 0 ? {} : { open }) }],
    ...[...contents].flatMap(([path, text]) => at(path).map((file) => [`file ${file}`, { text }] as const)),
  ];
}

interface ProjectedFiles {
  /** Modes and unavailable objects, without contents. */
  readonly shape: unknown;
  readonly known: readonly (readonly [path: string, text: string])[];
  readonly open: readonly (Omit<OpenSource, "names" | "prefix"> & {
    /** Paths in the volume; absent if unknown. */
    readonly paths?: readonly string[] | undefined;
  })[];
}

function filesOf(projection: ProjectionFacts, sources: SpecSources): ProjectedFiles {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } =
    projection;
  const parts: readonly ProjectedFiles[] = [
    ...(configMap === undefined ? [] : [ofConfigMap(configMap, sources)]),
    ...(secret === undefined ? [] : [ofSecret(secret, sources)]),
    {
      shape: serviceAccountToken ?? clusterTrustBundle ?? podCertificate ?? null,
      known: (downwardAPI?.items ?? []).map((item) => [item.path ?? "", effectiveField(item, sources) ?? ""]),
      open: certificatesOf(projection),
    },
  ];
  return {
    shape: [
      parts.map(({ shape }) => shape),
      (downwardAPI?.items ?? []).map(({ path, mode }) => [path, mode]),
    ],
    known: parts.flatMap(({ known }) => known),
    open: parts.flatMap(({ open }) => open),
  };
}

/** Certificates that only a cluster has: trust bundles, and those of the pod. */
function certificatesOf({ clusterTrustBundle, podCertificate }: ProjectionFacts): ProjectedFiles["open"] {
  const { name, signerName, path, optional = false } = clusterTrustBundle ?? {};
  const bundle = { object: `clusterTrustBundle ${name ?? signerName ?? ""}`, optional };
  return [
    ...(clusterTrustBundle === undefined
      ? []
      : [{ ...bundle, paths: path === undefined ? undefined : [path] }]),
    ...(podCertificate === undefined
      ? []
      : [{ object: `podCertificate ${podCertificate.signerName ?? ""}`, optional: false }]),
  ];
}

type ObjectProjection = NonNullable<ProjectionFacts["configMap"]>;

function ofConfigMap(projection: ObjectProjection, { config }: SpecSources): ProjectedFiles {
  const { name = "", items, optional = false } = projection;
  const object = config("ConfigMap", name);
  if (object === undefined) {
    const shape = ["ConfigMap", name, items ?? null, optional];
    if (isRootAuthority(name)) return { shape, known: [], open: [] };
    return { shape, known: [], open: [{ object: `ConfigMap ${name}`, optional, paths: items?.map(pathOf) }] };
  }
  const values = object.values();
  const known = (items ?? [...values.keys()].map((key) => ({ key }))).flatMap((item: KeyToPathFacts) => {
    const text = values.get(item.key ?? "");
    return text === undefined ? [] : [[pathOf(item), text] as const];
  });
  const shape = ["ConfigMap", (items ?? []).map((item) => [pathOf(item), item.mode]), object.binary];
  return { shape, known, open: [] };
}

function ofSecret(projection: ObjectProjection, { config }: SpecSources): ProjectedFiles {
  const { name = "", items, optional = false } = projection;
  const object = config("Secret", name);
  const source = { object: `Secret ${name}`, optional };
  const shape = ["Secret", name, items ?? null, optional];
  if (object === undefined) return { shape, known: [], open: [{ ...source, paths: items?.map(pathOf) }] };
  const all = items ?? object.unfilled.map((key): KeyToPathFacts => ({ key }));
  const paths = all.filter(({ key = "" }) => object.unfilled.includes(key)).map(pathOf);
  return { shape, known: [], open: [{ ...source, paths, atHand: true }] };
}

function pathOf({ key = "", path = key }: KeyToPathFacts): string {
  return path;
}
