import type { Socket } from "node:net";
import type { LogForm } from "../../contract/call-events.ts";
import { LIMITS } from "../../contract/limits.ts";
import { POD } from "../plan/addresses.ts";
import type { PodPlan } from "../plan/plan.ts";
import { SocketFolder } from "./dependency-sockets.ts";
import type { Peer } from "./dns-sink.ts";
import { joinSockets } from "./join-sockets.ts";
import { LOG_HEAD, logForm } from "./log-form.ts";
import { openPeerNetns } from "./peer-netns.ts";

/** Dependency and port that a connection reached. */
interface Reached {
  readonly dependency: string;
  readonly address: string;
  readonly port: number;
  readonly served?: true;
  readonly logs?: LogForm;
}

const MOST_SILENT = 100;

/**
 * Opens the ports of dependencies. Ports of a dependency with an image lead to its pod; ports of others
 * accept connections and never answer.
 *
 * @returns address of each name
 */
export async function startDependencies(
  { tools, dependencies, serves }: Pick<PodPlan, "tools" | "dependencies" | "serves">,
  onConnection: (to: Reached, from: Peer) => void,
): Promise<ReadonlyMap<string, string>> {
  const all = dependencies.flatMap(({ name, address, ports, forwards = [], sockets }) => {
    const folder = sockets === undefined ? undefined : new SocketFolder(sockets);
    const own = ports.map((port) => ({ port, to: port }));
    return [...own, ...forwards].map(({ port, to }) => ({ name, address, port, to, folder }));
  });
  const servers =
    all.length === 0 ? [] : await openPeerNetns(tools, all, serves === undefined ? ` src ${POD.ipv4}` : "");
  for (const [index, { name, address, port, to: target, folder }] of all.entries()) {
    const server = servers[index];
    if (server === undefined) continue;
    Object.assign(server, { allowHalfOpen: folder !== undefined });
    server.maxConnections = folder === undefined ? MOST_SILENT : LIMITS.trialConnections;
    server.on("connection", (socket) => {
      const from: Peer = { protocol: "tcp", port: socket.remotePort ?? 0 };
      const served = folder === undefined ? {} : { served: true as const };
      const to: Reached = { dependency: name, address, port, ...served };
      onConnection(to, from);
      watchLogs(socket, (logs) => onConnection({ ...to, logs }, from));
      if (folder === undefined) keepSilent(socket);
      else joinSockets(socket, folder.connect(target));
    });
  }
  return new Map(dependencies.map(({ name, address }) => [name.toLowerCase(), address]));
}

/** Reports once if a connection begins with log lines, and in which form; the bytes are not kept. */
function watchLogs(socket: Socket, onLogs: (form: LogForm) => void): void {
  let head = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk.subarray(0, LOG_HEAD - head.length)]);
    const form = logForm(head);
    if (form === undefined && head.length < LOG_HEAD) return;
    socket.off("data", look);
    if (form !== undefined) onLogs(form);
  };
  socket.on("data", look);
}

function keepSilent(socket: Socket): void {
  socket.on("error", () => {}).resume();
}
