import { expect, test } from "vitest";
import { admissionSchema } from "./admission.ts";

const MESH = {
  container: "istio-proxy",
  repository: "registry.example/mesh/proxy",
  reason: "the mesh reads it",
};

test.each([
  [{}],
  [{ observe: [{ until: "2026-12-31", reason: "migration" }] }],
  [{ observe: [{ namespace: "a", workloads: ["Deployment/web"], until: "2026-12-31", reason: "r" }] }],
  [
    {
      registries: [
        "registry.example",
        "registry.internal:5000",
        "docker.io",
        "10.0.0.1:5000",
        "[fd00::1]:5000",
      ],
    },
  ],
  [{ exemptNamespaces: ["douane", "ingress-system"], language: "fr", pinTags: true, movingTags: [MESH] }],
])("accepts %j", (value) => {
  expect(admissionSchema.safeParse(value).success).toBe(true);
});

test.each([
  ["a pattern of namespaces", { exemptNamespaces: ["team-*"] }],
  ["an empty name, which cluster objects have", { exemptNamespaces: [""] }],
  ["another language", { language: "de" }],
  ["a tag of any container", { movingTags: [{ ...MESH, container: "*" }] }],
  ["a repository without registry", { movingTags: [{ ...MESH, repository: "proxy" }] }],
  ["a repository with a tag", { movingTags: [{ ...MESH, repository: "registry.example/mesh/proxy:1" }] }],
  ["no reason", { movingTags: [{ ...MESH, reason: "" }] }],
  ["a list without a registry", { registries: [] }],
  ["a pattern of registries", { registries: ["*.example"] }],
  ["a registry with a path", { registries: ["registry.example/team"] }],
  ["a registry with a scheme", { registries: ["https://registry.example"] }],
  ["observing without an end", { observe: [{ reason: "r" }] }],
  ["observing until a day that is none", { observe: [{ until: "2026-02-30", reason: "r" }] }],
  ["observing without a reason", { observe: [{ until: "2026-12-31", reason: "" }] }],
  [
    "workloads of no namespace",
    { observe: [{ workloads: ["Deployment/web"], until: "2026-12-31", reason: "r" }] },
  ],
  [
    "observing no workload",
    { observe: [{ namespace: "a", workloads: [], until: "2026-12-31", reason: "r" }] },
  ],
  ["a bare pod", { observe: [{ namespace: "a", workloads: ["Pod/web"], until: "2026-12-31", reason: "r" }] }],
  ["an unknown key", { exempt: [] }],
])("refuses %s", (_, value) => {
  expect(admissionSchema.safeParse(value).success).toBe(false);
});
