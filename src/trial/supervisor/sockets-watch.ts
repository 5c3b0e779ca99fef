import { closeSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import type { ListenerEvent } from "../../contract/trial-facts.ts";
import type { Journal } from "./journal.ts";
import { DNS, POD } from "./network.ts";
import { containerProcesses, socketOwners } from "./processes.ts";
import { type Endpoint, type SocketRow, socketRows } from "./socket-table.ts";

const POLL_MS = 20;
const [LISTEN, SYN_SENT, UDP_UNCONNECTED] = ["0A", "02", "07"];
const TABLES = ["tcp", "tcp6", "udp", "udp6"] as const;
const DNS_PORT = 53;

export interface Listener extends Endpoint {
  readonly protocol: ListenerEvent["protocol"];
}

/** Looks at the pod's sockets all the time: who listens, and who is called outside. */
export class SocketsWatch {
  readonly #journal: Journal;
  /** Of the supervisor's own sockets: addresses that no program of the container listens on. */
  readonly #ours: ReadonlySet<string>;
  readonly #timer: NodeJS.Timeout;
  #listeners = new Map<string, Listener>();
  #called = new Set<string>();

  constructor(journal: Journal, dependencies: Iterable<string>) {
    this.#journal = journal;
    this.#ours = new Set([DNS, ...dependencies]);
    this.#timer = setInterval(() => this.look(), POLL_MS);
  }

  /** Of the running container, by now. */
  get listeners(): readonly Listener[] {
    return [...this.#listeners.values()];
  }

  /** A new container starts: what listens is new, too. */
  reset(): void {
    this.#listeners = new Map();
    this.#called = new Set();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  look(): void {
    const fresh: { readonly listener: Listener; readonly inode: string }[] = [];
    for (const table of TABLES) {
      const protocol = table.startsWith("tcp") ? "tcp" : "udp";
      const text = readTable(`/proc/net/${table}`);
      if (text.length >= buffer.length) this.#journal.observeOnce({ kind: "limit", what: "observations" });
      for (const row of socketRows(text)) {
        if (calls(protocol, row)) this.#calling(protocol, row);
        else if (listens(protocol, row) && this.#isNew({ protocol, ...row.local })) {
          fresh.push({ listener: { protocol, ...row.local }, inode: row.inode });
        }
      }
    }
    if (fresh.length === 0) return;
    const owners = socketOwners(containerProcesses());
    for (const { listener, inode } of fresh) {
      const owner = owners.get(inode);
      const held = owner === undefined ? {} : { process: { pid: owner.innerPid, name: owner.name } };
      this.#journal.observe({ kind: "listener", ...listener, ...held });
    }
  }

  #isNew(listener: Listener): boolean {
    const { protocol, address, port } = listener;
    const key = `${protocol} ${address} ${port}`;
    if (this.#listeners.has(key) || this.#ours.has(address)) return false;
    if (this.#listeners.size > LIMITS.trialObservations) return false;
    this.#listeners.set(key, listener);
    return true;
  }

  #calling(protocol: Listener["protocol"], { remote }: SocketRow): void {
    if (this.#ours.has(remote.address) || isOwn(remote.address)) return;
    const key = `${protocol} ${remote.address} ${remote.port}`;
    if (this.#called.has(key) || this.#called.size > LIMITS.trialObservations) return;
    this.#called.add(key);
    this.#journal.observe({ kind: "connect", protocol, ...remote });
  }
}

function listens(protocol: Listener["protocol"], { state, local }: SocketRow): boolean {
  if (protocol === "tcp") return state === LISTEN;
  return state === UDP_UNCONNECTED && local.port !== DNS_PORT && local.port < EPHEMERAL;
}

/** net.ipv4.ip_local_port_range begins here: unconnected UDP on a port of the kernel's choice is a client's. */
const EPHEMERAL = 32_768;

function calls(protocol: Listener["protocol"], { state, remote }: SocketRow): boolean {
  return protocol === "tcp" ? state === SYN_SENT : remote.port !== 0;
}

function isOwn(address: string): boolean {
  return address === POD.ipv4 || address === POD.ipv6 || address === "::1" || address.startsWith("127.");
}

const buffer = Buffer.allocUnsafe(LIMITS.trialSocketTableBytes);

/** The beginning of a table: a program can open a great many sockets. */
function readTable(path: string): string {
  let length = 0;
  try {
    const fd = openSync(path, "r");
    try {
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = readSync(fd, buffer, length, buffer.length - length, null);
      }
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
  return buffer.toString("latin1", 0, length);
}
