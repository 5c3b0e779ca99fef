import { z } from "zod";
import { type DouaneError, InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { parseJson } from "../documents/json.ts";
import { readBody } from "./body.ts";
import type { HttpResponse } from "./http.ts";
import { Transient } from "./transient.ts";

/** Bytes read of an error's body. */
const ERROR_BYTES = 64 * 1024;

/**
 * Turns an answer that is no success into the error that explains it; consumes the body.
 *
 * @param what what was asked for
 */
export async function answerError(response: HttpResponse, what: string): Promise<DouaneError | Transient> {
  const { status, url } = response;
  const body = await readBody(response.body, ERROR_BYTES).catch(() => new Uint8Array());
  const said = quoted(`${status} ${errorCodes(body)}`.trim());
  if (status === 429 || status >= 500) return busy(response, said);
  if (isHtml(response, body)) return notARegistry(url, status);
  const found = STATUSES[status] ?? UNEXPECTED;
  return new UnavailableError(found.code, found.text(quoted(what), quoted(url.host), said));
}

/** A web page instead of a document: its type says so, or its first character. */
export function isHtml(response: HttpResponse, body: Uint8Array): boolean {
  return isHtmlType(response) || /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString("latin1"));
}

export function isHtmlType(response: HttpResponse): boolean {
  return response.header("content-type").toLowerCase().startsWith("text/html");
}

export function notARegistry(url: URL, status: number): InvalidInputError {
  const host = quoted(url.host);
  return new InvalidInputError("not-a-registry", {
    fr: `${host} n'est pas un registre d'images : il répond par une page HTML (${status}). Vérifiez le nom du registre ; un portail ou un proxy s'interpose peut-être.`,
    en: `${host} is no image registry: it answered HTML (${status}). Check the registry's name; a portal or proxy may stand in between.`,
  });
}

/** The codes of https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
function errorCodes(body: Uint8Array): string {
  const Errors = z.object({ errors: z.array(z.object({ code: z.string() })) });
  try {
    const { data } = Errors.safeParse(parseJson(body, "error"));
    return data?.errors.map(({ code }) => code).join(" ") ?? "";
  } catch {
    return "";
  }
}

/** Too many requests, or a failure of the server's: both may pass. */
function busy(response: HttpResponse, said: string): DouaneError | Transient {
  const host = quoted(response.url.host);
  const waitMs = retryAfter(response.header("retry-after"));
  if (waitMs !== undefined && waitMs > LIMITS.retryAfterMs) {
    const seconds = Math.ceil(waitMs / 1_000);
    return new UnavailableError("registry-busy", {
      fr: `${host} demande d'attendre ${seconds} s (${said}), plus que la limite de ${LIMITS.retryAfterMs / 1_000} s (retryAfterMs). Réessayez plus tard ou authentifiez-vous (docker login).`,
      en: `${host} asks to wait ${seconds} s (${said}), longer than the limit of ${LIMITS.retryAfterMs / 1_000} s (retryAfterMs). Try again later, or log in (docker login).`,
    });
  }
  const problem = new UnavailableError("registry-busy", {
    fr: `${host} n'a pas pu répondre (${said}), malgré ${LIMITS.networkAttempts} tentatives (limite networkAttempts). Réessayez plus tard.`,
    en: `${host} could not answer (${said}) in ${LIMITS.networkAttempts} attempts (limit networkAttempts). Try again later.`,
  });
  return new Transient(problem, waitMs);
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), in milliseconds from now. */
function retryAfter(value: string): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
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
      fr: `${host} interdit l'accès à ${what} (${said}). Vérifiez les droits du compte sur ce dépôt.`,
      en: `${host} forbids access to ${what} (${said}). Check the account's rights on this repository.`,
    }),
  },
  404: {
    code: "image-not-found",
    text: (what, host, said) => ({
      fr: `${host} ne connaît pas ${what} (${said}). Vérifiez le nom du dépôt, le tag ou l'empreinte.`,
      en: `${host} does not know ${what} (${said}). Check the repository's name, the tag or the digest.`,
    }),
  },
};

const UNEXPECTED: Refusal = {
  code: "registry-answer",
  text: (what, host, said) => ({
    fr: `${host} répond ${said} à la demande de ${what}. Vérifiez le nom du registre et son état.`,
    en: `${host} answers ${said} when asked for ${what}. Check the registry's name and its state.`,
  }),
};
