import { createPrivateKey, X509Certificate } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Certificate of the server, with its key. */
export interface ServerCertificate {
  /** PEM: the certificate, then the certificates of its chain. */
  readonly cert: string;
  readonly key: string;
  /** Names and addresses for which the certificate is valid. */
  readonly names: readonly string[];
  /** Start of the validity, in milliseconds as Date.now(). */
  readonly from: number;
  readonly until: number;
}

/** PEM texts of a certificate and its key, with their file names for messages. */
export interface CertificateFiles {
  readonly cert: string;
  readonly certFile: string;
  readonly key: string;
  readonly keyFile: string;
}

/**
 * Verifies that a certificate and a key match and can be used by a server.
 *
 * @throws UsageError certificate-invalid, certificate-key
 */
export function serverCertificate({ cert, certFile, key, keyFile }: CertificateFiles): ServerCertificate {
  const leaf = parsed(certFile, cert);
  let secret: ReturnType<typeof createPrivateKey>;
  try {
    secret = createPrivateKey(key);
  } catch (cause) {
    throw unfit(
      "certificate-key",
      {
        fr: `--tls-key ${quoted(keyFile)} : ce n'est pas une clé privée PEM sans mot de passe.`,
        en: `--tls-key ${quoted(keyFile)}: this is not a private key in PEM without a passphrase.`,
      },
      cause,
    );
  }
  if (!leaf.checkPrivateKey(secret)) {
    throw unfit("certificate-key", {
      fr: `--tls-key ${quoted(keyFile)} : cette clé n'est pas celle du certificat ${quoted(certFile)}.`,
      en: `--tls-key ${quoted(keyFile)}: this key is not that of the certificate ${quoted(certFile)}.`,
    });
  }
  const names = (leaf.subjectAltName ?? "").split(", ").filter(Boolean);
  if (names.length === 0) {
    throw unfit("certificate-invalid", {
      fr: `--tls-cert ${quoted(certFile)} : ce certificat n'a pas de nom (subjectAltName), et aucun API server ne l'accepte. Le refaire pour SERVICE.ESPACE.svc.`,
      en: `--tls-cert ${quoted(certFile)}: this certificate has no name (subjectAltName), and no API server accepts it. Make it for SERVICE.NAMESPACE.svc.`,
    });
  }
  return { cert, key, names, from: leaf.validFromDate.getTime(), until: leaf.validToDate.getTime() };
}

function parsed(certFile: string, cert: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch (cause) {
    throw unfit(
      "certificate-invalid",
      {
        fr: `--tls-cert ${quoted(certFile)} : ce n'est pas un certificat PEM.`,
        en: `--tls-cert ${quoted(certFile)}: this is not a certificate in PEM.`,
      },
      cause,
    );
  }
}

function unfit(code: string, text: Text, cause?: unknown): UsageError {
  return new UsageError(code, text, { cause });
}
