import type { IncomingMessage, ServerResponse } from "node:http";
import { DouaneError, EXIT } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { formatEnvelope } from "../dsse/envelope.ts";
import type { ReadBody, SignedStatement } from "./notarise.ts";
import { NotaryRefusal } from "./refusal.ts";

/** Path of the notary's only resource. */
export const NOTARY_PATH = "/v1/statements";

/** Signs for a token; notarise() with its policy and ports. */
export type Notarise = (token: string, readBody: ReadBody) => Promise<readonly SignedStatement[]>;

/** Answer to a request, for the notary's log. */
export interface Answered {
  readonly status: number;
  /** Code of a refusal; absent if statements were signed. */
  readonly code?: string;
  readonly statements: number;
  /** Failure other than a refusal. */
  readonly error?: unknown;
}

/**
 * HTTP interface of the notary: `POST /v1/statements` with the token as bearer answers 200 with the
 * envelopes, or a refusal's status with its code and its text in both languages. Neither token nor body is
 * ever logged.
 *
 * @param onAnswer called for every answer
 */
export function notaryApi(
  notarise: Notarise,
  onAnswer: (answered: Answered) => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      const statements = await notarise(bearerOf(request), () => bodyOf(request));
      answer(response, 200, {
        statements: statements.map(({ digest, predicateType, keyId, envelope }) => ({
          digest,
          predicateType,
          keyId,
          envelope: JSON.parse(formatEnvelope(envelope)) as object,
        })),
      });
      onAnswer({ status: 200, statements: statements.length });
    } catch (error) {
      const [status, problem] = [statusOf(error), problemOf(error)];
      answer(response, status, problem);
      const failure = error instanceof DouaneError ? {} : { error };
      onAnswer({ status, code: problem.code, statements: 0, ...failure });
    }
  };
}

function bearerOf({ method, url, headers }: IncomingMessage): string {
  if (method !== "POST" || url !== NOTARY_PATH) throw noSuchResource();
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? "") ?? [];
  if (token === undefined) throw withoutToken();
  return token;
}

/**
 * Body within its bound. A longer body is read to its end and dropped: a connection that is reset while the
 * job still sends would hide the answer. The server's time limit ends an endless body.
 */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LIMITS.attestationBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > LIMITS.attestationBytes) throw tooLarge();
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

function statusOf(error: unknown): number {
  if (error instanceof NotaryRefusal) return error.status;
  if (!(error instanceof DouaneError)) return 500;
  return error.exit === EXIT.unavailable ? 503 : 400;
}

function problemOf(error: unknown): { readonly code: string; readonly message: Text } {
  if (error instanceof DouaneError) return { code: error.code, message: error.text };
  return { code: "notary-failed", message: FAILED };
}

const FAILED = {
  fr: "le notaire a échoué : la cause est dans son journal. Recommencer, puis prévenir la plateforme.",
  en: "the notary failed: the cause is in its log. Try again, then tell the platform.",
};

function noSuchResource(): NotaryRefusal {
  return new NotaryRefusal(404, "no-such-resource", {
    fr: `le notaire ne répond qu'à POST ${NOTARY_PATH}.`,
    en: `the notary answers POST ${NOTARY_PATH} alone.`,
  });
}

function withoutToken(): NotaryRefusal {
  return new NotaryRefusal(401, "token-missing", {
    fr: "la demande n'a pas de jeton d'identité (Authorization: Bearer JETON).",
    en: "the request has no identity token (Authorization: Bearer TOKEN).",
  });
}

function tooLarge(): NotaryRefusal {
  return new NotaryRefusal(400, "request-too-large", {
    fr: `la demande dépasse ${LIMITS.attestationBytes} octets (attestationBytes).`,
    en: `the request exceeds ${LIMITS.attestationBytes} bytes (attestationBytes).`,
  });
}
