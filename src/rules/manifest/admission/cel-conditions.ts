// Conditions of Pod Security Restricted in CEL, one for each rule that reads only the pod. Kubernetes
// evaluates conditions on the object after defaults are set: every volume has a source, and no field is null.

import type { RuleId } from "../../../contract/rows.ts";
import { safeSysctls } from "../../../start/safe-sysctls.ts";
import { APPARMOR_ANNOTATION, APPARMOR_TYPES } from "../1.1-apparmor.ts";
import { HOST_PROBES_SINCE } from "../1.1-host-probes.ts";
import { seLinuxTypes } from "../1.1-selinux.ts";
import { VOLUME_SOURCES } from "../1.1-volume-types.ts";

/** Condition in CEL under which a pod breaks a rule. */
export interface Condition {
  readonly id: RuleId;
  /**
   * CEL expression of a list of texts: the containers and fields that break the rule in Kubernetes 1.minor. It
   * reads `variables.spec` (the pod's spec), `variables.metadata` (the pod's metadata) and
   * `variables.containers` (containers of all three lists).
   */
  readonly broken: (minor: number) => string;
}

const POD = "variables.spec";
const IN_POD = `${POD}.?securityContext`;
const IN_CONTAINER = "c.?securityContext";

/** Fields of a container that make the kubelet send a request. */
const HANDLERS = [
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle.?postStart",
  "lifecycle.?preStop",
];

/** Conditions in the order of the contract's rows. */
export const CONDITIONS: readonly Condition[] = [
  {
    id: "1.1-run-as-non-root",
    broken: () => {
      const ofPod = `${IN_POD}.?runAsNonRoot`;
      return both(`!${ofPod}.orValue(true)`, `!${IN_CONTAINER}.?runAsNonRoot.or(${ofPod}).orValue(false)`);
    },
  },
  {
    id: "1.1-run-as-user",
    broken: () => ofEach((context) => `${context}.?runAsUser.orValue(1) == 0`),
  },
  {
    id: "1.1-host-namespaces",
    broken: () =>
      ["hostNetwork", "hostPID", "hostIPC"]
        .map((name) => pod(`${POD}.?${name}.orValue(false)`, name))
        .join(" + "),
  },
  { id: "1.1-privileged", broken: () => containers(`${IN_CONTAINER}.?privileged.orValue(false)`) },
  {
    id: "1.1-host-ports",
    broken: () => containers("c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)"),
  },
  {
    id: "1.1-apparmor",
    broken: () => {
      const allowed = list(APPARMOR_TYPES);
      const profiles = ofEach((context) => {
        const profile = `${context}.?appArmorProfile`;
        return `${profile}.hasValue() && !(${profile}.?type.orValue("") in ${allowed})`;
      });
      const annotations = "variables.metadata.?annotations.orValue({})";
      const isAllowed = `${annotations}[k] in ["", "runtime/default"] || ${annotations}[k].startsWith("localhost/")`;
      return `${profiles} + ${annotations}.filter(k, k.startsWith(${text(APPARMOR_ANNOTATION)}) && !(${isAllowed}))`;
    },
  },
  {
    id: "1.1-selinux",
    broken: (minor) => {
      const allowed = list(seLinuxTypes(minor));
      return ofEach((context) => {
        const option = (key: string) => `${context}.?seLinuxOptions.?${key}.orValue("")`;
        return `!(${option("type")} in ${allowed}) || ${option("user")} != "" || ${option("role")} != ""`;
      });
    },
  },
  {
    id: "1.1-proc-mount",
    broken: () => containers(`${IN_CONTAINER}.?procMount.orValue("Default") != "Default"`),
  },
  {
    id: "1.1-sysctls",
    broken: (minor) =>
      `${IN_POD}.?sysctls.orValue([]).filter(s, !(s.name in ${list(safeSysctls(minor))})).map(s, s.name)`,
  },
  {
    id: "1.1-windows-host-process",
    broken: () => ofEach((context) => `${context}.?windowsOptions.?hostProcess.orValue(false)`),
  },
  {
    id: "1.1-host-probes",
    broken: (minor) => {
      if (minor < HOST_PROBES_SINCE) return "[]";
      const hosts = HANDLERS.flatMap((handler) => [
        `c.?${handler}.?httpGet.?host`,
        `c.?${handler}.?tcpSocket.?host`,
      ]);
      return containers(hosts.map((host) => `${host}.orValue("") != ""`).join(" || "));
    },
  },
  {
    id: "1.1-volume-types",
    broken: () => {
      const sources = VOLUME_SOURCES.map((source) => `has(v.${source})`).join(" || ");
      return `${POD}.?volumes.orValue([]).filter(v, !(${sources})).map(v, v.name)`;
    },
  },
  {
    id: "1.1-privilege-escalation",
    broken: () => `${windows()} + ${containers(`${IN_CONTAINER}.?allowPrivilegeEscalation.orValue(true)`)}`,
  },
  {
    id: "1.1-capabilities",
    broken: () => {
      const names = (list: string) => `${IN_CONTAINER}.?capabilities.?${list}.orValue([])`;
      const broken = `!("ALL" in ${names("drop")}) || ${names("add")}.exists(n, n != "NET_BIND_SERVICE")`;
      return `${windows()} + ${containers(broken)}`;
    },
  },
  {
    id: "1.1-seccomp",
    broken: () => {
      const type = (context: string) => `${context}.?seccompProfile.?type`;
      const isOther = (context: string) =>
        `${context}.?seccompProfile.hasValue() && ${type(context)}.orValue("") != "RuntimeDefault"`;
      const ofContainer = `${IN_CONTAINER}.?seccompProfile.or(${IN_POD}.?seccompProfile)`;
      const broken = `${ofContainer}.?type.orValue("") != "RuntimeDefault"`;
      return `${windows()} + ${both(isOther(IN_POD), broken)}`;
    },
  },
];

/** The pod and the containers whose security context fulfils a condition. */
function ofEach(condition: (context: string) => string): string {
  return both(condition(IN_POD), condition(IN_CONTAINER));
}

function both(ofPod: string, ofContainer: string): string {
  return `${pod(ofPod, "pod")} + ${containers(ofContainer)}`;
}

/** The name in a list if the condition holds; else an empty list. */
function pod(condition: string, name: string): string {
  return `(${condition} ? [${text(name)}] : [])`;
}

/** Names of the containers `c` that fulfil a condition. */
function containers(condition: string): string {
  return `variables.containers.filter(c, ${condition}).map(c, c.name)`;
}

/** Windows pods lack the field that the rule demands: the platform runs Linux. */
function windows(): string {
  return pod(`${POD}.?os.?name.orValue("") == "windows"`, "os.name: windows");
}

function list(values: readonly string[]): string {
  return `[${values.map(text).join(", ")}]`;
}

/** A text as a literal of CEL, which uses the escapes of JSON. */
export function text(value: string): string {
  return JSON.stringify(value);
}
