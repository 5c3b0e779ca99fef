import type { KeyValues } from "../secrets/config-object.ts";
import { isMapping } from "./decode/collections.ts";
import { groupOf, type KubernetesObject } from "./objects/kind.ts";

/** Mount parameters of a storage object. */
export interface StorageTexts {
  readonly kind: "PersistentVolume" | "StorageClass";
  readonly values: KeyValues;
}

/**
 * Options and attributes of a PersistentVolume or StorageClass. Drivers of CIFS, WebDAV and SSH accept
 * passwords in them, which belong in a Secret (nodeStageSecretRef,
 * csi.storage.k8s.io/node-stage-secret-name). Undefined for other kinds.
 */
export function storageTexts({
  apiVersion,
  kind,
  value,
}: Omit<KubernetesObject, "path">): StorageTexts | undefined {
  if (apiVersion === "v1" && kind === "PersistentVolume") {
    const spec = mappingIn(value, "spec");
    const [csi, flex] = [mappingIn(spec, "csi"), mappingIn(spec, "flexVolume")];
    return { kind, values: [...options(spec), ...texts(csi["volumeAttributes"]), ...texts(flex["options"])] };
  }
  if (groupOf({ apiVersion }) !== "storage.k8s.io" || kind !== "StorageClass") return undefined;
  return { kind, values: [...options(value), ...texts(value["parameters"])] };
}

type Mapping = Readonly<Record<string, unknown>>;

function mappingIn(mapping: Mapping, key: string): Mapping {
  const member = mapping[key];
  return isMapping(member) ? member : {};
}

function options(mapping: Mapping): KeyValues {
  const listed = mapping["mountOptions"];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((option) =>
    typeof option === "string" ? [["mountOptions", Buffer.from(option)] as const] : [],
  );
}

function texts(value: unknown): KeyValues {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, Buffer.from(text)] as const] : [],
  );
}
