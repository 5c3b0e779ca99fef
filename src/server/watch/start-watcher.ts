import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Lang } from "../../contract/text.ts";
import type { OpenOptions } from "../../image/open.ts";
import { kubeClient } from "../kube/client.ts";
import type { KubeConnection } from "../kube/connection.ts";
import { type LeaseTimes, leading } from "../kube/lease.ts";
import type { ListWatchTimes } from "../kube/list-watch.ts";
import { errorFields } from "../log.ts";
import type { Decision } from "../ports.ts";
import { EventWriter } from "./events.ts";
import { writeRefusal } from "./refusals.ts";
import { type ImageResolver, imageResolver } from "./resolve-image.ts";
import { type WatcherPorts, watchPods } from "./watcher.ts";

/** Name of the lease for which the watchers of all replicas compete. */
const LEASE = "douane-watcher";

export interface WatcherOptions {
  readonly connection: KubeConnection;
  readonly exempt: ReadonlySet<string>;
  readonly lang: Lang;
  /** Whether this replica may follow the pods. If false, the replica only writes the events of refusals. */
  readonly follows: boolean;
  /** Options for connecting to registries. */
  readonly registries: OpenOptions;
  /** Additional work of the replica that holds the lease; ends with its signal, and must not reject. */
  readonly alongside?: (events: EventWriter, signal: AbortSignal) => Promise<void>;
  readonly times?: { readonly lease?: LeaseTimes; readonly watch?: ListWatchTimes };
}

/** Watcher that runs, or waits for the lease. */
export interface RunningWatcher {
  /** Writes an event about a refused pod to its workload; other decisions are ignored. Never rejects. */
  decided(decision: Decision): Promise<void>;
  /** Stops the watcher and releases the lease. */
  stop(): Promise<void>;
}

/** Starts a watcher: only the replica that holds the lease follows the pods. */
export function startWatcher(
  { connection, exempt, lang, follows, registries, alongside, times = {} }: WatcherOptions,
  ports: Pick<WatcherPorts, "store" | "record" | "log" | "now">,
): RunningWatcher {
  const { store, log } = ports;
  const record = (decision: Decision) => ports.record(decision);
  const now = () => ports.now();
  const stop = new AbortController();
  const client = kubeClient(connection);
  const resolver = imageResolver(registries, (error) =>
    log("warn", "image not looked up", errorFields(error)),
  );
  const events = new EventWriter(client, now);
  const { watch, lease } = times;
  const settings = { exempt, lang, ...(watch === undefined ? {} : { times: watch }) };
  const identity = `${hostname()}_${randomUUID()}`;
  const follow = () =>
    leading(
      client,
      { lease: LEASE, identity },
      async (signal) => {
        const resolve: ImageResolver["resolve"] = (...image) => resolver.resolve(...image);
        const watching = watchPods(settings, { client, store, record, events, log, now, resolve }, signal);
        await Promise.all([watching, alongside?.(events, signal)]);
      },
      { signal: stop.signal, onError: (error) => log("warn", "lease not renewed", errorFields(error)) },
      lease,
    );
  const ended = follows ? follow() : undefined;
  return {
    async decided(decision) {
      try {
        await writeRefusal(decision, client, events, lang);
      } catch (error) {
        const { namespace, owner } = decision;
        log("warn", "event not written", { reason: "refused", namespace, owner, ...errorFields(error) });
      }
    },
    async stop() {
      stop.abort(new Error("the server stops"));
      await ended;
      await resolver.close();
      client.close();
    },
  };
}
