import { UsageError } from "../../contract/error.ts";
import { NAMESPACE_NAME } from "../../contract/namespace-name.ts";
import { quoted } from "../../contract/shown.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import {
  OLDEST_ADMISSION_MINOR,
  OLDEST_MUTATING_MINOR,
} from "../../rules/manifest/admission/validating-admission-policies.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";
import { parseKubernetes } from "../command-line/kubernetes.ts";
import { SERVE_FLAGS } from "../serve/flags.ts";
import { SIGNED_POLICY_FLAGS } from "../settings/policy-flags.ts";

export const POLICIES_FLAGS = {
  policy: {
    ...SERVE_FLAGS.policy,
    help: {
      fr: "politique de la plateforme : ajouter la ValidatingAdmissionPolicy qui protège les labels d'espaces de noms que nomme admission.futureRows",
      en: "the platform's policy: add the ValidatingAdmissionPolicy that guards the labels of namespaces that admission.futureRows names",
    },
  },
  ...SIGNED_POLICY_FLAGS,
  observe: {
    help: {
      fr: "ne rien refuser : avertir et écrire dans le journal d'audit",
      en: "refuse nothing: warn, and write into the audit log",
    },
  },
  denyWorkloads: {
    help: {
      fr: "refuser aussi les Deployments, Jobs… dont le gabarit de pod n'est pas conforme (par défaut : avertir ; leurs pods sont refusés)",
      en: "also refuse Deployments, Jobs… whose pod template does not conform (default: warn; their pods are refused)",
    },
  },
  withoutDefaults: {
    help: {
      fr: `sans la MutatingAdmissionPolicy qui ajoute à un pod les champs absents (profil seccomp, élévation de privilèges, capacités Linux ; Kubernetes 1.${OLDEST_MUTATING_MINOR} ou plus récent)`,
      en: `without the MutatingAdmissionPolicy that adds the fields that a pod lacks (seccompProfile, allowPrivilegeEscalation, capabilities; Kubernetes 1.${OLDEST_MUTATING_MINOR} or newer)`,
    },
  },
  exempt: {
    value: { fr: "ESPACE", en: "NAMESPACE" },
    many: true,
    parse: parseNamespace,
    help: {
      fr: "espace de noms laissé de côté, en plus de kube-system (répétable)",
      en: "namespace that is left out, besides kube-system (repeatable)",
    },
  },
  kubernetes: {
    env: true,
    value: { fr: "VERSION", en: "VERSION" },
    parse: parseAdmissionMinor,
    help: {
      fr: `version du cluster, depuis 1.${OLDEST_ADMISSION_MINOR} (par défaut 1.${NEWEST_MINOR}, la plus récente connue)`,
      en: `version of the cluster, from 1.${OLDEST_ADMISSION_MINOR} on (default: 1.${NEWEST_MINOR}, the newest known)`,
    },
  },
  insecureRegistry: CONNECTION_FLAGS.insecureRegistry,
  caFile: CONNECTION_FLAGS.caFile,
} as const satisfies Flags;

export type PoliciesValues = Values<typeof POLICIES_FLAGS>;

function parseNamespace(name: string): string {
  if (NAMESPACE_NAME.test(name)) return name;
  throw new UsageError("namespace-invalid", {
    fr: `--exempt ${quoted(name)} : le nom d'un espace de noms n'a que des minuscules, des chiffres et des tirets, 63 au plus.`,
    en: `--exempt ${quoted(name)}: a namespace's name has lower-case letters, digits and hyphens only, 63 at most.`,
  });
}

function parseAdmissionMinor(version: string): number {
  const minor = parseKubernetes(version);
  if (minor >= OLDEST_ADMISSION_MINOR) return minor;
  throw new UsageError("kubernetes-too-old", {
    fr: `--kubernetes ${quoted(version)} : les ValidatingAdmissionPolicies sont stables à partir de Kubernetes 1.${OLDEST_ADMISSION_MINOR}. Avant, étiqueter les espaces de noms pour Pod Security (pod-security.kubernetes.io/enforce=restricted).`,
    en: `--kubernetes ${quoted(version)}: ValidatingAdmissionPolicies are stable from Kubernetes 1.${OLDEST_ADMISSION_MINOR} on. Before that, label the namespaces for Pod Security (pod-security.kubernetes.io/enforce=restricted).`,
  });
}
