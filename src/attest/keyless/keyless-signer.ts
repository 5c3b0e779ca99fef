import type { Http } from "../../net/http/http.ts";
import { signedBy } from "../keys/sign.ts";
import type { Signer } from "../witness/signer.ts";
import { createWitness } from "../witness/witness.ts";
import { certifiedKey, verifyUnexpired } from "./fulcio.ts";
import type { IdentityToken } from "./identity-token.ts";
import type { SigningServices } from "./signing-config.ts";

/**
 * Signer with a key that a Fulcio certifies for the job's identity. The key is forgotten afterwards. One
 * certificate serves all signatures of a run.
 *
 * @param now this machine's clock
 * @throws as certifiedKey()
 */
export async function keylessSigner(
  http: Http,
  { authority, logs, timestampAuthorities }: SigningServices,
  token: IdentityToken,
  now: () => Date,
): Promise<Signer> {
  const { key, certificate, chain } = await certifiedKey(http, authority, token, now);
  const { id, algorithm, names, der } = certificate;
  const certificates = [der, ...chain];
  const services = { keyId: id, certificates, hasChain: false, logs, timestampAuthorities };
  return {
    id,
    algorithm,
    identity: names[0] ?? "?",
    witness: createWitness(http, services),
    sign: async (bytes) => {
      verifyUnexpired(certificate, now());
      return signedBy({ key, algorithm }, bytes);
    },
  };
}
