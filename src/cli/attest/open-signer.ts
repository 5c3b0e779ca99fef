import type { OpenSigner } from "../../attest/witness/signer.ts";
import type { Context } from "../process/context.ts";
import type { AttestValues } from "./flags.ts";
import { openKey } from "./read-key.ts";

/**
 * Opens the signer that the options name: a key (with a certificate or timestamps if requested), or an
 * identity that a Fulcio certifies. Code for more than a key is loaded on demand.
 *
 * @throws as openKey(), withWitness(), openKeyless()
 */
export async function openSigner(context: Context, values: AttestValues): Promise<OpenSigner> {
  const { key, caFile, signingConfig, certificate, tsa } = values;
  if (signingConfig === undefined) {
    const opened = await openKey(context, key, caFile);
    if (certificate === undefined && tsa === undefined) return opened;
    return witnessed(context, values, opened);
  }
  const { openKeyless } = await import("./keyless.ts");
  return openKeyless(context, values, signingConfig);
}

async function witnessed(context: Context, values: AttestValues, opened: OpenSigner): Promise<OpenSigner> {
  try {
    const { withWitness } = await import("./witnessed-key.ts");
    return await withWitness(context, values, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}
