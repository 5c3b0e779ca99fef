import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { quoted, quotedUpTo } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, fieldsOf, textAt } from "../../json/fields.ts";
import { readBody } from "../../net/http/body.ts";
import type { Http, HttpRequest, HttpResponse } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient, withRetries } from "../../net/http/retry.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";

/** Service that takes part in a signature. */
export interface SigningService {
  readonly http: Http;
  /** Name in messages. */
  readonly role: Text;
  /** Prefix of error codes: `ROLE-unavailable`, `ROLE-refused`, `ROLE-answer`. */
  readonly code: "fulcio" | "rekor" | "tsa";
  /** Text that no message may repeat: an identity token. */
  readonly secret?: string;
}

/** Answer of a service, read completely. */
export interface ServiceAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly location: string;
}

/**
 * Maximum size of an answer in bytes: certificates, a log entry with its proof, a timestamp with its chain.
 */
const MOST = 4 * 1024 * 1024;

/**
 * Sends a request, and repeats it if the failure may be temporary. Redirects are not followed, so that only
 * hosts in the list of services learn of a signature.
 *
 * @param accepted accepted statuses besides 2xx
 * @throws UnavailableError ROLE-unavailable, ROLE-refused, ROLE-redirect, ROLE-answer
 */
export async function exchange(
  service: SigningService,
  request: HttpRequest,
  accepted: readonly number[] = [],
): Promise<ServiceAnswer> {
  try {
    return await withRetries(async () => {
      const answer = await send(service.http, request);
      if ((answer.status >= 200 && answer.status < 300) || accepted.includes(answer.status)) {
        if (answer.bytes.length <= MOST) return answer;
        throw badAnswer(service, request.url);
      }
      throw refusal(service, request.url, answer);
    });
  } catch (error) {
    throw isNetwork(error) ? unavailable(service, error) : error;
  }
}

async function send(http: Http, request: HttpRequest): Promise<ServiceAnswer> {
  try {
    const response: HttpResponse = await http.send(request);
    const bytes = await readBody(response.body, MOST);
    return { status: response.status, bytes, location: response.header("location") };
  } catch (error) {
    throw networkError(error, request.url.host);
  }
}

/** Address of an endpoint below the base of a service. */
export function endpoint(base: URL, path: string): URL {
  return new URL(base.href.replace(/\/?$/, path));
}

/** JSON object of an answer; empty for anything else. */
export function jsonOf(bytes: Uint8Array): Fields {
  try {
    return fieldsOf(parseSignedJson(bytes, "answer"));
  } catch {
    return {};
  }
}

const OWN_CODES = /^(?:fulcio|rekor|tsa)-/;

function isNetwork(error: unknown): error is DouaneError {
  return error instanceof UnavailableError && !OWN_CODES.test(error.code);
}

function unavailable({ role, code }: SigningService, cause: DouaneError): UnavailableError {
  const text = {
    fr: `${role.fr} : ${cause.text.fr} Rien n'est attaché.`,
    en: `${role.en}: ${cause.text.en} Nothing is attached.`,
  };
  return new UnavailableError(`${code}-unavailable`, text, { cause });
}

function refusal(service: SigningService, url: URL, { status, bytes, location }: ServiceAnswer): Error {
  const { role, code } = service;
  const host = quoted(url.host);
  if (status >= 300 && status < 400) {
    const target = URL.canParse(location, url.href) ? quoted(new URL(location, url.href).host) : "?";
    return new UnavailableError(`${code}-redirect`, {
      fr: `${role.fr} ${host} renvoie ailleurs (réponse ${status}, vers ${target}), et douane ne suit pas : seuls les hôtes de la configuration apprennent une signature. Y écrire l'adresse du service lui-même.`,
      en: `${role.en} ${host} redirects (answer ${status}, to ${target}), which douane does not follow: only hosts of the configuration learn of a signature. Write the address of the service itself into it.`,
    });
  }
  const said =
    textAt(jsonOf(bytes), "message") ?? Buffer.from(bytes.subarray(0, 1_000)).toString("utf8").trim();
  const why = isQuotable(said, service.secret) ? ` : ${quotedUpTo(500, said)}` : "";
  const problem = new UnavailableError(`${code}-refused`, {
    fr: `${role.fr} ${host} refuse (réponse ${status})${why}. Rien n'est attaché.`,
    en: `${role.en} ${host} refuses (answer ${status})${why.replace(" :", ":")}. Nothing is attached.`,
  });
  return [408, 429, 500, 502, 503, 504].includes(status) ? new Transient(problem) : problem;
}

/** Whether a service's text can be shown: a text that contains a part of the token cannot. */
function isQuotable(said: string, secret: string | undefined): boolean {
  return said !== "" && (secret === undefined || secret.split(".").every((part) => !said.includes(part)));
}

/** Error for an answer of another form than the service's. */
export function badAnswer({ role, code }: SigningService, { host }: URL): UnavailableError {
  return new UnavailableError(`${code}-answer`, {
    fr: `${role.fr} : la réponse de ${quoted(host)} n'en est pas une, ou parle d'une autre signature. Rien n'est attaché. Vérifier son adresse.`,
    en: `${role.en}: the answer of ${quoted(host)} is none, or is about another signature. Nothing is attached. Check its address.`,
  });
}
