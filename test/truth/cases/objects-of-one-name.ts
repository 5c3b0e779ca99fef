// Rows 6, 8 and 12: a trial proves nothing that depends on several objects of one name, since the applied one
// is unknown.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest, yaml } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const WEB = web({ envFrom: [{ configMapRef: { name: "own" } }], env: [] });
const KUBECTL =
  "kubectl applies files in their order, the last one over the others; Argo CD and Flux do as they like.";

export const cases: Cases = [
  objects("one ConfigMap", { "deploy/a.yaml": [WEB, map("0.0.0.0")] }, "yes", "It is the only one."),
  objects(
    "two with different contents, in one file",
    { "deploy/a.yaml": [WEB, map("0.0.0.0"), map("127.0.0.1")] },
    "unproven",
    KUBECTL,
  ),
  objects(
    "two with different contents, in two files",
    { "deploy/a.yaml": [WEB, map("0.0.0.0")], "deploy/b.yaml": [map("127.0.0.1")] },
    "unproven",
    KUBECTL,
  ),
  objects(
    "two with equal contents",
    { "deploy/a.yaml": [WEB, map("0.0.0.0")], "deploy/b.yaml": [map("0.0.0.0")] },
    "yes",
    "Whichever is applied, the pod is given the same.",
  ),
  objects(
    "one of another namespace",
    { "deploy/a.yaml": [WEB, map("0.0.0.0"), map("127.0.0.1", "other")] },
    "yes",
    "Two objects: the pod is given that of its namespace.",
  ),
  objects(
    "one without a namespace, with other contents",
    { "deploy/a.yaml": [WEB, map("0.0.0.0"), map("127.0.0.1", undefined)] },
    "unproven",
    "It is applied where the workload is.",
  ),
  objects(
    "another one in a folder of configuration alone",
    { "deploy/a.yaml": [WEB, map("0.0.0.0")], "config/b.yaml": [map("127.0.0.1")] },
    "unproven",
    "Both are applied where the repository is.",
  ),
  objects(
    "another one in the folder of another environment",
    { "dev/a.yaml": [WEB, map("0.0.0.0")], "prod/a.yaml": [WEB, map("10.0.0.1")] },
    "yes",
    "Each environment has a workload of its own, and its objects beside it.",
  ),
  objects(
    "another one that the pod does not name",
    { "deploy/a.yaml": [WEB, map("0.0.0.0"), map("1", "aides", "else"), map("2", "aides", "else")] },
    "yes",
    "Nothing of it reaches the pod.",
  ),
];

function map(HOST: string, namespace: string | undefined = "aides", name = "own"): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { HOST } };
}

function objects(
  name: string,
  files: Readonly<Record<string, readonly Manifest[]>>,
  answer: Answer,
  why: string,
): Case {
  const texts = Object.entries(files).map(([file, all]) => [file, all.map((one) => yaml(one)).join("---\n")]);
  return {
    name: `variables of ${name}`,
    given: { ...withImage({ files: Object.fromEntries(texts) }, imageOf({})), trial: {} },
    expect: { "stdout-logs": answer, "bind-all": answer, stateless: answer },
    trap: true,
    why,
  };
}
