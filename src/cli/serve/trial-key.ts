import { trustedKeys } from "../../attest/policy/trusted-key.ts";
import type { Text } from "../../contract/text.ts";
import type { Policy } from "../../policy/policy.ts";
import { type OpenKey, openKey } from "../attest/read-key.ts";
import type { Context } from "../process/context.ts";
import type { ServeValues } from "./flags.ts";

/**
 * Opens the key of a process that makes trials, on a machine that can make them.
 *
 * @throws UnavailableError trial-unavailable; as openKey()
 */
export async function openTrialKey(
  context: Context,
  { trialKey, caFile }: Pick<ServeValues, "trialKey" | "caFile">,
): Promise<OpenKey> {
  const { availableExecutor } = await import("../../trial/available-executor.ts");
  await availableExecutor(context.env, context.signal);
  return openKey(context, trialKey, caFile);
}

/**
 * Line of `--check-config`: the signer in the policy to whom this key belongs; a warning if the policy has no such
 * signer.
 */
export function trialSignerText({ attestations }: Policy, keyId: string): Text {
  const allowed = new Set(attestations?.statements.trial?.signers);
  const keys = attestations === undefined ? [] : trustedKeys(attestations);
  const named = keys.find(({ id, signer }) => id === keyId && allowed.has(signer));
  if (named === undefined) return UNNAMED;
  const { signer } = named;
  return { fr: `essais signés par : ${signer}`, en: `trials signed by: ${signer}` };
}

const UNNAMED: Text = {
  fr: "attention : la politique ne nomme pas la clé de --trial-key parmi les signataires d'essais (attestations.statements.trial). Ces essais ne comptent nulle part.",
  en: "warning: the policy does not name the key of --trial-key among the signers of trials (attestations.statements.trial). These trials count nowhere.",
};
