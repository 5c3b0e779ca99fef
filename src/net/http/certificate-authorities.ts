import { resolve } from "node:path";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { AddressRestriction } from "./address-restriction.ts";
import type { ConnectionCertificates } from "./connection-certificates.ts";

/** Certificate authorities that are trusted besides Node's. */
export interface TrustOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
  /** Addresses that may be connected to; undefined: all. */
  readonly restriction?: AddressRestriction | undefined;
}

/** Trusted authorities: Node's own, the system's, and files that the user named. */
export interface Trust {
  readonly restriction: AddressRestriction | undefined;
  /**
   * Reads the files, so that an invalid file is an error even if no connection needs it.
   *
   * @returns makes a context with all authorities, which takes 45 ms of CPU, and with those of a registry
   * @throws UsageError ca-file-invalid
   */
  readonly authorities: () => (certificates?: ConnectionCertificates) => SecureContext;
}

export function trustOf({ env, caFile, restriction }: TrustOptions): Trust {
  return {
    restriction,
    authorities() {
      const files = [caFile, env["SSL_CERT_FILE"] || undefined].filter((file) => file !== undefined);
      const named = files.map(readAuthorities);
      return (certificates) => contextWith(named, certificates);
    },
  };
}

function contextWith(named: readonly string[], certificates?: ConnectionCertificates): SecureContext {
  const ca = [
    ...getCACertificates("default"),
    ...getCACertificates("system"),
    ...named,
    ...(certificates?.authorities ?? []),
  ];
  return createSecureContext({ ...pairOf(certificates), ca: [...new Set(ca)] });
}

/** Client certificate and key, as options of TLS. */
export function pairOf(certificates: ConnectionCertificates | undefined): { cert?: string; key?: string } {
  if (certificates?.client === undefined) return {};
  const { cert, key } = certificates.client;
  return { cert, key };
}

function readAuthorities(file: string): string {
  try {
    const pem = Buffer.from(readBytes(resolve(file), { most: LIMITS.jsonBytes }) ?? []).toString();
    createSecureContext({ ca: pem });
    if (pem.includes("-----BEGIN")) return pem;
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("ca-file-invalid", {
    fr: `${quoted(file)} n'est pas un fichier PEM lisible d'autorités de certification (--ca-file, SSL_CERT_FILE).`,
    en: `${quoted(file)} is not a readable PEM file of certificate authorities (--ca-file, SSL_CERT_FILE).`,
  });
}
