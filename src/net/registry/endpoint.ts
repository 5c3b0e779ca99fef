import type { HostPolicy } from "../http/hosts.ts";
import { apiHost } from "../registry-names.ts";

/**
 * Where a registry's API is, and whether it speaks TLS. A host that may be plain is asked over
 * HTTPS first; what it shows itself to speak stands for the rest of the run.
 */
export class Endpoint {
  readonly #mayBePlain: boolean;
  #base: URL;
  #isSettled = false;

  /** @param registry as references name it: `docker.io`, `registry.example:5000` */
  constructor(registry: string, hosts: HostPolicy) {
    this.#base = new URL(`https://${apiHost(registry)}/v2/`);
    this.#mayBePlain = hosts.mayBePlain(this.#base.host);
  }

  get base(): URL {
    return this.#base;
  }

  /** It answered: from now on its scheme is known. */
  settle(): void {
    this.#isSettled = true;
  }

  /** The host does not speak TLS. Whether it is asked in plain HTTP instead. */
  fallBack(): boolean {
    if (this.#base.protocol === "http:") return true;
    if (this.#isSettled || !this.#mayBePlain) return false;
    this.#base = new URL(this.#base.href.replace(/^https:/, "http:"));
    return true;
  }
}
