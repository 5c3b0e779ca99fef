import * as z from "zod/mini";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted, quotedUpTo } from "../../contract/shown.ts";
import { readBody } from "../../net/http/body.ts";
import type { Http } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient, withRetries } from "../../net/http/retry.ts";
import { envelopeOf } from "../dsse/envelope.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { statementOf } from "../in-toto/signed-statement.ts";
import type { SignedStatement } from "./notarise.ts";
import { NOTARY_PATH } from "./notary-api.ts";
import { type NotaryRequest, requestedPairs } from "./request.ts";

/** Address of a notary, with a job's token for this notary. */
export interface NotaryAccess {
  readonly address: URL;
  readonly token: string;
}

/**
 * Has statements signed by a notary: one request for all statements about all digests, since a token is valid
 * for one request. The same request may be repeated. Redirects are not followed, so that only the notary
 * receives the token; no error contains it.
 *
 * @throws UnavailableError notary-refused, notary-answer, notary-failed; as networkError()
 */
export async function requestStatements(
  http: Http,
  { address, token }: NotaryAccess,
  request: NotaryRequest,
): Promise<readonly SignedStatement[]> {
  const url = new URL(address.href.replace(/\/?$/, NOTARY_PATH));
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const body = JSON.stringify(request);
  const bytes = await withRetries(async () => {
    const { status, bytes } = await send(http, { method: "POST", url, headers, body });
    if (status === 200) return bytes;
    throw refusal(url, status, bytes, token);
  });
  return statementsOf(bytes, url, request);
}

/** Answer to one request. @throws Transient, UnavailableError */
export async function send(
  http: Http,
  request: Parameters<Http["send"]>[0],
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  const { host } = request.url;
  try {
    const response = await http.send(request);
    const bytes = await readBody(response.body, LIMITS.jsonBytes);
    if (bytes.length > LIMITS.jsonBytes) throw badAnswer(host);
    return { status: response.status, bytes };
  } catch (error) {
    throw networkError(error, host);
  }
}

const Problem = z.object({
  code: z.string().check(z.regex(/^[a-z0-9-]{1,60}$/)),
  message: z.object({ fr: z.string(), en: z.string() }),
});

/** Error for an answer other than 200. A text that contains the token, as a proxy's could, is not quoted. */
function refusal({ host }: URL, status: number, bytes: Uint8Array, token: string): Error {
  const { data } = z.safeParse(Problem, jsonIn(bytes));
  const text = data === undefined ? "" : JSON.stringify(data);
  const isQuotable = data !== undefined && token.split(".").every((part) => !text.includes(part));
  const problem = isQuotable
    ? new UnavailableError("notary-refused", {
        fr: `le notaire ${quoted(host)} répond ${data.code} : ${quotedUpTo(1_000, data.message.fr)}`,
        en: `the notary ${quoted(host)} answers ${data.code}: ${quotedUpTo(1_000, data.message.en)}`,
      })
    : new UnavailableError("notary-failed", {
        fr: `${quoted(host)} répond ${status}, et non comme un notaire. Vérifier l'adresse de --via, et le proxy devant le notaire.`,
        en: `${quoted(host)} answers ${status}, and not as a notary does. Check the address of --via, and the proxy before the notary.`,
      });
  return [429, 500, 502, 503, 504].includes(status) ? new Transient(problem) : problem;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return parseSignedJson(bytes, "notary");
  } catch {
    return undefined;
  }
}

const Answer = z.object({
  statements: z.array(
    z.object({
      digest: z.string(),
      predicateType: z.string(),
      keyId: z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/)),
      envelope: z.unknown(),
    }),
  ),
});

/** Statements of an answer: exactly the requested ones, in order, each about its own digest only. */
function statementsOf(bytes: Uint8Array, { host }: URL, request: NotaryRequest): readonly SignedStatement[] {
  const { data } = z.safeParse(Answer, jsonIn(bytes));
  const wanted = requestedPairs(request).map(({ digest, statement: { predicateType } }) => ({
    digest,
    predicateType,
  }));
  if (data?.statements.length !== wanted.length) throw badAnswer(host);
  return wanted.map((about, at) => {
    const { keyId, envelope: value } = data.statements[at] ?? {};
    const envelope = envelopeOf(value, quoted(host));
    const { subjects, predicateType } = statementOf(envelope, quoted(host));
    const isAsked = subjects.length === 1 && subjects[0] === about.digest;
    if (keyId === undefined || !isAsked || predicateType !== about.predicateType) throw badAnswer(host);
    return { ...about, keyId, envelope };
  });
}

function badAnswer(host: string): UnavailableError {
  return new UnavailableError("notary-answer", {
    fr: `la réponse de ${quoted(host)} n'est pas celle d'un notaire, ou parle d'autre chose que de la demande. Rien n'est attaché. Vérifier l'adresse de --via.`,
    en: `the answer of ${quoted(host)} is not a notary's, or does not match the request. Nothing is attached. Check the address of --via.`,
  });
}

/**
 * Address of a notary.
 *
 * @throws UsageError via-address if the address does not use HTTPS and is not this machine's
 */
export function notaryAddress(text: string, mayBePlain: (host: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && mayBePlain(url.host));
  if (url !== undefined && isSafe && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new UsageError("via-address", {
    fr: `--via ${quoted(text)} : l'adresse d'un notaire est en https, sans identifiant ni paramètres (http pour cette machine seule) : https://notaire.exemple.fr. En HTTP, le jeton serait lisible en chemin.`,
    en: `--via ${quoted(text)}: a notary's address is in https, without user or parameters (http for this machine alone): https://notary.example. Over HTTP the token could be read on the way.`,
  });
}
