import type { IncomingMessage, ServerResponse } from "node:http";
import { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { readAdmissionReview, verifyStrict } from "../admission/admission-request.ts";
import { ReplicaRequests } from "../admission/replica-requests.ts";
import type { AdmissionResponse } from "../admission/response.ts";
import type { Asked } from "../admission/review.ts";
import type { CheckApi, WithBody } from "../check/check-api.ts";
import { CHECK_TOO_LARGE } from "../check/check-request.ts";
import { errorFields, type Log } from "../log.ts";
import type { ReleaseApi } from "../release/release-api.ts";
import { untilOf } from "./webhook-timeout.ts";

/** Functions that answer the requests of an API server. */
export interface Webhooks {
  validate(asked: Asked): Promise<AdmissionResponse>;
  mutate(asked: Asked): Promise<AdmissionResponse>;
  /** Reasons why API servers should send no requests here; empty if there are none. */
  unready(): Promise<readonly string[]>;
  /** Additional lines of /readyz: `certificate: 89 days`. */
  notes?(): readonly string[];
  /** API for releases. */
  readonly releases: ReleaseApi;
  /** API for checks before the API server is asked. */
  readonly checks: CheckApi;
}

/** Ports of the face. */
export interface FacePorts {
  now(): number;
  readonly log: Log;
  /** Whether the server is about to stop; connections are then closed after each answer. */
  isDraining(): boolean;
}

/** Maximum bytes of request bodies in memory; above them, requests are refused until others are answered. */
const HELD_BYTES = 256 * 1024 ** 2;

/** Body of an answer that is not an AdmissionReview. */
interface Problem {
  readonly code: string;
  readonly message: Text;
}

/**
 * HTTP interface of the server: `POST /admission/validate` and `/admission/mutate` with an AdmissionReview,
 * `GET` and `POST /releases`, `POST /check`, `GET /livez` and `/readyz`. A body that is not a readable AdmissionReview is
 * answered 400, and a failure of the server 500: the API server then applies the webhook's failurePolicy.
 */
export function face(webhooks: Webhooks, ports: FacePorts) {
  const requests = new ReplicaRequests(readAdmissionReview);
  let held = 0;

  async function admission(
    request: IncomingMessage,
    url: URL,
    decide: (asked: Asked) => Promise<AdmissionResponse>,
  ): Promise<object> {
    const until = untilOf(url.searchParams, ports.now());
    const size = Number(request.headers["content-length"] ?? LIMITS.admissionReviewBytes);
    return holding(size, async () => {
      const bytes = await bodyOf(request);
      return decide({ request: requests.read(bytes), until, verify: () => verifyStrict(bytes) });
    });
  }

  /** Result of work that holds a body of this many bytes in memory. */
  async function holding<T>(size: number, work: () => Promise<T>): Promise<T> {
    if (held + size > HELD_BYTES) throw new HttpProblem(503, BUSY);
    held += size;
    try {
      return await work();
    } finally {
      held -= size;
    }
  }

  async function check(request: IncomingMessage, url: URL): Promise<[status: number, body: object]> {
    const { authorization, "content-length": length } = request.headers;
    const size = Number(length ?? LIMITS.admissionReviewBytes + 1);
    if (!(size <= LIMITS.admissionReviewBytes)) throw new HttpProblem(413, CHECK_LARGE);
    const asked = {
      authorization,
      namespace: url.searchParams.get("namespace") ?? "",
      until: untilOf(url.searchParams, ports.now()),
    };
    const withBody: WithBody = (work) => holding(size, async () => work(await bodyOf(request)));
    return [...(await webhooks.checks.check(asked, withBody))];
  }

  async function releases(request: IncomingMessage, url: URL): Promise<[status: number, body: object]> {
    const { authorization } = request.headers;
    if (request.method === "GET") {
      return [...(await webhooks.releases.list(authorization, url.searchParams.get("namespace") ?? ""))];
    }
    if (request.method !== "POST") throw new HttpProblem(404, NO_SUCH);
    // Anybody may send a release, so a body larger than any release is refused before its sender is
    // verified.
    const size = Number(request.headers["content-length"] ?? LIMITS.settingsBytes + 1);
    if (!(size <= LIMITS.settingsBytes)) throw new HttpProblem(413, TOO_LARGE);
    return [...(await webhooks.releases.make(authorization, await bodyOf(request)))];
  }

  async function answered(request: IncomingMessage): Promise<[status: number, body: object | string]> {
    const url = new URL(request.url ?? "/", "https://server");
    const { pathname } = url;
    if (request.method === "POST" && pathname === "/admission/validate") {
      return [200, await admission(request, url, (asked) => webhooks.validate(asked))];
    }
    if (request.method === "POST" && pathname === "/admission/mutate") {
      return [200, await admission(request, url, (asked) => webhooks.mutate(asked))];
    }
    if (pathname === "/releases") return releases(request, url);
    if (request.method === "POST" && pathname === "/check") return check(request, url);
    if (request.method === "GET" && pathname === "/livez") return [200, "ok\n"];
    if (request.method === "GET" && pathname === "/readyz") {
      const reasons = [...(ports.isDraining() ? ["the server stops"] : []), ...(await webhooks.unready())];
      const lines = [...(reasons.length === 0 ? ["ok"] : reasons), ...(webhooks.notes?.() ?? [])];
      return [reasons.length === 0 ? 200 : 503, `${lines.join("\n")}\n`];
    }
    throw new HttpProblem(404, NO_SUCH);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, ...(await answered(request)), ports.isDraining());
    } catch (error) {
      const [status, problem] = problemOf(error);
      if (status === 500) ports.log("error", "request failed", errorFields(error));
      else if (status !== 404) ports.log("warn", "request refused", { status, code: problem.code });
      send(response, status, problem, ports.isDraining());
    }
  };
}

