import type { Socket } from "node:net";
import type { LogForm } from "../../contract/call-events.ts";
import { LIMITS } from "../../contract/limits.ts";
import { POD } from "../plan/addresses.ts";
import type { DependencyPlan, OwnServicePlan, PodPlan } from "../plan/plan.ts";
import { SocketFolder } from "./dependency-sockets.ts";
import type { Peer } from "./dns-sink.ts";
import { joinSockets } from "./join-sockets.ts";
import { LOG_HEAD, logForm } from "./log-form.ts";
import { connectToPod } from "./own-services.ts";
import { openPeerNetns } from "./peer-netns.ts";

/** Dependency, or Service of the pod itself, and port that a connection reached. */
interface Reached {
  readonly dependency: string;
  readonly address: string;
  readonly port: number;
  readonly served?: true;
  readonly own?: true;
  readonly logs?: LogForm;
}

/** A port on which the supervisor listens, and how it handles connections. */
interface Endpoint extends Pick<Reached, "address" | "port"> {
  readonly allowHalfOpen: boolean;
  readonly maxConnections: number;
  /** Place that a connection reaches now. */
  readonly reached: () => Reached;
  /**
   * Handles a connection.
   *
   * @param onJoined called when what the socket receives is handed on, and may be read besides
   */
  readonly join: (socket: Socket, to: Reached, onJoined: () => void) => void;
}

const MOST_SILENT = 100;

/**
 * Opens the ports of dependencies, and of Services that choose the pod itself. Ports of a dependency with an
 * image lead to its pod; ports of others accept connections and never answer. A Service leads to the pod once
 * the pod is ready.
 *
 * @returns address of each dependency's name
 */
export async function startDependencies(
  plan: Pick<PodPlan, "tools" | "dependencies" | "serves" | "ownServices">,
  { isReady }: { readonly isReady: () => boolean },
  onConnection: (to: Reached, from: Peer) => void,
): Promise<ReadonlyMap<string, string>> {
  const { tools, dependencies, serves, ownServices } = plan;
  const all = [
    ...dependencies.flatMap(endpointsOf),
    ...ownServices.flatMap((service) => ownEndpoints(service, isReady)),
  ];
  const servers =
    all.length === 0 ? [] : await openPeerNetns(tools, all, serves === undefined ? ` src ${POD.ipv4}` : "");
  for (const [index, { allowHalfOpen, maxConnections, reached, join }] of all.entries()) {
    const server = servers[index];
    if (server === undefined) continue;
    Object.assign(server, { allowHalfOpen });
    server.maxConnections = maxConnections;
    server.on("connection", (socket) => {
      const from: Peer = { protocol: "tcp", port: socket.remotePort ?? 0 };
      const to = reached();
      onConnection(to, from);
      join(socket, to, () => watchLogs(socket, (logs) => onConnection({ ...to, logs }, from)));
    });
  }
  return new Map(dependencies.map(({ name, address }) => [name.toLowerCase(), address]));
}

function endpointsOf({ name, address, ports, forwards = [], sockets }: DependencyPlan): readonly Endpoint[] {
  const folder = sockets === undefined ? undefined : new SocketFolder(sockets);
  const own = ports.map((port) => ({ port, to: port }));
  const served = folder === undefined ? {} : { served: true as const };
  return [...own, ...forwards].map(({ port, to }) => ({
    address,
    port,
    allowHalfOpen: folder !== undefined,
    maxConnections: folder === undefined ? MOST_SILENT : LIMITS.trialConnections,
    reached: () => ({ dependency: name, address, port, ...served }),
    join: (socket, _, onJoined) => {
      if (folder === undefined) keepSilent(socket);
      else joinSockets(socket, folder.connect(to));
      onJoined();
    },
  }));
}

function ownEndpoints(
  { name, address, ports, publishesUnready }: OwnServicePlan,
  isReady: () => boolean,
): readonly Endpoint[] {
  if (address === undefined) return [];
  return ports.map(({ port, to }) => ({
    address,
    port,
    allowHalfOpen: true,
    maxConnections: LIMITS.trialConnections,
    reached: () => {
      const isOpen = publishesUnready === true || isReady();
      return { dependency: name, address, port, own: true, ...(isOpen ? { served: true as const } : {}) };
    },
    join: (socket, { served }, onJoined) => connectToPod(socket, served === true ? to : [], onJoined),
  }));
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
