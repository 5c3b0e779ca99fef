import { once } from "node:events";
import { createServer } from "node:net";
import type { DependencyPlan } from "../plan.ts";
import type { Peer } from "./dns-sink.ts";
import { dependencyAddress } from "./network.ts";

/** Opens the fake dependencies' ports: they take connections and say nothing. Gives the address of each name. */
export async function startDependencies(
  dependencies: readonly DependencyPlan[],
  onConnection: (
    to: { readonly dependency: string; readonly address: string; readonly port: number },
    from: Peer,
  ) => void,
): Promise<ReadonlyMap<string, string>> {
  for (const [index, { name, ports }] of dependencies.entries()) {
    const address = dependencyAddress(index);
    for (const port of ports) {
      const server = createServer((socket) => {
        const from: Peer = { protocol: "tcp", port: socket.remotePort ?? 0 };
        onConnection({ dependency: name, address, port }, from);
        socket.on("error", () => {}).resume();
      });
      server.maxConnections = 100;
      server.listen(port, address);
      await once(server, "listening");
    }
  }
  return new Map(dependencies.map(({ name }, index) => [name.toLowerCase(), dependencyAddress(index)]));
}
