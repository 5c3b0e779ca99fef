import type { IncomingMessage } from "node:http";
import { Agent, type RequestOptions, request } from "node:https";
import { LIMITS } from "../../contract/limits.ts";
import { excerpt } from "../../contract/shown.ts";
import { type Fields, fieldsOf, numberOf, objectAt, stringOf } from "../../json/fields.ts";
import type { KubeConnection } from "./connection.ts";

/** Failed request to an API server: an error status, or no answer at all (status 0). */
export class KubeError extends Error {
  override readonly name = "KubeError";
  readonly code = "kube-api";
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Request whose whole answer is read. */
interface KubeRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH";
  /** Path below the server, with its query: `/api/v1/pods?limit=500`. */
  readonly path: string;
  readonly body?: object;
  /** Accepted media type; default: JSON. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** Client of one API server, with reused connections. */
export interface KubeClient {
  readonly namespace: string;
  /**
   * Sends a request. Returns the object of the answer.
   *
   * @throws KubeError
   */
  send(request: KubeRequest): Promise<Fields>;
  /**
   * Lines of a watch, one object each, until the server or the signal ends the watch.
   *
   * @param idleMs milliseconds without a byte after which the watch counts as dead
   * @throws KubeError
   */
  stream(request: Pick<KubeRequest, "path" | "accept" | "signal">, idleMs: number): AsyncGenerator<Fields>;
  /**
   * Time of the API server at its last answer, in milliseconds as Date.now(); undefined before the first
   * answer, or without a Date header.
   */
  serverTime(): number | undefined;
  close(): void;
}

/** Timeout of a whole answer, in milliseconds. */
const ANSWER_MS = 30_000;

export function kubeClient(connection: KubeConnection): KubeClient {
  const agent = new Agent({
    keepAlive: true,
    minVersion: "TLSv1.2",
    ...(connection.ca === undefined ? {} : { ca: connection.ca }),
    ...connection.client,
    ...(connection.serverName === undefined ? {} : { servername: connection.serverName }),
  });

  let date: string | undefined;

  /** Response to a request. After a 401, the token is read again and the request is sent once more. */
  async function answered(asked: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const first = await sent(connection, agent, asked, signal, false);
    if (first.statusCode !== 401) return first;
    first.resume();
    return sent(connection, agent, asked, signal, true);
  }

  return {
    namespace: connection.namespace,
    async send(asked) {
      const late = AbortSignal.timeout(ANSWER_MS);
      const signal = asked.signal === undefined ? late : AbortSignal.any([asked.signal, late]);
      const response = await answered(asked, signal);
      ({ date } = response.headers);
      const body = parsed(await textOf(response));
      if (isSuccess(response)) return body;
      throw refusal(response, body);
    },
    async *stream(asked, idleMs) {
      const abort = new AbortController();
      const signal =
        asked.signal === undefined ? abort.signal : AbortSignal.any([asked.signal, abort.signal]);
      const timer = setTimeout(() => abort.abort(new Error("the watch is silent")), idleMs);
      try {
        const response = await answered(asked, signal);
        if (!isSuccess(response)) throw refusal(response, parsed(await textOf(response)));
        for await (const line of linesOf(response, () => timer.refresh())) yield parsed(line);
      } catch (error) {
        throw asKubeError(error);
      } finally {
        clearTimeout(timer);
        abort.abort();
      }
    },
    serverTime() {
      const time = Date.parse(date ?? "");
      return Number.isNaN(time) ? undefined : time;
    },
    close: () => agent.destroy(),
  };
}

function sent(
  connection: KubeConnection,
  agent: Agent,
  { method = "GET", path, body, accept = "application/json" }: KubeRequest,
  signal: AbortSignal,
  isRefused: boolean,
): Promise<IncomingMessage> {
  const token = connection.token(isRefused);
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const options: RequestOptions = {
    method,
    agent,
    signal,
    headers: {
      accept,
      "user-agent": "douane",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(bytes === undefined ? {} : { "content-type": typeOf(method), "content-length": bytes.length }),
    },
  };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(`${connection.server}${path}`, options, resolve)
    .on("error", (error) => reject(asKubeError(error)))
    .end(bytes);
  return promise;
}

function typeOf(method: string): string {
  return method === "PATCH" ? "application/merge-patch+json" : "application/json";
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > LIMITS.kubeAnswerBytes) throw tooLong("kubeAnswerBytes");
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw asKubeError(error);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Lines of a response as they arrive; a line longer than any object of the API ends the stream. */
async function* linesOf(response: IncomingMessage, onBytes: () => void): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    onBytes();
    let rest = chunk as Buffer;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...pending, rest.subarray(0, end)]).toString("utf8");
      [pending, size] = [[], 0];
      rest = rest.subarray(end + 1);
      if (line.trim() !== "") yield line;
    }
    size += rest.length;
    if (size > LIMITS.kubeObjectBytes) throw tooLong("kubeObjectBytes");
    if (rest.length > 0) pending.push(rest);
  }
}

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch (cause) {
    throw new KubeError(0, `the answer is not JSON: ${excerpt(text)}`, { cause });
  }
}

/** Error from a Status object, which an answer or a watch event contains. */
export function statusError(status: Fields): KubeError {
  return new KubeError(numberOf(status["code"]) ?? 0, excerpt(stringOf(status["message"])));
}

function refusal({ statusCode = 0 }: IncomingMessage, body: Fields): KubeError {
  const reason = stringOf(body["reason"]);
  const { kind } = objectAt(body, "details");
  const of = stringOf(kind) === "" ? "" : ` (${excerpt(stringOf(kind))})`;
  return new KubeError(
    statusCode,
    `${statusCode} ${excerpt(reason)}${of}: ${excerpt(stringOf(body["message"]))}`,
  );
}

function asKubeError(error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new KubeError(0, why, { cause: error });
}

function tooLong(limit: "kubeAnswerBytes" | "kubeObjectBytes"): KubeError {
  return new KubeError(0, `the API server's answer exceeds ${LIMITS[limit]} bytes (limit ${limit})`);
}
