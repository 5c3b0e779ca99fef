import { connect } from "node:net";
import type { TrialConnection } from "../../../contract/trial-events.ts";

const TIMEOUT_MS = 500;

/**
 * Whether a connection is accepted at this address of the pod.
 *
 * @param closes `reset`: leaves nothing in TIME_WAIT that would block the port. `end`: like the kubelet's
 * probe, about which a server logs nothing
 */
export async function tryConnection(
  host: string,
  port: number,
  closes: "reset" | "end" = "reset",
): Promise<TrialConnection> {
  const { promise, resolve } = Promise.withResolvers<TrialConnection>();
  const socket = connect({ host, port, timeout: TIMEOUT_MS });
  socket.once("connect", () => resolve("open"));
  socket.once("timeout", () => resolve("silent"));
  socket.once("error", () => resolve("refused"));
  try {
    return await promise;
  } finally {
    if (closes === "reset") socket.resetAndDestroy();
    else socket.destroy();
  }
}
