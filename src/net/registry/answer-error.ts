import { z } from "zod";
import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { parseJson } from "../../json/parse-json.ts";
import { readBody } from "../http/body.ts";
import type { HttpResponse } from "../http/http.ts";
import { Transient } from "../http/retry.ts";

/** Status of a captive portal: Network Authentication Required (RFC 6585, 6). */
const PORTAL = 511;

/** Maximum number of bytes read of an error's body. */
const ERROR_BYTES = 64 * 1024;

/**
 * Error for an unsuccessful answer; consumes the body.
 *
 * @param what name of the requested object
 */
export async function answerError(response: HttpResponse, what: string): Promise<DouaneError | Transient> {
  const { status, url } = response;
  const body = await readBody(response.body, ERROR_BYTES).catch(() => new Uint8Array());
  const said = quoted(`${status} ${errorCodes(body)}`.trim());
  if (status === PORTAL) return notARegistry(url, status);
  if (status === 429 || status >= 500) return busy(response, said);
  if (isHtml(response, body)) return notARegistry(url, status);
  const found = STATUSES[status] ?? UNEXPECTED;
  return new UnavailableError(found.code, found.text(quoted(what), quoted(url.host), said));
}

/** Whether the answer is a web page, by its type or its first character. */
export function isHtml(response: HttpResponse, body: Uint8Array): boolean {
  return isHtmlType(response) || /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString("latin1"));
}

export function isHtmlType(response: HttpResponse): boolean {
  return response.header("content-type").toLowerCase().startsWith("text/html");
}

/** Error for a web page instead of a registry's answer; the host may be a captive portal's. */
export function notARegistry(url: URL, status: number): UnavailableError {
  const host = quoted(url.host);
  return new UnavailableError("not-a-registry", {
    fr: `${host} ne répond pas en registre d'images, mais par une page HTML (${status}) : celle d'un portail, d'un proxy ou d'un site. Vérifier le nom du registre et, s'il est juste, se connecter au portail ou au réseau d'où il est joignable.`,
    en: `${host} does not answer as an image registry, but with an HTML page (${status}): that of a portal, a proxy or a site. Check the registry's name and, if it is right, sign in to the portal, or use the network from which it can be reached.`,
  });
}

/**
 * Error codes by https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes: capitals
 * and underscores only, since other text may repeat the request, including a password.
 */
function errorCodes(body: Uint8Array): string {
  const Errors = z.object({ errors: z.array(z.object({ code: z.string() })) });
  try {
    const { data } = Errors.safeParse(parseJson(body, "error"));
    const codes = data?.errors.map(({ code }) => code).filter((code) => /^[A-Z][A-Z_]{1,60}$/.test(code));
    return codes?.join(" ") ?? "";
  } catch {
    return "";
  }
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
