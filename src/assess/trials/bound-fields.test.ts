import * as models from "@kubernetes/client-node/dist/gen/models/all.js";
import { expect, test } from "vitest";
import { countedInputs } from "../../../test/fixtures/counted-inputs.ts";
import type { InputCase } from "../../../test/fixtures/given-inputs.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { podSpec } from "../../workload/decode/pod.ts";

// Every field of a pod, by the schema of Kubernetes' API down to plain values: evidence of a trial with one
// value must not prove a pod with another, or the table below says why the field does not matter. A field that
// a later version adds, or that douane does not read, is in neither and fails.

const PLACEMENT = "where and when the pod runs, not what a program in it is given";
const REFUSED = "refused by rows 2 to 4 wherever it gives the container more";
const PROBED = "rules compare it with the times of the trial: see probe-times.ts, slow-starts.ts";
const AFTER_FAILURE =
  "after a failed probe only, as after the kill -9 that the trial tries: see ADR 0213; 1.3-probe-timing bounds it";
const NAME = "a name of the manifest, which no program sees";
const WINDOWS = "of Windows pods, which rows 3 and 4 refuse";
const VERSION = "v1 is the only one";
const NO_DEVICE = "1.1-devices leaves every row of a trial unproven wherever a claim stands";
const ELSEWHERE = "what the volume holds is not known of either, and a trial gives nothing of it";

/** Fields of any container, whether the tried one or a neighbour. */
const OF_CONTAINER: Readonly<Record<string, string>> = {
  "env.valueFrom.fieldRef.apiVersion": VERSION,
  image: "bound as the image's id, of neighbours by `beside`",
  imagePullPolicy: PLACEMENT,
  "ports.hostIP": REFUSED,
  "ports.hostPort": REFUSED,
  "ports.name": NAME,
  resizePolicy: PLACEMENT,
  "resources.claims": NO_DEVICE,
  "resources.requests": "reserves, and gives nothing",
  restartPolicyRules: "when the kubelet starts it again; a trial does so whatever it says",
  "securityContext.allowPrivilegeEscalation": REFUSED,
  "securityContext.appArmorProfile": "Localhost is left open by unprovided(); RuntimeDefault is the default",
  "securityContext.capabilities.drop": REFUSED,
  "securityContext.privileged": REFUSED,
  "securityContext.procMount": REFUSED,
  "securityContext.readOnlyRootFilesystem": "both roots are tried; rules take the judged manifest's",
  "securityContext.runAsNonRoot": "the trial refuses root itself; row 1 judges it",
  "securityContext.seLinuxOptions": REFUSED,
  "securityContext.seccompProfile": REFUSED,
  "securityContext.windowsOptions": WINDOWS,
  stdinOnce: "closes a standard input that only `stdin` opens, which is left open by unprovided()",
  terminationMessagePolicy: "what the kubelet shows of a container that ended",
  "volumeMounts.mountPropagation":
    "of mounts that others make below a volume; both directions need privileges",
  "volumeMounts.recursiveReadOnly": "of mounts below a volume, of which a pod's have none",
};

