// Rows 2 to 4: requirements of Restricted, field by field, and values that only look like violations.

import type { Answer } from "../../../src/contract/verdict.ts";
import { container, daemonSet, deployment, type Manifest, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const HARDENED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
const POD_SECURITY = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };

export const cases: Cases = [
  ofPod("hostPID", { hostPID: true }, "no", "No access to the host's PID namespace."),
  ofPod("hostIPC", { hostIPC: true }, "no", "No access to the host's IPC namespace."),
  ofPod(
    "shareProcessNamespace",
    { shareProcessNamespace: true },
    "yes",
    "The pod's own namespace, not the host's.",
  ),
  ofPod(
    "hostAliases and a hostname",
    { hostname: "web", hostAliases: [{ ip: "10.0.0.2", hostnames: ["db"] }] },
    "yes",
    "Neither touches the host.",
  ),
  ofPod("hostUsers: true", { hostUsers: true }, "yes", "The default; Restricted says nothing of it."),
  ofPod("a node name", { nodeName: "node-1" }, "yes", "Restricted says nothing of scheduling."),
  ofPod(
    "an unsafe sysctl",
    { securityContext: { ...POD_SECURITY, sysctls: [{ name: "kernel.msgmax", value: "1" }] } },
    "no",
    "Baseline allows the safe ones only.",
  ),
  ofPod(
    "a safe sysctl",
    {
      securityContext: {
        ...POD_SECURITY,
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
      },
    },
    "yes",
    "Among the safe ones.",
  ),
  ofPod(
    "AppArmor unconfined for the pod",
    { securityContext: { ...POD_SECURITY, appArmorProfile: { type: "Unconfined" } } },
    "no",
    "Baseline forbids to switch it off.",
  ),
  ofPod(
    "AppArmor RuntimeDefault",
    { securityContext: { ...POD_SECURITY, appArmorProfile: { type: "RuntimeDefault" } } },
    "yes",
    "Allowed.",
  ),
  ofPod(
    "an SELinux user",
    { securityContext: { ...POD_SECURITY, seLinuxOptions: { user: "system_u" } } },
    "no",
    "Baseline forbids user and role.",
  ),
  ofPod(
    "an SELinux level",
    { securityContext: { ...POD_SECURITY, seLinuxOptions: { level: "s0:c1,c2" } } },
    "yes",
    "A level is allowed.",
  ),
  ofPod(
    "an NFS volume",
    volumes({ nfs: { server: "nas", path: "/x" } }),
    "no",
    "Restricted lists the types that are allowed.",
  ),
  ofPod(
    "an iSCSI volume",
    volumes({ iscsi: { targetPortal: "a", iqn: "b", lun: 0 } }),
    "no",
    "Restricted lists the types that are allowed.",
  ),
  ofPod(
    "a PVC",
    volumes({ persistentVolumeClaim: { claimName: "data" } }),
    "yes",
    "Among the types that Restricted allows.",
  ),
  ofPod(
    "an ephemeral volume",
    volumes({ ephemeral: { volumeClaimTemplate: { spec: {} } } }),
    "yes",
    "Among the types that Restricted allows.",
  ),
  ofPod("a volume without a source", volumes({}), "yes", "The default is an emptyDir."),
  ofPod(
    "a hostPath that nobody mounts",
    volumes({ hostPath: { path: "/" } }),
    "no",
    "The volume itself is forbidden.",
  ),

  ofContainer("procMount: Unmasked", { procMount: "Unmasked" }, "no", "Baseline."),
  ofContainer("procMount: Default", { procMount: "Default" }, "yes", "The default."),
  ofContainer("privileged: false", { privileged: false }, "yes", "Said, and false."),
  {
    name: "a probe that calls another host",
    given: manifests(web({ livenessProbe: { httpGet: { path: "/", port: 80, host: "169.254.169.254" } } })),
    expect: { "no-host-access": "no" },
    why: "Pod Security 1.34 forbids the host field of probes and hooks.",
  },
  {
    name: "an init container that is privileged",
    given: manifests(
      web(
        {},
        { initContainers: [container({ name: "init", securityContext: { ...HARDENED, privileged: true } })] },
      ),
    ),
    expect: { "no-host-access": "no" },
    why: "Every container of the pod counts.",
  },
  {
    name: "a native sidecar that may escalate",
    given: manifests(
      web(
        {},
        {
          initContainers: [
            server({
              name: "proxy",
              restartPolicy: "Always",
              securityContext: { capabilities: { drop: ["ALL"] } },
            }),
          ],
        },
      ),
    ),
    expect: { "no-escalation": "no" },
    why: "Every container of the pod counts.",
  },
  {
    name: "an ephemeral container that may escalate",
    given: manifests(web({}, { ephemeralContainers: [{ name: "debug", image: "busybox:1.36.1" }] })),
    expect: { "no-escalation": "no" },
    why: "Every container of the pod counts.",
  },
  {
    name: "a DaemonSet of the platform's kind, with hostPath",
    given: manifests(daemonSet({ pod: podSpec(volumes({ hostPath: { path: "/var/log" } })) })),
    expect: { "no-host-access": "no" },
    why: "1.1 has no exception for a kind.",
  },
  {
    name: "no workload at all in what is given: an image's rows 2 to 4",
    given: manifests(deployment({ pod: { containers: [{ name: "web", image: "a:1.2.3" }] } })),
    expect: { "no-host-access": "yes", "no-escalation": "no", seccomp: "no", health: "no" },
    why: "A bare Deployment has no access to the host, and lacks everything else.",
  },

  capabilities("drop ALL only", { drop: ["ALL"] }, "yes", "What Restricted asks for."),
  capabilities("drop ALL among others", { drop: ["NET_RAW", "ALL"] }, "yes", "ALL is dropped."),
  capabilities(
    "drop a long list without ALL",
    { drop: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"] },
    "no",
    "Restricted wants ALL.",
  ),
  capabilities("nothing said", undefined, "no", "The runtime's default capabilities stay."),
  capabilities(
    "add NET_ADMIN",
    { drop: ["ALL"], add: ["NET_ADMIN"] },
    "no",
    "Only NET_BIND_SERVICE may be added.",
  ),
  capabilities(
    "add CAP_NET_BIND_SERVICE",
    { drop: ["ALL"], add: ["CAP_NET_BIND_SERVICE"] },
    "no",
    "Pod Security compares with NET_BIND_SERVICE, exactly.",
  ),
  capabilities("add an empty list", { drop: ["ALL"], add: [] }, "yes", "Nothing is added."),
  capabilities(
    "capabilities said of the pod",
    undefined,
    "no",
    "The pod's securityContext has no such field: it has no effect.",
    {
      securityContext: { ...POD_SECURITY, capabilities: { drop: ["ALL"] } },
    },
  ),
  {
    name: "allowPrivilegeEscalation said of the pod",
    given: manifests(
      web(
        { securityContext: { capabilities: { drop: ["ALL"] } } },
        { securityContext: { ...POD_SECURITY, allowPrivilegeEscalation: false } },
      ),
    ),
    expect: { "no-escalation": "no" },
    why: "The pod's securityContext has no such field: it has no effect.",
  },
  {
    name: "allowPrivilegeEscalation: null",
    given: manifests(web({ securityContext: { ...HARDENED, allowPrivilegeEscalation: null } })),
    expect: { "no-escalation": "no" },
    why: "Null is absent.",
  },
  seccomp(
    "Unconfined for the pod",
    { securityContext: { ...POD_SECURITY, seccompProfile: { type: "Unconfined" } } },
    "no",
    "1.1.",
  ),
  seccomp(
    "the annotation of old",
    { securityContext: { runAsNonRoot: true } },
    "no",
    "Kubernetes has not read it since 1.27.",
    {
      "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
    },
  ),
  seccomp(
    "runtime/default as the type",
    { securityContext: { ...POD_SECURITY, seccompProfile: { type: "runtime/default" } } },
    "no",
    "No such type: the API server refuses it.",
  ),
];

function ofPod(name: string, pod: Manifest, answer: Answer, why: string): Case {
  return one(name, manifests(web({}, pod)), { "no-host-access": answer }, why);
}

function ofContainer(name: string, context: Manifest, answer: Answer, why: string): Case {
  const given = manifests(web({ securityContext: { ...HARDENED, ...context } }));
  return one(name, given, { "no-host-access": answer, "no-escalation": "yes" }, why);
}

function capabilities(name: string, value: unknown, answer: Answer, why: string, pod: Manifest = {}): Case {
  const given = manifests(web({ securityContext: { ...HARDENED, capabilities: value } }, pod));
  return one(`capabilities: ${name}`, given, { "no-escalation": answer }, why);
}

function seccomp(
  name: string,
  pod: Manifest,
  answer: Answer,
  why: string,
  podAnnotations: Readonly<Record<string, string>> = {},
): Case {
  const spec = podSpec({ containers: [server()], ...pod });
  return one(
    `seccomp: ${name}`,
    manifests(deployment({ pod: spec, podAnnotations })),
    { seccomp: answer },
    why,
  );
}

function one(
  name: string,
  given: Case["given"],
  expect: Exclude<Case["expect"], "refused">,
  why: string,
): Case {
  const isTrap = !Object.values(expect).includes("no");
  return { name, given, expect, ...(isTrap ? { trap: true } : {}), why };
}

/** The volume `tmp` that the container mounts stays; one more beside it. */
function volumes(source: Manifest): Manifest {
  return {
    volumes: [
      { name: "tmp", emptyDir: {} },
      { name: "more", ...source },
    ],
  };
}
