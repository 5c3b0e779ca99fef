import { dump } from "js-yaml";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang } from "../../contract/text.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { countingLabels } from "../../policy/namespace-rows.ts";
import {
  type AdmissionOptions,
  admissionPolicies,
  type KubernetesObject,
} from "../../rules/manifest/admission/validating-admission-policies.ts";
import { labelGuard } from "../../server/kube/label-guard.ts";
import type { Session } from "../command-line/command.ts";
import { openPolicy } from "../settings/open-policy.ts";
import type { PoliciesValues } from "./flags.ts";

/** `douane policies`. */
export async function runPolicies(
  session: Session,
  { kubernetes: minor = NEWEST_MINOR, exempt, ...values }: PoliciesValues,
): Promise<number> {
  const { context, lang } = session;
  const actions = actionsOf(values);
  const objects = [
    ...admissionPolicies({ minor, lang, actions, exempt: [...new Set(["kube-system", ...exempt])] }),
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

/** Comment before the objects: the version, and the labels that have Pod Security refuse as well. */
function head(minor: number, lang: Lang): string {
  const labels = `enforce=restricted pod-security.kubernetes.io/enforce-version=v1.${minor}`;
  return `# ${ABOUT[lang]}\n#   kubectl label namespace … pod-security.kubernetes.io/${labels}\n`;
}

const ABOUT: Readonly<Record<Lang, string>> = {
  fr: "Écrit par douane policies. La seconde barrière est Pod Security, par les étiquettes de chaque espace de noms :",
  en: "Written by douane policies. The second barrier is Pod Security, by the labels of each namespace:",
};
