import { type Fields, isFields, objectAt, objectsAt, textAt } from "../../json/fields.ts";

/**
 * Annotations of a layer under cosign 2's tag for the material of a bundle: the inverse of
 * materialOfAnnotations(). A log entry without a promise (Rekor v2) cannot be written in this form.
 *
 * @param fields VerificationMaterial, whose timestamps date the signature
 * @param chain certificates above the leaf, DER
 * @param timestamp timestamp of the bytes that cosign 2 dates in the layer, Base64
 */
export function cosignAnnotations(
  fields: Fields,
  chain: readonly Buffer[],
  timestamp: string | undefined,
): Readonly<Record<string, string>> {
  const single = fields["certificate"];
  const listed = objectsAt(objectAt(fields, "x509CertificateChain"), "certificates");
  const [leaf, ...others] = (isFields(single) ? [single] : listed).map(pemOf);
  const above = chain.length > 0 ? chain.map((der) => pemOf({ rawBytes: der.toString("base64") })) : others;
  const entry = objectsAt(fields, "tlogEntries").find((one) => "inclusionPromise" in one);
  const stamp = timestamp === undefined ? undefined : JSON.stringify({ SignedRFC3161Timestamp: timestamp });
  return {
    ...(leaf === undefined ? {} : { "dev.sigstore.cosign/certificate": leaf }),
    ...(above.length === 0 ? {} : { "dev.sigstore.cosign/chain": above.join("") }),
    ...(entry === undefined ? {} : { "dev.sigstore.cosign/bundle": rekorBundle(entry) }),
    ...(stamp === undefined ? {} : { "dev.sigstore.cosign/rfc3161timestamp": stamp }),
  };
}

function pemOf(certificate: Fields): string {
  const lines = (textAt(certificate, "rawBytes") ?? "").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** Entry of a bundle as cosign's RekorBundle. */
function rekorBundle(entry: Fields): string {
  return JSON.stringify({
    SignedEntryTimestamp: textAt(objectAt(entry, "inclusionPromise"), "signedEntryTimestamp"),
    Payload: {
      body: textAt(entry, "canonicalizedBody"),
      integratedTime: Number(entry["integratedTime"]),
      logIndex: Number(entry["logIndex"]),
      logID: Buffer.from(textAt(objectAt(entry, "logId"), "keyId") ?? "", "base64").toString("hex"),
    },
  });
}
