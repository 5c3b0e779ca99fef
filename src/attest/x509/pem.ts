import { X509Certificate } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";

/**
 * Certificates of a PEM text, DER, in order: at least one certificate.
 *
 * @param name name of the text in messages: its file
 * @throws UsageError authority-certificate-invalid
 */
export function pemCertificates(pem: string, name: string): readonly Buffer[] {
  return readBlocks(pem, name, (block) => new X509Certificate(block).raw);
}

/** Parsed certificates of a PEM text, whose keys have a usable type and length. */
export function pemAuthorities(pem: string, name: string): readonly Certificate[] {
  return readBlocks(pem, name, (block) => parseCertificate(new X509Certificate(block).raw));
}

function readBlocks<T>(pem: string, name: string, read: (block: string) => T): readonly T[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length > 0) return blocks.map(read);
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("authority-certificate-invalid", {
    fr: `${quoted(name)} : aucun certificat PEM lisible (-----BEGIN CERTIFICATE-----), ou l'un d'eux a une clé d'un type que douane n'accepte pas. Donner les certificats de l'autorité.`,
    en: `${quoted(name)}: no readable PEM certificate (-----BEGIN CERTIFICATE-----), or one has a key of a type that douane does not accept. Give the authority's certificates.`,
  });
}
