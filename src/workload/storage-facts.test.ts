import { expect, test } from "vitest";
import { storageTexts } from "./storage-facts.ts";

function texts(object: Record<string, unknown>): unknown {
  const { apiVersion = "v1", kind = "PersistentVolume", ...value } = object;
  const found = storageTexts({ apiVersion: String(apiVersion), kind: String(kind), value });
  return (
    found && [found.kind, [...found.values].map(([key, bytes]) => `${key}=${Buffer.from(bytes).toString()}`)]
  );
}

test.each<[Record<string, unknown>, unknown]>([
  [{ spec: { mountOptions: ["a=b", 1] } }, ["PersistentVolume", ["mountOptions=a=b"]]],
  [
    { spec: { csi: { volumeAttributes: { source: "s", n: 1 } }, flexVolume: { options: { o: "p" } } } },
    ["PersistentVolume", ["source=s", "o=p"]],
  ],
  [{ spec: { mountOptions: "a" } }, ["PersistentVolume", []]],
  [{ spec: null }, ["PersistentVolume", []]],
  [
    { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", mountOptions: ["a"], parameters: { p: "q" } },
    ["StorageClass", ["mountOptions=a", "p=q"]],
  ],
  [{ apiVersion: "apps/v1", kind: "PersistentVolume" }, undefined],
  [{ kind: "StorageClass" }, undefined],
  [{ apiVersion: "storage.k8s.io/v1", kind: "CSIDriver" }, undefined],
  [{ kind: "PersistentVolumeClaim" }, undefined],
])("%j", (object, expected) => {
  expect(texts(object)).toEqual(expected);
});
