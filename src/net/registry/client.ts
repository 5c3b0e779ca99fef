import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { type HostPolicy, leadsHere } from "../http/hosts.ts";
import type { Http, HttpRequest, HttpResponse } from "../http/http.ts";
import { isNotTls, networkError } from "../http/network-error.ts";
import { shownAddress } from "../http/shown-address.ts";
import type { Reference } from "../reference.ts";
import { answerError } from "./answer-error.ts";
import type { Authorization } from "./authorization.ts";
import type { Endpoint } from "./endpoint.ts";

/** Headers by which caches pass a request on to the registry (RFC 9111, 5.2.1.4). */
export const PAST_CACHES = { "cache-control": "no-cache" };

/** Parts that a client shares with clients of other images of the run. */
export interface Shared {
  readonly http: Http;
  readonly hosts: HostPolicy;
  readonly endpoint: Endpoint;
  readonly authorization: Authorization;
}

/** A request by RegistryClient.write(). */
export interface WriteRequest {
  readonly method: "HEAD" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** Content, or a function that opens it again for each attempt. */
  readonly body?: Uint8Array | (() => AsyncIterable<Uint8Array>);
}

type AnyRequest = Omit<WriteRequest, "method"> & { readonly method?: HttpRequest["method"] };

/** Reads from the repository of one image: authenticates, follows redirects. */
export class RegistryClient {
  readonly #reference: Reference;
  readonly #shared: Shared;
  readonly #end = new AbortController();
  readonly #unlisten: () => void;

  /** @param signal signal of the run */
  constructor(reference: Reference, shared: Shared, signal?: AbortSignal) {
    this.#reference = reference;
    this.#shared = shared;
    const abort = () => this.#end.abort(signal?.reason);
    signal?.addEventListener("abort", abort);
    this.#unlisten = () => signal?.removeEventListener("abort", abort);
    if (signal?.aborted === true) abort();
  }

  /** Aborted with the run, or when the client is closed. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Makes one attempt at a GET; the caller must read or discard the body.
   *
   * @param path path relative to the repository: `manifests/1.2.3`
   * @param what name in messages
   * @returns an answer with status 200 or 206; or 416, if a range was requested
   * @throws Transient if a retry may help, otherwise DouaneErrors
   */
  async get(path: string, headers: Readonly<Record<string, string>>, what: string): Promise<HttpResponse> {
    const { authorization } = this.#shared;
    const sent = authorization.header;
    let response = await this.#follow(path, headers);
    if (this.#isChallenge(response)) {
      await response.discard();
      if (!(await authorization.renew(response, sent))) throw await authorization.refused(this.#reference);
      response = await this.#follow(path, headers);
    }
    if (this.#isChallenge(response)) {
      await response.discard();
      throw await authorization.refused(this.#reference);
    }
    if (response.status === 200 || response.status === 206) return response;
    if (response.status === 416 && "range" in headers) return response;
    throw await answerError(response, what, this.#redirectedBy(response));
  }

  /** Registry that redirected to the host of an answer; undefined if the registry itself answers. */
  #redirectedBy({ url }: HttpResponse): string | undefined {
    return url.origin === this.#shared.endpoint.base.origin ? undefined : this.#reference.registry;
  }

  /**
   * Makes one attempt at a request that may write; redirects are not followed. The caller must read or
   * discard the body.
   *
   * @param address address relative to the repository (`blobs/uploads/`), or an address from the registry,
   * which must be on the same registry
   * @param what name in messages
   * @returns an answer below 300, or 404
   * @throws Transient if a retry may help, otherwise DouaneErrors
   */
  async write(address: string | URL, request: WriteRequest, what: string): Promise<HttpResponse> {
    const { authorization, endpoint } = this.#shared;
    if (address instanceof URL && address.origin !== endpoint.base.origin) {
      throw foreignAddress(endpoint.base, address);
    }
    const send = () =>
      address instanceof URL ? this.#send(address, request) : this.#first(address, request);
    const sent = authorization.header;
    let response = await send();
    if (this.#isChallenge(response)) {
      await response.discard();
      if (!(await authorization.renew(response, sent))) throw await authorization.refused(this.#reference);
      response = await send();
    }
    if (this.#isChallenge(response)) {
      await response.discard();
      throw await authorization.refused(this.#reference);
    }
    if (response.status < 300 || response.status === 404) return response;
    throw await answerError(response, what);
  }

  /** Whether the answer asks for credentials; only the registry itself may. */
  #isChallenge({ status, url }: HttpResponse): boolean {
    return status === 401 && url.origin === this.#shared.endpoint.base.origin;
  }

  /** Ends the requests of this image; connections stay open for other images. */
  close(): void {
    this.#unlisten();
    this.#end.abort();
  }

  /** Follows redirects. If a storage refuses a signed address, which may have expired, a fresh one is requested once. */
  async #follow(path: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const response = await this.#followOnce(path, headers);
    const isRefused = response.status === 403 || response.status === 400;
    if (!isRefused || this.#redirectedBy(response) === undefined) return response;
    await response.discard();
    return this.#followOnce(path, { ...headers, ...PAST_CACHES });
  }

  async #followOnce(path: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    let response = await this.#first(path, { headers });
    for (let redirects = 0; isRedirect(response.status); redirects++) {
      await response.discard();
      if (redirects >= LIMITS.redirects) throw tooManyRedirects(response.url);
      const target = this.#redirectTarget(response);
      response = await this.#send(target, { headers });
    }
    return response;
  }

  async #first(path: string, request: AnyRequest): Promise<HttpResponse> {
    const { endpoint } = this.#shared;
    const url = this.#url(path);
    try {
      return await this.#exchange(url, request);
    } catch (error) {
      const mayFallBack = url.protocol === "https:" && !this.signal.aborted && isNotTls(error);
      if (!mayFallBack || !endpoint.fallBack()) throw this.#explained(error, url);
    }
    return this.#send(this.#url(path), request);
  }

  #url(path: string): URL {
    return new URL(`${this.#reference.repository}/${path}`, this.#shared.endpoint.base);
  }

  async #send(url: URL, request: AnyRequest): Promise<HttpResponse> {
    try {
      return await this.#exchange(url, request);
    } catch (error) {
      throw this.#explained(error, url);
    }
  }

