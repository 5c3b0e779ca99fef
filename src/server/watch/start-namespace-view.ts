import { kubeClient } from "../kube/client.ts";
import type { KubeConnection } from "../kube/connection.ts";
import {
  type NamespaceView,
  type NamespaceViewPorts,
  type NamespaceViewSettings,
  viewNamespaces,
} from "./namespace-view.ts";

/** A view of namespaces with a connection of its own. */
export interface RunningNamespaceView {
  readonly view: NamespaceView;
  stop(): Promise<void>;
}

/** Every replica has its own view, since every replica decides. */
export function startNamespaceView(
  connection: KubeConnection,
  settings: NamespaceViewSettings,
  ports: Omit<NamespaceViewPorts, "client">,
): RunningNamespaceView {
  const stop = new AbortController();
  const client = kubeClient(connection);
  const { view, ended } = viewNamespaces(
    settings,
    { client, record: (decision) => ports.record(decision), log: ports.log, now: () => ports.now() },
    stop.signal,
  );
  return {
    view,
    async stop() {
      stop.abort(new Error("the server stops"));
      await ended;
      client.close();
    },
  };
}
