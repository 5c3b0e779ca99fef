// The whole Restricted profile, written down from Kubernetes' documentation and not from the rules'
// own tables: every check, in every version, in every list of containers, from JSON to answer.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/

import { describe, expect, test } from "vitest";
import { judge } from "../src/contract/judge.ts";
import type { RowVerdict } from "../src/contract/verdict.ts";
import type { WorkloadFacts } from "../src/contract/workload-facts.ts";
import { RULES } from "../src/rules/index.ts";
import { maskWorkload } from "../src/secrets/workload.ts";
import { workloadFacts } from "../src/workload/workload.ts";

const MINORS = Array.from({ length: 14 }, (_, index) => 24 + index);
const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** Fields to set, below the pod's `spec.`, its `metadata.` or a container's `c.`; undefined removes. */
type Sets = Readonly<Record<string, unknown>>;
type Status = "pass" | "fail" | "n/a";
/** `["pass", 27]`: fail before Kubernetes 1.27, pass from then on. */
type Expected = Status | readonly [before: Status, since: number, after: Status];
type Case = readonly [Expected, Sets];

const SC = "c.securityContext";
const POD = "spec.securityContext";
const WINDOWS = { "spec.os.name": "windows" };

/** The same values for a field of the pod and for that of a container. */
function both(field: string, expected: Expected, values: readonly unknown[]): readonly Case[] {
  return [POD, SC].flatMap((place) =>
    values.map((value): Case => [expected, { [`${place}.${field}`]: value }]),
  );
}

function each(field: string, expected: Expected, values: readonly unknown[]): readonly Case[] {
  return values.map((value): Case => [expected, { [field]: value }]);
}

function sysctls(expected: Expected, ...names: readonly string[]): readonly Case[] {
  return names.map((name): Case => [expected, { [`${POD}.sysctls`]: [{ name, value: "1" }] }]);
}

function volumes(expected: Expected, ...sources: readonly string[]): readonly Case[] {
  return sources.map((source): Case => [expected, { "spec.volumes": [{ name: "v", [source]: {} }] }]);
}

const APPARMOR = "metadata.annotations.container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/web";
const HANDLERS = [
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle.postStart",
  "lifecycle.preStop",
];
const CALLS = HANDLERS.flatMap((handler) => [`c.${handler}.httpGet.host`, `c.${handler}.tcpSocket.host`]);

