import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { PodPlan } from "../plan/plan.ts";
import { mustRun } from "./command.ts";

/** A port of a dependency. */
export interface PeerPort {
  readonly address: string;
  readonly port: number;
}

interface FarPlan {
  readonly ip: string;
  readonly ports: readonly PeerPort[];
}

/** Argument that makes the supervisor's program the peer, not the supervisor. */
export const PEER_NETNS = "far-side";
/** Network of the pod; for a dependency, of the gateway before it. */
const NEAR_NETWORK = "10.88.0.0/24";
const [NEAR_LINK, FAR_LINK] = ["dep0", "far0"];

/**
 * Opens ports in a separate network namespace at the other end of the pod's veth pair. In the pod's own
 * namespace, the ports would conflict with an application that listens on every address with the same port. A
 * process creates the sockets there, passes them on, and ends; the namespace exists as long as the sockets.
 *
 * @param source source address of a route there
 */
export async function openPeerNetns(
  { ip, unshare }: Pick<PodPlan["tools"], "ip" | "unshare">,
  ports: readonly PeerPort[],
  source: string,
): Promise<readonly Server[]> {
  const program = process.argv[1] ?? "";
  const child = spawn(unshare, ["--net", process.execPath, program, PEER_NETNS], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    cwd: "/",
  });
  const words = new Words(child);
  try {
    await words.next();
    await mustRun(ip, ["-batch", "-"], {
      input: [
        `link add ${NEAR_LINK} type veth peer name ${FAR_LINK} netns ${child.pid}`,
        `link set ${NEAR_LINK} up`,
        ...addressesOf(ports).map((address) => `route add ${address}/32 dev ${NEAR_LINK}${source}`),
      ].join("\n"),
    });
    child.send({ ip, ports } satisfies FarPlan);
    const servers: Server[] = [];
    while (servers.length < ports.length) servers.push((await words.next()) as Server);
    return servers;
  } finally {
    child.kill("SIGKILL");
  }
}

/** Messages exchanged with the other process; each may carry a handle. */
class Words {
  readonly #said: unknown[] = [];
  readonly #ended: Promise<never>;
  #wake = (): void => {};

  constructor(child: ChildProcess) {
    child.on("message", (_, handle) => {
      this.#said.push(handle);
      this.#wake();
    });
    this.#ended = once(child, "exit").then(() => {
      throw new Error("the dependencies' network could not be set up");
    });
    this.#ended.catch(() => {});
  }

  async next(): Promise<unknown> {
    while (this.#said.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await Promise.race([promise, this.#ended]);
    }
    return this.#said.shift();
  }
}

/** Main function of the other process. */
export function listenInPeer(): void {
  process.once("message", (plan) => void listenAll(plan as FarPlan));
  process.send?.("started");
}

function addressesOf(ports: readonly PeerPort[]): readonly string[] {
  return [...new Set(ports.map(({ address }) => address))];
}

async function listenAll({ ip, ports }: FarPlan): Promise<void> {
  await mustRun(ip, ["-batch", "-"], {
    input: [
      "link set lo up",
      ...addressesOf(ports).map((address) => `addr add ${address}/32 dev ${FAR_LINK}`),
      `link set ${FAR_LINK} up`,
      `route add ${NEAR_NETWORK} dev ${FAR_LINK}`,
    ].join("\n"),
  });
  for (const { address, port } of ports) {
    const server = createServer().listen(port, address);
    await once(server, "listening");
    process.send?.({ address, port }, server);
  }
}
