import type { ConnectEvent, SentEvent } from "./call-events.ts";
import type { DatagramPortEvent } from "./datagram-port-event.ts";
import type { RepeatedEvent } from "./repeated-event.ts";
import type { ServedEvent } from "./served-event.ts";

/** Observations of a container during a trial: see TrialFacts. Text of the container is cut. */
export type TrialEvent =
  | StartFailedEvent
  | ReadyEvent
  | ListenerEvent
  | PortEvent
  | DatagramPortEvent
  | HttpEvent
  | RepeatedEvent
  | ProbeEvent
  | ExchangeEvent
  | ServedEvent
  | HookEvent
  | ProcessEvent
  | ExitEvent
  | OutputEvent
  | WriteEvent
  | RereadEvent
  | OpenFileEvent
  | DnsEvent
  | ConnectEvent
  | SentEvent
  | LimitEvent
  | SkippedEvent
  | OtherContainerEvent;

/** The runtime could not start it: no such program, a working directory that is not allowed. */
interface StartFailedEvent {
  readonly kind: "start-failed";
  readonly message: string;
}

/** The wait for the start is over. */
export interface ReadyEvent {
  readonly kind: "ready";
  /** Indicator of readiness: a declared probe, a declared port, any listener, or nothing in time. */
  readonly by: "probe" | "port" | "listener" | "nothing";
  /** Time since the container's start. */
  readonly afterMs: number;
}

/** A socket that waits for others: /proc/net/{tcp,tcp6,udp,udp6}. */
export interface ListenerEvent {
  readonly kind: "listener";
  readonly protocol: "tcp" | "udp";
  /** `0.0.0.0`, `::`, `127.0.0.1`, the pod's own… */
  readonly address: string;
  readonly port: number;
  /** Process with its program's name (15 characters); absent if unknown. */
  readonly process?: { readonly pid: number; readonly name: string };
}

export type TrialConnection = "open" | "refused" | "silent";

/** Connecting to a port, declared or listened on, from the pod's addresses, at the beginning of a phase. */
export interface PortEvent {
  readonly kind: "port";
  readonly port: number;
  readonly declared: boolean;
  readonly ipv4: TrialConnection;
  readonly ipv6: TrialConnection;
  readonly loopback: TrialConnection;
  /** Observed at the end of the phase, while the container still runs. */
  readonly end?: true;
  /** Addresses on which something listened there for TCP at that time. */
  readonly on?: readonly string[];
}

/** An answer to GET on the pod's address. */
export interface HttpEvent {
  readonly kind: "http";
  readonly port: number;
  readonly path: string;
  /** `random`: a path that no application has. `home`: `/`. `discovery`: one of settings.triedPaths. */
  readonly why: "readiness" | "liveness" | "startup" | "discovery" | "random" | "home" | "warm-up";
  /** Asked on the pod's IPv6 address, or on 127.0.0.1, where alone the port is open; absent: on its IPv4 address. */
  readonly host?: "ipv6" | "loopback";
  readonly scheme: "http" | "https";
  readonly status?: number;
  readonly contentType?: string;
  /** The path of a redirection. */
  readonly location?: string;
  /** Bytes of the body that were read. */
  readonly bytes?: number;
  /** SHA-256 of the body's beginning without the asked path, 16 hexadecimal digits: compare with that of the random path. */
  readonly body?: string;
  /** Error instead of an HTTP answer: ECONNREFUSED, HPE_INVALID_CONSTANT, timeout… */
  readonly error?: string;
  readonly tookMs: number;
}

/** A declared probe that is not HTTP. */
export interface ProbeEvent {
  readonly kind: "probe";
  readonly why: "readiness" | "liveness" | "startup";
  readonly does: "tcp" | "grpc" | "exec";
  /** A port, of gRPC with the service after it; a command. */
  readonly target: string;
  readonly ok: boolean;
  /** `refused`, `exit 1`; of gRPC `NOT_SERVING`, `UNIMPLEMENTED`, refused, timeout… */
  readonly error?: string;
}

/** Bytes sent to a port that speaks no HTTP, and whether an answer came. */
export interface ExchangeEvent {
  readonly kind: "exchange";
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** `hello`: a line of text, or a DNS query where the port is open for UDP, too. `request`: of the settings. */
  readonly why: "hello" | "request";
  /** Number of the request in the settings, from 1; its bytes may be secret. */
  readonly number?: number;
  /** An answer came; of a request, with the bytes that it expects. */
  readonly ok: boolean;
  /** Bytes of the answer. */
  readonly bytes: number;
  /** The answer came before anything was sent. */
  readonly greeted?: true;
  /** `timeout`, `closed`, `unexpected`: an answer without the expected bytes; ECONNREFUSED… */
  readonly error?: string;
  readonly tookMs: number;
}

/** A hook of the container's lifecycle, as the kubelet performs it. */
export interface HookEvent {
  readonly kind: "hook";
  readonly hook: "postStart" | "preStop";
  readonly does: "exec" | "http" | "sleep";
  readonly ok: boolean;
  /** `exit 1`, ECONNREFUSED, `timeout`: it did not end in time, `ended`: the container ended meanwhile. */
  readonly error?: string;
  readonly tookMs: number;
}

/** A process of the container once it is ready. */
interface ProcessEvent {
  readonly kind: "process";
  /** PID in the container. */
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  readonly command: string;
}

