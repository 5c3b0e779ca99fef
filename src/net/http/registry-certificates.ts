import { basename, join } from "node:path";
import { createSecureContext } from "node:tls";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { namesIn } from "../../files/list-folder.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { userSettingsFolder } from "../user-settings.ts";

/** Certificates of a registry: https://docs.docker.com/engine/security/certificates/, containers-certs.d(5). */
export interface RegistryCertificates {
  readonly folder: string;
  /** Trusted authorities: PEM of each `*.crt`. */
  readonly authorities: readonly string[];
  /** Client certificate: `NAME.cert` with `NAME.key`. */
  readonly client?: ClientCertificate;
}

export interface ClientCertificate {
  readonly file: string;
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Folders that may hold a folder for each registry, highest precedence first: containers/image's, then those of
 * Docker without root and with root.
 */
export function certificateFolders(env: Env, system = "/etc"): readonly string[] {
  const user = userSettingsFolder(env);
  const both = (tool: string) =>
    [...(user === undefined ? [] : [user]), system].map((each) => join(each, tool, "certs.d"));
  return [...both("containers"), ...both("docker")];
}

/**
 * Certificates of a registry from the first folder that has its name, as in references, with the port if the
 * reference has one. A folder that may not be listed is passed over, as in containers/image.
 *
 * @param registry `registry.example`, `registry.example:5000`
 * @throws UsageError certificates-invalid
 */
export function registryCertificates(
  folders: readonly string[],
  registry: string,
): RegistryCertificates | undefined {
  // A host of a redirect may be "..", which is no folder of a host.
  if (!/^[a-z0-9[]/i.test(registry)) return undefined;
  for (const parent of folders) {
    const folder = join(parent, registry);
    const names = namesOf(folder);
    if (names !== undefined) return readFolder(folder, names);
  }
  return undefined;
}

/** Names of the files; undefined if there is no such folder, or no right to list it. */
function namesOf(folder: string): readonly string[] | undefined {
  try {
    return namesIn(folder, LIMITS.certificateFiles);
  } catch (error) {
    if (!(error instanceof FileRefusal)) return undefined;
    throw invalid(folder, {
      fr: `plus de ${LIMITS.certificateFiles} fichiers (limite certificateFiles)`,
      en: `more than ${LIMITS.certificateFiles} files (limit certificateFiles)`,
    });
  }
}

function readFolder(folder: string, names: readonly string[]): RegistryCertificates {
  const authorities = names
    .filter((name) => name.endsWith(".crt"))
    .map((name) => readAuthority(folder, name));
  const client = readClient(folder, names);
  return { folder, authorities, ...(client === undefined ? {} : { client }) };
}

function readAuthority(folder: string, name: string): string {
  const ca = readPem(folder, name);
  if (isUsable({ ca })) return ca;
  throw invalid(join(folder, name), {
    fr: "ce n'est pas un certificat PEM d'autorité de certification",
    en: "it is not a PEM certificate of a certificate authority",
  });
}

/** The only client certificate: which of several a server accepts cannot be known. */
function readClient(folder: string, names: readonly string[]): ClientCertificate | undefined {
  for (const name of names) verifyPair(folder, names, name);
  const [name, ...others] = names.filter((each) => each.endsWith(".cert"));
  if (name === undefined) return undefined;
  if (others.length > 0) {
    throw invalid(folder, {
      fr: `plusieurs certificats client (${[name, ...others].map(quoted).join(", ")}) ; n'en laisser qu'un`,
      en: `several client certificates (${[name, ...others].map(quoted).join(", ")}); leave only one`,
    });
  }
  const client = {
    file: join(folder, name),
    cert: readPem(folder, name),
    key: readPem(folder, partnerOf(name) ?? ""),
  };
  if (isUsable(client)) return client;
  throw invalid(client.file, {
    fr: `ce certificat client et sa clé ${quoted(basename(partnerOf(name) ?? ""))} ne vont pas ensemble, ne sont pas du PEM, ou la clé est chiffrée`,
    en: `this client certificate and its key ${quoted(basename(partnerOf(name) ?? ""))} do not belong together, are not PEM, or the key is encrypted`,
  });
}

/** Name of the key of a certificate, or of the certificate of a key; undefined for another file. */
function partnerOf(name: string): string | undefined {
  if (name.endsWith(".cert")) return name.replace(/\.cert$/, ".key");
  return name.endsWith(".key") ? name.replace(/\.key$/, ".cert") : undefined;
}

function verifyPair(folder: string, names: readonly string[], name: string): void {
  const partner = partnerOf(name);
  if (partner === undefined || names.includes(partner)) return;
  const missing = quoted(partner);
  throw invalid(
    join(folder, name),
    name.endsWith(".cert")
      ? {
          fr: `la clé ${missing} de ce certificat client n'est pas à côté ; le certificat d'une autorité doit se terminer par .crt`,
          en: `the key ${missing} of this client certificate is not beside it; an authority's certificate must end in .crt`,
        }
      : {
          fr: `le certificat client ${missing} de cette clé n'est pas à côté`,
          en: `the client certificate ${missing} of this key is not beside it`,
        },
  );
}

function isUsable(options: { readonly ca: string } | ClientCertificate): boolean {
  try {
    createSecureContext(options);
    return Object.values(options).every(
      (text: string) => text.startsWith("/") || text.includes("-----BEGIN"),
    );
  } catch {
    return false;
  }
}

function readPem(folder: string, name: string): string {
  const path = join(folder, name);
  let cause: unknown;
  try {
    const bytes = readBytes(path, { most: LIMITS.settingsBytes });
    if (bytes !== undefined) return Buffer.from(bytes).toString("latin1");
    cause = `> ${LIMITS.settingsBytes} (settingsBytes)`;
  } catch (error) {
    cause = error instanceof Error && "code" in error ? error.code : "?";
  }
  const shown = quoted(String(cause));
  throw invalid(path, {
    fr: `ce fichier n'a pas pu être lu (${shown})`,
    en: `this file could not be read (${shown})`,
  });
}

function invalid(path: string, reason: Text): UsageError {
  return new UsageError("certificates-invalid", {
    fr: `${quoted(path)}, parmi les certificats d'un registre (certs.d) : ${reason.fr}.`,
    en: `${quoted(path)}, among the certificates of a registry (certs.d): ${reason.en}.`,
  });
}
