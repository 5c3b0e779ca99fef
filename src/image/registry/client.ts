import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Reference } from "../reference.ts";
import { answerError } from "./answer-error.ts";
import { Authorization } from "./authorization.ts";
import { type HostPolicy, hostPolicy } from "./hosts.ts";
import { createHttp, type Http, type HttpOptions, type HttpResponse } from "./http.ts";
import { isNotTls, networkError } from "./network-error.ts";
import { apiHost } from "./registry-names.ts";

export interface ClientOptions extends HttpOptions {
  readonly insecureRegistries?: readonly string[];
}

/** Reads from one repository: authenticates, follows redirects, finds out whether the host speaks TLS. */
export class RegistryClient {
  readonly signal: AbortSignal | undefined;
  readonly #hosts: HostPolicy;
  readonly #http: Http;
  readonly #authorization: Authorization;
  #base: URL;
  #hasAnswered = false;

  constructor(reference: Reference, options: ClientOptions) {
    this.signal = options.signal;
    this.#hosts = hostPolicy(options.insecureRegistries ?? []);
    this.#http = createHttp(this.#hosts, options);
    const connection = { http: this.#http, hosts: this.#hosts };
    this.#authorization = new Authorization(connection, reference, options.env);
    this.#base = new URL(`https://${apiHost(reference.registry)}/v2/${reference.repository}/`);
  }

  /**
   * One attempt at a GET; its body is to be read or discarded.
   *
   * @param path under the repository: `manifests/1.2.3`
   * @param what how a message calls it
   * @returns an answer of status 200 or 206
   * @throws Transient when trying again may help, otherwise DouaneErrors
   */
  async get(path: string, headers: Readonly<Record<string, string>>, what: string): Promise<HttpResponse> {
    let response = await this.#follow(path, headers);
    if (this.#isChallenge(response)) {
      await response.discard();
      await this.#authorization.renew(response);
      response = await this.#follow(path, headers);
    }
    if (this.#isChallenge(response)) {
      await response.discard();
      throw await this.#authorization.refused();
    }
    if (response.status === 200 || response.status === 206) return response;
    throw await answerError(response, what);
  }

  /** Only the registry itself may ask for credentials. */
  #isChallenge({ status, url }: HttpResponse): boolean {
    return status === 401 && url.origin === this.#base.origin;
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #follow(path: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    let response = await this.#first(path, headers);
    for (let redirects = 0; isRedirect(response.status); redirects++) {
      await response.discard();
      if (redirects >= LIMITS.redirects) throw tooManyRedirects(response.url);
      const target = this.#redirectTarget(response);
      response = await this.#send(target, headers);
    }
    return response;
  }

  /** A host that may be plain is asked over HTTPS first; what it shows itself to speak stands from then on. */
  async #first(path: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const url = new URL(path, this.#base);
    const mayFallBack = !this.#hasAnswered && url.protocol === "https:" && this.#hosts.mayBePlain(url.host);
    try {
      return await this.#exchange(url, headers);
    } catch (error) {
      if (!mayFallBack || !isNotTls(error)) throw this.#explained(error, url);
    }
    this.#base = new URL(this.#base.href.replace(/^https:/, "http:"));
    return this.#send(new URL(path, this.#base), headers);
  }

  async #send(url: URL, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    try {
      return await this.#exchange(url, headers);
    } catch (error) {
      throw this.#explained(error, url);
    }
  }

  /** Authorization goes to the registry alone, never to where it redirects. */
  async #exchange(url: URL, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const isRegistry = url.origin === this.#base.origin;
    const authorization = isRegistry ? this.#authorization.headers : {};
    const response = await this.#http.send({ method: "GET", url, headers: { ...headers, ...authorization } });
    if (isRegistry) this.#hasAnswered = true;
    return response;
  }

  #explained(error: unknown, url: URL): unknown {
    return this.signal?.aborted === true ? error : networkError(error, url.host);
  }

  /** Blobs often lie elsewhere. From HTTPS no redirect leads to HTTP, except to a host that may be plain. */
  #redirectTarget(response: HttpResponse): URL {
    const location = response.header("location");
    const target = URL.canParse(location, response.url.href) ? new URL(location, response.url) : undefined;
    const isSafe =
      target?.protocol === "https:" || (target?.protocol === "http:" && this.#mayGoPlain(target));
    if (location !== "" && target !== undefined && isSafe) return target;
    throw new UnavailableError("redirect-refused", {
      fr: `${quoted(response.url.host)} redirige vers ${quoted(location)}, qui n'est pas une adresse HTTPS. La redirection n'est pas suivie ; signalez-la à l'administrateur du registre.`,
      en: `${quoted(response.url.host)} redirects to ${quoted(location)}, which is no HTTPS address. The redirect is not followed; tell the registry's administrator.`,
    });
  }

  #mayGoPlain(target: URL): boolean {
    return this.#base.protocol === "http:" || this.#hosts.isUnverified(target.host);
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function tooManyRedirects(url: URL): DouaneError {
  return new UnavailableError("too-many-redirects", {
    fr: `plus de ${LIMITS.redirects} redirections (limite redirects), la dernière depuis ${quoted(url.host)}.`,
    en: `more than ${LIMITS.redirects} redirects (limit redirects), the last from ${quoted(url.host)}.`,
  });
}
