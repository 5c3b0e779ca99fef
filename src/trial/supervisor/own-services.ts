import { connect, type Socket } from "node:net";
import { POD } from "../plan/addresses.ts";
import type { OwnServicePlan, PodPlan } from "../plan/plan.ts";
import { joinSockets } from "./join-sockets.ts";

type Plan = Pick<PodPlan, "ownServices" | "namespace">;

/** Names of the Services that choose the pod itself, as its DNS resolves them. */
export class OwnServiceNames {
  readonly #addresses = new Map<string, OwnServicePlan>();
  readonly #searched = new Set<string>();

  constructor({ ownServices, namespace }: Plan) {
    const ofNamespace = `${namespace.toLowerCase()}.svc.cluster.local`;
    for (const service of ownServices) {
      const full = `${service.name}.${ofNamespace}`;
      this.#addresses.set(full, service);
      for (const short of shortNames(full)) {
        for (const suffix of shortNames(`.${ofNamespace}`)) this.#searched.add(`${short}${suffix}`);
      }
    }
  }

  /** Service with this full name; undefined if it chooses other pods, or does not exist. */
  serviceOf(name: string): OwnServicePlan | undefined {
    return this.#addresses.get(name);
  }

  /**
   * Whether a name is only looked up on the way to a Service's full name, by the search list of resolv.conf:
   * `web.shop.shop.svc.cluster.local` for `web.shop`.
   */
  isSearched(name: string): boolean {
    return this.#searched.has(name) && !this.#addresses.has(name);
  }
}

const ENDS = [/$/, /\.cluster\.local$/, /\.svc\.cluster\.local$/, /\.[^.]+\.svc\.cluster\.local$/];

/** Forms of a name with fewer and fewer labels of the cluster; of a suffix, the search list of resolv.conf. */
function shortNames(name: string): readonly string[] {
  if (!name.startsWith(".")) return ENDS.map((end) => name.replace(end, ""));
  const parts = name.slice(1).split(".");
  return parts.slice(0, 3).map((_, index) => `.${parts.slice(index).join(".")}`);
}

/**
 * Hands a connection to a Service on to the first of these ports of the pod that takes a connection.
 *
 * @param onJoined called when both ends are open
 */
export function connectToPod(
  client: Socket,
  [port, ...others]: readonly number[],
  onJoined: () => void,
): void {
  if (port === undefined) {
    client.resetAndDestroy();
    return;
  }
  const server = connect({ host: POD.ipv4, port, allowHalfOpen: true });
  const onError = (): void => connectToPod(client, others, onJoined);
  client.on("error", () => server.destroy());
  server.once("error", onError).once("connect", () => {
    server.off("error", onError);
    if (client.destroyed) {
      server.destroy();
      return;
    }
    joinSockets(client, server);
    onJoined();
  });
}
