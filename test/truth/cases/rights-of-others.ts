// Rows 2 and 12: rights in the own namespace that reach further, and replicas that an autoscaler sets.

import type { Manifest } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const RBAC = "rbac.authorization.k8s.io";
const OPEN = "1.1: others get into this application, by the API server.";
const LIFTED =
  "1.1: Restricted is applied without a way out; PATCH /api/v1/namespaces/aides needs a Role of aides.";
const SECRETS = { apiGroups: [""], resources: ["secrets"], verbs: ["get"] };
const LABELS = { apiGroups: [""], resources: ["namespaces"], verbs: ["patch"] };
const PODS = { apiGroups: [""], resources: ["pods"], verbs: ["create"] };
const CONFIG = { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] };
const ACCOUNT = { kind: "ServiceAccount", name: "web", namespace: "aides" };

export const cases: Cases = [
  given(
    "callers without credentials read its Secrets",
    group("system:unauthenticated"),
    [SECRETS],
    "no",
    OPEN,
  ),
  given(
    "every account of the cluster reads its Secrets",
    group("system:serviceaccounts"),
    [SECRETS],
    "no",
    OPEN,
  ),
  given("every node reads its Secrets", group("system:nodes"), [SECRETS], "no", OPEN),
  given("its team reads its Secrets", group("team-aides"), [SECRETS], "yes", "A team may see its own."),
  given("everybody reads a ConfigMap", group("system:authenticated"), [CONFIG], "yes", "It leads nowhere."),
  given("its pods relabel the Namespace and create pods", ACCOUNT, [LABELS, PODS], "no", LIFTED),
  given("its pods create pods alone", ACCOUNT, [PODS], "yes", "Restricted is applied to these, too."),
  scaled("at least two", { minReplicas: 2, maxReplicas: 3 }, "no"),
  scaled("at most three", { maxReplicas: 3 }, "unproven"),
];

function group(name: string): Manifest {
  return { kind: "Group", name };
}

function given(
  name: string,
  subject: Manifest,
  rules: readonly Manifest[],
  answer: "yes" | "no",
  why: string,
): Case {
  const metadata = { name: "own", namespace: "aides" };
  const role = { apiVersion: `${RBAC}/v1`, kind: "Role", metadata, rules };
  const roleRef = { apiGroup: RBAC, kind: "Role", name: "own" };
  const binding = { apiVersion: `${RBAC}/v1`, kind: "RoleBinding", metadata, roleRef, subjects: [subject] };
  const pod = { serviceAccountName: "web", automountServiceAccountToken: subject === ACCOUNT };
  return {
    name: `a Role of the namespace: ${name}`,
    given: manifests(web({}, pod), role, binding),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function scaled(name: string, replicas: Manifest, answer: "no" | "unproven"): Case {
  const claim = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "aides" },
    spec: { accessModes: ["ReadWriteOnce"] },
  };
  const scaler = {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "aides" },
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, ...replicas },
  };
  const volumes = [
    { name: "tmp", emptyDir: {} },
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
  ];
  const workload = web({}, { volumes });
  return {
    name: `an autoscaler of ${name} replicas over a volume of one node`,
    given: manifests(
      { ...workload, spec: { ...(workload["spec"] as Manifest), replicas: 1 } },
      claim,
      scaler,
    ),
    expect: { stateless: answer },
    why: "1.4: a ReadWriteOnce volume goes to one node only.",
  };
}
