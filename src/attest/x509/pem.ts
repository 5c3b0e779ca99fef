import { X509Certificate } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/**
 * Certificates of a PEM text, DER, in its order: at least one.
 *
 * @param name of the text in messages: its file
 * @throws UsageError authority-certificate-invalid
 */
export function pemCertificates(pem: string, name: string): readonly Buffer[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length > 0) return blocks.map((block) => new X509Certificate(block).raw);
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("authority-certificate-invalid", {
    fr: `${quoted(name)} : aucun certificat PEM lisible (-----BEGIN CERTIFICATE-----). Donner les certificats de l'autorité.`,
    en: `${quoted(name)}: no readable PEM certificate (-----BEGIN CERTIFICATE-----). Give the authority's certificates.`,
  });
}
