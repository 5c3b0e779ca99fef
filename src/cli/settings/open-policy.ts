import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { twoMaps } from "../../policy/applications.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import { loadPolicy } from "./load-policy.ts";
import type { PolicyRequest } from "./policy-flags.ts";

/**
 * The platform's policy, from a file, or signed from a registry.
 *
 * @throws UsageError policy-file-unsigned; as loadPolicy() and loadSignedPolicy()
 */
export async function openPolicy(session: Session, request: PolicyRequest): Promise<Policy> {
  const policy = await opened(session, request);
  const notice = twoMaps(policy, request.policy);
  if (notice !== undefined && !session.quiet) await warn(notice, session.context, session.lang);
  return policy;
}

async function opened(session: Session, request: PolicyRequest): Promise<Policy> {
  const { policy, policyKey, policySerial } = request;
  if (policy.startsWith(OCI)) {
    const { loadSignedPolicy } = await import("./signed-policy.ts");
    return (await loadSignedPolicy(session, request)).policy;
  }
  if (policyKey.length > 0 || policySerial !== undefined) throw localFile(policy);
  return loadPolicy(resolve(session.context.cwd, policy), policy);
}

const OCI = "oci://";

/** Error that prevents a person who may change only `--policy` from replacing the signed policy by a file. */
function localFile(file: string): UsageError {
  return new UsageError("policy-file-unsigned", {
    fr: `--policy-key et --policy-serial demandent une politique signée, et ${quoted(file)} est un fichier, que rien ne signe. Écrire --policy oci://registre/dépôt:tag.`,
    en: `--policy-key and --policy-serial ask for a signed policy, and ${quoted(file)} is a file, which nothing signs. Write --policy oci://registry/repository:tag.`,
  });
}
