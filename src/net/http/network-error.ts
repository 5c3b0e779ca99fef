import type { PeerCertificate } from "node:tls";
import { DouaneError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { ClientCertificateError } from "./client-certificate.ts";
import { Transient } from "./retry.ts";

/** Code of a system, TLS or undici error, or of one of its causes; "" if there is none. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // undici has error codes for some parser errors only.
  if (isMalformed(error)) return "HPE";
  if ("code" in error && typeof error.code === "string") return error.code;
  return errorCode(error.cause);
}

function isMalformed({ name }: Error): boolean {
  return name === "HTTPParserError" || name === "AssertionError";
}

/** Reason why an answer is not valid HTTP: Node's parser states it, undici's writes it in parentheses. */
function malformation(error: unknown): string {
  if (!(error instanceof Error)) return "?";
  if ("reason" in error && typeof error.reason === "string") return error.reason;
  return (
    /\(([^()]{1,200})\)$/.exec(error.message)?.[1] ?? (error.name.startsWith("Headers") ? error.message : "?")
  );
}

/** Whether the host answered without TLS, as a plain HTTP server does. */
export function isNotTls(error: unknown): boolean {
  return /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO|ECONNRESET|UND_ERR_SOCKET)$/.test(
    errorCode(error),
  );
}

/**
 * Error that explains a failed connection; a Transient if a retry may help. Other errors (an abort, a bug)
 * are returned unchanged.
 */
export function networkError(error: unknown, host: string): unknown {
  const code = error instanceof DouaneError ? "" : errorCode(error);
  if (code === "") return error;
  if (error instanceof ClientCertificateError)
    return clientCertificateRefused(error, quoted(host), quoted(code));
  const known = KINDS.find(({ codes }) => codes.test(code)) ?? BROKEN;
  const text = known.text(quoted(host), quoted(code), error);
  const problem = new UnavailableError(known.name, text, { cause: error });
  return known.transient ? new Transient(problem) : problem;
}

function clientCertificateRefused(
  error: ClientCertificateError,
  host: string,
  code: string,
): UnavailableError {
  const text = {
    fr: `${host} exige un certificat client (${code}) : ${error.text.fr}.`,
    en: `${host} requires a client certificate (${code}): ${error.text.en}.`,
  };
  return new UnavailableError("client-certificate", text, { cause: error });
}

interface Kind {
  readonly name: string;
  readonly codes: RegExp;
  readonly transient: boolean;
  text(host: string, code: string, error: unknown): Text;
}

const BROKEN: Kind = {
  name: "connection-broken",
  codes: /./,
  transient: true,
  text: (host, code) => ({
    fr: `la connexion à ${host} a été interrompue (${code}). Réessayer ; vérifier le réseau et le proxy.`,
    en: `the connection to ${host} broke (${code}). Try again; check the network and the proxy.`,
  }),
};

