import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { deployment, type Manifest, yaml } from "../../test/fixtures/manifests.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { readWorkloads } from "./read-workloads.ts";

const WEB = deployment({ name: "web" });

function object(kind: string, metadata: Manifest = {}, spec: Manifest = { ports: [{ port: 80 }] }): Manifest {
  return { apiVersion: "v1", kind, metadata: { name: "mail", namespace: "aides", ...metadata }, spec };
}

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, readonly string[]]>([
  ["a Service of its namespace", { "a/w.yaml": [WEB], "b/s.yaml": [object("Service")] }, ["Service/mail b"]],
  [
    "a ServiceAccount of its namespace",
    { "a/w.yaml": [WEB], "b/s.yaml": [object("ServiceAccount")] },
    ["ServiceAccount/mail b"],
  ],
  [
    "a Service in two folders",
    { "a/w.yaml": [WEB], "b/s.yaml": [object("Service")], "c/s.yaml": [object("Service")] },
    ["Service/mail b,c"],
  ],
  [
    "one of another namespace",
    { "a/w.yaml": [WEB], "b/s.yaml": [object("Service", { namespace: "x" })] },
    [],
  ],
  [
    "one without a namespace",
    { "a/w.yaml": [WEB], "b/s.yaml": [object("Service", { namespace: undefined })] },
    [],
  ],
  [
    "one without a namespace, in a folder below",
    { "a/w.yaml": [WEB], "a/b/s.yaml": [object("Service", { namespace: undefined })] },
    ["Service/mail a/b"],
  ],
  ["one in its own folder", { "a/w.yaml": [WEB], "a/s.yaml": [object("Service")] }, []],
  ["one of another environment", { "a/w.yaml": [WEB], "b/w.yaml": [WEB, object("Service")] }, []],
  [
    "Knative's Service",
    { "a/w.yaml": [WEB], "b/s.yaml": [{ ...object("Service"), apiVersion: "serving.knative.dev/v1" }] },
    [],
  ],
])("folders beside a workload's own: %s", async (_, files, expected) => {
  const cwd = temporaryDirectory();
  for (const [name, objects] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), objects.map((one) => yaml(one)).join("---\n"));
  }
  const { workloads } = await readWorkloads(["."], { cwd, stdin: (async function* () {})() });
  const folders = [...(workloads[0]?.objectFolders ?? [])].map(
    ([key, all]) => `${key} ${all.map((folder) => folder.slice(cwd.length + 1)).join(",")}`,
  );
  expect(folders).toEqual(expected);
});
