import type { HostPolicy } from "../http/hosts.ts";
import { apiHost } from "../registry-names.ts";

/**
 * Address of a registry's API, and its scheme. For a host that may use plain HTTP, HTTPS is tried first; the
 * result is used for the rest of the run.
 */
export class Endpoint {
  readonly #mayBePlain: boolean;
  #base: URL;
  #isSettled = false;

  /** @param registry registry as in references: `docker.io`, `registry.example:5000` */
  constructor(registry: string, hosts: HostPolicy) {
    this.#base = new URL(`https://${apiHost(registry)}/v2/`);
    this.#mayBePlain = hosts.mayBePlain(this.#base.host);
  }

  get base(): URL {
    return this.#base;
  }

  /** Fixes the scheme after an answer. */
  settle(): void {
    this.#isSettled = true;
  }

  /** Called if the host does not support TLS. Returns whether plain HTTP is tried instead. */
  fallBack(): boolean {
    if (this.#base.protocol === "http:") return true;
    if (this.#isSettled || !this.#mayBePlain) return false;
    this.#base = new URL(this.#base.href.replace(/^https:/, "http:"));
    return true;
  }
}
