import { connect } from "node:net";
import type { TrialConnection } from "../../../contract/trial-events.ts";

const TIMEOUT_MS = 500;

/**
 * Whether a connection is taken at this address of the pod.
 *
 * @param closes `reset`: nothing is left in TIME_WAIT that keeps the port from being bound again. `end`: as
 *   the kubelet's probe does, of which a server has nothing to say
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
