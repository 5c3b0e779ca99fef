import type { Algorithm } from "./signature-algorithm.ts";

/** Signing key: in this process, or in a service that never reveals it. */
export interface SigningKey {
  /** Id of the public half, see keyId(). */
  readonly id: string;
  readonly algorithm: Algorithm;
  /**
   * Signature over these bytes: DER for ECDSA, PKCS#1 v1.5 for RSA.
   *
   * @throws UnavailableError if the service that holds the key cannot be reached, or refuses
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
