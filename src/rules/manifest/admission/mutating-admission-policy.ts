// MutatingAdmissionPolicy that gives pods the fields which the rules 1.1-seccomp, 1.1-privilege-escalation and
// 1.1-capabilities demand, where a pod lacks them. A field that the pod has keeps its value.
//
//   spec.securityContext.seccompProfile               { type: RuntimeDefault }, at creation
//   each container's allowPrivilegeEscalation         false
//   each container's capabilities.drop                [ALL]
//   an ephemeral container's seccompProfile           { type: RuntimeDefault }, if the running pod has none
//
// Patch type: ApplyConfiguration refuses lists that are replaced as a whole, as capabilities.drop is
// (k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch/smd.go), so all fields are set by a JSON patch.

import { text } from "./cel-conditions.ts";
import { outsideNamespaces } from "./exempt-namespaces.ts";

type KubernetesObject = Readonly<Record<string, unknown>>;

const NAME = "douane-defaults";
const API_VERSION = "admissionregistration.k8s.io/v1";

/** Lists of containers. Only ephemeral containers are added to a running pod. */
const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

type List = (typeof LISTS)[number];

/**
 * The policy and its binding.
 *
 * @param exempt namespaces that the policy leaves out
 */
export function mutatingAdmissionPolicy(
  exempt: readonly string[],
): readonly [policy: KubernetesObject, binding: KubernetesObject] {
  const metadata = { name: NAME };
  return [
    { apiVersion: API_VERSION, kind: "MutatingAdmissionPolicy", metadata, spec: SPEC },
    {
      apiVersion: API_VERSION,
      kind: "MutatingAdmissionPolicyBinding",
      metadata,
      spec: { policyName: NAME, ...outsideNamespaces(exempt) },
    },
  ];
}

const POD = "object.spec.?securityContext";
const CONTAINER = "c.?securityContext";
const ON_CREATE = "oldObject == null";

/** Absence of `allowPrivilegeEscalation`, except where the API server's validation refuses false. */
const LACKS_ESCALATION = [
  `!${CONTAINER}.?allowPrivilegeEscalation.hasValue()`,
  `!${CONTAINER}.?privileged.orValue(false)`,
  `!("CAP_SYS_ADMIN" in ${CONTAINER}.?capabilities.?add.orValue([]))`,
].join(" && ");

/** The API server does not distinguish an empty list from none. */
const LACKS_DROP = `${CONTAINER}.?capabilities.hasValue() && size(${CONTAINER}.?capabilities.?drop.orValue([])) == 0`;

const RUNTIME_DEFAULT = `{"type": "RuntimeDefault"}`;

const SPEC = {
  // A default that fails does not refuse the pod: it stays as it is, and the validating policies decide.
  failurePolicy: "Ignore",
  // Webhooks run after this policy; it runs again for the containers that they inject. A match condition that
  // skipped complete pods would prevent that: a policy that was skipped at first is not invoked again.
  reinvocationPolicy: "IfNeeded",
  matchConstraints: {
    resourceRules: [rule("CREATE", "pods"), rule("UPDATE", "pods/ephemeralcontainers")],
  },
  matchConditions: [
    { name: "linux", expression: `object.spec.?os.?name.orValue("linux") != "windows"` },
    // A mirror pod shows what a kubelet runs; a field that is added to it would not hold for the running one.
    {
      name: "no-mirror-pod",
      expression: `!("kubernetes.io/config.mirror" in object.?metadata.?annotations.orValue({}))`,
    },
  ],
  variables: LISTS.flatMap((list) => [
    { name: list, expression: addedTo(list) },
    { name: namesOf(list), expression: `object.spec.?${list}.orValue([]).map(c, c.name)` },
  ]),
  mutations: [
    {
      patchType: "JSONPatch",
      jsonPatch: { expression: [...ofPod(), ...LISTS.flatMap(ofContainers)].join(" + ") },
    },
  ],
} as const;

function rule(operation: string, resource: string): KubernetesObject {
  return { apiGroups: [""], apiVersions: ["v1"], operations: [operation], resources: [resource] };
}

/** Containers that the request adds; the other ones of a running pod cannot be changed. */
function addedTo(list: List): string {
  const containers = (object: string) => `${object}.spec.?${list}.orValue([])`;
  if (list !== "ephemeralContainers") return `${ON_CREATE} ? ${containers("object")} : []`;
  const isOld = `${containers("oldObject")}.exists(o, o.name == c.name)`;
  return `${containers("object")}.filter(c, ${ON_CREATE} || !${isOld})`;
}

function namesOf(list: List): string {
  return `${list}Names`;
}

/** Operations on the pod's security context: lists in CEL. */
function ofPod(): readonly string[] {
  const inherits = LISTS.map((list) => `variables.${list}.exists(c, ${lacksProfile(CONTAINER)})`).join(
    " || ",
  );
  const needs = `${ON_CREATE} && ${lacksProfile(POD)} && (${inherits})`;
  const path = "/spec/securityContext";
  return [
    `(${needs} && !${POD}.hasValue() ? [${add(text(path), "{}")}] : [])`,
    `(${needs} ? [${add(text(`${path}/seccompProfile`), RUNTIME_DEFAULT)}] : [])`,
  ];
}

/** Operations on the security contexts of a list's containers: lists in CEL. */
function ofContainers(list: List): readonly string[] {
  const operation = (condition: string, field: string, value: string) => {
    const index = `string(variables.${namesOf(list)}.indexOf(c.name))`;
    const path = `${text(`/spec/${list}/`)} + ${index} + ${text(`/securityContext${field}`)}`;
    return `variables.${list}.filter(c, ${condition}).map(c, ${add(path, value)})`;
  };
  const operations = [
    operation(`!${CONTAINER}.hasValue()`, "", "{}"),
    operation(LACKS_ESCALATION, "/allowPrivilegeEscalation", "false"),
    operation(`!${CONTAINER}.?capabilities.hasValue()`, "/capabilities", `{"drop": ["ALL"]}`),
    operation(LACKS_DROP, "/capabilities/drop", `["ALL"]`),
  ];
  if (list !== "ephemeralContainers") return operations;
  const needsProfile = `!(${ON_CREATE}) && ${lacksProfile(POD)} && ${lacksProfile(CONTAINER)}`;
  return [...operations, operation(needsProfile, "/seccompProfile", RUNTIME_DEFAULT)];
}

function lacksProfile(context: string): string {
  return `!${context}.?seccompProfile.hasValue()`;
}

/** Operation of a JSON patch (RFC 6902). */
function add(path: string, value: string): string {
  return `JSONPatch{op: "add", path: ${path}, value: ${value}}`;
}
