// Rows 2 to 4 of manifests: the Restricted profile.

import type { Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const hardened = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

export const cases: Cases = [
  {
    name: "hostNetwork",
    given: manifests(web({}, { hostNetwork: true })),
    expect: { "no-host-access": "no", "no-escalation": "yes", seccomp: "yes" },
    why: "1.1: no access to the host's namespaces.",
  },
  {
    name: "hostNetwork: false, said",
    given: manifests(web({}, { hostNetwork: false, hostPID: false, hostIPC: false })),
    expect: { "no-host-access": "yes" },
    trap: true,
    why: "False is the default.",
  },
  {
    name: "privileged: true",
    given: manifests(web({ securityContext: { ...hardened, privileged: true } })),
    expect: { "no-host-access": "no" },
    why: "1.1: no privileged container.",
  },
  {
    name: "a hostPath volume",
    given: manifests(web({}, { volumes: [{ name: "tmp", hostPath: { path: "/var/lib/app" } }] })),
    expect: { "no-host-access": "no" },
    why: "Restricted allows no hostPath.",
  },
  {
    name: "a projected volume and a CSI volume",
    given: manifests(
      web(
        {},
        {
          volumes: [
            { name: "tmp", emptyDir: {} },
            { name: "p", projected: { sources: [] } },
            { name: "c", csi: { driver: "secrets-store.csi.k8s.io" } },
          ],
        },
      ),
    ),
    expect: { "no-host-access": "yes" },
    trap: true,
    why: "Both are among the types that Restricted allows.",
  },
  {
    name: "a hostPort",
    given: manifests(web({ ports: [{ containerPort: 8080, hostPort: 8080 }] })),
    expect: { "no-host-access": "no" },
    why: "Baseline allows no host port.",
  },
  {
    name: "allowPrivilegeEscalation is absent",
    given: manifests(web({ securityContext: { capabilities: { drop: ["ALL"] } } })),
    expect: { "no-escalation": "no", "no-host-access": "yes" },
    why: "1.1: it must be set to false; the default is true.",
  },
  {
    name: "allowPrivilegeEscalation: true",
    given: manifests(web({ securityContext: { ...hardened, allowPrivilegeEscalation: true } })),
    expect: { "no-escalation": "no" },
    why: "1.1.",
  },
  {
    name: "capabilities drop all, in lower case",
    given: manifests(web({ securityContext: { ...hardened, capabilities: { drop: ["all"] } } })),
    expect: { "no-escalation": "no" },
    why: "Pod Security compares with ALL, exactly.",
  },
  {
    name: "NET_BIND_SERVICE added",
    given: manifests(
      web({ securityContext: { ...hardened, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } }),
    ),
    expect: { "no-escalation": "yes" },
    trap: true,
    why: "The one capability that Restricted lets a container add.",
  },
  {
    name: "SYS_PTRACE added",
    given: manifests(
      web({ securityContext: { ...hardened, capabilities: { drop: ["ALL"], add: ["SYS_PTRACE"] } } }),
    ),
    expect: { "no-escalation": "no" },
    why: "Restricted allows NET_BIND_SERVICE only.",
  },
  {
    name: "no seccomp profile anywhere",
    given: manifests(web({}, { securityContext: { runAsNonRoot: true } })),
    expect: { seccomp: "no", "no-host-access": "yes" },
    why: "1.1: the profile must be RuntimeDefault; absent is Unconfined.",
  },
  {
    name: "a Localhost profile",
    given: manifests(
      web(
        {},
        {
          securityContext: {
            runAsNonRoot: true,
            seccompProfile: { type: "Localhost", localhostProfile: "x.json" },
          },
        },
      ),
    ),
    expect: { seccomp: "no" },
    why: "Restricted would allow it; the contract names RuntimeDefault.",
  },
  {
    name: "RuntimeDefault said by each container, not by the pod",
    given: manifests(
      web(
        { securityContext: { ...hardened, seccompProfile: { type: "RuntimeDefault" } } },
        { securityContext: { runAsNonRoot: true } },
      ),
    ),
    expect: { seccomp: "yes" },
    trap: true,
    why: "It is in effect for every container.",
  },
  {
    name: "a container that takes the pod's profile back",
    given: manifests(web({ securityContext: { ...hardened, seccompProfile: { type: "Unconfined" } } })),
    expect: { seccomp: "no" },
    why: "The container's word stands above the pod's.",
  },
];
