// Row 2: a claim that a PersistentVolume of the manifests serves from a directory of a node.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest, podSpec, statefulSet } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const NODE = "1.1: the container reads and writes files of the node, as by a hostPath.";
const ELSEWHERE = "The binder never gives this volume to the claim.";

const TMP = { name: "tmp", emptyDir: {} };
const CLASS = { storageClassName: "manual" };
const ROOT = { ...CLASS, hostPath: { path: "/" } };

export const cases: Cases = [
  ...[templated, ephemeral, claimed].flatMap(
    (of): Cases => [
      of("its class", CLASS, volume(ROOT), "no"),
      of("its class, a local disk", CLASS, volume({ ...CLASS, local: { path: "/data" } }), "no"),
      of("its name", { volumeName: "disk" }, volume(ROOT), "no"),
      of("no class, as the volume", {}, volume({ hostPath: { path: "/" } }), "no"),
      of(
        "its class and labels",
        { ...CLASS, selector: { matchLabels: { tier: "web" } } },
        volume(ROOT, { tier: "web" }),
        "no",
      ),
      of(
        "the older annotation of the volume's class",
        CLASS,
        volume({ hostPath: { path: "/" } }, {}, { "volume.beta.kubernetes.io/storage-class": "manual" }),
        "no",
      ),
      of("another class", { storageClassName: "fast" }, volume(ROOT), "yes"),
      of("another name", { ...CLASS, volumeName: "other" }, volume(ROOT), "yes"),
      of(
        "other labels",
        { ...CLASS, selector: { matchLabels: { tier: "db" } } },
        volume(ROOT, { tier: "web" }),
        "yes",
      ),
      of("more than the volume has", { ...CLASS, ...size("20Gi") }, volume(ROOT), "yes"),
      of("a mode that the volume lacks", { ...CLASS, accessModes: ["ReadWriteMany"] }, volume(ROOT), "yes"),
      of("a block device", { ...CLASS, volumeMode: "Block" }, volume(ROOT), "yes"),
      of(
        "its class, on a file server",
        CLASS,
        volume({ ...CLASS, nfs: { server: "files", path: "/" } }),
        "yes",
      ),
      of(
        "its class, reserved for another claim",
        CLASS,
        volume({ ...ROOT, claimRef: { namespace: "aides", name: "else" } }),
        "yes",
      ),
    ],
  ),
  {
    name: "a template, whose claim was made in advance for the volume",
    given: manifests(
      stateful({ storageClassName: "fast" }),
      volume(ROOT),
      claim("data-web-0", { volumeName: "disk" }),
    ),
    expect: { "no-host-access": "no" },
    why: NODE,
  },
  {
    name: "a template, for whose first pod the volume is reserved",
    given: manifests(
      stateful({ storageClassName: "fast" }),
      volume({ ...ROOT, claimRef: { namespace: "aides", name: "data-web-0" } }),
    ),
    expect: { "no-host-access": "no" },
    why: NODE,
  },
];

function templated(name: string, spec: Manifest, object: Manifest, answer: Answer): Case {
  return stored(`a template asks for ${name}`, [stateful(spec), object], answer);
}

function ephemeral(name: string, spec: Manifest, object: Manifest, answer: Answer): Case {
  const volumes = [TMP, { name: "data", ephemeral: { volumeClaimTemplate: { spec: request(spec) } } }];
  return stored(`an ephemeral volume asks for ${name}`, [web({}, { volumes }), object], answer);
}

function claimed(name: string, spec: Manifest, object: Manifest, answer: Answer): Case {
  const volumes = [TMP, { name: "data", persistentVolumeClaim: { claimName: "data" } }];
  return stored(`a claim asks for ${name}`, [web({}, { volumes }), claim("data", spec), object], answer);
}

function stored(name: string, objects: readonly Manifest[], answer: Answer): Case {
  return {
    name,
    given: manifests(...objects),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? ELSEWHERE : NODE,
  };
}

function stateful(spec: Manifest): Manifest {
  const set = statefulSet({ name: "web", pod: podSpec({ containers: [server()] }) });
  const templates = [{ metadata: { name: "data" }, spec: request(spec) }];
  return { ...set, spec: { ...(set["spec"] as Manifest), volumeClaimTemplates: templates } };
}

function claim(name: string, spec: Manifest): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace: "aides" },
    spec: request(spec),
  };
}

function request(spec: Manifest): Manifest {
  return { accessModes: ["ReadWriteOnce"], ...size("1Gi"), ...spec };
}

function size(storage: string): Manifest {
  return { resources: { requests: { storage } } };
}

function volume(spec: Manifest, labels: Manifest = {}, annotations: Manifest = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk", labels, annotations },
    spec: { capacity: { storage: "10Gi" }, accessModes: ["ReadWriteOnce"], ...spec },
  };
}
