import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../test/fixtures/manifests.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import type { ClaimFacts } from "../contract/workload-facts.ts";
import { readWorkloads } from "./read-workloads.ts";

const VOLUMES = [{ name: "d", persistentVolumeClaim: { claimName: "data" } }];
const WEB = deployment({ name: "web", pod: podSpec({ volumes: VOLUMES }) });

function claim(mode: string, namespace: string | undefined = "aides", spec: Manifest = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", ...(namespace === "" ? {} : { namespace }) },
    spec: { accessModes: [mode], ...spec },
  };
}

function volume(spec: Manifest): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk" },
    spec: { hostPath: { path: "/" }, accessModes: ["ReadWriteOnce"], ...spec },
  };
}

/** Claim of the first workload. */
async function claimOf(
  files: Readonly<Record<string, readonly Manifest[]>>,
): Promise<ClaimFacts | undefined> {
  return (await workloadsOf(files))[0]?.facts.claims[0];
}

async function workloadsOf(files: Readonly<Record<string, readonly Manifest[]>>) {
  const cwd = temporaryDirectory();
  for (const [name, objects] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), objects.map((one) => yaml(one)).join("---\n"));
  }
  const { workloads } = await readWorkloads(["."], { cwd, stdin: (async function* () {})() });
  return workloads;
}

const [ONE, MANY] = ["ReadWriteOnce", "ReadWriteMany"];

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, string | undefined]>([
  ["in its folder", { "a/w.yaml": [WEB, claim(ONE)] }, ONE],
  ["in its folder, without a namespace", { "a/w.yaml": [WEB, claim(ONE, "")] }, ONE],
  ["in its folder, of another namespace", { "a/w.yaml": [WEB, claim(ONE, "x")] }, undefined],
  ["in another folder", { "a/w.yaml": [WEB], "b/c.yaml": [claim(ONE)] }, ONE],
  [
    "in another folder, of another namespace",
    { "a/w.yaml": [WEB], "b/c.yaml": [claim(ONE, "x")] },
    undefined,
  ],
  ["in another folder, without a namespace", { "a/w.yaml": [WEB], "b/c.yaml": [claim(ONE, "")] }, undefined],
  ["in a folder above, without a namespace", { "a/w.yaml": [WEB], "c.yaml": [claim(ONE, "")] }, ONE],
  ["in its folder and another", { "a/w.yaml": [WEB, claim(MANY)], "b/c.yaml": [claim(ONE)] }, MANY],
  ["in two others", { "a/w.yaml": [WEB], "b/c.yaml": [claim(MANY)], "c/c.yaml": [claim(ONE)] }, ONE],
  ["in another environment", { "a/w.yaml": [WEB], "b/w.yaml": [WEB, claim(ONE)] }, undefined],
])("access modes of a claim %s", async (_, files, mode) => {
  expect((await claimOf(files))?.accessModes?.[0]).toBe(mode);
});

const RESERVED = volume({ claimRef: { namespace: "aides", name: "data" } });

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, boolean]>([
  ["reserved for the claim", { "a/w.yaml": [WEB, claim(ONE)], "b/v.yaml": [RESERVED] }, true],
  [
    "that the claim names",
    { "a/w.yaml": [WEB, claim(ONE, "aides", { volumeName: "disk" })], "b/v.yaml": [volume({})] },
    true,
  ],
  [
    "that a claim in a third folder names",
    {
      "a/w.yaml": [WEB],
      "b/v.yaml": [volume({})],
      "c/c.yaml": [claim(ONE, "aides", { volumeName: "disk" })],
    },
    true,
  ],
  ["of the claim's class alone", { "a/w.yaml": [WEB, claim(ONE)], "b/v.yaml": [volume({})] }, false],
  [
    "reserved for another claim",
    {
      "a/w.yaml": [WEB, claim(ONE)],
      "b/v.yaml": [volume({ claimRef: { namespace: "aides", name: "else" } })],
    },
    false,
  ],
  ["of another environment", { "a/w.yaml": [WEB, claim(ONE)], "b/w.yaml": [WEB, RESERVED] }, false],
])("a node's directory in another folder, %s", async (_, files, isBound) => {
  expect((await claimOf(files))?.onNode).toBe(isBound ? "disk (hostPath)" : undefined);
});

const READ_ONLY = { nfs: { readOnly: true } };

function persistent(spec: Manifest): Manifest {
  return { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "disk" }, spec };
}

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, true | undefined]>([
  [
    "that its claim names",
    { "a/w.yaml": [WEB, claim(MANY, "aides", { volumeName: "disk" }), persistent(READ_ONLY)] },
    true,
  ],
  [
    "that is reserved for its claim, from another folder",
    {
      "a/w.yaml": [WEB, claim(MANY)],
      "b/v.yaml": [persistent({ ...READ_ONLY, claimRef: { namespace: "aides", name: "data" } })],
    },
    true,
  ],
  [
    "of its class",
    {
      "a/w.yaml": [
        WEB,
        claim(MANY, "aides", { storageClassName: "slow" }),
        {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: "slow" },
          mountOptions: ["ro"],
        },
      ],
    },
    true,
  ],
  ["that nothing names", { "a/w.yaml": [WEB, claim(MANY), persistent(READ_ONLY)] }, undefined],
  [
    "of another environment",
    {
      "dev/w.yaml": [WEB, persistent(READ_ONLY)],
      "prod/w.yaml": [WEB, claim(MANY, "aides", { volumeName: "disk" })],
    },
    undefined,
  ],
])("read-only storage %s", async (_, files, isReadOnly) => {
  const found = (await workloadsOf(files)).at(-1)?.facts.claims[0];
  expect(found?.isReadOnly).toBe(isReadOnly);
});

test.each<[string, readonly Manifest[], string, true | undefined]>([
  ["once to be read, once to be written", [claim(MANY), claim("ReadOnlyMany")], "ReadOnlyMany", undefined],
  ["as a raw disk", [claim(MANY, "aides", { volumeMode: "Block" })], MANY, true],
])("a claim that stands %s", async (_, claims, mode, isBlock) => {
  const found = await claimOf({ "a/w.yaml": [WEB, ...claims] });
  expect([found?.accessModes, found?.isBlock]).toEqual([[mode], isBlock]);
});

const OTHER = deployment({ name: "other", pod: podSpec({ volumes: VOLUMES }) });

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, string | undefined]>([
  ["another workload", { "a/w.yaml": [WEB, OTHER] }, "Deployment/other"],
  ["another workload of another folder", { "a/w.yaml": [WEB], "b/w.yaml": [OTHER] }, "Deployment/other"],
  ["the same workload of another environment", { "dev/w.yaml": [WEB], "prod/w.yaml": [WEB] }, undefined],
  [
    "another workload of another environment",
    { "dev/w.yaml": [WEB], "prod/w.yaml": [WEB, OTHER] },
    undefined,
  ],
  [
    "another workload, of another namespace",
    { "a/w.yaml": [WEB, { ...OTHER, metadata: { name: "other", namespace: "x" } }] },
    undefined,
  ],
])("a claim that %s mounts, too", async (_, files, sharedWith) => {
  expect((await claimOf(files))?.sharedWith).toBe(sharedWith);
});
