// Rows 2, 10 and 12: how pods may be stopped, what a LimitRange refuses, addresses that annotations fix.

import { deployment, type Manifest, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const POD = podSpec({ containers: [server()] });
const CAN_BE_STOPPED =
  "1.4 asks that processes can be stopped, which the trial shows; one replica is admitted.";
const REFUSED_THERE = "The API server refuses these pods: what would run is not known.";

export const cases: Cases = [
  stopped("two replicas that an update stops at once", { replicas: 2, strategy: { type: "Recreate" } }),
  stopped("maxUnavailable of all replicas", {
    replicas: 2,
    strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 2 } },
  }),
  stopped("a budget without any eviction", { replicas: 2 }, budget({ minAvailable: "100%" })),
  stopped("the budget of many charts, beside one replica", {}, budget({ minAvailable: 1 })),
  stopped("a budget that leaves one pod", { replicas: 2 }, budget({ maxUnavailable: 1 })),
  ranged("a LimitRange of pods below what they may use", { type: "Pod", max: { memory: "1Mi" } }, "unproven"),
  ranged(
    "a LimitRange of containers that gives a default",
    { type: "Container", max: { memory: "1Gi" } },
    "yes",
  ),
  ranged("a LimitRange of claims", { type: "PersistentVolumeClaim", max: { storage: "1Gi" } }, "yes"),
  ranged(
    "a LimitRange of pods above what they ask for",
    { type: "Pod", min: { memory: "64Gi" } },
    "unproven",
  ),
  ranged(
    "a LimitRange of containers whose minimum is met",
    { type: "Container", min: { memory: "1Mi" } },
    "yes",
  ),
  quota("without room for a pod", { pods: "0" }, "unproven"),
  quota("below what a pod may use", { "limits.memory": "1Mi" }, "unproven"),
  quota("with room", { pods: "10", "limits.memory": "64Gi" }, "yes"),
  quota("of other objects", { services: "0", "count/jobs.batch": "0" }, "yes"),
  gated("a scheduling gate", { schedulingGates: [{ name: "example.com/never" }] }, "unproven"),
  gated("no scheduling gate", {}, "yes"),
  addressed("Antrea gives the pods one address", { "ipam.antrea.io/pod-ips": "10.1.2.3" }, "no"),
  addressed("Antrea takes them from a pool", { "ipam.antrea.io/ippools": "pool-1" }, "yes"),
];

function budget(spec: Manifest): Manifest {
  const metadata = { name: "web", namespace: "aides" };
  return { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { selector: {}, ...spec } };
}

function app(spec: Manifest, metadata: Manifest = {}): Manifest {
  const own = deployment({ pod: POD });
  const { template } = own["spec"] as { readonly template: Manifest };
  return {
    ...own,
    spec: { ...(own["spec"] as Manifest), ...spec, template: { ...template, ...metadata } },
  };
}

function stopped(name: string, spec: Manifest, ...beside: readonly Manifest[]): Case {
  return {
    name,
    given: { ...withImage(manifests(app(spec), ...beside), imageOf({})), trial: {} },
    expect: { stateless: "yes" },
    trap: true,
    why: CAN_BE_STOPPED,
  };
}

function ranged(name: string, limit: Manifest, answer: "yes" | "unproven"): Case {
  const metadata = { name: "own", namespace: "aides" };
  const range = { apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits: [limit] } };
  return {
    name,
    given: manifests(app({}), range),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? "It refuses nothing of these pods." : REFUSED_THERE,
  };
}

function addressed(name: string, annotations: Manifest, answer: "yes" | "no"): Case {
  return {
    name,
    given: {
      ...withImage(manifests(app({}, { metadata: { labels: { app: "web" }, annotations } })), imageOf({})),
      trial: {},
    },
    expect: { "twelve-factor": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? "The network chooses the address." : "1.3: no static IP addresses.",
  };
}

function quota(name: string, hard: Manifest, answer: "yes" | "unproven"): Case {
  const metadata = { name: "own", namespace: "aides" };
  return {
    name: `a ResourceQuota ${name}`,
    given: manifests(app({}), { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard } }),
    expect: { "no-host-access": answer },
    trap: true,
    why: answer === "yes" ? "It refuses nothing of these pods." : REFUSED_THERE,
  };
}

function gated(name: string, fields: Manifest, answer: "yes" | "unproven"): Case {
  const pod = podSpec({ containers: [server()], ...fields });
  return {
    name,
    given: { ...withImage(manifests(deployment({ pod })), imageOf({})), trial: {} },
    expect: { stateless: answer },
    trap: true,
    why: "A pod with a gate starts only if something of the cluster removes it; controllers add their own.",
  };
}
