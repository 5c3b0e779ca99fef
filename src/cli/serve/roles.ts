import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Duties of a process. */
interface Duties {
  /** Whether the process answers an API server. */
  readonly admits: boolean;
  /** Whether the process examines the images of waiting pods. */
  readonly examines: boolean;
  /** Whether the process watches the pods of a cluster, if one is named. */
  readonly watches: boolean;
  /** Whether the process runs pods in a sandbox, and signs the observations. */
  readonly tries: boolean;
}

/**
 * Roles of `douane serve`, with their duties. `all` makes no trials: trials run untrusted code, and need a separate
 * signing key.
 */
export const ROLES = {
  all: { admits: true, examines: true, watches: true, tries: false },
  admission: { admits: true, examines: false, watches: false, tries: false },
  examiner: { admits: false, examines: true, watches: false, tries: false },
  watcher: { admits: false, examines: false, watches: true, tries: false },
  trial: { admits: false, examines: false, watches: false, tries: true },
} as const satisfies Readonly<Record<string, Duties>>;

export type Role = keyof typeof ROLES;

/** @throws UsageError role-unknown */
export function parseRole(value: string): Role {
  if (Object.hasOwn(ROLES, value)) return value as Role;
  const names = Object.keys(ROLES).join(", ");
  throw new UsageError("role-unknown", {
    fr: `--role ${quoted(value)} : écrire un de ces rôles : ${names}.`,
    en: `--role ${quoted(value)}: write one of these roles: ${names}.`,
  });
}

/**
 * Refuses a role that would have nothing to do.
 *
 * @throws UsageError role-database, role-watch, role-trial-key, trial-key-alone
 */
export function verifyRole(
  role: Role,
  {
    database,
    watch,
    trialKey,
  }: {
    readonly database?: string | undefined;
    readonly watch?: string | undefined;
    readonly trialKey?: string | undefined;
  },
): void {
  if (role !== "all" && database === undefined) {
    throw new UsageError("role-database", {
      fr: `--role ${role} : les rôles se partagent une base de données, et un répertoire (--data-dir) n'est qu'à un processus. Donner --database postgres://…, ou laisser tous les rôles à ce processus (--role all).`,
      en: `--role ${role}: roles share a database, and a folder (--data-dir) is one process's. Give --database postgres://…, or leave all roles to this process (--role all).`,
    });
  }
  if (role === "watcher" && watch === undefined) {
    throw new UsageError("role-watch", {
      fr: "--role watcher : donner --watch, qui nomme le cluster à observer.",
      en: "--role watcher: give --watch, which names the cluster to be watched.",
    });
  }
  if (role === "trial" && trialKey === undefined) {
    throw new UsageError("role-trial-key", {
      fr: "--role trial : donner --trial-key, la clé privée qui signe les essais ; la politique nomme sa clé publique (attestations.statements.trial).",
      en: "--role trial: give --trial-key, the private key that signs trials; the policy names its public key (attestations.statements.trial).",
    });
  }
  if (role !== "trial" && trialKey !== undefined) {
    throw new UsageError("trial-key-alone", {
      fr: `--trial-key signe les essais, que --role ${role} ne fait pas : donner --role trial, sur une machine à part.`,
      en: `--trial-key signs trials, which --role ${role} does not make: give --role trial, on a machine of its own.`,
    });
  }
}

/** Line of `--check-config` about a single role. */
export function roleText(role: Exclude<Role, "all">): Text {
  const { fr, en } = WORDS[role];
  return { fr: `rôle : ${role}, ${fr}`, en: `role: ${role}, ${en}` };
}

const WORDS: Readonly<Record<Exclude<Role, "all">, Text>> = {
  admission: {
    fr: "qui répond à l'API server ; les images inconnues attendent un examinateur (--role examiner, ou all)",
    en: "which answers the API server; unknown images wait for an examiner (--role examiner, or all)",
  },
  examiner: {
    fr: "qui examine les images inconnues que d'autres répliques demandent ; il n'ouvre que /livez et /readyz, en HTTP",
    en: "which examines unknown images that other replicas ask for; it opens /livez and /readyz alone, by HTTP",
  },
  trial: {
    fr: "qui lance dans un bac à sable les pods qu'un essai peut prouver, et signe ce qu'il a vu ; il n'ouvre que /livez et /readyz, en HTTP",
    en: "which runs in a sandbox the pods that a trial can prove, and signs what it saw; it opens /livez and /readyz alone, by HTTP",
  },
  watcher: {
    fr: "qui observe les pods d'un cluster ; il n'ouvre que /livez et /readyz, en HTTP",
    en: "which watches the pods of a cluster; it opens /livez and /readyz alone, by HTTP",
  },
};