  /**
   * Sends a request; the Authorization header goes only to the registry, never to the target of a redirect.
   */
  async #exchange(url: URL, { method = "GET", headers = {}, body }: AnyRequest): Promise<HttpResponse> {
    const { http, endpoint, authorization } = this.#shared;
    const isRegistry = url.origin === endpoint.base.origin;
    const own =
      isRegistry && authorization.header !== undefined ? { authorization: authorization.header } : {};
    const { signal } = this;
    const response = await http.send({
      method,
      url,
      headers: { ...headers, ...own },
      registry: this.#reference.registry,
      ...(body === undefined ? {} : { body: typeof body === "function" ? body() : body }),
      signal,
    });
    if (isRegistry) endpoint.settle();
    return response;
  }

  #explained(error: unknown, url: URL): unknown {
    return this.signal.aborted ? error : networkError(error, url.host);
  }

  /**
   * Target of a redirect, since blobs are often elsewhere. A redirect from HTTPS to HTTP is refused, except
   * to a host that the user named.
   */
  #redirectTarget(response: HttpResponse): URL {
    const location = response.header("location");
    const target = URL.canParse(location, response.url.href) ? new URL(location, response.url) : undefined;
    if (location !== "" && target !== undefined && this.#isFollowed(target)) return target;
    throw new UnavailableError("redirect-refused", {
      fr: `${quoted(response.url.host)} redirige vers ${shownAddress(location)}, qui n'est pas une adresse HTTPS, ou qui est cette machine même. La redirection n'est pas suivie ; la signaler à l'administrateur du registre.`,
      en: `${quoted(response.url.host)} redirects to ${shownAddress(location)}, which is no HTTPS address, or this very machine. The redirect is not followed; tell the registry's administrator.`,
    });
  }

  /**
   * Whether a redirect is followed: a registry on another machine must not redirect to services of this
   * machine.
   */
  #isFollowed(target: URL): boolean {
    const { hosts, endpoint } = this.#shared;
    if (hosts.isNamed(target.host)) return /^https?:$/.test(target.protocol);
    const { host, protocol } = endpoint.base;
    if (!hosts.mayBePlain(host) && leadsHere(target)) return false;
    return target.protocol === "https:" || (target.protocol === "http:" && protocol === "http:");
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function foreignAddress({ host }: URL, target: URL): DouaneError {
  return new UnavailableError("upload-elsewhere", {
    fr: `${quoted(host)} demande d'envoyer à une autre adresse, ${shownAddress(target.href)}. Rien n'y est envoyé ; le signaler à l'administrateur du registre.`,
    en: `${quoted(host)} asks to upload to another address, ${shownAddress(target.href)}. Nothing is sent there; tell the registry's administrator.`,
  });
}

function tooManyRedirects(url: URL): DouaneError {
  return new UnavailableError("too-many-redirects", {
    fr: `plus de ${LIMITS.redirects} redirections (limite redirects), la dernière depuis ${quoted(url.host)}.`,
    en: `more than ${LIMITS.redirects} redirects (limit redirects), the last from ${quoted(url.host)}.`,
  });
}
