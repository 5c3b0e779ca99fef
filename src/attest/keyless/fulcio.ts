// Certificates of Fulcio: https://github.com/sigstore/fulcio/blob/main/fulcio.proto (API v2)

import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import { objectAt, textsAt } from "../../json/fields.ts";
import type { Http } from "../../net/http/http.ts";
import { keyId } from "../keys/key.ts";
import { CLOCK_SKEW_MS } from "../policy/age.ts";
import { badAnswer, endpoint, exchange, jsonOf, type SigningService } from "../witness/service.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import type { IdentityToken } from "./identity-token.ts";

/**
 * Key that exists only in this process, with the certificate that binds the key to the job's identity for
 * some minutes.
 */
export interface CertifiedKey {
  readonly key: KeyObject;
  readonly certificate: Certificate;
  /** Certificates of the authority, DER, in the order received: an intermediate first. */
  readonly chain: readonly Buffer[];
}

/**
 * Generates a P-256 key, and has it certified for the identity in a token.
 *
 * @param base address of the Fulcio
 * @param now clock of this machine, which has to agree with the certificate's validity
 * @throws UnavailableError fulcio-unavailable, fulcio-refused, fulcio-redirect, fulcio-answer
 * @throws UsageError certificate-clock
 */
export async function certifiedKey(
  http: Http,
  base: URL,
  { text, challenge }: IdentityToken,
  now: () => Date,
): Promise<CertifiedKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const request = {
    credentials: { oidcIdentityToken: text },
    publicKeyRequest: {
      publicKey: {
        algorithm: "ECDSA",
        content: publicKey.export({ type: "spki", format: "pem" }).toString(),
      },
      proofOfPossession: sign("sha256", Buffer.from(challenge), privateKey).toString("base64"),
    },
  };
  const service: SigningService = { http, role: ROLE, code: "fulcio", secret: text };
  const url = endpoint(base, "/api/v2/signingCert");
  const headers = { "content-type": "application/json", accept: "application/json" };
  const { bytes } = await exchange(service, { method: "POST", url, headers, body: JSON.stringify(request) });
  const [certificate, ...chain] = certificatesIn(bytes);
  if (certificate?.id !== keyId(publicKey)) throw badAnswer(service, url);
  verifyClock(certificate, now());
  return { key: privateKey, certificate, chain: chain.map(({ der }) => der) };
}

const ROLE = { fr: "l'autorité de certification (Fulcio)", en: "the certificate authority (Fulcio)" };

/** Certificates of an answer; empty if the answer has another form. */
function certificatesIn(bytes: Uint8Array): readonly Certificate[] {
  const answer = jsonOf(bytes);
  // A detached SCT cannot be stored in a bundle; if a log entry is required, verification reports the missing
  // entry.
  const kinds = ["signedCertificateEmbeddedSct", "signedCertificateDetachedSct"];
  const pems = kinds.flatMap((kind) => textsAt(objectAt(objectAt(answer, kind), "chain"), "certificates"));
  try {
    return pems.slice(0, 10).map((pem) => parseCertificate(new X509Certificate(pem).raw));
  } catch {
    return [];
  }
}

function verifyClock({ notBefore, notAfter }: Certificate, now: Date): void {
  const time = now.getTime();
  if (time >= notBefore - CLOCK_SKEW_MS && time <= notAfter) return;
  const [clock, from, until] = [time, notBefore, notAfter].map((one) => new Date(one).toISOString());
  throw new UsageError("certificate-clock", {
    fr: `l'horloge de cette machine indique ${clock}, et le certificat qui vient d'être émis vaut du ${from} au ${until}. Mettre cette horloge à l'heure.`,
    en: `this machine's clock says ${clock}, and the certificate that was just issued is valid from ${from} to ${until}. Set this clock right.`,
  });
}

/**
 * Refuses a signature by an expired certificate: a slow registry can take longer than the certificate's ten
 * minutes.
 */
export function verifyUnexpired({ notAfter }: Certificate, now: Date): void {
  if (now.getTime() <= notAfter) return;
  throw new UnavailableError("fulcio-expired", {
    fr: `le certificat de signature a expiré le ${new Date(notAfter).toISOString()}, avant que tout soit signé. Relancer : ce qui est attaché le reste.`,
    en: `the signing certificate expired on ${new Date(notAfter).toISOString()}, before all was signed. Run the command again: what is attached stays.`,
  });
}
