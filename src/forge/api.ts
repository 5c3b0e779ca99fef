import type { DouaneError } from "../contract/error.ts";
import { UnavailableError, UsageError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { quoted } from "../contract/shown.ts";
import { parseJson } from "../json/parse-json.ts";
import { readBody } from "../net/http/body.ts";
import { hostPolicy } from "../net/http/hosts.ts";
import { createHttp, type Http, type HttpOptions, type HttpResponse } from "../net/http/http.ts";
import { networkError } from "../net/http/network-error.ts";
import { Transient, withRetries } from "../net/http/retry.ts";
import type { Env } from "./forge.ts";

export interface ApiOptions {
  /** Environment, with the proxies. */
  readonly env: Env;
  /** PEM file of authorities to accept besides the usual ones. */
  readonly caFile?: string;
  /** Hosts that may use HTTP or an unverified certificate. */
  readonly insecureHosts?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly value: unknown;
  header(name: string): string;
}

/** Maximum number of bytes read of an unsuccessful answer. */
const ERROR_BYTES = 64 * 1024;

/**
 * JSON client for the API of a forge. The token is sent to the forge's host only: redirects are not followed,
 * and no error contains the token.
 */
export class ForgeApi {
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #http: Http;
  readonly #signal: AbortSignal | undefined;

  /**
   * @param base `https://gitlab.example/api/v4`
   * @param headers headers, including the token
   * @throws UsageError forge-url, forge-plain
   */
  constructor(base: string, headers: Readonly<Record<string, string>>, options: ApiOptions) {
    const { env, caFile, insecureHosts = [], signal } = options;
    const hosts = hostPolicy(insecureHosts);
    this.#base = baseUrl(base);
    if (this.#base.protocol === "http:" && !hosts.mayBePlain(this.#base.host)) throw plain(this.#base.host);
    this.#headers = { "content-type": "application/json", accept: "application/json", ...headers };
    const http: HttpOptions = {
      env,
      ...(caFile === undefined ? {} : { caFile }),
      ...(signal === undefined ? {} : { signal }),
    };
    this.#http = createHttp(hosts, http);
    this.#signal = signal;
  }

  /**
   * Answer to a GET request, retried on transient errors.
   *
   * @param path path below the base, encoded
   * @throws UnavailableError
   */
  async get(path: string): Promise<Answer> {
    return withRetries(async () => answerOf(await this.#send("GET", path)), this.#signal);
  }

  /** Same as get(), but undefined if access is forbidden. */
  async find(path: string): Promise<Answer | undefined> {
    return withRetries(async () => {
      const response = await this.#send("GET", path);
      if (response.status !== 401 && response.status !== 403) return answerOf(response);
      await response.discard();
      return undefined;
    }, this.#signal);
  }

  /** Changes an existing resource. The request is idempotent, so it is retried. */
  async change(method: "PUT" | "PATCH", path: string, value: object): Promise<void> {
    await withRetries(async () => answerOf(await this.#send(method, path, value)), this.#signal);
  }

  /** Adds a resource: never retried, since a failed attempt may have succeeded. */
  async add(path: string, value: object): Promise<void> {
    try {
      await answerOf(await this.#send("POST", path, value));
    } catch (error) {
      throw error instanceof Transient ? error.problem : error;
    }
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #send(method: "GET" | "POST" | "PUT" | "PATCH", path: string, value?: object): Promise<HttpResponse> {
    const url = new URL(`${this.#base.href}${path}`);
    const body = value === undefined ? {} : { body: JSON.stringify(value) };
    try {
      return await this.#http.send({ method, url, headers: this.#headers, ...body });
    } catch (error) {
      throw this.#signal?.aborted === true ? error : networkError(error, url.host);
    }
  }
}

function baseUrl(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(`${text.replace(/\/$/, "")}/`);
  throw new UsageError("forge-url", {
    fr: `${quoted(text)} n'est pas l'adresse d'une API (CI_API_V4_URL, GITHUB_API_URL).`,
    en: `${quoted(text)} is not the address of an API (CI_API_V4_URL, GITHUB_API_URL).`,
  });
}

function plain(host: string): UsageError {
  return new UsageError("forge-plain", {
    fr: `${quoted(host)} ne sert son API qu'en HTTP : le jeton serait lisible en chemin. L'admettre par --insecure-registry ${quoted(host)}.`,
    en: `${quoted(host)} serves its API over HTTP only: the token could be read on the way. Allow it by --insecure-registry ${quoted(host)}.`,
  });
}

async function answerOf(response: HttpResponse): Promise<Answer> {
  const { status, url } = response;
  if (status < 200 || status > 299) throw await refusal(response);
  const bytes = await readBody(response.body, LIMITS.jsonBytes);
  if (bytes.length > LIMITS.jsonBytes) throw tooLong(url.host);
  return {
    value: bytes.length === 0 ? undefined : parseJson(bytes, quoted(url.host)),
    header: (name) => response.header(name),
  };
}

/** Error for a refused request. The answer's text is not quoted, since it may repeat the request. */
async function refusal(response: HttpResponse): Promise<DouaneError | Transient> {
  const { status, url } = response;
  await readBody(response.body, ERROR_BYTES).catch(() => undefined);
  const host = quoted(url.host);
  if (status === 401 || status === 403) {
    return new UnavailableError("forge-forbidden", {
      fr: `${host} refuse le jeton (${status}). Vérifier qu'il n'a pas expiré et qu'il peut écrire des commentaires (GitLab : un jeton d'accès de projet, portée api ; GitHub : permissions pull-requests: write et statuses: write).`,
      en: `${host} refuses the token (${status}). Check that it has not expired and that it may write comments (GitLab: a project access token, scope api; GitHub: permissions pull-requests: write and statuses: write).`,
    });
  }
  if (status === 404) {
    return new UnavailableError("forge-not-found", {
      fr: `${host} ne connaît pas ce projet ou cette merge request, ou ne les montre pas à ce jeton (404).`,
      en: `${host} does not know this project or merge request, or does not show it to this token (404).`,
    });
  }
  const problem = new UnavailableError("forge-answer", {
    fr: `${host} répond ${status} ; le commentaire ou le statut n'est pas écrit. Réessayer plus tard.`,
    en: `${host} answers ${status}; the comment or the status is not written. Try again later.`,
  });
  return status === 429 || status >= 500 ? new Transient(problem) : problem;
}

function tooLong(host: string): UnavailableError {
  return new UnavailableError("forge-too-long", {
    fr: `${quoted(host)} répond plus de ${LIMITS.jsonBytes} octets (limite jsonBytes).`,
    en: `${quoted(host)} answers more than ${LIMITS.jsonBytes} bytes (limit jsonBytes).`,
  });
}
