import { constants, openSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { SocketsPlan } from "../plan/plan.ts";

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;

/**
 * A dependency's sockets by port, under a short path: a socket's path is limited to 107 bytes, which the
 * folder alone may exceed.
 */
export class SocketFolder {
  readonly #folder: string;
  readonly #prefix: string;

  constructor({ directory, prefix }: SocketsPlan) {
    const fd = openSync(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    this.#folder = `/proc/self/fd/${fd}`;
    this.#prefix = prefix;
  }

  path(port: number): string {
    return `${this.#folder}/${this.#prefix}${port}`;
  }

  connect(port: number): Socket {
    return connect({ path: this.path(port), allowHalfOpen: true });
  }
}
