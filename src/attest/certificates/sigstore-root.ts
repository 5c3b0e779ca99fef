// Root of trust of a Sigstore: https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto

import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { SigstoreAuthority } from "../../contract/certificate-policy.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import { base64Bytes } from "../keys/base64.ts";
import { readPublicKey } from "../keys/public-key.ts";
import { pemCertificates } from "../x509/pem.ts";

/** Time in which a service of a Sigstore is trusted. */
interface Validity {
  readonly start: Date;
  readonly end: Date;
}

/** Certificates of an authority, DER: the signing certificate first, the root last. */
export interface TrustedChain {
  readonly certificates: readonly Buffer[];
  readonly validFor: Validity;
}

/** Log, identified by its public key. */
export interface TrustedLog {
  readonly logId: Buffer;
  readonly key: KeyObject;
  readonly url: string;
  readonly validFor: Validity;
}

/** Services of one Sigstore instance. */
export interface SigstoreRoot {
  readonly authorities: readonly TrustedChain[];
  readonly timestampAuthorities: readonly TrustedChain[];
  readonly logs: readonly TrustedLog[];
  readonly ctLogs: readonly TrustedLog[];
}

const ALWAYS: Validity = { start: new Date(0), end: new Date(8_640_000_000_000_000) };

/**
 * Root of an authority of the policy, whose files have been read.
 *
 * @throws UsageError trusted-root-invalid, authority-certificate-invalid; as readPublicKey()
 */
export function sigstoreRoot(authority: SigstoreAuthority): SigstoreRoot {
  const name = `attestations.authorities: ${authority.id}`;
  const { trustedRoot, certificates = [], ctLogs = [], logs = [], timestampAuthorities = [] } = authority;
  if (trustedRoot !== undefined) return parseTrustedRoot(trustedRoot.json ?? "", trustedRoot.file ?? name);
  const chain = ({ pem = "", file = name }) => ({
    certificates: pemCertificates(pem, file),
    validFor: ALWAYS,
  });
  const log = ({ pem = "", file = name, url = "" }): TrustedLog => {
    const { key } = readPublicKey(pem, file);
    return { logId: logIdOf(key), key, url, validFor: ALWAYS };
  };
  return {
    authorities: certificates.map(chain),
    timestampAuthorities: timestampAuthorities.map(chain),
    logs: logs.map(log),
    ctLogs: ctLogs.map(log),
  };
}

/** @throws UsageError trusted-root-invalid */
function parseTrustedRoot(json: string, name: string): SigstoreRoot {
  try {
    const fields = fieldsOf(parseDocument(Buffer.from(json), name));
    const root = {
      authorities: objectsAt(fields, "certificateAuthorities").map(chainOf),
      timestampAuthorities: objectsAt(fields, "timestampAuthorities").map(chainOf),
      logs: objectsAt(fields, "tlogs").map(logOf),
      ctLogs: objectsAt(fields, "ctlogs").map(logOf),
    };
    if (root.authorities.length > 0) return root;
  } catch {
    // Every failure gives the same message.
  }
  throw new UsageError("trusted-root-invalid", {
    fr: `${quoted(name)} : ce n'est pas une racine de confiance Sigstore (trusted_root.json : certificateAuthorities, tlogs, ctlogs, timestampAuthorities), ou une de ses clés est illisible.`,
    en: `${quoted(name)}: not a Sigstore trusted root (trusted_root.json: certificateAuthorities, tlogs, ctlogs, timestampAuthorities), or one of its keys is not readable.`,
  });
}

function chainOf(fields: Fields): TrustedChain {
  const certificates = objectsAt(objectAt(fields, "certChain"), "certificates").map((one) =>
    bytesAt(one, "rawBytes"),
  );
  // Node's parser refuses data that are not a certificate.
  if (certificates.map((one) => new X509Certificate(one)).length === 0) throw new Error("an empty chain");
  return { certificates, validFor: validityOf(objectAt(fields, "validFor")) };
}

function logOf(fields: Fields): TrustedLog {
  const publicKey = objectAt(fields, "publicKey");
  const key = keyOf(bytesAt(publicKey, "rawBytes"), textAt(publicKey, "keyDetails") ?? "");
  const named = [objectAt(fields, "checkpointKeyId"), objectAt(fields, "logId")].find((id) => "keyId" in id);
  return {
    logId: named === undefined ? logIdOf(key) : bytesAt(named, "keyId"),
    key,
    url: textAt(fields, "baseUrl") ?? "",
    validFor: validityOf(objectAt(publicKey, "validFor")),
  };
}

/** Keys are SPKI, RSA keys of older logs PKCS#1. */
function keyOf(der: Buffer, details: string): KeyObject {
  const types = details.includes("RSA") ? (["spki", "pkcs1"] as const) : (["spki"] as const);
  for (const type of types) {
    try {
      return createPublicKey({ key: der, format: "der", type });
    } catch {
      // The key may have the other form.
    }
  }
  throw new Error("not a public key");
}

function validityOf(fields: Fields): Validity {
  const [start, end] = [textAt(fields, "start"), textAt(fields, "end")];
  const time = (text: string | undefined, other: Date) => (text === undefined ? other : new Date(text));
  const validity = { start: time(start, ALWAYS.start), end: time(end, ALWAYS.end) };
  if (Number.isNaN(validity.start.getTime()) || Number.isNaN(validity.end.getTime())) throw new Error("time");
  return validity;
}

/** Id of a log: SHA-256 of its key's SPKI (RFC 6962, section 3.2). */
function logIdOf(key: KeyObject): Buffer {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}

function bytesAt(fields: Fields, key: string): Buffer {
  const bytes = base64Bytes(textAt(fields, key) ?? "");
  if (bytes === undefined || bytes.length === 0) throw new Error(key);
  return bytes;
}
