import { X509Certificate } from "node:crypto";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ConnectionCertificates } from "./connection-certificates.ts";

/** Alerts of TLS for a client without a certificate: that of version 1.3, and that of Go's servers with 1.2. */
const MISSING = /^ERR_SSL_[\w/]*ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE)$/;

/** Alerts of TLS for a client whose certificate is not accepted. */
const REFUSED =
  /^ERR_SSL_[\w/]*ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/;

/** Error for a host that wants a client certificate, or another one. */
export class ClientCertificateError extends Error {
  readonly code: string;
  /** What is missing or wrong, and the remedy: continues a sentence. */
  readonly text: Text;

  constructor(code: string, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
  }
}

/** Error of a request, explained if the host refused the client certificate; other errors are returned unchanged. */
export function explainedByCertificate(
  error: unknown,
  registry: string | undefined,
  certificates: ConnectionCertificates | undefined,
): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const alerts = certificates?.client === undefined ? MISSING : REFUSED;
  if (!alerts.test(code)) return error;
  return new ClientCertificateError(code, clientCertificateText(registry, certificates), { cause: error });
}

/** What is wrong with the client certificate, or where to put one. */
function clientCertificateText(
  registry: string | undefined,
  certificates: ConnectionCertificates | undefined,
): Text {
  const client = certificates?.client;
  if (client === undefined && registry === undefined) {
    return {
      fr: "aucun ne lui a été présenté ; douane n'en présente un qu'à un registre",
      en: "none was presented; douane presents one to a registry alone",
    };
  }
  if (client === undefined) {
    const folder = quoted(`/etc/containers/certs.d/${registry}`);
    return {
      fr: `aucun ne lui a été présenté. Placer client.cert et client.key dans ${folder}, ou dans certs.d de ~/.config/containers ou de /etc/docker`,
      en: `none was presented. Put client.cert and client.key into ${folder}, or into certs.d of ~/.config/containers or of /etc/docker`,
    };
  }
  const { validFromDate, validToDate } = new X509Certificate(client.cert);
  const file = quoted(client.file);
  const [from, to] = [validFromDate, validToDate].map((date) => date.toISOString().slice(0, 10));
  const isExpired = validToDate.getTime() < Date.now();
  return isExpired
    ? {
        fr: `celui de ${file} a expiré le ${to}. Le renouveler`,
        en: `that of ${file} expired on ${to}. Renew it`,
      }
    : {
        fr: `celui de ${file} (valable du ${from} au ${to}) n'est pas accepté. Demander à l'administrateur du registre quelle autorité doit le signer`,
        en: `that of ${file} (valid from ${from} to ${to}) is not accepted. Ask the registry's administrator which authority must sign it`,
      };
}
