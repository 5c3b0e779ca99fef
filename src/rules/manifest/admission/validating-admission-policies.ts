import type { RuleId } from "../../../contract/rows.ts";
import type { Lang } from "../../../contract/text.ts";
import { ruleOf } from "../../index.ts";
import { CONDITIONS, type Condition, text } from "./cel-conditions.ts";
import { outsideNamespaces } from "./exempt-namespaces.ts";
import { mutatingAdmissionPolicy } from "./mutating-admission-policy.ts";

/** Kubernetes object; its fields are written in this order. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/** Reaction of an admission policy to an object that breaks a rule. */
type Action = "Deny" | "Warn" | "Audit";

export interface AdmissionOptions {
  /** Minor version of Kubernetes 1.x, from `OLDEST_ADMISSION_MINOR` on. */
  readonly minor: number;
  readonly lang: Lang;
  /** Actions for pods, and for objects that create pods. `Deny` and `Warn` exclude each other. */
  readonly actions: { readonly pods: readonly Action[]; readonly workloads: readonly Action[] };
  /** Whether a MutatingAdmissionPolicy adds absent fields; from `OLDEST_MUTATING_MINOR` on. */
  readonly addsDefaults?: boolean;
  /** Namespaces that the policies leave out. */
  readonly exempt: readonly string[];
}

/** First minor version with `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicies. */
export const OLDEST_ADMISSION_MINOR = 30;
/** First minor version with `admissionregistration.k8s.io/v1` MutatingAdmissionPolicies. */
export const OLDEST_MUTATING_MINOR = 36;

/** A kind of object, and the CEL expression of its pod template. */
interface Subject {
  readonly name: string;
  readonly template: string;
  readonly rules: readonly KubernetesObject[];
  readonly actions: keyof AdmissionOptions["actions"];
}

const SUBJECTS: readonly Subject[] = [
  {
    name: "douane-pods",
    template: "object",
    rules: [resources("", "pods", "pods/ephemeralcontainers")],
    actions: "pods",
  },
  {
    name: "douane-workloads",
    template: "object.spec.template",
    rules: [
      resources("apps", "deployments", "statefulsets", "daemonsets", "replicasets"),
      resources("batch", "jobs"),
      resources("", "replicationcontrollers"),
    ],
    actions: "workloads",
  },
  {
    name: "douane-cronjobs",
    template: "object.spec.jobTemplate.spec.template",
    rules: [resources("batch", "cronjobs")],
    actions: "workloads",
  },
];

/** Admission policies for the rules that a manifest alone decides, each with its binding. */
export function admissionPolicies(options: AdmissionOptions): readonly KubernetesObject[] {
  return [
    ...SUBJECTS.flatMap((subject) => [policyOf(subject, options), bindingOf(subject, options)]),
    ...(options.addsDefaults === true ? mutatingAdmissionPolicy(options.exempt) : []),
  ];
}

function resources(apiGroup: string, ...names: readonly string[]): KubernetesObject {
  return { apiGroups: [apiGroup], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: names };
}

function policyOf({ name, template, rules }: Subject, { minor, lang }: AdmissionOptions): KubernetesObject {
  const old = template.replace("object", "oldObject");
  const conditions = CONDITIONS.map((condition) => [variableOf(condition), condition] as const);
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: { resourceRules: rules },
      // An object that already broke a rule when the policy was created can still be scaled, labelled and
      // deleted.
      matchConditions: [
        {
          name: "new-pod-spec",
          expression: `request.operation == "CREATE" || ${template}.spec != ${old}.spec || ${annotationsOf(template)} != ${annotationsOf(old)}`,
        },
      ],
      variables: [
        { name: "spec", expression: `${template}.spec` },
        { name: "metadata", expression: `${template}.?metadata.orValue({})` },
        { name: "containers", expression: CONTAINERS },
        ...conditions.map(([variable, { broken }]) => ({ name: variable, expression: broken(minor) })),
        {
          name: "violations",
          expression: conditions.map(([variable, { id }]) => violation(variable, id, lang)).join(" + "),
        },
      ],
      validations: [
        {
          expression: "size(variables.violations) == 0",
          message: MESSAGE[lang],
          messageExpression: `variables.violations.join(" ")`,
          reason: "Forbidden",
        },
      ],
    },
  };
}

function bindingOf({ name, actions }: Subject, options: AdmissionOptions): KubernetesObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: options.actions[actions],
      ...outsideNamespaces(options.exempt),
    },
  };
}

/** Containers of all lists. `dyn` is needed since their types in the API's schema differ. */
const CONTAINERS = ["initContainers", "ephemeralContainers"].reduce(
  (all, name) => `${all} + dyn(variables.spec.?${name}.orValue([]))`,
  "dyn(variables.spec.containers)",
);

function annotationsOf(template: string): string {
  return `${template}.?metadata.?annotations.orValue({})`;
}

/** `hostPorts` for `1.1-host-ports`. */
function variableOf({ id }: Condition): string {
  return id.replace(/^[\d.]+-/, "").replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Source of a CEL list with the sentence about a rule; empty if no field breaks the rule. */
function violation(variable: string, id: RuleId, lang: Lang): string {
  const { remedy } = ruleOf(id);
  const broken = `variables.${variable}`;
  const sentence = [text(`${id} (`), `${broken}.join(", ")`, text(`)${COLON[lang]} ${remedy[lang]}`)].join(
    " + ",
  );
  return `(size(${broken}) == 0 ? [] : [${sentence}])`;
}

const COLON: Readonly<Record<Lang, string>> = { fr: " :", en: ":" };

/** Message where the list of violations is longer than Kubernetes shows (5 kB). */
const MESSAGE: Readonly<Record<Lang, string>> = {
  fr: "Le pod n'est pas conforme au profil Restricted ; « douane check MANIFESTE » dit en quoi.",
  en: "The pod does not meet the Restricted profile; `douane check MANIFEST` says where.",
};
