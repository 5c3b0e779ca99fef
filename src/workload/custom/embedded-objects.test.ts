import { expect, test } from "vitest";
import { embeddedObjects } from "./embedded-objects.ts";

const BINDING = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "x" },
};

function embedded(
  apiVersion: string,
  kind: string,
  fields: Readonly<Record<string, unknown>>,
): readonly string[] {
  const value = { apiVersion, kind, metadata: { name: "it" }, ...fields };
  return embeddedObjects({ value, apiVersion, kind, path: [] }).map(
    ({ kind: own, path }) => `${own} ${path.join(".")}`,
  );
}

test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
  [
    "work.open-cluster-management.io/v1",
    "ManifestWork",
    { spec: { workload: { manifests: [BINDING] } } },
    "spec.workload.manifests.0",
  ],
  ["template.openshift.io/v1", "Template", { objects: [BINDING] }, "objects.0"],
  [
    "kubernetes.crossplane.io/v1alpha2",
    "Object",
    { spec: { forProvider: { manifest: BINDING } } },
    "spec.forProvider.manifest",
  ],
  [
    "kro.run/v1alpha1",
    "ResourceGraphDefinition",
    { spec: { resources: [{ template: BINDING }] } },
    "spec.resources.0.template",
  ],
])("%s %s applies what is in it", (apiVersion, kind, fields, path) => {
  expect(embedded(apiVersion, kind, fields)).toEqual([`ClusterRoleBinding ${path}`]);
});

test.each<[string, string, string, Readonly<Record<string, unknown>>]>([
  [
    "a reference",
    "tools.example.org/v1",
    "Tool",
    { spec: { ref: { apiVersion: "v1", kind: "Secret", name: "a" } } },
  ],
  ["what was applied", "tools.example.org/v1", "Tool", { status: { last: BINDING } }],
  [
    "an example of a schema",
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    { spec: { example: BINDING } },
  ],
  ["an object of Kubernetes' own", "v1", "ConfigMap", { data: { a: BINDING } }],
  [
    "what lies too deep",
    "tools.example.org/v1",
    "Tool",
    { spec: JSON.parse(`${'{"a":'.repeat(13)}${JSON.stringify(BINDING)}${"}".repeat(13)}`) },
  ],
])("not %s", (_name, apiVersion, kind, fields) => {
  expect(embedded(apiVersion, kind, fields)).toEqual([]);
});

test("the search is bounded", () => {
  expect(
    embedded("template.openshift.io/v1", "Template", { objects: Array.from({ length: 600 }, () => BINDING) }),
  ).toHaveLength(500);
});
