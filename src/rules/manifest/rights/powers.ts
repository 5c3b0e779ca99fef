import type { PolicyRuleFacts } from "../../../contract/related-facts.ts";
import type { Text } from "../../../contract/text.ts";

/** A right that leads from one workload to nodes or to other applications. */
interface Power extends Grant {
  /** End of a sentence that begins with "it may". */
  readonly message: Text;
}

/** Verbs on resources; any one of the verbs on any one of the resources grants the power. */
interface Grant {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Verbs, any of which grants the power. */
  readonly verbs: readonly string[];
}

const WRITE = ["create", "patch", "update"];

/**
 * Rights that let their holder obtain further rights
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks).
 */
const POWERS: readonly Power[] = [
  {
    message: {
      fr: "s'accorder d'autres droits (escalate, bind)",
      en: "grant itself other rights (escalate, bind)",
    },
    groups: ["rbac.authorization.k8s.io"],
    resources: ["clusterroles", "roles"],
    verbs: ["escalate", "bind"],
  },
  {
    message: { fr: "agir sous une autre identité (impersonate)", en: "act as somebody else (impersonate)" },
    groups: ["", "authentication.k8s.io"],
    resources: ["users", "groups", "serviceaccounts", "userextras", "uids"],
    verbs: ["impersonate"],
  },
  {
    message: { fr: "lire les secrets", en: "read secrets" },
    groups: [""],
    resources: ["secrets"],
    verbs: ["get", "list", "watch"],
  },
  {
    message: { fr: "exécuter des commandes dans les pods", en: "execute commands in pods" },
    groups: [""],
    resources: ["pods/exec", "pods/attach", "pods/ephemeralcontainers"],
    verbs: ["create", "get", "patch", "update"],
  },
  {
    message: { fr: "créer des pods ou changer les workloads", en: "create pods or change workloads" },
    groups: ["", "apps", "batch"],
    resources: [
      "cronjobs",
      "daemonsets",
      "deployments",
      "jobs",
      "pods",
      "replicasets",
      "replicationcontrollers",
      "statefulsets",
    ],
    verbs: WRITE,
  },
  {
    message: {
      fr: "obtenir le jeton d'un autre compte de service",
      en: "get the token of another service account",
    },
    groups: [""],
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
  },
  {
    message: { fr: "appeler le kubelet des nœuds", en: "call the kubelet of nodes" },
    groups: [""],
    resources: ["nodes/proxy"],
    verbs: ["create", "get"],
  },
  {
    message: { fr: "créer des PersistentVolumes hostPath", en: "create hostPath PersistentVolumes" },
    groups: [""],
    resources: ["persistentvolumes"],
    verbs: ["create"],
  },
  {
    message: {
      fr: "changer les espaces de noms, donc le niveau de Pod Security appliqué",
      en: "change Namespaces, and so the level of Pod Security that is enforced",
    },
    groups: [""],
    resources: ["namespaces"],
    verbs: ["patch", "update"],
  },
  {
    message: { fr: "changer ce que l'API admet (webhooks)", en: "change what the API admits (webhooks)" },
    groups: ["admissionregistration.k8s.io"],
    resources: [
      "mutatingadmissionpolicies",
      "mutatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingwebhookconfigurations",
    ],
    verbs: [...WRITE, "delete"],
  },
  {
    message: { fr: "approuver des certificats", en: "approve certificates" },
    groups: ["certificates.k8s.io"],
    resources: ["certificatesigningrequests/approval"],
    verbs: ["patch", "update"],
  },
];

const EVERYTHING: Text = {
  fr: "tout faire (verbes et ressources « * »)",
  en: "do anything (verbs and resources `*`)",
};

/** Powers that these rules grant, as ends of sentences. */
export function powersOf(rules: readonly PolicyRuleFacts[]): readonly Text[] {
  if (rules.some(isEverything)) return [EVERYTHING];
  return POWERS.filter((power) => rules.some((rule) => gives(rule, power))).map(({ message }) => message);
}

function isEverything({ apiGroups, resources, verbs }: PolicyRuleFacts): boolean {
  return [apiGroups, resources, verbs].every((list) => list.includes("*"));
}

/**
 * Whether a rule grants a power. A rule with resourceNames covers only the named objects, not those of other
 * applications.
 */
function gives(rule: PolicyRuleFacts, power: Power): boolean {
  return rule.resourceNames.length === 0 && grants(rule, power);
}

/** Whether a rule grants any of these verbs, for any names. */
export function grants({ apiGroups, resources, verbs }: PolicyRuleFacts, power: Grant): boolean {
  return (
    power.groups.some((group) => holds(apiGroups, group)) &&
    power.resources.some((resource) => holdsResource(resources, resource)) &&
    power.verbs.some((verb) => holds(verbs, verb))
  );
}

function holds(list: readonly string[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}

/**
 * Whether a list of resources contains this resource: `*` includes subresources, and `pods/*` those of pods.
 */
function holdsResource(list: readonly string[], resource: string): boolean {
  const [own = "", sub] = resource.split("/");
  if (holds(list, resource)) return true;
  return sub !== undefined && (list.includes(`${own}/*`) || list.includes(`*/${sub}`));
}
