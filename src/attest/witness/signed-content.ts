import type { Envelope } from "../dsse/envelope.ts";

/** Content that one key signed once: an envelope, or a payload of cosign 2 with its signature. */
export type SignedContent =
  | { readonly kind: "envelope"; readonly envelope: Envelope }
  | { readonly kind: "payload"; readonly payload: Uint8Array; readonly signature: Uint8Array };

/** Bytes of the signature. */
export function signatureOf(content: SignedContent): Uint8Array {
  if (content.kind === "payload") return content.signature;
  const [signature] = content.envelope.signatures;
  if (signature === undefined) throw new TypeError("an unsigned envelope");
  return signature.bytes;
}
