import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from "node:http2";
import { LIMITS } from "../../../contract/limits.ts";
import { truncateAtWord } from "../../../contract/truncate-at-word.ts";
import type { GrpcTarget } from "../../plan/plan.ts";
import { decodeHealthResponse, encodeHealthRequest } from "./health-message.ts";

/**
 * Result of a health check. `answer`: `SERVING`, `NOT_SERVING`, a gRPC status (`UNIMPLEMENTED`), or the
 * reason why there is none.
 */
export interface HealthAnswer {
  readonly ok: boolean;
  readonly answer: string;
}

/** Names of grpc-status codes; index = number. */
const CODES = (
  "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED " +
  "RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE " +
  "DATA_LOSS UNAUTHENTICATED"
).split(" ");
/** Longest part of a server's percent-encoded error message. */
const MESSAGE = 200;

type Headers = IncomingHttpHeaders & IncomingHttpStatusHeader;

/**
 * Calls grpc.health.v1.Health/Check as the kubelet does: without TLS, once, within one timeout for the whole
 * call.
 */
export async function checkHealth(
  { host, port, service }: GrpcTarget & { readonly host: string },
  timeoutMs: number,
): Promise<HealthAnswer> {
  const failed = Promise.withResolvers<HealthAnswer>();
  const fail = (answer: string): void => failed.resolve({ ok: false, answer });
  const timer = setTimeout(() => fail("timeout"), timeoutMs);
  const session = http2.connect(`http://${host}:${port}`, {
    maxSessionMemory: 1,
    settings: { enablePush: false },
  });
  // Errors may also come after the answer; without a listener they would end the process.
  session.on("error", (error) => fail(errorWords(error)));
  session.on("close", () => fail("closed"));
  try {
    return await Promise.race([failed.promise, call(session, service, timeoutMs)]);
  } finally {
    clearTimeout(timer);
    session.destroy();
  }
}

async function call(session: ClientHttp2Session, service: string, timeoutMs: number): Promise<HealthAnswer> {
  const stream = session.request({
    ":method": "POST",
    ":path": "/grpc.health.v1.Health/Check",
    "content-type": "application/grpc",
    te: "trailers",
    "user-agent": "kube-probe/1.34",
    "grpc-timeout": `${Math.round(timeoutMs)}m`,
  });
  stream.end(encodeHealthRequest(service));
  return answerOf(stream);
}

async function answerOf(stream: ClientHttp2Stream): Promise<HealthAnswer> {
  const { promise, resolve } = Promise.withResolvers<HealthAnswer>();
  const fail = (answer: string): void => resolve({ ok: false, answer });
  let headers: Headers = {};
  let trailers: IncomingHttpHeaders = {};
  let body = Buffer.alloc(0);
  stream.on("response", (sent) => {
    headers = sent;
  });
  stream.on("trailers", (sent) => {
    trailers = sent;
  });
  stream.on("data", (chunk: Buffer) => {
    body = Buffer.concat([body, chunk]);
    if (body.length > LIMITS.trialGrpcBytes) fail("too long an answer");
  });
  stream.on("error", (error) => {
    // The session's end gives the reason.
    if (codeOf(error) !== "ERR_HTTP2_STREAM_CANCEL") fail(errorWords(error));
  });
  stream.on("end", () => resolve(judge(headers, trailers, body)));
  return promise;
}

/** Result of an answer; an error may come as headers without a body (PROTOCOL-HTTP2.md, Responses). */
function judge(headers: Headers, trailers: IncomingHttpHeaders, body: Buffer): HealthAnswer {
  const status = headers["grpc-status"] ?? trailers["grpc-status"];
  const said = headers["grpc-message"] ?? trailers["grpc-message"];
  if (status === undefined && headers[":status"] !== 200) {
    return { ok: false, answer: `HTTP ${headers[":status"] ?? "without a status"}` };
  }
  if (!/^application\/grpc(?:[+;]|$)/i.test(headers["content-type"] ?? "")) {
    return { ok: false, answer: "no gRPC" };
  }
  if (status === undefined) return { ok: false, answer: "no grpc-status" };
  if (status !== "0") return { ok: false, answer: refusal(String(status), String(said ?? "")) };
  const serving = decodeHealthResponse(body);
  return { ok: serving === "SERVING", answer: serving ?? "malformed answer" };
}

function refusal(status: string, said: string): string {
  const code = /^\d{1,2}$/.test(status) ? CODES[Number(status)] : undefined;
  return `${code ?? "UNKNOWN"} ${truncateAtWord(decoded(said), MESSAGE)}`.trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function errorWords(error: Error): string {
  const code = codeOf(error);
  // The answer is not HTTP/2 but, for example, HTTP/1.1 or TLS.
  if (code === "ERR_HTTP2_ERROR") return "no HTTP/2";
  return code === "ECONNREFUSED" ? "refused" : code;
}

function codeOf(error: Error): string {
  return ((error as NodeJS.ErrnoException).code ?? error.message).slice(0, 100);
}
