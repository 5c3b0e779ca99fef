import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { Registries } from "../../net/registry/registries.ts";
import type { MirrorConnection } from "./mirror.ts";

export interface ConnectionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly insecureRegistries: readonly string[];
  readonly caFile?: string;
  readonly spool: string;
  /** Idle timeout; default: LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
}

/**
 * Connections to mirrors and registries, with the same certificates, proxies and credentials as for images.
 */
export function connectionOf({
  spool,
  ...options
}: ConnectionOptions): MirrorConnection & { close(): Promise<void> } {
  const http = createHttp(hostPolicy(options.insecureRegistries), options);
  const registries = new Registries(options);
  return {
    http,
    spool,
    signal: options.signal,
    client: (reference) => registries.client(reference),
    async close() {
      await Promise.all([http.close(), registries.close()]);
    },
  };
}