const UNBOUND: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["containers", "initContainers"].flatMap((list) =>
      Object.entries(OF_CONTAINER).map(([field, why]) => [`${list}.${field}`, why]),
    ),
  ),
  ...Object.fromEntries(
    ["containers", "initContainers"].flatMap((list) =>
      ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) =>
        ["failureThreshold", "initialDelaySeconds", "periodSeconds", "successThreshold", "timeoutSeconds"]
          .map((field) => [`${list}.${probe}.${field}`, PROBED])
          .concat([[`${list}.${probe}.terminationGracePeriodSeconds`, AFTER_FAILURE]]),
      ),
    ),
  ),
  "containers.name": NAME,
  "containers.restartPolicy": "1.4-restarts refuses what does not start the container again",
  "containers.volumeMounts.name": NAME,
  "containers.volumeMounts.subPath": "a folder of an empty volume; of one that is mounted twice it is bound",
  "initContainers.volumeDevices": "left open by unprovided() for the container that has it",
  activeDeadlineSeconds: "1.4-restarts judges it, of tasks 1.4-trial-restart",
  affinity: PLACEMENT,
  enableServiceLinks: "bound by the variables of the Services that there are",
  hostIPC: REFUSED,
  hostNetwork: REFUSED,
  hostPID: REFUSED,
  imagePullSecrets: PLACEMENT,
  nodeName: PLACEMENT,
  nodeSelector: PLACEMENT,
  "os.name": WINDOWS,
  overhead: PLACEMENT,
  preemptionPolicy: PLACEMENT,
  priority: PLACEMENT,
  priorityClassName: PLACEMENT,
  readinessGates: "row 9 is unproven wherever it stands",
  resourceClaims: NO_DEVICE,
  "resources.claims": NO_DEVICE,
  "resources.requests": "reserves, and gives nothing",
  restartPolicy: "bound as the lifetime",
  schedulerName: PLACEMENT,
  schedulingGates: PLACEMENT,
  schedulingGroup: PLACEMENT,
  "securityContext.appArmorProfile": "Localhost is left open by unprovided(); RuntimeDefault is the default",
  "securityContext.fsGroupChangePolicy": "how long a volume takes to be handed over, not to whom",
  "securityContext.runAsNonRoot": "the trial refuses root itself; row 1 judges it",
  "securityContext.seLinuxChangePolicy": "how long a volume takes to be labelled",
  "securityContext.seLinuxOptions": REFUSED,
  "securityContext.seccompProfile": REFUSED,
  "securityContext.windowsOptions": WINDOWS,
  serviceAccount: "its token, whose mount is bound, is one that nobody accepts",
  serviceAccountName: "its token, whose mount is bound, is one that nobody accepts",
  terminationGracePeriodSeconds: "compared with how long a stop took: see trial-binding.test.ts",
  tolerations: PLACEMENT,
  topologySpreadConstraints: PLACEMENT,
  "volumes.csi.fsType": ELSEWHERE,
  "volumes.csi.nodePublishSecretRef": ELSEWHERE,
  "volumes.downwardAPI.items.fieldRef.apiVersion": VERSION,
  "volumes.emptyDir.medium": "those of the trial are in memory, and count for the container's limit",
  "volumes.ephemeral.volumeClaimTemplate": ELSEWHERE,
  "volumes.name": NAME,
  "volumes.projected.sources.clusterTrustBundle.labelSelector": ELSEWHERE,
  "volumes.projected.sources.downwardAPI.items.fieldRef.apiVersion": VERSION,
  "volumes.projected.sources.podCertificate.maxExpirationSeconds": ELSEWHERE,
  "volumes.projected.sources.podCertificate.userAnnotations": ELSEWHERE,
  "volumes.projected.sources.serviceAccountToken.audience": "the trial's token is one that nobody accepts",
  "volumes.projected.sources.serviceAccountToken.expirationSeconds": "longer than any trial",
};

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

const MODELS = models as unknown as Readonly<
  Record<string, { getAttributeTypeMap(): readonly Attribute[] } | undefined>
>;