/** The container's first process ended. */
export interface ExitEvent {
  readonly kind: "exit";
  /** `itself`, or the requested way. */
  readonly by: "itself" | "kill" | "stop";
  /** Time since the start; after a stop or kill since the signal, which follows preStop. */
  readonly afterMs: number;
  readonly code?: number;
  /** `SIGTERM`… when a signal ended it. */
  readonly signal?: string;
  /** Asked to stop, it had not within the grace period and was killed. */
  readonly forced?: true;
  /** The first process had a handler for the stop signal, or waited for it, when it was asked to stop, or killed. */
  readonly handled?: boolean;
  /** Forced stop: whether the signal had a handler at the end of the grace period. */
  readonly handledAtEnd?: boolean;
  /** Forced stop: during the grace period, the container waited for a processor used by others. */
  readonly starved?: true;
  readonly outOfMemory?: true;
}

/** Output on stdout or stderr in a phase. */
export interface OutputEvent {
  readonly kind: "output";
  readonly stream: "stdout" | "stderr";
  readonly bytes: number;
  /** Bytes written before the last requests, after the start. */
  readonly before?: number;
  /** Bytes written until shortly after these. */
  readonly after?: number;
  /** Written before it was asked to stop. */
  readonly stopped?: number;
  /** Whole lines of its beginning and end. */
  readonly sample: string;
  /** The sample is not the whole output. */
  readonly cut?: true;
}

/** A change in a file system. */
export interface WriteEvent {
  readonly kind: "write";
  /** `/`: the root file system; else the path of the mount: `/tmp`. */
  readonly area: string;
  /** Path in the container. */
  readonly path: string;
  readonly type: "file" | "directory" | "symlink" | "other";
  readonly change: "created" | "modified" | "deleted";
  /** Current size of the file. */
  readonly bytes: number;
  /** Growth since the previous observation; for a new file its size. */
  readonly grew: number;
  /** Whole lines of the beginning of a text. */
  readonly sample?: string;
  /** First bytes of a file that is not text, hexadecimal. */
  readonly magic?: string;
  /** The same file as before this phase, in a volume or on a kept root, with appended content. */
  readonly appended?: true;
  /** SHA-256 of its beginning, or of where a link leads, 16 hexadecimal digits, to compare with a replica's. */
  readonly digest?: string;
  /**
   * In a volume, other attributes: permissions and owners (`644 10001:10001`), then a modification time in
   * milliseconds outside this phase.
   */
  readonly attributes?: string;
  /** Growth of a file on a kept root after the first request. */
  readonly atWork?: true;
  /** Whole lines that were added to it, or a new file's, while the last requests were repeated. */
  readonly added?: string;
  /** Another container of the pod may have written it. */
  readonly unsure?: true;
}

/** A file of a volume, or of a kept root, that the phase before had left, and that was read in this one before anything was written to it: also one that was replaced or removed then. */
export interface RereadEvent {
  readonly kind: "reread";
  /** `symlink`: a link that was followed or read; `directory`: one that was listed while it still held names of the phase before; absent: a file. Both only in volumes. */
  readonly type?: "symlink" | "directory";
  /** The path of the mount; `/`: the root. */
  readonly area: string;
  readonly path: string;
  readonly bytes: number;
  /** Written, replaced or removed afterwards. */
  readonly changed?: true;
  /** Whether it was read or written first is open: of each, the kernel keeps the last time, by ticks of its clock. */
  readonly unordered?: true;
  /** Another container of the pod mounts it and may have read it. */
  readonly unsure?: true;
}

/** A file that has no name any more, or never had one, and that a process of the container holds open. */
export interface OpenFileEvent {
  readonly kind: "open-file";
  /** Former path of the file, or the name of the memory (memfd_create). */
  readonly path: string;
  readonly memory?: true;
  readonly bytes: number;
  /** Growth since the first request. */
  readonly grew: number;
  /** Growth while the last requests were repeated. */
  readonly atWork?: true;
  readonly sample?: string;
}

interface DnsEvent {
  readonly kind: "dns";
  /** Name as requested, in lower case, without the final dot. */
  readonly name: string;
  /** `A`, `AAAA`, `SRV`, or the type's number. */
  readonly type: string;
  /** A dependency answers to this name. */
  readonly answered: boolean;
}

/** Another container of the pod, on which this one may depend, was missing or not as expected. */
export interface OtherContainerEvent {
  readonly kind: "other-container";
  /** Name of the container. */
  readonly container: string;
  /** `absent`: not started in this phase. `moved`: it listens only at the port in the replica's variable. */
  readonly was: "start-failed" | "exited" | "not-ready" | "absent" | "moved";
}

/** A bound of the trial was hit, so that there is more than was seen. `processor`: the machine kept the container waiting, so that times show nothing. */
export interface LimitEvent {
  readonly kind: "limit";
  readonly what:
    | "output-rate"
    | "processes"
    | "memory"
    | "writes"
    | "observations"
    | "open-files"
    | "deadline"
    | "processor";
}

/** A part of the trial that was left out. */
export interface SkippedEvent {
  readonly kind: "skipped";
  readonly what: "restart" | "stop" | "probes" | "replica";
  readonly because: "start-failed" | "exited" | "not-ready";
}
