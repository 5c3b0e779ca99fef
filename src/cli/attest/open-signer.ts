import type { OpenSigner } from "../../attest/witness/signer.ts";
import type { Context } from "../process/context.ts";
import type { AttestValues } from "./flags.ts";
import { openKey } from "./read-key.ts";

/**
 * Opens the signer that the options name: a key, or an identity that a Fulcio certifies, whose code is loaded then.
 *
 * @throws as openKey(), openKeyless()
 */
export async function openSigner(context: Context, values: AttestValues): Promise<OpenSigner> {
  const { key, caFile, signingConfig } = values;
  if (signingConfig === undefined) return openKey(context, key, caFile);
  const { openKeyless } = await import("./keyless.ts");
  return openKeyless(context, values, signingConfig);
}
