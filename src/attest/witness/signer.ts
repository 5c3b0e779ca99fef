import type { SigningKey } from "../keys/signing-key.ts";
import type { Witness } from "./witness.ts";

/** Signing key with its certificate's identity and with the witness of its signatures. */
export interface Signer extends SigningKey {
  /** Identity in the signer's certificate; absent for a bare key. */
  readonly identity?: string;
  /** Makes the certificate's and the services' material beside each signature; absent for a bare key. */
  readonly witness?: Witness;
}

/** Signer, with its connections to services. */
export interface OpenSigner {
  readonly key: Signer;
  readonly close: () => Promise<void>;
}
