import type { EvidenceKind } from "./kinds.ts";
import type { Text } from "./text.ts";

export const CATEGORIES = ["mandatory", "future", "recommended"] as const;
export type Category = (typeof CATEGORIES)[number];

export type Clause = "1.1" | "1.2" | "1.3" | "1.4" | "2.1" | "2.2" | "2.3" | "3.1" | "3.2" | "3.3";

/** Id of a rule, which begins with the contract's clause. */
export type RuleId = `${Clause}-${string}`;

export type RowId =
  | "non-root"
  | "no-host-access"
  | "no-escalation"
  | "seccomp"
  | "read-only-root"
  | "stdout-logs"
  | "no-baked-state"
  | "bind-all"
  | "health"
  | "twelve-factor"
  | "env-config"
  | "stateless"
  | "provenance"
  | "sbom"
  | "scans"
  | "minimal"
  | "immutable-tag"
  | "no-dockerfile";

/** A row of the contract's checklist (section 5). */
export interface Row {
  readonly id: RowId;
  /** The contract's own title, with its translation. */
  readonly title: Text;
  readonly category: Category;
  readonly clauses: readonly [Clause, ...Clause[]];
  /** Alternatives, each a list of rules that must all pass to prove the row. */
  readonly proofs: readonly (readonly RuleId[])[];
  /** Evidence that can prove the row: all evidence that the rules of its proofs need (tested). */
  readonly provenBy: readonly EvidenceKind[];
  /**
   * Rows from which this row is derived. Its answer is the worst of their answers and of its own rules, which
   * can only refute.
   */
  readonly derivedFrom?: readonly RowId[];
}

