import { EXIT, UsageError } from "../../contract/error.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { loadSignedPolicy } from "../settings/signed-policy.ts";
import type { PullValues } from "./flags.ts";

/** `douane policy pull REFERENCE`. */
export async function runPull(
  session: Session,
  { out, ...values }: PullValues,
  [reference, ...others]: readonly string[],
): Promise<number> {
  if (reference?.startsWith("oci://") !== true || others.length > 0) throw oneReference();
  const { policy } = await loadSignedPolicy(session, { ...values, policy: reference });
  const target = { format: { name: "json" }, ...(out === undefined ? {} : { file: out }) };
  await writeFormats(session, [target], () => `${JSON.stringify(policy, null, 2)}\n`);
  return EXIT.admitted;
}

function oneReference(): UsageError {
  return new UsageError("policy-reference", {
    fr: "« douane policy pull » demande une politique publiée : oci://registre/dépôt:tag.",
    en: "douane policy pull: name one published policy, oci://registry/repository:tag.",
  });
}