/** Types of which one member is set: the others would hide it. */
const UNIONS: ReadonlySet<string> = new Set([
  "V1Volume",
  "V1EnvVar",
  "V1EnvVarSource",
  "V1EnvFromSource",
  "V1Probe",
  "V1LifecycleHandler",
  "V1VolumeProjection",
  "V1DownwardAPIVolumeFile",
]);
/** Members of unions that stand beside the one that is set. */
const BESIDE: ReadonlySet<string> = new Set(["name", "path"]);
/** Sources of volumes that the Restricted profile has; row 2 refuses the others. */
const SOURCES: ReadonlySet<string> = new Set([
  "name",
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

type Path = readonly string[];

/** Paths of plain values below a type. Types in themselves are followed once. */
function pathsOf(type: string, path: Path, above: readonly string[] = []): readonly Path[] {
  const model = MODELS[elementOf(type)];
  if (model === undefined) return [path];
  if (above.includes(elementOf(type))) return [];
  return model
    .getAttributeTypeMap()
    .filter(({ baseName }) => elementOf(type) !== "V1Volume" || SOURCES.has(baseName))
    .flatMap((one) => pathsOf(one.type, [...path, one.baseName], [...above, elementOf(type)]));
}

function elementOf(type: string): string {
  return /^Array<(?<of>.+)>$/.exec(type)?.groups?.["of"] ?? type;
}

/** Two values of a field, where those of its type are not valid, or say the same. */
const VALUES: Readonly<Record<string, readonly [unknown, unknown]>> = {
  fieldPath: ["metadata.name", "metadata.uid"],
  resource: ["limits.memory", "limits.cpu"],
  divisor: ["1", "2"],
  sizeLimit: ["1Mi", "2Mi"],
  mountPath: ["/data", "/other"],
  dnsPolicy: ["ClusterFirst", "Default"],
  restartPolicy: ["Always", "Never"],
  limits: [{ memory: "2Gi" }, { memory: "6Mi" }],
  supplementalGroupsPolicy: ["Merge", "Strict"],
  add: [[], ["NET_BIND_SERVICE"]],
};

function valuesOf(name: string, type: string): readonly [unknown, unknown] {
  const own = VALUES[name];
  if (own !== undefined) return own;
  const element = elementOf(type);
  const plain: Readonly<Record<string, readonly [unknown, unknown]>> = {
    number: [5, 6],
    boolean: [false, true],
    IntOrString: [80, 81],
    "{ [key: string]: string; }": [{ a: "a" }, { a: "b" }],
  };
  const [a, b] = plain[element] ?? ["a", "b"];
  return element === type ? [a, b] : [[a], [b]];
}

/** A value of the type with the field of the path: `which` says the first or the second of its values. */
function filled(type: string, [name, ...rest]: Path, which: 0 | 1, above: readonly string[] = []): unknown {
  const element = elementOf(type);
  const attributes = MODELS[element]?.getAttributeTypeMap() ?? [];
  const value = Object.fromEntries(
    attributes
      .filter(({ baseName }) => {
        const isOn = baseName === name;
        return isOn || (UNIONS.has(element) ? BESIDE.has(baseName) : !isDeep(element, baseName));
      })
      .flatMap((one) => {
        const isOn = one.baseName === name;
        if (MODELS[elementOf(one.type)] === undefined) {
          return [[one.baseName, valuesOf(one.baseName, one.type)[isOn ? which : 0]]];
        }
        if (above.includes(elementOf(one.type))) return [];
        return [[one.baseName, filled(one.type, isOn ? rest : [], which, [...above, element])]];
      }),
  );
  return element === type ? value : [value];
}

/** Whether a member is left out unless it is looked at: of a pod and a container, whose members are many. */
function isDeep(type: string, member: string): boolean {
  if (type === "V1PodSpec") return !["subdomain", "containers"].includes(member);
  if (type === "V1VolumeMount") return !["name", "mountPath"].includes(member);
  return type === "V1Container" && !["name", "volumeMounts"].includes(member);
}

/** A container of a pod in which the field has the first or the second of its values. */
function inputOf(path: Path, which: 0 | 1): InputCase {
  const made = filled("V1PodSpec", path, which) as object;
  const spec = { volumes: [{ name: "a", emptyDir: {} }], ...made };
  const decoded = podSpec(spec, { path: ["spec"], invalid: [] }) as PodSpecFacts;
  const { containers, ...pod } = decoded;
  const [container = {}] = containers;
  return { spec: { ...container, name: "web" }, pod };
}

const FIELDS = pathsOf("V1PodSpec", []).filter(([first]) => first !== "ephemeralContainers");

test("the schema's fields are found", () => {
  expect(FIELDS.length).toBeGreaterThan(500);
});

test("each field of a pod is bound, or the table says why it need not be", () => {
  const unbound = FIELDS.filter((path) => countedInputs(inputOf(path, 0), inputOf(path, 1)) === "counts").map(
    (path) => path.join("."),
  );
  const reasons = Object.keys(UNBOUND);
  const isSaid = (field: string) => reasons.some((one) => field === one || field.startsWith(`${one}.`));
  expect(unbound.filter((field) => !isSaid(field))).toEqual([]);
  const isNeeded = (reason: string) =>
    unbound.some((field) => field === reason || field.startsWith(`${reason}.`));
  expect(reasons.filter((reason) => !isNeeded(reason))).toEqual([]);
});
