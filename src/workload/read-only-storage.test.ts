import { expect, test } from "vitest";
import type { Manifest } from "../../test/fixtures/manifests.ts";
import { readOnlyStorageOf } from "./read-only-storage.ts";

const object = (apiVersion: string, kind: string, value: Manifest, metadata: unknown = { name: "own" }) => ({
  value: { metadata, ...value },
  apiVersion,
  kind,
  path: [],
});
const volume = (spec: unknown, metadata?: unknown) => object("v1", "PersistentVolume", { spec }, metadata);
const storageClass = (value: Manifest) => object("storage.k8s.io/v1", "StorageClass", value);
const [VOLUME, CLASS] = [
  { kind: "PersistentVolume", name: "own" },
  { kind: "StorageClass", name: "own" },
];

test.each([
  [volume({ nfs: { readOnly: true } }), VOLUME],
  [volume({ csi: { readOnly: true } }), VOLUME],
  [volume({ mountOptions: ["hard", "ro"] }), VOLUME],
  [volume({ mountOptions: ["hard,ro"] }), VOLUME],
  [volume({ accessModes: ["ReadOnlyMany"] }), VOLUME],
  [
    volume({ nfs: { readOnly: true }, claimRef: { namespace: "aides", name: "data" } }),
    { ...VOLUME, claim: { namespace: "aides", name: "data" } },
  ],
  [
    volume({ nfs: { readOnly: true }, claimRef: { name: "data" } }),
    { ...VOLUME, claim: { namespace: "", name: "data" } },
  ],
  [storageClass({ mountOptions: ["ro"] }), CLASS],
])("%j is read-only", (one, storage) => {
  expect(readOnlyStorageOf(one)).toEqual(storage);
});

test.each([
  [volume({ nfs: { readOnly: false }, accessModes: ["ReadOnlyMany", "ReadWriteMany"] })],
  [volume({ nfs: { readOnly: "true" }, mountOptions: ["noro", "retro"] })],
  [volume({ mountOptions: "ro" })],
  [volume({ nfs: { readOnly: true } }, {})],
  [volume("x")],
  [storageClass({ mountOptions: ["rw"] })],
  [storageClass({ parameters: { mountOptions: "ro" } })],
  [object("example.org/v1", "StorageClass", { mountOptions: ["ro"] })],
  [object("v1", "PersistentVolumeClaim", { spec: { accessModes: ["ReadOnlyMany"] } })],
])("%j is not known to be read-only", (one) => {
  expect(readOnlyStorageOf(one)).toBeUndefined();
});