const KINDS: readonly Kind[] = [
  {
    name: "no-http",
    codes: /^HPE|^UND_ERR_HEADERS_OVERFLOW$/,
    transient: false,
    text: (host, _, error) => ({
      fr: `ce que répond ${host} n'est pas du HTTP/1.1 correct (${quoted(malformation(error))}). Vérifier le nom de l'hôte et le port ; un proxy ou un autre service peut répondre à sa place.`,
      en: `what ${host} answers is not valid HTTP/1.1 (${quoted(malformation(error))}). Check the host's name and the port; a proxy or another service may answer in its place.`,
    }),
  },
  {
    name: "host-unknown",
    codes: /^ENOTFOUND$|^EAI_/,
    transient: false,
    text: (host, code) => ({
      fr: `l'hôte ${host} est inconnu du DNS (${code}). Vérifier ce nom, le réseau et, derrière un proxy, HTTPS_PROXY.`,
      en: `cannot resolve the host ${host} (${code}). Check this name, the network and, behind a proxy, HTTPS_PROXY.`,
    }),
  },
  {
    name: "connection-refused",
    codes: /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EACCES|EADDRNOTAVAIL)$/,
    transient: false,
    text: (host, code) => ({
      fr: `${host} refuse la connexion ou n'est pas joignable (${code}). Vérifier l'hôte, le port et que le service fonctionne.`,
      en: `${host} refuses the connection or cannot be reached (${code}). Check the host, the port, and that the service runs.`,
    }),
  },
  {
    name: "no-answer",
    codes: /TIMEOUT|^ETIMEDOUT$/,
    transient: false,
    text: (host, code) => ({
      fr: `${host} ne répond pas dans le délai (${code}). Vérifier le réseau et le proxy, puis réessayer.`,
      en: `${host} does not answer in time (${code}). Check the network and the proxy, then try again.`,
    }),
  },
  {
    name: "tls-expired",
    codes: /^CERT_HAS_EXPIRED$/,
    transient: false,
    text: (host, code) => ({
      fr: `le certificat de ${host}, ou l'un de ceux qui le signent, a expiré (${code} ; l'horloge de cette machine indique ${clock()}). Le faire renouveler par l'administrateur de cet hôte, ou mettre cette horloge à l'heure.`,
      en: `the certificate of ${host}, or one of those that sign it, has expired (${code}; this machine's clock says ${clock()}). Have the host's administrator renew it, or set this clock right.`,
    }),
  },
  {
    name: "tls-not-yet-valid",
    codes: /^CERT_NOT_YET_VALID$/,
    transient: false,
    text: (host, code) => ({
      fr: `le certificat de ${host}, ou l'un de ceux qui le signent, n'est pas encore valable (${code} ; l'horloge de cette machine indique ${clock()}). Mettre cette horloge à l'heure, ou signaler ce certificat à l'administrateur de cet hôte.`,
      en: `the certificate of ${host}, or one of those that sign it, is not valid yet (${code}; this machine's clock says ${clock()}). Set this clock right, or tell the host's administrator.`,
    }),
  },
  {
    name: "tls-wrong-host",
    codes: /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    transient: false,
    text: (host, code, error) => ({
      fr: `le certificat que présente ${host} est celui d'un autre hôte : ${quoted(certifiedNames(error))} (${code}). Vérifier le nom de l'hôte ; s'il est juste, un proxy ou un portail s'interpose, ou le certificat est à refaire.`,
      en: `the certificate that ${host} shows is another host's: ${quoted(certifiedNames(error))} (${code}). Check the host's name; if it is right, a proxy or portal stands in between, or the certificate must be made anew.`,
    }),
  },
  {
    name: "tls-untrusted",
    codes: /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/,
    transient: false,
    text: (host, code) => ({
      fr: `le certificat de ${host} n'est pas reconnu (${code}). Indiquer l'autorité de certification avec --ca-file FICHIER ou, pour un registre de test, --insecure-registry HÔTE.`,
      en: `the certificate of ${host} is not trusted (${code}). Name its authority with --ca-file FILE or, for a test registry, pass --insecure-registry HOST.`,
    }),
  },
  {
    name: "tls-failed",
    codes: /^ERR_SSL|^ERR_TLS|^EPROTO$/,
    transient: false,
    text: (host, code) => ({
      fr: `${host} ne parle pas TLS correctement (${code}). Si c'est un registre qui ne sert que du HTTP, passer --insecure-registry HÔTE.`,
      en: `${host} does not speak TLS properly (${code}). If it is a registry that serves plain HTTP only, pass --insecure-registry HOST.`,
    }),
  },
  {
    name: "proxy-refused",
    // undici's code for an answer to CONNECT other than 200 or 407.
    codes: /^UND_ERR_(?:ABORTED|INVALID_ARG|PRX_TLS|PRX_CONN|SOCKS5)/,
    transient: false,
    text: (host, code) => ({
      fr: `le proxy n'a pas pu joindre ${host} (${code}). Vérifier HTTPS_PROXY, HTTP_PROXY et NO_PROXY.`,
      en: `the proxy could not reach ${host} (${code}). Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`,
    }),
  },
];

/** Current time to the minute, for comparison with a certificate's dates. */
function clock(): string {
  return `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/**
 * Names in a certificate: `DNS:registry.example, DNS:*.registry.example`; otherwise the subject's common
 * name.
 */
function certifiedNames(error: unknown): string {
  if (!(error instanceof Error)) return "?";
  if (!("cert" in error)) return certifiedNames(error.cause);
  const { subjectaltname, subject } = error.cert as Partial<PeerCertificate>;
  return subjectaltname ?? [subject?.CN ?? "?"].flat().join(", ");
}