/** Table of the 18 rows in the contract's order. */
export const ROWS: readonly Row[] = [
  {
    id: "non-root",
    title: {
      fr: "Image exécutée en tant qu'utilisateur non-root",
      en: "Image runs as a non-root user",
    },
    category: "mandatory",
    clauses: ["1.1"],
    provenBy: ["image"],
    proofs: [["1.1-image-user", "1.1-privilege-tools", "1.1-file-capabilities"]],
  },
  {
    id: "no-host-access",
    title: {
      fr: "Aucun container privilégié ou accès aux hôtes",
      en: "No privileged container, no access to hosts",
    },
    category: "mandatory",
    clauses: ["1.1"],
    provenBy: ["workload"],
    proofs: [
      [
        "1.1-host-namespaces",
        "1.1-privileged",
        "1.1-host-ports",
        "1.1-apparmor",
        "1.1-selinux",
        "1.1-proc-mount",
        "1.1-sysctls",
        "1.1-windows-host-process",
        "1.1-host-probes",
        "1.1-volume-types",
        "1.1-valid-manifest",
      ],
    ],
  },
  {
    id: "no-escalation",
    title: {
      fr: "allowPrivilegeEscalation: false activé",
      en: "allowPrivilegeEscalation: false is set",
    },
    category: "mandatory",
    clauses: ["1.1"],
    provenBy: ["workload"],
    proofs: [["1.1-privilege-escalation", "1.1-capabilities"]],
  },
  {
    id: "seccomp",
    title: { fr: "Profil Seccomp RuntimeDefault", en: "Seccomp profile RuntimeDefault" },
    category: "mandatory",
    clauses: ["1.1"],
    provenBy: ["workload"],
    proofs: [["1.1-seccomp"]],
  },
  {
    id: "read-only-root",
    title: {
      fr: "Aucune écriture sur le root filesystem",
      en: "No write to the root file system",
    },
    category: "mandatory",
    clauses: ["1.2"],
    provenBy: ["trial", "workload"],
    proofs: [["1.2-trial-read-only-root"], ["1.2-read-only-root-filesystem"]],
  },
  {
    id: "stdout-logs",
    title: {
      fr: "Logs exclusivement via stdout/stderr",
      en: "Logs go to stdout and stderr only",
    },
    category: "mandatory",
    clauses: ["1.2", "1.4"],
    provenBy: ["trial"],
    proofs: [["1.2-trial-logs"]],
  },
  {
    id: "no-baked-state",
    title: {
      fr: "Aucun état ou configuration embarqué dans l'image",
      en: "No state or configuration baked into the image",
    },
    category: "mandatory",
    clauses: ["1.2", "1.4"],
    provenBy: ["image"],
    proofs: [
      [
        "1.4-layers-read",
        "1.4-no-secrets",
        "1.4-no-environment-config",
        "1.4-no-build-arguments",
        "1.2-no-databases",
      ],
    ],
  },
  {
    id: "bind-all",
    title: {
      fr: "Application bind sur 0.0.0.0 (pas localhost)",
      en: "Application binds to 0.0.0.0 (not localhost)",
    },
    category: "mandatory",
    clauses: ["1.3"],
    provenBy: ["trial", "workload"],
    proofs: [["1.3-trial-listen"], ["1.3-serves"]],
  },
  {
    id: "health",
    title: {
      fr: "Endpoints de santé exposés si applicables",
      en: "Health endpoints exposed where applicable",
    },
    category: "mandatory",
    clauses: ["1.3"],
    provenBy: ["workload"],
    proofs: [["1.3-probes", "1.3-probe-targets"]],
  },
  {
    id: "twelve-factor",
    title: { fr: "Conformité 12-Factor App", en: "Conforms to the twelve-factor app" },
    category: "mandatory",
    clauses: ["1.4"],
    provenBy: [],
    proofs: [],
    derivedFrom: [
      "read-only-root",
      "stdout-logs",
      "no-baked-state",
      "bind-all",
      "health",
      "env-config",
      "stateless",
    ],
  },
  {
    id: "env-config",
    title: {
      fr: "Configuration via variables d'environnement",
      en: "Configuration through environment variables",
    },
    category: "mandatory",
    clauses: ["1.4"],
    provenBy: ["workload", "trial"],
    proofs: [["1.4-injected-config", "1.4-literal-secrets"], ["1.4-trial-environment"]],
  },
  {
    id: "stateless",
    title: {
      fr: "Process stateless et redémarrables",
      en: "Stateless processes that can be restarted",
    },
    category: "mandatory",
    clauses: ["1.4"],
    provenBy: ["trial"],
    proofs: [["1.4-trial-restart", "1.4-trial-stop", "1.4-trial-replica", "1.2-trial-state"]],
  },
  {
    id: "provenance",
    title: {
      fr: "Build process automatisé, reproductible et attestations in-toto intégrées",
      en: "Automated, reproducible build with in-toto attestations",
    },
    category: "future",
    clauses: ["2.1"],
    provenBy: ["attestations"],
    proofs: [["2.1-signed-provenance", "2.1-source", "2.1-injection-scan", "2.3-static-scan"]],
  },
  {
    id: "sbom",
    title: {
      fr: "SBOM intégré dans l'image (format SPDX ou CycloneDX)",
      en: "SBOM embedded in the image (SPDX or CycloneDX)",
    },
    category: "future",
    clauses: ["2.2"],
    provenBy: ["sbom", "vulnerabilities"],
    proofs: [
      ["2.2-embedded-sbom", "2.2-sbom-coverage", "2.2-packages-read", "2.2-no-critical-vulnerabilities"],
    ],
  },
  {
    id: "scans",
    title: {
      fr: "Scans de sécurité pré-build réalisés et documentés",
      en: "Pre-build security scans done and documented",
    },
    category: "future",
    clauses: ["2.3"],
    provenBy: ["attestations"],
    proofs: [["2.3-static-scan", "2.3-dynamic-scan", "2.3-secret-scan"]],
  },
  {
    id: "minimal",
    title: {
      fr: "Utilisation d'images minimales/distroless",
      en: "Minimal or distroless image",
    },
    category: "recommended",
    clauses: ["3.1"],
    provenBy: ["image"],
    proofs: [["3.1-minimal-base", "3.1-no-build-tools"]],
  },
  {
    id: "immutable-tag",
    title: { fr: "Utilisation de tags immutables", en: "Immutable tags" },
    category: "recommended",
    clauses: ["3.2"],
    provenBy: ["reference"],
    proofs: [["3.2-immutable-tag"]],
  },
  {
    id: "no-dockerfile",
    title: {
      fr: "Construction d'image sans Dockerfile",
      en: "Image built without a Dockerfile",
    },
    category: "recommended",
    clauses: ["3.3"],
    provenBy: ["image"],
    proofs: [["3.3-builder"]],
  },
];

const BY_ID: ReadonlyMap<RowId, Row> = new Map(ROWS.map((row) => [row.id, row]));

/** Row with this id. Every RowId has a row (tested). */
export function rowById(id: RowId): Row {
  const row = BY_ID.get(id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}
