import type { LookupFunction } from "node:net";
import { resolve } from "node:path";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { buildConnector } from "undici";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { AddressRestriction } from "./address-restriction.ts";
import { restricted } from "./restricted-connector.ts";
import { connector } from "./undici-parts.ts";

/** Certificate authorities that are trusted besides Node's. */
export interface TrustOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
  /** Addresses that may be connected to; undefined: all. */
  readonly restriction?: AddressRestriction | undefined;
}

/** Trusted authorities: Node's own, the system's, and files that the user named. */
export interface Trust {
  /** Opens connections. For a host that Node's own authorities verify, other authorities are not read. */
  readonly connect: buildConnector.connector;
  /** Context with all authorities; its creation takes 45 ms of CPU. */
  readonly context: () => SecureContext;
}

/**
 * Trust of a run. Files are read at once, so that an invalid file is an error even if no connection needs it.
 *
 * @param timeout timeout of connecting, in milliseconds
 * @throws UsageError ca-file-invalid
 */
export function trustOf({ env, caFile, restriction }: TrustOptions, timeout: number): Trust {
  const files = [caFile, env["SSL_CERT_FILE"] || undefined].filter((file) => file !== undefined);
  const named = files.map(readAuthorities);
  let made: SecureContext | undefined;
  const context = () => (made ??= contextWith(named));
  const connect = restricted(restriction, (lookup) => inTwoSteps(context, { ...lookup, timeout }));
  return { connect, context };
}

/**
 * Connector that trusts Node's own authorities first, and all authorities after a certificate was not
 * verified. The second step would also accept everything that the first accepts.
 */
function inTwoSteps(
  context: () => SecureContext,
  resolved: { readonly timeout: number; readonly lookup?: LookupFunction },
): buildConnector.connector {
  const byNode = connector({ ...resolved, allowH2: false });
  let byAll: buildConnector.connector | undefined;
  return (options, callback) => {
    if (byAll !== undefined) return byAll(options, callback);
    return byNode(options, (...[error, socket]) => {
      if (error === null) return callback(error, socket);
      if (!isUntrusted(error)) return callback(error, null);
      byAll ??= connector({ ...resolved, allowH2: false, secureContext: context() });
      byAll(options, callback);
    });
  };
}

/** Whether a certificate did not verify, by OpenSSL's code (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
function isUntrusted(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE)/.test(code);
}

function contextWith(named: readonly string[]): SecureContext {
  const ca = [...getCACertificates("default"), ...getCACertificates("system"), ...named];
  return createSecureContext({ ca: [...new Set(ca)] });
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
