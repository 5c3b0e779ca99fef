// Row 11: credentials among the options by which a volume is mounted, in manifests of storage beside the workload.

import type { Manifest } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const PASSWORD = "Hiver2024!x";
const volume = (spec: object) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "share" },
  spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteMany"], ...spec },
});
const storageClass = (fields: object) => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "smb" },
  provisioner: "smb.csi.k8s.io",
  ...fields,
});
const csi = (volumeAttributes: object) => ({
  csi: { driver: "smb.csi.k8s.io", volumeHandle: "a", volumeAttributes },
});

export const cases: Cases = [
  of(
    "a password among a volume's mount options",
    volume({ mountOptions: ["dir_mode=0777", "username=portal", `password=${PASSWORD}`] }),
    "no",
  ),
  of(
    "several options in one text",
    volume({ mountOptions: [`username=portal,pass=${PASSWORD},vers=3.0`] }),
    "no",
  ),
  of("an attribute of its driver", volume(csi({ source: "//srv/share", password: PASSWORD })), "no"),
  of(
    "options of its driver",
    volume(csi({ source: "//srv/share", mountOptions: `username=u,password=${PASSWORD}` })),
    "no",
  ),
  of(
    "options of a FlexVolume",
    volume({ flexVolume: { driver: "corp/cifs", options: { cifsPassword: PASSWORD } } }),
    "no",
  ),
  of("a class's mount options", storageClass({ mountOptions: [`password=${PASSWORD}`] }), "no"),
  of(
    "a class's parameters",
    storageClass({ parameters: { restuserpassword: "x", adminPassword: PASSWORD } }),
    "no",
  ),
  of(
    "mount options",
    volume({
      mountOptions: [
        "dir_mode=0777",
        "file_mode=0777",
        "vers=3.0",
        "sec=krb5",
        "credentials=/etc/smb/credentials",
      ],
    }),
    "yes",
  ),
  of(
    "a driver's Secret",
    volume({
      csi: {
        driver: "smb.csi.k8s.io",
        volumeHandle: "a",
        nodeStageSecretRef: { name: "smb-creds", namespace: "default" },
        volumeAttributes: { source: "//srv/share" },
      },
    }),
    "yes",
  ),
  of(
    "a class's Secret",
    storageClass({
      parameters: {
        source: "//srv/share",
        "csi.storage.k8s.io/node-stage-secret-name": "smb-creds",
        "csi.storage.k8s.io/node-stage-secret-namespace": "default",
      },
      mountOptions: ["vers=3.0"],
    }),
    "yes",
  ),
  of(
    "a volume of NFS",
    volume({ nfs: { server: "srv", path: "/share" }, mountOptions: ["nfsvers=4.1", "hard"] }),
    "yes",
  ),
];

function of(name: string, storage: Manifest, answer: "yes" | "no"): Case {
  return {
    name,
    given: manifests(web({ env: [{ name: "A", value: "b" }] }), storage),
    expect: { "env-config": answer },
    ...(answer === "yes" ? { trap: true as const } : {}),
    why:
      answer === "no" ? "1.4: whoever reads the repository reads the secret." : "Nothing in it is a secret.",
  };
}
