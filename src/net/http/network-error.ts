import type { PeerCertificate } from "node:tls";
import { DouaneError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { ClientCertificateError } from "./client-certificate.ts";
import {
  ProxyError,
  type ProxyProblem,
  proxyProblemText,
  ThroughProxyError,
  throughProxyText,
} from "./proxy-error.ts";
import { Transient } from "./retry.ts";

/** Code of a system or TLS error, or of one of its causes; "" if there is none. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return errorCode(error.cause);
}

/** Reason why an answer is not valid HTTP, by Node's parser. */
function malformation(error: unknown): string {
  return error instanceof Error && "reason" in error && typeof error.reason === "string" ? error.reason : "?";
}

/** Whether the host answered without TLS, as a plain HTTP server does. */
export function isNotTls(error: unknown): boolean {
  return /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO|ECONNRESET)$/.test(
    errorCode(error),
  );
}

/**
 * Error that explains a failed connection; a Transient if a retry may help. Other errors (an abort, a bug)
 * are returned unchanged.
 */
export function networkError(error: unknown, host: string): unknown {
  if (error instanceof ThroughProxyError) {
    return withProxy(networkError(error.cause, host), throughProxyText(error.proxy));
  }
  if (error instanceof ProxyError) {
    const name = PROXY_CODES[error.problem];
    return new UnavailableError(name, proxyProblemText(error, quoted(host)), { cause: error });
  }
  const code = error instanceof DouaneError ? "" : errorCode(error);
  if (code === "") return error;
  if (error instanceof ClientCertificateError)
    return clientCertificateRefused(error, quoted(host), quoted(code));
  const known = KINDS.find(({ codes }) => codes.test(code)) ?? BROKEN;
  const text = known.text(quoted(host), quoted(code), error);
  const problem = new UnavailableError(known.name, text, { cause: error });
  return known.transient ? new Transient(problem) : problem;
}

const PROXY_CODES: Readonly<Record<ProxyProblem, string>> = {
  unreachable: "proxy-unreachable",
  credentials: "proxy-credentials",
  refused: "proxy-refused",
  failed: "proxy-refused",
  answer: "proxy-answer",
};

/** An explained error with a sentence about the proxy; others are returned unchanged. */
function withProxy(error: unknown, sentence: Text): unknown {
  if (error instanceof Transient) return new Transient(added(error.problem, sentence), error.waitMs);
  return error instanceof DouaneError ? added(error, sentence) : error;
}

function added({ code, text, cause }: DouaneError, { fr, en }: Text): UnavailableError {
  return new UnavailableError(code, { fr: `${text.fr} ${fr}`, en: `${text.en} ${en}` }, { cause });
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
    codes: /^HPE/,
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
