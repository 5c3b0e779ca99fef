import { apiHost } from "../registry-names.ts";
import {
  type ClientCertificate,
  certificateFolders,
  type RegistryCertificates,
  registryCertificates,
} from "./registry-certificates.ts";

/** Certificates for the connections to a host, on behalf of a registry. */
export interface ConnectionCertificates {
  /** Trusted authorities besides the general ones. */
  readonly authorities: readonly string[];
  readonly client?: ClientCertificate;
  /** Identifies the folders. */
  readonly key: string;
}

/** @throws UsageError certificates-invalid */
export type CertificateFinder = (
  url: URL,
  registry: string | undefined,
) => ConnectionCertificates | undefined;

/**
 * Finds certificates for connections that a registry needs. Its authorities also count for its token service and for
 * the targets of its redirects, as in Docker. Its client certificate is shown to hosts of the registry's own name
 * alone, since a registry chooses where it redirects.
 */
export function certificateFinder(env: Readonly<Record<string, string | undefined>>): CertificateFinder {
  const folders = certificateFolders(env);
  const known = new Map<string, RegistryCertificates | undefined>();
  function ofFolder(name: string): RegistryCertificates | undefined {
    if (!known.has(name)) known.set(name, registryCertificates(folders, name));
    return known.get(name);
  }
  return (url, registry) => {
    if (registry === undefined || url.protocol !== "https:") return undefined;
    const api = new URL(`https://${apiHost(registry)}`);
    const ofRegistry = ofFolder(registry);
    const ofHost = url.host === api.host ? undefined : ofFolder(url.host);
    const found = [ofRegistry, ofHost].flatMap((each) => each ?? []);
    if (found.length === 0) return undefined;
    const client = url.hostname === api.hostname ? ofRegistry?.client : undefined;
    return {
      authorities: found.flatMap(({ authorities }) => authorities),
      ...(client === undefined ? {} : { client }),
      key: JSON.stringify([client?.file, ...found.map(({ folder }) => folder)]),
    };
  };
}
