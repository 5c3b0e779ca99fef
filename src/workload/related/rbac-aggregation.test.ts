import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import type { RightsEffect } from "../../contract/related-facts.ts";
import { readWorkloads } from "../read-workloads.ts";
import { RoleGraph, type RoleRead } from "./rbac-aggregation.ts";

const RBAC = "rbac.authorization.k8s.io/v1";
const AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
const RULE = { apiGroups: [""], resources: ["secrets"], verbs: ["get"] };
const RULES = [{ ...RULE, resourceNames: [] }];

function role(name: string, fields: Manifest, labels: Manifest = {}, kind = "ClusterRole"): Manifest {
  return { apiVersion: RBAC, kind, metadata: { name, labels }, ...fields };
}

function binding(name: string, kind = "ClusterRole"): Manifest {
  return {
    apiVersion: RBAC,
    kind: "ClusterRoleBinding",
    metadata: { name: "b" },
    roleRef: { kind, name },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "aides" }],
  };
}

function selecting(...matchLabels: readonly Manifest[]): Manifest {
  return { clusterRoleSelectors: matchLabels.map((labels) => ({ matchLabels: labels })) };
}

async function rights(...objects: readonly Manifest[]): Promise<readonly Partial<RightsEffect>[]> {
  const web = deployment({ pod: podSpec({ serviceAccountName: "web" }) });
  const text = [web, ...objects].map((one) => yaml(one)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  const effects = (workloads[0]?.facts.related ?? []).map(({ effect }) => effect);
  return effects.flatMap((effect) => {
    if (effect.is !== "rights") return [];
    const { rules, aggregated, aggregatedRoles } = effect;
    return [
      Object.fromEntries(
        Object.entries({ rules, aggregated, aggregatedRoles }).filter(([, value]) => value !== undefined),
      ),
    ];
  });
}

describe("rules that a controller adds to a bound role", () => {
  test.each<[string, readonly Manifest[], Partial<RightsEffect>]>([
    [
      "by a label, to view",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}view`]: "true" }), binding("view")],
      { aggregated: RULES },
    ],
    [
      "to view, which is part of edit",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}view`]: "true" }), binding("edit")],
      { aggregated: RULES },
    ],
    [
      "to view, which is part of admin by edit",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}view`]: "true" }), binding("admin")],
      { aggregated: RULES },
    ],
    [
      "by an aggregationRule",
      [
        role("a", { aggregationRule: selecting({ app: "x" }) }),
        role("r", { rules: [RULE] }, { app: "x" }),
        binding("a"),
      ],
      { aggregated: RULES },
    ],
    [
      "through two of them",
      [
        role("a", { aggregationRule: selecting({ app: "x" }) }),
        role("b", { aggregationRule: selecting({ app: "y" }) }, { app: "x" }),
        role("r", { rules: [RULE] }, { app: "y" }),
        binding("a"),
      ],
      { aggregated: RULES },
    ],
    [
      "in a circle",
      [
        role("a", { aggregationRule: selecting({ app: "x" }), rules: [] }, { app: "x" }),
        role("r", { rules: [RULE] }, { app: "x" }),
        binding("a"),
      ],
      { aggregated: RULES },
    ],
    [
      "its own, which hold until the controller comes",
      [role("a", { rules: [RULE], aggregationRule: {} }), binding("a")],
      { aggregated: RULES },
    ],
    [
      "those of edit, by its label",
      [role("a", { aggregationRule: selecting({ [`${AGGREGATE}edit`]: "true" }) }), binding("a")],
      { aggregatedRoles: ["system:aggregate-to-edit", "view"] },
    ],
    [
      "those of every default role",
      [
        role("a", { aggregationRule: selecting({ "kubernetes.io/bootstrapping": "rbac-defaults" }) }),
        binding("a"),
      ],
      {
        aggregatedRoles: [
          "admin",
          "cluster-admin",
          "edit",
          "system:aggregate-to-admin",
          "system:aggregate-to-edit",
          "system:aggregate-to-view",
          "view",
        ],
      },
    ],
  ])("%s", async (_name, objects, expected) => {
    expect(await rights(...objects)).toEqual([expected]);
  });

  test.each<[string, readonly Manifest[], Partial<RightsEffect>]>([
    [
      "to a role that is not bound",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}edit`]: "true" }), binding("view")],
      {},
    ],
    [
      "a label that says no",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}view`]: "false" }), binding("view")],
      {},
    ],
    [
      "to cluster-admin, which is not aggregated",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}cluster-admin`]: "true" }), binding("cluster-admin")],
      {},
    ],
    [
      "a Role, which is never added",
      [role("r", { rules: [RULE] }, { [`${AGGREGATE}view`]: "true" }, "Role"), binding("view")],
      {},
    ],
    [
      "to a role of its own rules",
      [role("r", { rules: [RULE] }, { app: "x" }), role("a", { rules: [] }), binding("a")],
      { rules: [] },
    ],
    [
      "an aggregationRule of null",
      [role("a", { rules: [RULE], aggregationRule: null }), binding("a")],
      { rules: RULES },
    ],
  ])("none %s", async (_name, objects, expected) => {
    expect(await rights(...objects)).toEqual([expected]);
  });
});

describe("roles that clusters bind by default", () => {
  test.each(["system:discovery", "system:basic-user"])("%s is every account's", async (name) => {
    expect(await rights(role(name, { rules: [RULE] }))).toEqual([{ rules: RULES }]);
  });

  test.each<[string, Manifest]>([
    ["another role", role("system:monitoring", { rules: [RULE] })],
    ["a Role of that name", role("system:discovery", { rules: [RULE] }, {}, "Role")],
  ])("not %s", async (_name, one) => {
    expect(await rights(one)).toEqual([]);
  });
});

describe("roles that select each other without end", () => {
  const all = [{ matchExpressions: [{ key: "app", operator: "Exists" }] }];
  const read = (name: string): RoleRead => {
    const bearing = { kind: "role", labels: { app: name }, aggregates: all } as const;
    return {
      kind: "ClusterRole",
      type: "ClusterRole",
      name,
      isOfCluster: true,
      at: locatedAt("a", 1),
      bearing,
    };
  };
  const roles = ["a", "b", "c", "d"].map(read);

  test("are looked at within a budget, and more is said to be cut", () => {
    expect(new RoleGraph(roles).rulesOf("ClusterRole", "a", undefined)).toEqual({});
    const graph = new RoleGraph(roles, 10);
    expect(graph.rulesOf("ClusterRole", "a", undefined)).toEqual({ isCut: true });
    expect(graph.rulesOf("ClusterRole", "b", undefined)).toEqual({ isCut: true });
    expect(graph.rulesOf("ClusterRole", "view", undefined)).toEqual({ isCut: true });
  });
});
