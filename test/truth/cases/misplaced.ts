// Fields of a pod in places where Kubernetes has no field of that name.

import type { Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const POD = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };
const OWN = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

export const cases: Cases = [
  {
    name: "the container's security context written as the pod's",
    given: manifests(web({ securityContext: {} }, { securityContext: { ...POD, ...OWN } })),
    expect: { "no-escalation": "no", "read-only-root": "unproven", "non-root": "unproven", seccomp: "yes" },
    why: "Kubernetes drops fields that it does not know: nothing keeps the container from escalating.",
  },
  {
    name: "its fields beside the container's securityContext",
    given: manifests(web({ securityContext: undefined, ...OWN })),
    expect: { "no-escalation": "no" },
    why: "They have no effect there.",
  },
  {
    name: "runAsNonRoot and seccompProfile directly in the pod's spec",
    given: manifests(web({}, { ...POD, securityContext: undefined })),
    expect: { "non-root": "no", seccomp: "no" },
    why: "Neither has an effect there.",
  },
  {
    name: "probes of the pod instead of the container",
    given: manifests(
      web(
        { readinessProbe: undefined, livenessProbe: undefined },
        { readinessProbe: { tcpSocket: { port: 8080 } }, livenessProbe: { tcpSocket: { port: 8080 } } },
      ),
    ),
    expect: { health: "no" },
    why: "A pod has no probes.",
  },
  {
    name: "both levels, each with what is its own",
    given: manifests(web({ securityContext: OWN }, { securityContext: POD })),
    expect: { "no-escalation": "yes", seccomp: "yes" },
    trap: true,
    why: "It conforms.",
  },
  {
    name: "right in the container, and once more where it has no effect",
    given: manifests(
      web({ securityContext: OWN }, { securityContext: { ...POD, allowPrivilegeEscalation: true } }),
    ),
    expect: { "no-escalation": "yes", seccomp: "yes" },
    trap: true,
    why: "What counts is right.",
  },
];
