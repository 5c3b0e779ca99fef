import { setTimeout as sleep } from "node:timers/promises";
import type { ServerProgram } from "./server-program.ts";
import { type StartedServer, startServer } from "./start-server.ts";
import { clearDeadServer, stopServer } from "./stop-server.ts";

/** Milliseconds between a failed start and the next. */
const AGAIN_MS = 1_000;

/** Server that is restarted whenever it ends without being stopped. */
export interface SupervisedServer {
  readonly host: string;
  readonly port: number;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server and restarts it when it dies (kill -9, out of memory); committed data are recovered.
 *
 * @param sockets folder of the server's socket, the same for every start
 * @throws UnavailableError postgresql-start, for the first start; later starts are repeated until one
 * succeeds
 */
export async function superviseServer(program: ServerProgram, sockets: string): Promise<SupervisedServer> {
  const { cluster } = program.folder;
  const stopping = new AbortController();
  let current: StartedServer | undefined = await startServer(program, sockets);
  const { port } = current;
  const supervision = (async () => {
    while (!stopping.signal.aborted) {
      await current?.ended;
      current = undefined;
      if (!stopping.signal.aborted) current = await restarted(program, sockets, stopping.signal);
    }
  })();
  return {
    host: sockets,
    port,
    pid: () => current?.pid,
    async stop() {
      stopping.abort();
      await stopServer(cluster);
      await supervision;
      // A start that was in progress has ended by now.
      await stopServer(cluster);
    },
  };
}

async function restarted(
  program: ServerProgram,
  sockets: string,
  signal: AbortSignal,
): Promise<StartedServer | undefined> {
  while (!signal.aborted) {
    try {
      await clearDeadServer(program.folder.cluster);
      return await startServer(program, sockets);
    } catch {
      await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  return undefined;
}
