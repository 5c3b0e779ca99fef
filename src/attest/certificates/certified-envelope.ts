import type { Envelope } from "../dsse/envelope.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { CertificateMaterial } from "./material.ts";

/** Signature to verify: the envelope, its material, and the parsed certificate of the material. */
export interface CertifiedEnvelope {
  readonly envelope: Envelope;
  readonly material: CertificateMaterial;
  readonly leaf: Certificate;
}
