import type { KeyObject } from "node:crypto";
import { ecdsaOn } from "./ecdsa.ts";
import { ED25519 } from "./ed25519.ts";
import type { Algorithm } from "./signature-algorithm.ts";

const RSA: Algorithm = { name: "RSA", hash: "sha256", accepted: ["sha256"] };

/** Bits of an RSA modulus: below, signatures can be forged; above, verifying takes seconds. */
const RSA_BITS = { least: 2_048, most: 8_192 };

/** Algorithm of a key; undefined if the type, the curve or the length is not for signatures. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm | undefined {
  if (asymmetricKeyType === "ed25519") return ED25519;
  if (asymmetricKeyType === "ec") return ecdsaOn(asymmetricKeyDetails?.namedCurve);
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === "rsa" && bits >= RSA_BITS.least && bits <= RSA_BITS.most ? RSA : undefined;
}
