import type { Text } from "../../contract/text.ts";
import {
  checkRange,
  checkRequiredText,
  checkText,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  pairs,
  reject,
  rejectMissing,
  rejectValue,
  textOf,
} from "./field.ts";
import { DATA_KEY, DNS_LABEL, INNER_PATH } from "./names.ts";
import { DUPLICATE } from "./ports.ts";
import { amountOf } from "./quantity.ts";

const HIGHEST_MODE = 0o777;

/** Required fields of sources, by kind. */
const REQUIRED: readonly (readonly [kind: string, field: string])[] = [
  ["hostPath", "path"],
  ["configMap", "name"],
  ["secret", "secretName"],
  ["persistentVolumeClaim", "claimName"],
  ["csi", "driver"],
  ["nfs", "server"],
  ["nfs", "path"],
];

/** All sources of API v1 (core/v1, VolumeSource). */
const SOURCES: ReadonlySet<string> = new Set(
  `awsElasticBlockStore azureDisk azureFile cephfs cinder configMap csi downwardAPI emptyDir ephemeral fc
  flexVolume flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi nfs persistentVolumeClaim
  photonPersistentDisk portworxVolume projected quobyte rbd scaleIO secret storageos vsphereVolume`.split(
    /\s+/,
  ),
);

/** @returns names of the volumes, which containers may mount */
export function checkVolumes(volumes: Field): ReadonlySet<string> {
  const names = new Set<string>();
  for (const volume of entries(volumes)) {
    const name = member(volume, "name");
    checkRequiredText(name, DNS_LABEL);
    const text = textOf(name) ?? "";
    if (names.has(text)) reject(name, DUPLICATE);
    names.add(text);
    checkSources(volume);
  }
  return names;
}

function checkSources(volume: Field): void {
  const named = Object.keys(Object(volume.value)).filter(
    (key) => SOURCES.has(key) && isSet(member(volume, key)),
  );
  if (named.length > 1) reject(volume, SEVERAL);
  for (const [kind, field] of REQUIRED) {
    const required = member(volume, kind, field);
    if (isSet(member(volume, kind)) && (required.value ?? "") === "") rejectMissing(required);
  }
  const size = member(volume, "emptyDir", "sizeLimit");
  if (amountOf(size.value) < 0) rejectValue(size, { fr: "au moins 0", en: "at least 0" });
  checkWord(member(volume, "hostPath", "type"), HOST_PATH_TYPES);
  const medium = member(volume, "emptyDir", "medium");
  if (!(textOf(medium) ?? "").startsWith("HugePages")) checkWord(medium, ["Memory", "HugePages"]);
  for (const kind of ["configMap", "secret", "downwardAPI"]) checkFiles(member(volume, kind));
  checkProjected(member(volume, "projected"));
}

/** Bounds from core/validation, validateProjectionSources: tokens must last ten minutes or longer. */
const [LEAST_TOKEN_SECONDS, MOST_TOKEN_SECONDS] = [600, 2 ** 32];

/** Checks several sources in one folder, which must not have the same path. */
function checkProjected(projected: Field): void {
  checkMode(member(projected, "defaultMode"));
  const paths = new Set<string>();
  const claim = (path: Field) => {
    const text = textOf(path) ?? "";
    if (paths.has(text) && text !== "") reject(path, DUPLICATE);
    paths.add(text);
  };
  for (const source of entries(member(projected, "sources"))) {
    if (pairs(source).filter(([, one]) => isSet(one)).length > 1) reject(source, SEVERAL);
    for (const kind of ["configMap", "secret", "downwardAPI"]) {
      checkFiles(member(source, kind));
      for (const item of entries(member(source, kind, "items"))) claim(member(item, "path"));
    }
    for (const kind of ["configMap", "secret"]) {
      const name = member(source, kind, "name");
      if (isSet(member(source, kind)) && (name.value ?? "") === "") rejectMissing(name);
    }
    for (const kind of ["serviceAccountToken", "clusterTrustBundle"]) {
      const path = member(source, kind, "path");
      if (!isSet(member(source, kind))) continue;
      checkRequiredText(path, INNER_PATH);
      claim(path);
    }
    checkRange(
      member(source, "serviceAccountToken", "expirationSeconds"),
      LEAST_TOKEN_SECONDS,
      MOST_TOKEN_SECONDS,
    );
  }
}

const HOST_PATH_TYPES = [
  "DirectoryOrCreate",
  "Directory",
  "FileOrCreate",
  "File",
  "Socket",
  "CharDevice",
  "BlockDevice",
];

const SEVERAL: Text = {
  fr: "a plusieurs sources : un volume n'en a qu'une",
  en: "has several sources: a volume has one",
};

function checkFiles(source: Field): void {
  checkMode(member(source, "defaultMode"));
  for (const item of entries(member(source, "items"))) {
    checkText(member(item, "key"), DATA_KEY);
    checkRequiredText(member(item, "path"), INNER_PATH);
    checkMode(member(item, "mode"));
  }
}

function checkMode(mode: Field): void {
  const { value } = mode;
  if (typeof value !== "number" || (value >= 0 && value <= HIGHEST_MODE)) return;
  rejectValue(mode, { fr: "un mode de 0 à 0777 (511)", en: "a mode from 0 to 0777 (511)" });
}
