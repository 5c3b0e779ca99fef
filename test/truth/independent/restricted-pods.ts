import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { cronJob, job, type Manifest, podSpec, statefulSet } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

type Rows = Readonly<Partial<Record<RowId, Answer>>>;
const MET: Rows = {
  "no-host-access": "yes",
  "no-escalation": "yes",
  seccomp: "yes",
  health: "yes",
  "env-config": "yes",
};
const NO_SECURITY = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Single changes of a Deployment that meets the contract, by Restricted's own list. */
export const cases: Cases = [
  of("nothing changed", web(), {}, "the Deployment meets Restricted, has both probes, and injects variables"),
  of("hostNetwork", web({}, { hostNetwork: true }), { "no-host-access": "no" }, "the node's network"),
  of("hostPID", web({}, { hostPID: true }), { "no-host-access": "no" }, "the node's processes"),
  of("hostIPC", web({}, { hostIPC: true }), { "no-host-access": "no" }, "the node's IPC"),
  of(
    "hostNetwork: false",
    web({}, { hostNetwork: false, hostPID: false, hostIPC: false }),
    {},
    "false is the default",
  ),
  of(
    "privileged",
    web({ securityContext: { privileged: true, capabilities: { drop: ["ALL"] } } }),
    { "no-host-access": "no", "no-escalation": "no" },
    "privileged, and without allowPrivilegeEscalation: false",
  ),
  of(
    "privileged: false",
    web({ securityContext: { ...NO_SECURITY, privileged: false } }),
    {},
    "false is the default",
  ),
  of(
    "a port of the node",
    web({ ports: [{ name: "http", containerPort: 8080, hostPort: 80 }] }),
    { "no-host-access": "no" },
    "hostPort",
  ),
  of("hostPort: 0", web({ ports: [{ name: "http", containerPort: 8080, hostPort: 0 }] }), {}, "zero is none"),
  of(
    "an unmasked /proc",
    web({ securityContext: { ...NO_SECURITY, procMount: "Unmasked" } }),
    { "no-host-access": "no" },
    "Baseline admits Default only",
  ),
  of(
    "procMount: Default",
    web({ securityContext: { ...NO_SECURITY, procMount: "Default" } }),
    {},
    "the default",
  ),
  of(
    "an unsafe sysctl",
    web({}, pod({ sysctls: [{ name: "kernel.msgmax", value: "65536" }] })),
    { "no-host-access": "no" },
    "not on Baseline's list",
  ),
  of(
    "a safe sysctl",
    web({}, pod({ sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] })),
    {},
    "on Baseline's list",
  ),
  of(
    "SELinux' own type of a node's process",
    web({}, pod({ seLinuxOptions: { type: "spc_t" } })),
    { "no-host-access": "no" },
    "not on Baseline's list of types",
  ),
  of(
    "container_t",
    web({}, pod({ seLinuxOptions: { type: "container_t" } })),
    {},
    "on Baseline's list of types",
  ),
  of(
    "an SELinux user",
    web({}, pod({ seLinuxOptions: { user: "system_u" } })),
    { "no-host-access": "no" },
    "Baseline forbids user and role",
  ),
  of("an SELinux level", web({}, pod({ seLinuxOptions: { level: "s0:c123,c456" } })), {}, "a level is free"),
  of(
    "AppArmor unconfined",
    web({ securityContext: { ...NO_SECURITY, appArmorProfile: { type: "Unconfined" } } }),
    { "no-host-access": "no" },
    "Baseline forbids Unconfined",
  ),
  of(
    "AppArmor RuntimeDefault",
    web({ securityContext: { ...NO_SECURITY, appArmorProfile: { type: "RuntimeDefault" } } }),
    {},
    "Baseline admits RuntimeDefault",
  ),
  volume("hostPath", { hostPath: { path: "/etc/ssl" } }, "no"),
  volume("nfs", { nfs: { server: "nfs.example.fr", path: "/export" } }, "no"),
  volume(
    "iscsi",
    { iscsi: { targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage", lun: 0 } },
    "no",
  ),
  volume("projected", { projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }, "yes"),
  volume(
    "downwardAPI",
    { downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
    "yes",
  ),
  volume("csi", { csi: { driver: "secrets-store.csi.k8s.io", readOnly: true } }, "yes"),
  volume(
    "ephemeral",
    {
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      },
    },
    "yes",
  ),
  security("allowPrivilegeEscalation absent", { capabilities: { drop: ["ALL"] } }, "no"),
  security(
    "allowPrivilegeEscalation: true",
    { allowPrivilegeEscalation: true, capabilities: { drop: ["ALL"] } },
    "no",
  ),
  security("no capability dropped", { allowPrivilegeEscalation: false }, "no"),
  security(
    "NET_RAW alone dropped",
    { allowPrivilegeEscalation: false, capabilities: { drop: ["NET_RAW"] } },
    "no",
  ),
  security(
    "ALL dropped beside others",
    { allowPrivilegeEscalation: false, capabilities: { drop: ["NET_RAW", "ALL"] } },
    "yes",
  ),
  security(
    "NET_BIND_SERVICE added",
    { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
    "yes",
  ),
  security(
    "CHOWN added",
    { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: ["CHOWN"] } },
    "no",
  ),
  security(
    "SYS_ADMIN added",
    { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } },
    "no",
  ),
  of(
    "drop: [all] in small letters",
    web({ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["all"] } } }),
    { "no-escalation": "no" },
    "the standard's admission compares with ALL to the letter",
  ),
  of(
    "an init container that says nothing",
    web({}, { initContainers: [{ name: "wait", image: "registry.example/aides/wait:1.0.0" }] }),
    { "no-escalation": "no", "env-config": "unproven" },
    "init containers count; nothing is injected into this one, and its image is not read",
  ),
  of(
    "a second container that says nothing",
    web(
      {},
      {
        containers: [
          server(),
          { ...server({ name: "proxy", ports: [{ containerPort: 8081 }], securityContext: {} }) },
        ],
      },
    ),
    { "no-escalation": "no" },
    "every container counts",
  ),
  seccomp("Unconfined in the pod", pod({ seccompProfile: { type: "Unconfined" } }), {}, "no"),
  seccomp(
    "Localhost in the pod",
    pod({ seccompProfile: { type: "Localhost", localhostProfile: "p.json" } }),
    {},
    "no",
  ),
  seccomp("absent in the pod", { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }, {}, "no"),
  seccomp(
    "absent in the pod, set in the container",
    { securityContext: { runAsNonRoot: true, runAsUser: 1000 } },
    { seccompProfile: { type: "RuntimeDefault" } },
    "yes",
  ),
  seccomp(
    "set in the pod, unconfined in the container",
    {},
    { seccompProfile: { type: "Unconfined" } },
    "no",
  ),
  runAs("runAsUser: 0", { runAsNonRoot: true, runAsUser: 0 }, "no"),
  runAs("runAsNonRoot: false", { runAsNonRoot: false, runAsUser: 1000 }, "no"),
  runAs("runAsNonRoot absent", { runAsUser: 1000 }, "no"),
  runAs("runAsNonRoot without a uid", { runAsNonRoot: true }, "unproven"),
  of("readiness absent", web({ readinessProbe: undefined }), { health: "no" }, "both probes are asked for"),
  of("liveness absent", web({ livenessProbe: undefined }), { health: "no" }, "both probes are asked for"),
  of(
    "a startup probe in liveness' place",
    web({ livenessProbe: undefined, startupProbe: { httpGet: { path: "/", port: 8080 } } }),
    { health: "no" },
    "a startup probe is no liveness probe",
  ),
  of(
    "a sidecar without probes",
    web(
      {},
      {
        initContainers: [
          {
            ...server({ name: "proxy", restartPolicy: "Always" }),
            readinessProbe: undefined,
            livenessProbe: undefined,
          },
        ],
      },
    ),
    { health: "no" },
    "an init container that restarts Always is long-running",
  ),
  of(
    "a migration without probes",
    web(
      {},
      {
        initContainers: [
          {
            ...server({ name: "migrate", command: ["/app/migrate"] }),
            readinessProbe: undefined,
            livenessProbe: undefined,
            ports: undefined,
          },
        ],
      },
    ),
    {},
    "an init container that ends needs no probe",
  ),
  of("a Job", job(), { health: "n/a" }, "no container is long-running"),
  of("a CronJob", cronJob(), { health: "n/a" }, "no container is long-running"),
  of(
    "a claim that two replicas share",
    web(
      {
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "data", mountPath: "/data" },
        ],
      },
      {
        volumes: [
          { name: "tmp", emptyDir: {} },
          { name: "data", persistentVolumeClaim: { claimName: "aides-data" } },
        ],
      },
    ),
    { stateless: "unproven" },
    "the claim's access mode stands elsewhere: nothing proves, nothing refutes",
  ),
  of(
    "a StatefulSet with its own claims",
    statefulSet({ pod: podSpec({ containers: [server()] }) }),
    { stateless: "unproven" },
    "a claim by replica is a note, and no trial was run",
  ),
  env("a password as a literal", { name: "DB_PASSWORD", value: "Xk29-vQz71-mPw" }, "no"),
  env(
    "a URL with a password",
    { name: "DATABASE_URL", value: "postgres://aides:Xk29vQz71mPw@pg.interne.example.fr/aides" },
    "no",
  ),
  env(
    "a variable that another one fills",
    { name: "DATABASE_URL", value: "postgres://$(DB_USER):$(DB_PASSWORD)@pg/aides" },
    "yes",
  ),
  env("the path of a mounted secret", { name: "DB_PASSWORD_FILE", value: "/run/secrets/db-password" }, "yes"),
  env("a name of a key that is no key", { name: "CACHE_KEY_PREFIX", value: "aides" }, "yes"),
  env("a limit of tokens", { name: "MAX_TOKENS", value: "4096" }, "yes"),
];

