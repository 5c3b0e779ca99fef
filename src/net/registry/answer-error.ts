import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { readBody } from "../http/body.ts";
import type { HttpResponse } from "../http/http.ts";
import { ProxyError, proxyProblemText, throughProxyText } from "../http/proxy-error.ts";
import { Transient } from "../http/retry.ts";
import { errorCodes, isErrorDocument, isStorageError } from "./error-document.ts";

/** Status of a captive portal: Network Authentication Required (RFC 6585, 6). */
const PORTAL = 511;

/** Maximum number of bytes read of an error's body. */
const ERROR_BYTES = 64 * 1024;

/**
 * Error for an unsuccessful answer; consumes the body.
 *
 * @param what name of the requested object
 * @param redirectedBy registry that redirected to the host that answers, if it is another
 */
export async function answerError(
  response: HttpResponse,
  what: string,
  redirectedBy?: string,
): Promise<DouaneError | Transient> {
  const { status, url, proxy } = response;
  const body = await readBody(response.body, ERROR_BYTES).catch(() => new Uint8Array());
  const said = quoted(`${status} ${errorCodes(body).join(" ")}`.trim());
  if (status === 407 && proxy !== undefined) {
    const error = new ProxyError("credentials", proxy, String(status));
    return new UnavailableError("proxy-credentials", proxyProblemText(error, quoted(url.host)));
  }
  if (status === PORTAL) return notARegistry(response);
  if (isBusy(status)) return busy(response, said);
  if (CLIENT_CERTIFICATE.test(Buffer.from(body.subarray(0, 4_096)).toString("latin1"))) {
    return clientCertificateWanted(url, said);
  }
  if (isHtml(response, body)) return notARegistry(response);
  if (redirectedBy !== undefined && (status === 403 || status === 400)) {
    return storageRefused(url, said, what, redirectedBy);
  }
  const found = STATUSES[status] ?? UNEXPECTED;
  return new UnavailableError(found.code, found.text(quoted(what), quoted(url.host), said));
}

/** Whether the same request may succeed later: Request Timeout, Too Early, Too Many Requests, a server's failure. */
export function isBusy(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Pages of nginx for a request without a client certificate, or with another one. */
const CLIENT_CERTIFICATE = /No required SSL certificate was sent|The SSL certificate error/;

function clientCertificateWanted({ host }: URL, said: string): UnavailableError {
  const folder = quoted(`/etc/containers/certs.d/${host}`);
  return new UnavailableError("client-certificate", {
    fr: `${quoted(host)} exige un certificat client, et n'en reçoit aucun qu'il accepte (${said}). Placer client.cert et client.key dans ${folder}, ou dans certs.d de ~/.config/containers ou de /etc/docker.`,
    en: `${quoted(host)} requires a client certificate, and gets none that it accepts (${said}). Put client.cert and client.key into ${folder}, or into certs.d of ~/.config/containers or of /etc/docker.`,
  });
}

function storageRefused({ host }: URL, said: string, what: string, registry: string): UnavailableError {
  const names = [quoted(host), quoted(registry), quoted(what)];
  return new UnavailableError("storage-forbidden", {
    fr: `le stockage ${names[0]}, vers lequel le registre ${names[1]} redirige, refuse ${names[2]} (${said}), avec une nouvelle adresse aussi. Ce ne sont pas les droits du compte : vérifier l'horloge de cette machine, puis le signaler à l'administrateur du registre.`,
    en: `the storage ${names[0]}, to which the registry ${names[1]} redirects, refuses ${names[2]} (${said}), with a fresh address, too. It is not the account's rights: check this machine's clock, then tell the registry's administrator.`,
  });
}

/** Error for an error document with a status of success; undefined for another document. */
export function errorInSuccess(
  { url, status }: HttpResponse,
  body: Uint8Array,
  what: string,
): UnavailableError | undefined {
  if (!isErrorDocument(body)) return undefined;
  const codes = errorCodes(body);
  const said = quoted(`${status} ${codes.join(" ")}`.trim());
  const isMissing = codes.some((code) => code.endsWith("_UNKNOWN"));
  const isForbidden = codes.some((code) => code === "DENIED" || code === "UNAUTHORIZED");
  const found = STATUSES[isMissing ? 404 : isForbidden ? 403 : 0] ?? UNEXPECTED;
  return new UnavailableError(found.code, found.text(quoted(what), quoted(url.host), said));
}

/** Whether the answer is a web page, by its type or its first character. */
export function isHtml(response: HttpResponse, body: Uint8Array): boolean {
  if (isStorageError(body)) return false;
  return isHtmlType(response) || /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString("latin1"));
}

