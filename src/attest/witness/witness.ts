import type { Fields } from "../../json/fields.ts";
import type { Http } from "../../net/http/http.ts";
import { formatEnvelope } from "../dsse/envelope.ts";
import { requestTimestamp } from "./request-timestamp.ts";
import { type SignedContent, signatureOf } from "./signed-content.ts";
import { logEntry, type SigningLog } from "./submit-to-rekor.ts";

/** Verification material of a signature: its signer's certificate or key id, and its time. */
export interface SignatureMaterial {
  /** VerificationMaterial of a bundle. */
  readonly fields: Fields;
  /** Certificates above the leaf, DER, which a bundle v0.3 has no place for. */
  readonly chain: readonly Buffer[];
  /**
   * Timestamp as cosign 2 stores it beside a layer, Base64: of the envelope's bytes, or of the payload's
   * signature.
   */
  readonly layerTimestamp?: string;
}

/** Produces the verification material for each signature of one key. */
export interface Witness {
  materialOf(content: SignedContent): Promise<SignatureMaterial>;
}

/** Key of the signatures, and the services that witness them. */
export interface WitnessOptions {
  /** Id of the key, used if the key has no certificate. */
  readonly keyId: string;
  /** Certificates, DER, leaf first; empty for a bare key. */
  readonly certificates: readonly Buffer[];
  /** Whether the certificates above the leaf go into the bundle: an organisation's, which no trusted root lists. */
  readonly hasChain: boolean;
  readonly logs: readonly SigningLog[];
  /** Whole addresses. */
  readonly timestampAuthorities: readonly URL[];
}

/** Witness by certificates, transparency logs and timestamp authorities. */
export function createWitness(http: Http, options: WitnessOptions): Witness {
  const { certificates, logs, timestampAuthorities } = options;
  const [leaf, ...chain] = certificates;
  return {
    async materialOf(content) {
      const entries = leaf === undefined ? [] : logs.map((log) => logEntry(http, log, content, leaf));
      const stamps = timestampAuthorities.map((url) => requestTimestamp(http, url, signatureOf(content)));
      const [first] = timestampAuthorities;
      // cosign 2 reads one timestamp; the timestamp of a payload's signature was already requested.
      const layer = content.kind === "envelope" && first !== undefined;
      const dated = layer
        ? requestTimestamp(http, first, Buffer.from(formatEnvelope(content.envelope)))
        : undefined;
      const [tlogEntries, timestamps, own] = await Promise.all([
        Promise.all(entries),
        Promise.all(stamps),
        dated,
      ]);
      const layerTimestamp = own ?? timestamps[0];
      const rfc3161Timestamps = timestamps.map((one) => ({ signedTimestamp: one.toString("base64") }));
      const fields = {
        ...signerOf(options),
        ...(tlogEntries.length === 0 ? {} : { tlogEntries }),
        ...(timestamps.length === 0 ? {} : { timestampVerificationData: { rfc3161Timestamps } }),
      };
      const material = { fields, chain };
      return layerTimestamp === undefined
        ? material
        : { ...material, layerTimestamp: layerTimestamp.toString("base64") };
    },
  };
}

function signerOf({ keyId, certificates, hasChain }: WitnessOptions): Fields {
  const [leaf, ...others] = certificates.map((one) => ({ rawBytes: one.toString("base64") }));
  if (leaf === undefined) return { publicKey: { hint: keyId } };
  return hasChain && others.length > 0
    ? { x509CertificateChain: { certificates: [leaf, ...others] } }
    : { certificate: leaf };
}
