import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { AuditEntry } from "./entry.ts";

/** An application: a namespace, or one of its workloads. */
export interface Application {
  readonly namespace: string;
  /** Name of the workload; absent for the whole namespace. */
  readonly name?: string;
}

/** Hash of a pod template in the name of a ReplicaSet, in the alphabet of Kubernetes (util/rand.SafeEncodeString). */
const TEMPLATE_HASH = /-[bcdfghjklmnpqrstvwxz2456789]{1,10}$/;

/**
 * Parses the name of an application.
 *
 * @param text `NAMESPACE` or `NAMESPACE/NAME`
 * @throws UsageError application-name
 */
export function parseApplication(text: string): Application {
  const [namespace = "", name, ...others] = text.split("/");
  if (namespace !== "" && name !== "" && others.length === 0)
    return { namespace, ...(name === undefined ? {} : { name }) };
  throw new UsageError("application-name", {
    fr: `--application ${quoted(text)} : écrire ESPACE-DE-NOMS, ou ESPACE-DE-NOMS/NOM du workload.`,
    en: `--application ${quoted(text)}: write NAMESPACE, or NAMESPACE/NAME of the workload.`,
  });
}

export function applicationName({ namespace, name }: Application): string {
  return name === undefined ? namespace : `${namespace}/${name}`;
}

/**
 * Whether a decision is about an application: its object, or the controller that owns it, has the
 * application's name. Pods of a Deployment are owned by a ReplicaSet, whose name is the Deployment's plus a
 * hash.
 */
export function isAbout({ namespace, name }: Application, { decision }: AuditEntry): boolean {
  if (decision.namespace !== namespace) return false;
  if (name === undefined || decision.name === name) return true;
  const [kind = "", owner = ""] = decision.owner?.split("/") ?? [];
  return owner === name || (kind === "ReplicaSet" && owner.replace(TEMPLATE_HASH, "") === name);
}
