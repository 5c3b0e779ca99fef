import { LIMITS } from "../../contract/limits.ts";
import type { ListenerEvent } from "../../contract/trial-events.ts";
import { DNS, POD } from "../plan/addresses.ts";
import type { EventLog } from "./event-log.ts";
import { type ContainerProcess, ProcessTree, socketOwners } from "./processes.ts";
import { readTable } from "./read-table.ts";
import { SentPackets } from "./sent-packets.ts";
import { tcpCounts } from "./socket-counts.ts";
import { type Endpoint, type SocketRow, socketRows } from "./socket-table.ts";

const POLL_MS = 20;
/** Longest interval between readings of TCP's tables: a socket may replace another between two polls. */
const READ_MS = 1_000;
const [LISTEN, SYN_SENT, UDP_UNCONNECTED] = ["0A", "02", "07"];
const DNS_PORT = 53;
/** Maximum number of readings of all tables for connections within the pod, which can be very many. */
const LOOKS = 50;

export interface Listener extends Endpoint {
  readonly protocol: ListenerEvent["protocol"];
}

/** A container whose sockets are observed. */
interface Followed {
  /** PID in the supervisor's namespace. */
  readonly pid: number;
  /** Declared ports. A listener on such a port without a known owner counts as the container's. */
  readonly ports: readonly number[];
  readonly log: EventLog;
}

/** Observed sockets of one container. */
export interface ContainerSockets {
  /** Listeners so far. */
  readonly listeners: readonly Listener[];
  /** Addresses of the pod on which something listens on this port now; TCP by default. */
  addressesOf(port: number, protocol?: Listener["protocol"]): readonly string[];
  /** Reads all tables. */
  look(): void;
  /** Checks at little cost: a table is read only if it may contain new entries. */
  poll(): void;
  leave(): void;
}

/** Polls the pod's sockets to find listeners and calls to addresses outside the pod. */
export class SocketsWatch {
  /** Addresses of the supervisor's own sockets. */
  readonly #ours: ReadonlySet<string>;
  readonly #timer: NodeJS.Timeout;
  readonly #followed = new Set<Following>();
  /** Inodes of listening sockets whose owner is known; the same address may later be another container's. */
  readonly #known = new Set<string>();
  /** Logs of all containers so far, including ended ones. */
  readonly #logs = new Set<EventLog>();
  /** Calls already reported for any container. */
  readonly #told = new Set<string>();
  readonly #sent = new SentPackets();
  /** Counters before the last reading of TCP's tables. */
  #counts: string | undefined;
  #readAt = 0;
  /** Connections within the pod that were closed. */
  #talks = 0;

  /** @param ours addresses where the supervisor listens, besides the pod's DNS */
  constructor(ours: readonly string[]) {
    this.#ours = new Set([DNS, ...ours]);
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
  }

