import { connect } from "node:net";
import type { TrialConnection } from "../../../contract/trial-events.ts";

const TIMEOUT_MS = 500;

/** Whether a connection is taken at this address of the pod. */
export async function tryConnection(host: string, port: number): Promise<TrialConnection> {
  const { promise, resolve } = Promise.withResolvers<TrialConnection>();
  const socket = connect({ host, port, timeout: TIMEOUT_MS });
  socket.once("connect", () => resolve("open"));
  socket.once("timeout", () => resolve("silent"));
  socket.once("error", () => resolve("refused"));
  try {
    return await promise;
  } finally {
    // Without a FIN nothing is left in TIME_WAIT that keeps the port from being bound again.
    socket.resetAndDestroy();
  }
}
