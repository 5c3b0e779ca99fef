import { type CredentialFinder, credentialFinder } from "../credentials/credentials.ts";
import { type HostPolicy, hostPolicy } from "../http/hosts.ts";
import { createHttp, type Http, type HttpOptions } from "../http/http.ts";
import { type Places, placesOf } from "../mirrors/places.ts";
import { assertNotBlocked, type PullSource } from "../mirrors/pull-sources.ts";
import type { Reference } from "../reference.ts";
import { Authorization } from "./authorization.ts";
import type { Actions } from "./bearer-token.ts";
import { RegistryClient, type Shared } from "./client.ts";
import { Endpoint } from "./endpoint.ts";
import { type KnownApis, RegistryWriter } from "./registry-writer.ts";

export interface RegistryOptions extends HttpOptions {
  readonly insecureRegistries?: readonly string[];
}

/**
 * State shared by all images of a run: connections and trusted certificates, credentials, tokens, and each
 * registry's scheme. Images may be read concurrently.
 */
export class Registries {
  readonly #hosts: HostPolicy;
  readonly #http: Http;
  readonly #credentials: CredentialFinder;
  readonly #signal: AbortSignal | undefined;
  /** Places of images on this machine (registries.conf). */
  readonly places: Places;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #apis = new Map<string, KnownApis>();
  /** Authorizations by actions and repository, the scope of tokens and possibly of credentials. */
  readonly #authorizations = new Map<string, Authorization>();

  /** @throws UsageError registries-conf-invalid */
  constructor(options: RegistryOptions) {
    this.places = placesOf(options.env);
    this.#hosts = hostPolicy([...(options.insecureRegistries ?? []), ...this.places.insecureHosts]);
    this.#http = createHttp(this.#hosts, options);
    this.#credentials = credentialFinder(options.env, options.signal);
    this.#signal = options.signal;
  }

  /**
   * Client for the repository of one image, to be closed with the image. Its signal is the run's, unless
   * another signal is given.
   *
   * @throws UnavailableError registry-blocked
   */
  client(reference: Reference, signal = this.#signal): RegistryClient {
    return this.#clientAt(this.places.placeOf(reference), signal);
  }

  /** Client for one of the places of an image. @throws UnavailableError registry-blocked */
  clientFor({ reference, blockedBy }: PullSource, signal = this.#signal): RegistryClient {
    assertNotBlocked(blockedBy, reference);
    return this.#clientAt(reference, signal);
  }

  #clientAt(reference: Reference, signal: AbortSignal | undefined): RegistryClient {
    return new RegistryClient(reference, this.#shared(reference, "pull"), signal);
  }

  /** Reads and writes artifacts of a repository, with tokens that allow both; to be closed. */
  writer(reference: Reference, signal = this.#signal): RegistryWriter {
    this.places.assertWritable(reference);
    return new RegistryWriter(new RegistryClient(reference, this.#shared(reference, "pull,push"), signal));
  }

  /** Reads artifacts of a repository, with tokens that allow nothing else; to be closed. */
  reader(
    given: Reference,
    signal = this.#signal,
  ): Pick<
    RegistryWriter,
    "manifest" | "blob" | "stream" | "referrers" | "referrersAreComplete" | "tags" | "close"
  > {
    const reference = this.places.placeOf(given);
    return new RegistryWriter(this.#clientAt(reference, signal), this.#knownApis(reference));
  }

  /** Ends all transfers. */
  async close(): Promise<void> {
    await this.#http.close();
  }

  #endpoint({ registry }: Reference): Endpoint {
    const known = this.#endpoints.get(registry) ?? new Endpoint(registry, this.#hosts);
    this.#endpoints.set(registry, known);
    return known;
  }

  /** Known APIs of a repository, since some registries differ between repositories. */
  #knownApis({ registry, repository }: Reference): KnownApis {
    const name = `${registry}/${repository}`;
    const known = this.#apis.get(name) ?? {};
    this.#apis.set(name, known);
    return known;
  }

  #shared(reference: Reference, actions: Actions): Shared {
    return {
      http: this.#http,
      hosts: this.#hosts,
      endpoint: this.#endpoint(reference),
      authorization: this.#authorization(reference, actions),
    };
  }

  #authorization(reference: Reference, actions: Actions): Authorization {
    const key = `${actions} ${reference.registry}/${reference.repository}`;
    const registry = this.#endpoint(reference).base.host;
    const connection = { http: this.#http, hosts: this.#hosts, registry, name: reference.registry, actions };
    const known =
      this.#authorizations.get(key) ??
      new Authorization(connection, reference.repository, () => this.#credentials(reference));
    this.#authorizations.set(key, known);
    return known;
  }
}