  /** Registers a container that is about to start. */
  follow(container: Followed): ContainerSockets {
    const following = new Following(container);
    this.#followed.add(following);
    this.#logs.add(container.log);
    this.#counts = undefined;
    return {
      get listeners() {
        return [...following.listeners.values()];
      },
      addressesOf: (port, protocol = "tcp") => this.#addressesOf(port, protocol),
      look: () => this.#look(),
      poll: () => this.#poll(),
      leave: () => {
        this.#tellSent();
        this.#followed.delete(following);
      },
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #poll(): void {
    if (this.#followed.size === 0) return;
    const counts = tcpCounts();
    const isDue = performance.now() - this.#readAt >= READ_MS;
    if (isDue || counts === undefined || counts !== this.#counts) this.#look(counts);
    else this.#read(["udp"]);
  }

  /** @param counts counters read just before */
  #look(counts = tcpCounts()): void {
    this.#counts = counts;
    this.#readAt = performance.now();
    this.#read(["tcp", "udp"]);
  }

  #read(protocols: readonly Listener["protocol"][]): void {
    if (this.#followed.size === 0) return;
    const owners = new Owners(this.#followed);
    for (const protocol of protocols) {
      for (const row of this.#rows(protocol)) {
        if (calls(protocol, row)) this.#calling(protocol, row, owners);
        else if (listens(protocol, row)) this.#listening({ protocol, ...row.local }, row, owners);
      }
    }
  }

  /**
   * Handles a closed TCP socket of the pod that was connected or connecting; the socket no longer has an
   * owner.
   */
  closed(remote: Endpoint): void {
    if (this.#told.has(callKey("tcp", remote.address, remote.port))) return;
    if (this.#followed.size > 0) this.#calling("tcp", { remote, inode: "" }, new Owners(this.#followed));
  }

  /**
   * Handles a closed connection with data in both directions at this local address. A connection on the pod's
   * loopback was made by a container, or is a request recorded elsewhere.
   */
  talked({ address, port }: Endpoint): void {
    if (this.#followed.size < 2 || !(address.startsWith("127.") || address === "::1")) return;
    // The port may have been opened after the last look.
    if (this.#servingAt(port).length === 0 && this.#talks < LOOKS) this.#look();
    this.#talks += 1;
    const [only, ...others] = this.#servingAt(port);
    // Unless there is exactly one possible listener, the owner is unknown.
    if (only !== undefined && others.length === 0) only.log.observeOnce({ kind: "served", port });
  }

  /** Reports packets when a container ends; containers that ran since the last end may have sent them. */
  #tellSent(): void {
    const unsure = this.#followed.size > 1 ? ({ unsure: true } as const) : {};
    for (const address of this.#sent.next()) {
      if ([...this.#told].some((call) => call.startsWith(callKey("tcp", address)))) continue;
      for (const { log } of this.#followed) log.observeOnce({ kind: "sent", address, ...unsure });
    }
  }

  #servingAt(port: number): readonly Following[] {
    return [...this.#followed].filter(({ listeners }) => {
      return [...listeners.values()].some((one) => one.protocol === "tcp" && one.port === port);
    });
  }

  /** Logs of the containers that may have sent something from this port of the pod to the supervisor itself. */
  senders(protocol: Listener["protocol"], port: number): readonly EventLog[] {
    const owners = new Owners(this.#followed);
    const row = owners.onlyOne ? undefined : this.#rows(protocol).find(({ local }) => local.port === port);
    return owners.of(row?.inode, []).map(({ log }) => log);
  }

  /** Whether an address is the supervisor's own, or the port of a DNS client: neither is called by the application. */
  #isOurs({ address, port }: Endpoint): boolean {
    return this.#ours.has(address) && (address !== DNS || port === DNS_PORT || port >= EPHEMERAL);
  }

  #rows(protocol: Listener["protocol"]): readonly SocketRow[] {
    return [protocol, `${protocol}6`].flatMap((table) => {
      const text = readTable(`/proc/net/${table}`);
      if (text.length >= LIMITS.trialSocketTableBytes) tellLimit(this.#followed);
      return socketRows(text);
    });
  }

  #addressesOf(port: number, protocol: Listener["protocol"]): readonly string[] {
    const state = protocol === "tcp" ? LISTEN : UDP_UNCONNECTED;
    const rows = this.#rows(protocol).filter((row) => row.local.port === port && row.state === state);
    const addresses = rows.map(({ local }) => local.address).filter((address) => !this.#ours.has(address));
    return [...new Set(addresses)].toSorted();
  }

  #listening(listener: Listener, { inode }: SocketRow, owners: Owners): void {
    if (this.#ours.has(listener.address) || this.#known.has(inode)) return;
    if (this.#known.size >= LIMITS.trialOpenFiles) this.#known.clear();
    this.#known.add(inode);
    const key = `${listener.protocol} ${listener.address} ${listener.port}`;
    const holder = owners.holderOf(inode);
    const held = holder === undefined ? {} : { process: { pid: holder.innerPid, name: holder.name } };
    for (const { listeners, log } of owners.of(inode, [listener.port])) {
      if (listeners.has(key) || listeners.size > LIMITS.trialObservations) continue;
      listeners.set(key, listener);
      log.observe({ kind: "listener", ...listener, ...held });
    }
  }

  #calling(
    protocol: Listener["protocol"],
    { remote, inode }: Pick<SocketRow, "remote" | "inode">,
    owners: Owners,
  ): void {
    if (this.#isOurs(remote) || isOwn(remote.address)) return;
    const key = callKey(protocol, remote.address, remote.port);
    const callers = owners.of(inode, []);
    // A closed socket may have belonged to an ended container.
    const isUnsure = callers.length > 1 || (inode === "" && this.#logs.size > 1);
    if (callers.length > 0 && this.#told.size <= LIMITS.trialObservations) this.#told.add(key);
    // The owner of an ended process's socket is unknown; its call was reported before.
    if (callers.length > 1 && callers.some(({ called }) => called.has(key))) return;
    for (const { called, log } of callers) {
      if (called.has(key) || called.size > LIMITS.trialObservations) continue;
      called.add(key);
      log.observe({ kind: "connect", protocol, ...remote, ...(isUnsure ? { unsure: true } : {}) });
    }
  }
}

function callKey(protocol: Listener["protocol"], address: string, port?: number): string {
  return `${protocol} ${address} ${port ?? ""}`;
}

class Following {
  readonly pid: number;
  readonly ports: readonly number[];
  readonly log: EventLog;
  readonly listeners = new Map<string, Listener>();
  readonly called = new Set<string>();

  constructor({ pid, ports, log }: Followed) {
    this.pid = pid;
    this.ports = ports;
    this.log = log;
  }
}

/** Owners of sockets, determined on first use. */
class Owners {
  readonly #followed: readonly Following[];
  #processes: ProcessTree | undefined;
  #owners: ReadonlyMap<string, ContainerProcess> | undefined;

  constructor(followed: Iterable<Following>) {
    this.#followed = [...followed];
  }

  get onlyOne(): boolean {
    return this.#followed.length < 2;
  }

  /** Process that holds a socket; undefined if unknown. */
  holderOf(inode: string): ContainerProcess | undefined {
    this.#processes ??= new ProcessTree();
    this.#owners ??= this.#ownersAmong(this.#processes);
    return this.#owners.get(inode);
  }

  #ownersAmong({ all }: ProcessTree): ReadonlyMap<string, ContainerProcess> {
    const { owners, isCut } = socketOwners(all);
    if (isCut) tellLimit(this.#followed);
    return owners;
  }

  /** Containers that may own a socket; a single container if the owner is known. */
  of(inode: string | undefined, ports: readonly number[]): readonly Following[] {
    if (this.onlyOne) return this.#followed;
    const owner = this.#ownerOf(inode);
    if (owner !== undefined) return [owner];
    const declaring = this.#followed.filter((one) => one.ports.some((port) => ports.includes(port)));
    return declaring.length > 0 ? declaring : this.#followed;
  }

  #ownerOf(inode: string | undefined): Following | undefined {
    const holder = inode === undefined ? undefined : this.holderOf(inode);
    if (holder === undefined) return undefined;
    return this.#followed.find(({ pid }) => this.#processes?.isInside(holder, pid) === true);
  }
}

/** Records that not all sockets of the pod were examined. */
function tellLimit(followed: Iterable<Following>): void {
  for (const { log } of followed) log.observeOnce({ kind: "limit", what: "observations" });
}

function listens(protocol: Listener["protocol"], { state, local }: SocketRow): boolean {
  if (protocol === "tcp") return state === LISTEN;
  return state === UDP_UNCONNECTED && local.port < EPHEMERAL;
}

/** First port of ip_local_port_range: an unconnected UDP socket from there on is a client's. */
const EPHEMERAL = 32_768;

function calls(protocol: Listener["protocol"], { state, remote }: SocketRow): boolean {
  return protocol === "tcp" ? state === SYN_SENT : remote.port !== 0;
}

function isOwn(address: string): boolean {
  return address === POD.ipv4 || address === POD.ipv6 || address === "::1" || address.startsWith("127.");
}
