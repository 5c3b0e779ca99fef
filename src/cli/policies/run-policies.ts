import { dump } from "js-yaml";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang } from "../../contract/text.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { countingLabels } from "../../policy/namespace-rows.ts";
import {
  type AdmissionOptions,
  admissionPolicies,
  type KubernetesObject,
  OLDEST_MUTATING_MINOR,
} from "../../rules/manifest/admission/validating-admission-policies.ts";
import { labelGuard } from "../../server/kube/label-guard.ts";
import type { Session } from "../command-line/command.ts";
import type { PoliciesValues } from "./flags.ts";

/** `douane policies`. */
export async function runPolicies(
  session: Session,
  { kubernetes: minor = NEWEST_MINOR, exempt: named, ...values }: PoliciesValues,
): Promise<number> {
  const { context, lang } = session;
  const actions = actionsOf(values);
  const exempt = [...new Set(["kube-system", ...named])];
  // Observing changes nothing: without its capabilities, a pod may fail.
  const addsDefaults = minor >= OLDEST_MUTATING_MINOR && !values.observe && !values.withoutDefaults;
  const objects = [
    ...admissionPolicies({ minor, lang, actions, exempt, addsDefaults }),
    ...(await guardOf(session, values)),
  ];
  await context.stdout.write(
    [head(minor, lang), ...objects.map((object) => dump(object, { lineWidth: -1, noRefs: true }))].join(
      "---\n",
    ),
  );
  return EXIT.admitted;
}

/** Guard of the labels that a policy names; none without a policy, or without such labels. */
async function guardOf(
  session: Session,
  { policy: file, ...values }: Omit<PoliciesValues, "kubernetes" | "exempt">,
): Promise<readonly KubernetesObject[]> {
  if (file === undefined) return [];
  const { openPolicy } = await import("../settings/open-policy.ts");
  const { admission = {} } = await openPolicy(session, { ...values, policy: file });
  const keys = countingLabels(admission.futureRows ?? []);
  return keys.length === 0 ? [] : labelGuard({ keys, groups: admission.labelGroups ?? [] }, session.lang);
}

function actionsOf({
  observe,
  denyWorkloads,
}: Pick<PoliciesValues, "observe" | "denyWorkloads">): AdmissionOptions["actions"] {
  const [deny, warn] = [
    ["Deny", "Audit"],
    ["Warn", "Audit"],
  ] as const;
  if (observe && denyWorkloads) {
    throw new UsageError("policies-observe-deny", {
      fr: "--observe et --deny-workloads ne vont pas ensemble : --observe ne refuse rien.",
      en: "--observe and --deny-workloads do not go together: --observe refuses nothing.",
    });
  }
  if (observe) return { pods: warn, workloads: warn };
  return { pods: deny, workloads: denyWorkloads ? deny : warn };
}

/** Comment before the objects: the labels that have Pod Security refuse as well, and the lack of defaults. */
function head(minor: number, lang: Lang): string {
  const labels = `enforce=restricted pod-security.kubernetes.io/enforce-version=v1.${minor}`;
  const defaults = minor < OLDEST_MUTATING_MINOR ? `# ${NO_DEFAULTS[lang]}\n` : "";
  return `# ${ABOUT[lang]}\n#   kubectl label namespace … pod-security.kubernetes.io/${labels}\n${defaults}`;
}

const NO_DEFAULTS: Readonly<Record<Lang, string>> = {
  fr: `Sans MutatingAdmissionPolicy, qui n'est en v1 qu'à partir de Kubernetes 1.${OLDEST_MUTATING_MINOR} (v1beta1 en 1.34 et 1.35, inactive par défaut) : les champs absents ne sont pas ajoutés.`,
  en: `Without a MutatingAdmissionPolicy, which is v1 from Kubernetes 1.${OLDEST_MUTATING_MINOR} on (v1beta1 in 1.34 and 1.35, off by default): absent fields are not added.`,
};

const ABOUT: Readonly<Record<Lang, string>> = {
  fr: "Écrit par douane policies. La seconde barrière est Pod Security, par les étiquettes de chaque espace de noms :",
  en: "Written by douane policies. The second barrier is Pod Security, by the labels of each namespace:",
};