class HttpProblem extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.code);
    this.status = status;
    this.problem = problem;
  }
}

function problemOf(error: unknown): [status: number, problem: Problem] {
  if (error instanceof HttpProblem) return [error.status, error.problem];
  if (error instanceof DouaneError) {
    const status = error.code === "admission-review-too-large" ? 413 : 400;
    return [status, { code: error.code, message: error.text }];
  }
  return [500, FAILED];
}

function send(response: ServerResponse, status: number, body: object | string, isLast: boolean): void {
  const isText = typeof body === "string";
  // A string is sent together with the head in one TLS record; bytes would need a second record.
  const text = isText ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(isLast ? { connection: "close" } : {}),
  });
  response.end(text);
}

/**
 * Body of a request, up to its bound. The rest of a longer body is read and dropped, so that the client
 * receives the answer.
 */
function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    // One byte beyond the bound is enough to detect a body that is too long.
    if (size - chunk.length <= LIMITS.admissionReviewBytes) chunks.push(chunk);
  });
  request.on("end", () =>
    resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
  );
  request.on("error", reject);
  return promise;
}

const BUSY: Problem = {
  code: "server-busy",
  message: {
    fr: "trop de demandes sont en cours. Recommencer dans quelques secondes ; si cela dure, ajouter des répliques.",
    en: "too many requests are under way. Try again in a few seconds; if it lasts, add replicas.",
  },
};
const TOO_LARGE: Problem = {
  code: "release-too-large",
  message: {
    fr: `la demande dépasse ${LIMITS.settingsBytes} octets (limite settingsBytes), ou n'indique pas sa longueur (Content-Length).`,
    en: `the request exceeds ${LIMITS.settingsBytes} bytes (limit settingsBytes), or does not state its length (Content-Length).`,
  },
};
const CHECK_LARGE: Problem = { code: "check-too-large", message: CHECK_TOO_LARGE };
const NO_SUCH: Problem = {
  code: "no-such-resource",
  message: {
    fr: "les adresses de ce serveur : POST /admission/validate, POST /admission/mutate, GET et POST /releases, POST /check, GET /livez, GET /readyz.",
    en: "the addresses of this server: POST /admission/validate, POST /admission/mutate, GET and POST /releases, POST /check, GET /livez, GET /readyz.",
  },
};
const FAILED: Problem = {
  code: "server-failed",
  message: {
    fr: "le serveur a échoué ; la cause est dans son journal.",
    en: "the server failed; the cause is in its log.",
  },
};