/** A manifest with the rows in which it differs from one that meets the contract. */
function of(name: string, object: Manifest, differs: Rows, why: string): Case {
  return { name, given: manifests(object), expect: { "non-root": "unproven", ...MET, ...differs }, why };
}

function pod(security: Manifest): Manifest {
  return {
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: "RuntimeDefault" },
      ...security,
    },
  };
}

function volume(name: string, source: Manifest, answer: Answer): Case {
  const mounts = [{ name: "more", mountPath: "/more" }];
  const object = web({ volumeMounts: mounts }, { volumes: [{ name: "more", ...source }] });
  return of(`a ${name} volume`, object, { "no-host-access": answer }, "by Restricted's list of volume types");
}

function security(name: string, securityContext: Manifest, answer: Answer): Case {
  return of(
    name,
    web({ securityContext }),
    { "no-escalation": answer },
    "Restricted: allowPrivilegeEscalation false, drop ALL, add NET_BIND_SERVICE at most",
  );
}

function seccomp(name: string, ofPod: Manifest, ofContainer: Manifest, answer: Answer): Case {
  const object = web({ securityContext: { ...NO_SECURITY, ...ofContainer } }, ofPod);
  return of(
    `seccomp ${name}`,
    object,
    { seccomp: answer },
    "RuntimeDefault must be in effect for every container",
  );
}

function runAs(name: string, fields: Manifest, answer: Answer): Case {
  const object = web({}, { securityContext: { seccompProfile: { type: "RuntimeDefault" }, ...fields } });
  return of(
    name,
    object,
    { "non-root": answer },
    "runAsNonRoot must be true and the uid not zero; the image is not read",
  );
}

function env(name: string, variable: Manifest, answer: Answer): Case {
  return of(
    `env: ${name}`,
    web({ env: [variable] }),
    { "env-config": answer },
    "a literal secret in the manifest is refused; what names none is configuration",
  );
}
