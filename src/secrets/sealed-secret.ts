/** Lengths of RSA keys with which a cluster's controller seals, in bytes. */
const KEY_BYTES = new Set([256, 384, 512]);
/** Bytes of the tag of AES-GCM. */
const TAG_BYTES = 16;

/**
 * Whether a value belongs to a SealedSecret, which only the cluster can decrypt: two bytes with the length of
 * the session key, the key encrypted with RSA-OAEP, then the value encrypted with AES-GCM. Source:
 * bitnami-labs/sealed-secrets, crypto.go.
 *
 * @param text the text around the value
 */
export function isSealedValue(value: string, text: string): boolean {
  if (!value.startsWith("A") || value.length < 300 || !/^[A-Za-z0-9+/]{300,16384}={0,2}$/.test(value))
    return false;
  const sealed = Buffer.from(value, "base64");
  const length = sealed.readUInt16BE(0);
  return KEY_BYTES.has(length) && sealed.length >= 2 + length + TAG_BYTES && text.includes("SealedSecret");
}
