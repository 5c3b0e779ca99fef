// Rows 1 to 12: fields and marks by which a controller gives the pods what their template does not show.

import { type Manifest, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const ELSEWHERE = "1.1: what runs is not what was judged; nobody has seen the pods.";
const OTHER_IMAGE = "Nobody has judged the image that the controller writes; the manifest's own rows stay.";
const HARMLESS = "No row depends on it.";

const CRIO = { "io.kubernetes.cri-o.Devices": "/dev/mem" };
const DAPR = { "dapr.io/enabled": "true" };
const TEMPLATE = { metadata: { labels: { app: "web" } }, spec: podSpec({ containers: [server()] }) };
const TRIGGERS = "image.openshift.io/triggers";
const NAMED = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };

const TRIGGER = {
  from: { kind: "ImageStreamTag", name: "web:latest" },
  fieldPath: 'spec.template.spec.containers[?(@.name=="web")].image',
};

export const cases: Cases = [
  changed("a canary's metadata asks for a sidecar", rollout({ canaryMetadata: { annotations: DAPR } })),
  changed("a canary's metadata asks CRI-O for a device", rollout({ canaryMetadata: { annotations: CRIO } })),
  changed("a subset's patch takes the node's network", united({ patch: { spec: { hostNetwork: true } } })),
  changed("a subset's patch is a text", united({ patch: "spec: {hostPID: true}" })),
  {
    ...changed("a Rollout of OpenKruise patches the pods of the Deployment", patches(CRIO)),
    given: manifests(named("web"), patches(CRIO)),
  },
  ...[
    ["x.example.com/v1", "Whatever"],
    ["agones.dev/v1", "GameServerSet"],
    ["ray.io/v1", "RayCluster"],
    ["sources.knative.dev/v1", "ContainerSource"],
    ["leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"],
    ["actions.github.com/v1alpha1", "AutoscalingRunnerSet"],
  ].map(([version = "", kind = ""]) =>
    changed(`a template of ${kind}`, custom(version, kind, { template: TEMPLATE })),
  ),
  unchanged(
    "a template of a CloneSet",
    custom("apps.kruise.io/v1alpha1", "CloneSet", { template: TEMPLATE }),
  ),
  {
    name: "a template of a kind that nobody knows, for which the platform answers",
    given: {
      ...manifests(custom("x.example.com/v1", "Whatever", { template: TEMPLATE })),
      policy: { operatedKinds: ["x.example.com/Whatever"] },
    },
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" },
    trap: true,
    why: "The platform answers for what its operators make of it.",
  },
  unchanged(
    "a canary's metadata names its track",
    rollout({ canaryMetadata: { labels: { track: "canary" } } }),
  ),
  unchanged("a Rollout with steps", rollout({ steps: [{ setWeight: 20 }, { pause: {} }] })),
  unchanged("a subset's patch is a label", united({ patch: { metadata: { labels: { zone: "a" } } } })),
  {
    ...unchanged("a Rollout of OpenKruise patches another Deployment", patches(CRIO)),
    given: manifests(named("api"), patches(CRIO)),
  },
  {
    name: "a subset's patch of a kind that the platform answers for",
    given: {
      ...manifests(united({ patch: { spec: { hostNetwork: true } } })),
      policy: { operatedKinds: ["apps.kruise.io/UnitedDeployment"] },
    },
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" },
    tells: "left to the platform's operators",
    trap: true,
    why: "The platform answers for what its operators make of it, and it is told all the same.",
  },
  written("a trigger of OpenShift", { annotations: { [TRIGGERS]: JSON.stringify([TRIGGER]) } }),
  written("Keel's policy", { annotations: { "keel.sh/policy": "force" } }),
  written("Keel's policy as a label", { labels: { "keel.sh/policy": "minor" } }),
  written("names that OpenShift resolves", {
    annotations: { "alpha.image.policy.openshift.io/resolve-names": "*" },
  }),
  kept("a trigger that is paused", {
    annotations: { [TRIGGERS]: JSON.stringify([{ ...TRIGGER, paused: "true" }]) },
  }),
  kept("Keel's policy never", { annotations: { "keel.sh/policy": "never" } }),
];

function changed(name: string, one: Manifest): Case {
  const rows = { "no-host-access": "unproven", "no-escalation": "unproven", health: "unproven" } as const;
  return { name, given: manifests(one), expect: rows, why: ELSEWHERE };
}

function unchanged(name: string, one: Manifest): Case {
  const rows = { "no-host-access": "yes", "no-escalation": "yes", health: "yes" } as const;
  return { name, given: manifests(one), expect: rows, trap: true, why: HARMLESS };
}

function written(name: string, metadata: Manifest): Case {
  return {
    name,
    given: { ...withImage(manifests(marked(metadata)), imageOf({})), trial: {} },
    expect: {
      "non-root": "unproven",
      "no-host-access": "yes",
      "no-escalation": "yes",
      seccomp: "yes",
      "read-only-root": "unproven",
      "no-baked-state": "unproven",
      stateless: "unproven",
    },
    why: OTHER_IMAGE,
  };
}

function kept(name: string, metadata: Manifest): Case {
  return {
    name,
    given: { ...withImage(manifests(marked(metadata)), imageOf({})), trial: {} },
    expect: { "non-root": "yes", "read-only-root": "yes", "no-baked-state": "yes", stateless: "yes" },
    trap: true,
    why: "No controller writes another image.",
  };
}

function marked(metadata: Manifest): Manifest {
  const own = web();
  return { ...own, metadata: { ...(own["metadata"] as Manifest), ...metadata } };
}

function named(name: string): Manifest {
  const own = web();
  return { ...own, metadata: { ...(own["metadata"] as Manifest), name } };
}

function rollout(canary: Manifest): Manifest {
  return custom("argoproj.io/v1alpha1", "Rollout", {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    strategy: { canary },
    template: TEMPLATE,
  });
}

function united(subset: Manifest): Manifest {
  return custom("apps.kruise.io/v1alpha1", "UnitedDeployment", {
    template: { deploymentTemplate: { metadata: { labels: { app: "web" } }, spec: { template: TEMPLATE } } },
    topology: { subsets: [{ name: "a", ...subset }] },
  });
}

function patches(annotations: Manifest): Manifest {
  return custom("rollouts.kruise.io/v1beta1", "Rollout", {
    workloadRef: NAMED,
    strategy: { canary: { patchPodTemplateMetadata: { annotations } } },
  });
}

function custom(apiVersion: string, kind: string, spec: Manifest): Manifest {
  return { apiVersion, kind, metadata: { name: "web", namespace: "aides" }, spec };
}