const PROFILE: Readonly<Record<string, readonly Case[]>> = {
  "1.1-host-namespaces": ["spec.hostNetwork", "spec.hostPID", "spec.hostIPC"].flatMap((field) => [
    ...each(field, "pass", [undefined, null, false]),
    ...each(field, "fail", [true]),
  ]),
  "1.1-privileged": [
    ...each(`${SC}.privileged`, "pass", [undefined, null, false]),
    ...each(`${SC}.privileged`, "fail", [true]),
  ],
  "1.1-host-ports": [
    ...each("c.ports", "pass", [[], [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 0 }]]),
    ...each("c.ports", "fail", [
      [{ containerPort: 80, hostPort: 80 }],
      [{ containerPort: 1 }, { hostPort: 65535 }],
    ]),
  ],
  "1.1-apparmor": [
    ...both("appArmorProfile.type", "pass", ["RuntimeDefault", "Localhost"]),
    ...both("appArmorProfile.type", "fail", ["Unconfined", "", "unconfined", null]),
    ...both("appArmorProfile", "pass", [null, undefined]),
    ...each(APPARMOR, "pass", ["", "runtime/default", "localhost/", "localhost/web"]),
    ...each(APPARMOR, "fail", ["unconfined", "RuntimeDefault"]),
  ],
  "1.1-selinux": [
    ...both("seLinuxOptions.type", "pass", ["", "container_t", "container_init_t", "container_kvm_t", null]),
    ...both("seLinuxOptions.type", ["fail", 31, "pass"], ["container_engine_t"]),
    ...both("seLinuxOptions.type", "fail", ["spc_t", "container_logreader_t"]),
    ...["user", "role"].flatMap((key) => [
      ...both(`seLinuxOptions.${key}`, "pass", ["", null]),
      ...both(`seLinuxOptions.${key}`, "fail", ["system"]),
    ]),
    ...both("seLinuxOptions.level", "pass", ["s0:c1,c2"]),
  ],
  "1.1-proc-mount": [
    ...each(`${SC}.procMount`, "pass", [undefined, null, "Default"]),
    ...each(`${SC}.procMount`, "fail", ["Unmasked", "", "default"]),
    ["fail", { [`${SC}.procMount`]: "Unmasked", "spec.hostUsers": false }],
  ],
  "1.1-sysctls": [
    ["pass", {}],
    ["pass", { [`${POD}.sysctls`]: [] }],
    ...sysctls("pass", "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies"),
    ...sysctls("pass", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"),
    ...sysctls(["fail", 27, "pass"], "net.ipv4.ip_local_reserved_ports"),
    ...sysctls(["fail", 29, "pass"], "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout"),
    ...sysctls(["fail", 29, "pass"], "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"),
    ...sysctls(["fail", 32, "pass"], "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
    ...sysctls(["fail", 37, "pass"], "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"),
    ...sysctls("fail", "kernel.msgmax", "net.core.somaxconn", "", "valueOf"),
  ],
  "1.1-windows-host-process": [
    ...both("windowsOptions.hostProcess", "pass", [undefined, null, false]),
    ...both("windowsOptions.hostProcess", "fail", [true]),
  ],
  "1.1-host-probes": CALLS.flatMap((field) => [
    ...each(field, ["n/a", 34, "pass"], [undefined, null, ""]),
    ...each(field, ["n/a", 34, "fail"], ["127.0.0.1", "node.example"]),
  ]),
  "1.1-volume-types": [
    ["pass", { "spec.volumes": [{ name: "v" }] }],
    ["pass", { "spec.volumes": [{ name: "v", hostPath: null }] }],
    ...volumes("pass", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image"),
    ...volumes("pass", "persistentVolumeClaim", "projected", "secret"),
    ...volumes("fail", "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi"),
    ...volumes("fail", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile"),
    ...volumes("fail", "vsphereVolume", "quobyte", "azureDisk", "portworxVolume", "scaleIO", "storageos"),
  ],
  "1.1-privilege-escalation": [
    ["pass", {}],
    ...each(`${SC}.allowPrivilegeEscalation`, "fail", [undefined, null, true]),
    ["fail", { [SC]: undefined }],
    ["fail", { [SC]: undefined, ...WINDOWS }],
  ],
  "1.1-capabilities": [
    ...each(`${SC}.capabilities.drop`, "pass", [["ALL"], ["KILL", "ALL"]]),
    ...each(`${SC}.capabilities.drop`, "fail", [undefined, null, [], ["all"], ["CAP_ALL"], ["KILL"]]),
    ...each(`${SC}.capabilities.add`, "pass", [null, [], ["NET_BIND_SERVICE"]]),
    ...each(`${SC}.capabilities.add`, "fail", [["ALL"], ["net_bind_service"], ["NET_BIND_SERVICE", "CHOWN"]]),
    ["fail", { [`${SC}.capabilities`]: undefined }],
    ["fail", { [SC]: undefined }],
    ["fail", { [SC]: undefined, ...WINDOWS }],
  ],
  "1.1-run-as-non-root": [
    ["pass", {}],
    ["pass", { [`${SC}.runAsNonRoot`]: true }],
    ["fail", { [`${SC}.runAsNonRoot`]: false }],
    ["fail", { [`${POD}.runAsNonRoot`]: undefined }],
    ["fail", { [`${POD}.runAsNonRoot`]: false }],
    ["fail", { [`${POD}.runAsNonRoot`]: undefined, "spec.hostUsers": false }],
    ["fail", { [`${POD}.runAsNonRoot`]: undefined, ...WINDOWS }],
  ],
  "1.1-run-as-user": [
    ...both("runAsUser", "pass", [undefined, null, 1, 1000]),
    ...both("runAsUser", "fail", [0]),
    ["fail", { [`${SC}.runAsUser`]: 0, "spec.hostUsers": false }],
  ],
  "1.1-seccomp": [
    ["pass", {}],
    ...both("seccompProfile.type", "pass", ["RuntimeDefault"]),
    ...both("seccompProfile.type", "fail", ["Unconfined", "Localhost", "", "runtime/default", null]),
    ["fail", { [`${POD}.seccompProfile`]: undefined }],
    ["fail", { [`${POD}.seccompProfile`]: undefined, [`${SC}.seccompProfile.type`]: "RuntimeDefault" }],
    [
      "fail",
      {
        [POD]: null,
        "metadata.annotations.seccomp\\.security\\.alpha\\.kubernetes\\.io/pod": "runtime/default",
      },
    ],
    ["fail", { [POD]: undefined, ...WINDOWS }],
    ["fail", WINDOWS],
  ],
};

/** Fields of the cases above that their rules do not look at, or not all of them do. */
const NOT_READ = /hostUsers$|seLinuxOptions\.level$|annotations\.seccomp|os\.name$/;

type Mutable = Record<string, unknown>;

/** A pod that meets the profile, with a container in each list; fresh at every call. */
function conformingPod(): Mutable {
  const container = (name: string) => ({
    name,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  });
  return {
    metadata: { name: "web", annotations: {} },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      initContainers: [container("first")],
      containers: [container("web"), container("proxy")],
      ephemeralContainers: [container("debugger")],
    },
  };
}

/**
 * The conforming pod with the fields set; fields of a container are set in the first one of the named list.
 */
function podWith(sets: Sets, list: (typeof LISTS)[number]): WorkloadFacts {
  const pod = conformingPod();
  for (const [field, value] of Object.entries(sets)) {
    const keys = field.split(/(?<!\\)\./).map((key) => key.replaceAll("\\", ""));
    set(pod, keys[0] === "c" ? ["spec", list, "0", ...keys.slice(1)] : keys, value);
  }
  const value = { apiVersion: "v1", kind: "Pod", ...pod };
  const object = { apiVersion: "v1", kind: "Pod", path: [], value };
  const source = { object, kind: { template: "pod" } } as const;
  return maskWorkload(workloadFacts(source, { at: { in: "file", file: "pod.yaml", document: 0, line: 1 } }));
}

function set(target: Mutable, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete target[key];
    else target[key] = value;
    return;
  }
  target[key] ??= {};
  set(target[key] as Mutable, rest, value);
}

function expectedAt(expected: Expected, minor: number): Status {
  if (typeof expected === "string") return expected;
  return minor < expected[1] ? expected[0] : expected[2];
}

function listsOf(sets: Sets): readonly (typeof LISTS)[number][] {
  return Object.keys(sets).some((field) => field.startsWith("c.")) ? LISTS : ["containers"];
}

function rows(workload: WorkloadFacts, minor: number): readonly RowVerdict[] {
  const subject = { name: "pod", images: [] };
  const accepted = { acceptances: [], today: "2026-11-24" };
  return judge(subject, [], { rules: RULES, accepted, shared: { workload, cluster: { minor } } }).rows;
}

describe.each(Object.entries(PROFILE))("%s", (id, cases) => {
  const rule = RULES.find((one) => one.id === id);

  test.each(MINORS)("in Kubernetes 1.%i, in every list of containers", (minor) => {
    for (const [expected, sets] of cases) {
      for (const list of listsOf(sets)) {
        const outcome = rule?.check({ workload: podWith(sets, list), cluster: { minor } });
        expect([list, sets, outcome?.status]).toEqual([list, sets, expectedAt(expected, minor)]);
      }
    }
  });

  test("a newer Kubernetes is judged like the newest that is known", () => {
    for (const [expected, sets] of cases) {
      const outcome = rule?.check({ workload: podWith(sets, "containers"), cluster: { minor: 45 } });
      expect([sets, outcome?.status]).toEqual([sets, expectedAt(expected, 37)]);
    }
  });

  test.each([19, 20, 21])("Kubernetes 1.%i, whose Pod Security asks for less, changes nothing", (minor) => {
    for (const [, sets] of cases) {
      const workload = podWith(sets, "containers");
      const [older, oldest] = [minor, 22].map(
        (one) => rule?.check({ workload, cluster: { minor: one } }).status,
      );
      expect([sets, older]).toEqual([sets, oldest]);
    }
  });

  test("a value of another type is never a pass", () => {
    const fields = cases.flatMap(([, sets]) => Object.keys(sets)).filter((field) => !NOT_READ.test(field));
    for (const field of new Set(fields)) {
      for (const value of [7.5, { odd: 1 }]) {
        const workload = podWith({ [field]: value }, "initContainers");
        const outcome = rule?.check({ workload, cluster: { minor: 37 } });
        expect([field, value, outcome?.status]).not.toEqual([field, value, "pass"]);
      }
    }
  });

  test("a refusal makes its row a no", () => {
    const refused = cases.find(([expected]) => expectedAt(expected, 37) === "fail");
    const answers = rows(podWith(refused?.[1] ?? {}, "ephemeralContainers"), 37);
    expect(answers.find((row) => row.id === rule?.rows[0])?.answer).toBe("no");
  });
});

test("every rule that reads the manifest for the clause 1.1 is in this profile", () => {
  const ids = RULES.filter(({ id, needs }) => id.startsWith("1.1-") && needs.includes("cluster")).map(
    ({ id }) => id,
  );
  expect(Object.keys(PROFILE).toSorted()).toEqual(ids.toSorted());
});

test.each(MINORS)("a pod that meets the whole profile is proven in Kubernetes 1.%i", (minor) => {
  const found = rows(podWith({}, "containers"), minor);
  const answers = Object.fromEntries(found.map(({ id, answer }) => [id, answer]));
  expect(answers).toMatchObject({ "no-host-access": "yes", "no-escalation": "yes", seccomp: "yes" });
  expect(found.slice(0, 4).flatMap(({ findings }) => findings)).toEqual([]);
  expect(found.find(({ id }) => id === "no-host-access")?.proofs).toHaveLength(11);
});

test("without a manifest the rows of the manifest are open", () => {
  const verdict = judge({ name: "x", images: [] }, [], {
    rules: RULES,
    accepted: { acceptances: [], today: "2026-11-24" },
  });
  expect(verdict.rows.slice(0, 4).map(({ answer }) => answer)).toEqual(Array(4).fill("unproven"));
});
