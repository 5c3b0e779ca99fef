// Validation by the API server beyond the types of fields: names, labels, selectors, numbers. Expected
// answers from kubernetes/kubernetes (pkg/apis/core/validation, apps/validation, batch/validation). A
// manifest refused there proves nothing about a running pod.

import { container, cronJob, deployment, job, type Manifest, podSpec } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { manifests } from "../given/folder.ts";

/** Values that the API server refuses. */
const REFUSED: Readonly<Record<string, Manifest>> = {
  "a name with a capital": named("Web"),
  "a name of 254 characters": named("a".repeat(254)),
  "a label with a space": deployment({ labels: { team: "a b" } }),
  "a namespace with a dot": deployment({ namespace: "aides.prod" }),
  "a selector that matches no pod of the template": deployment({
    spec: { selector: { matchLabels: { app: "other" } } },
  }),
  "a container's name with a dot": withContainer({ name: "web.x" }),
  "a port above 65535": withContainer({ ports: [{ containerPort: 70_000 }] }),
  "a port's name of 16 characters": withContainer({
    ports: [{ name: "p234567890123456", containerPort: 80 }],
  }),
  "a mount of a volume that does not exist": withContainer({
    volumeMounts: [{ name: "cache", mountPath: "/tmp" }],
  }),
  "a request above its limit": withContainer({
    resources: { requests: { memory: "2Gi" }, limits: { memory: "1Gi" } },
  }),
  "negative replicas": deployment({ spec: { replicas: -1 } }),
  "a version of the API that was removed": deployment({ apiVersion: "apps/v1beta1" }),
  "a Job whose pods would restart for ever": job({ pod: podSpec({ restartPolicy: "Always" }) }),
  "a CronJob of 53 characters": cronJob({ name: "c".repeat(53) }),
};

/** The same values at their bound, and values that only look invalid. */
const ACCEPTED: Readonly<Record<string, Manifest>> = {
  "a name with dots and digits": deployment({ name: "1.web-2" }),
  "a name of 253 characters": named("a".repeat(253)),
  "an annotation with a space": deployment({ annotations: { team: "a b" } }),
  "a selector by expressions": deployment({
    spec: { selector: { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "Exists" }] } },
  }),
  "port 65535": withContainer({ ports: [{ name: "http", containerPort: 65_535 }] }),
  "a port's name of 15 characters": withContainer({
    ports: [
      { name: "http", containerPort: 3000 },
      { name: "p23456789012345", containerPort: 80 },
    ],
  }),
  "a request that is its limit in another unit": withContainer({
    resources: { requests: { memory: "1024Mi", cpu: "0.7" }, limits: { memory: "1Gi", cpu: "700m" } },
  }),
  "no replicas": deployment({ spec: { replicas: 0 } }),
  "a Job of 63 characters": job({ name: "j".repeat(63) }),
};

/** Labels of such a length would be refused as well. */
function named(name: string): Manifest {
  return { ...deployment(), metadata: { name } };
}

function withContainer(overrides: Manifest): Manifest {
  return deployment({ pod: podSpec({ containers: [container(overrides)] }) });
}

export const cases: Cases = [
  ...Object.entries(REFUSED).map(([name, manifest]) => ({
    name,
    given: manifests(manifest),
    expect: { "no-host-access": "unproven" } as const,
    why: "The API server refuses it.",
  })),
  ...Object.entries(ACCEPTED).map(([name, manifest]) => ({
    name: `${name}, which is valid`,
    given: manifests(manifest),
    expect: { "no-host-access": "yes" } as const,
    trap: true as const,
    why: "The API server accepts it.",
  })),
];