export function isHtmlType(response: HttpResponse): boolean {
  return response.header("content-type").toLowerCase().startsWith("text/html");
}

/** Error for a web page instead of a registry's answer; the host may be a captive portal's, or a proxy answers. */
export function notARegistry({ url, status, proxy }: HttpResponse): UnavailableError {
  const host = quoted(url.host);
  // A proxy sees requests without TLS alone.
  const isSeen = proxy !== undefined && url.protocol === "http:";
  const through = isSeen ? throughProxyText(proxy) : undefined;
  return new UnavailableError("not-a-registry", {
    fr: `${host} ne répond pas en registre d'images, mais par une page HTML (${status}) : celle d'un portail, d'un proxy ou d'un site. Vérifier le nom du registre et, s'il est juste, se connecter au portail ou au réseau d'où il est joignable.${through === undefined ? "" : ` ${through.fr}`}`,
    en: `${host} does not answer as an image registry, but with an HTML page (${status}): that of a portal, a proxy or a site. Check the registry's name and, if it is right, sign in to the portal, or use the network from which it can be reached.${through === undefined ? "" : ` ${through.en}`}`,
  });
}

/** Transient error for too many requests or a server failure. */
function busy(response: HttpResponse, said: string): DouaneError | Transient {
  const host = quoted(response.url.host);
  const waitMs = retryAfter(response.header("retry-after"));
  if (waitMs !== undefined && waitMs > LIMITS.retryAfterMs) {
    const seconds = Math.ceil(waitMs / 1_000);
    return new UnavailableError("registry-busy", {
      fr: `${host} demande d'attendre ${seconds} s (${said}), plus que la limite de ${LIMITS.retryAfterMs / 1_000} s (retryAfterMs). Réessayer plus tard ou s'authentifier (docker login).`,
      en: `${host} asks to wait ${seconds} s (${said}), longer than the limit of ${LIMITS.retryAfterMs / 1_000} s (retryAfterMs). Try again later, or log in (docker login).`,
    });
  }
  const problem = new UnavailableError("registry-busy", {
    fr: `${host} n'a pas pu répondre (${said}), malgré ${LIMITS.networkAttempts} tentatives espacées. Ce n'est ni l'image ni douane : réessayer plus tard, ou voir l'état du registre.`,
    en: `${host} could not answer (${said}) in ${LIMITS.networkAttempts} attempts with pauses between. It is neither the image nor douane: try again later, or look at the registry's state.`,
  });
  return new Transient(problem, waitMs);
}

/** Delay in milliseconds from a header with seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(value: string): number | undefined {
  if (/^\d+$/.test(value)) return Math.min(Number(value), 1e9) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

interface Refusal {
  readonly code: string;
  text(what: string, host: string, said: string): Text;
}

const STATUSES: Readonly<Record<number, Refusal>> = {
  403: {
    code: "registry-forbidden",
    text: (what, host, said) => ({
      fr: `${host} interdit l'accès à ${what} (${said}). Vérifier les droits du compte sur ce dépôt.`,
      en: `${host} forbids access to ${what} (${said}). Check the account's rights on this repository.`,
    }),
  },
  404: {
    code: "image-not-found",
    text: (what, host, said) => ({
      fr: `${host} ne connaît pas ${what} (${said}). Vérifier le nom du dépôt, le tag ou l'empreinte.`,
      en: `${host} does not know ${what} (${said}). Check the repository's name, the tag or the digest.`,
    }),
  },
};

const UNEXPECTED: Refusal = {
  code: "registry-answer",
  text: (what, host, said) => ({
    fr: `${host} répond ${said} à la demande de ${what}. Vérifier le nom du registre et son état.`,
    en: `${host} answers ${said} when asked for ${what}. Check the registry's name and its state.`,
  }),
};
