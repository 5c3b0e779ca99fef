import type { ConnectEvent, DnsEvent, SentEvent } from "./call-events.ts";
import type { DatagramPortEvent } from "./datagram-port-event.ts";
import type { FileLockEvent } from "./file-lock-event.ts";
import type { LateProbeEvent } from "./late-probe-event.ts";
import type { LimitEvent } from "./limit-event.ts";
import type { PeerEvent } from "./peer-event.ts";
import type { RedirectionEnd } from "./redirection-end.ts";
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
  | LateProbeEvent
  | ExchangeEvent
  | ServedEvent
  | PeerEvent
  | HookEvent
  | ProcessEvent
  | ExitEvent
  | OutputEvent
  | WriteEvent
  | RereadEvent
  | OpenFileEvent
  | FileLockEvent
  | DnsEvent
  | ConnectEvent
  | SentEvent
  | LimitEvent
  | SkippedEvent
  | OtherContainerEvent;

/** A start that the runtime refused: a missing program, a forbidden working directory. */
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

/** A listening or unconnected socket, from /proc/net/{tcp,tcp6,udp,udp6}. */
export interface ListenerEvent {
  readonly kind: "listener";
  readonly protocol: "tcp" | "udp";
  /** Address of the socket: `0.0.0.0`, `::`, `127.0.0.1`, the pod's own… */
  readonly address: string;
  readonly port: number;
  /** Process with its program's name (15 characters); absent if unknown. */
  readonly process?: { readonly pid: number; readonly name: string };
}

export type TrialConnection = "open" | "refused" | "silent";

/** Connections to a declared or listening port from the pod's addresses, at the beginning of a phase. */
export interface PortEvent {
  readonly kind: "port";
  readonly port: number;
  readonly declared: boolean;
  readonly ipv4: TrialConnection;
  readonly ipv6: TrialConnection;
  readonly loopback: TrialConnection;
  /** Set if observed at the end of the phase, while the container still runs. */
  readonly end?: true;
  /** Addresses on which a TCP socket listened on the port at that time. */
  readonly on?: readonly string[];
}

/** An answer to GET on the pod's address. */
export interface HttpEvent {
  readonly kind: "http";
  readonly port: number;
  readonly path: string;
  /** `random`: a path that no application has. `home`: `/`. `discovery`: one of settings.triedPaths. */
  readonly why: "readiness" | "liveness" | "startup" | "discovery" | "random" | "home" | "warm-up";
  /** Address, if not the pod's IPv4 address: the port is open only on IPv6 or on 127.0.0.1. */
  readonly host?: "ipv6" | "loopback";
  readonly scheme: "http" | "https";
  /** Host header as sent: of a probe's httpHeaders, or of an Ingress; absent: address and port. */
  readonly sentHost?: string;
  readonly status?: number;
  readonly contentType?: string;
  /** Path of a redirection. */
  readonly location?: string;
  /**
   * End of the redirects that the kubelet follows, for a declared probe; absent if the kubelet follows none.
   */
  readonly redirected?: RedirectionEnd;
  /** Number of bytes read of the body. */
  readonly bytes?: number;
  /** SHA-256 of the body without the path, 16 hexadecimal digits, to compare with the random path's. */
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
  /** Target: a port, followed by the service for gRPC; or a command. */
  readonly target: string;
  readonly ok: boolean;
  /** Error: `refused`, `exit 1`; for gRPC `NOT_SERVING`, `UNIMPLEMENTED`, refused, timeout… */
  readonly error?: string;
}

/** Bytes sent to a port without HTTP, and whether an answer came. */
export interface ExchangeEvent {
  readonly kind: "exchange";
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** `hello`: text, or a DNS query if the port is open for UDP, too. `request`: of the settings. */
  readonly why: "hello" | "request";
  /** Number of the request in the settings, from 1; its bytes may be secret. */
  readonly number?: number;
  /** Whether an answer came; for a request, whether an answer with the expected bytes came. */
  readonly ok: boolean;
  /** Bytes of the answer. */
  readonly bytes: number;
  /** Set if the answer came before anything was sent. */
  readonly greeted?: true;
  /** Error: `timeout`, `closed`, `unexpected` (without the expected bytes), ECONNREFUSED… */
  readonly error?: string;
  readonly tookMs: number;
}

/** A hook of the container's lifecycle, as the kubelet performs it. */
export interface HookEvent {
  readonly kind: "hook";
  readonly hook: "postStart" | "preStop";
  readonly does: "exec" | "http" | "sleep";
  readonly ok: boolean;
  /** Error: `exit 1`, ECONNREFUSED, `timeout`, or `ended` if the container ended meanwhile. */
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
  /** Reason of the end: by `itself`, or as requested. */
  readonly by: "itself" | "kill" | "stop";
  /** Time since the start; after a stop or kill since the signal, which follows preStop. */
  readonly afterMs: number;
  readonly code?: number;
  /** Signal that ended the process: `SIGTERM`… */
  readonly signal?: string;
  /** Set if the container did not stop within the grace period and was killed. */
  readonly forced?: true;
  /** Whether the first process had a handler for the stop signal when it was stopped or killed. */
  readonly handled?: boolean;
  /** Forced stop: whether the signal had a handler at the end of the grace period. */
  readonly handledAtEnd?: boolean;
  /**
   * For a forced stop: during the grace period, the container waited for a processor used by other processes.
   */
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
  /** Bytes written until shortly after the last requests. */
  readonly after?: number;
  /** Bytes written before the stop signal. */
  readonly stopped?: number;
  /** Output without requests, between the first requests and their repetition; absent if there was none. */
  readonly idle?: string;
  /** Output from the repetition of the last requests to the stop signal; absent if there was none. */
  readonly work?: string;
  /** Whole lines of the output's beginning and end. */
  readonly sample: string;
  /** Set if the sample is not the whole output. */
  readonly cut?: true;
}

/** A change in a file system. */
export interface WriteEvent {
  readonly kind: "write";
  /** File system of the change: `/` for the root, otherwise the mount path: `/tmp`. */
  readonly area: string;
  /** Path in the container. */
  readonly path: string;
  readonly type: "file" | "directory" | "symlink" | "other";
  readonly change: "created" | "modified" | "deleted";
  /** Current size of the file. */
  readonly bytes: number;
  /** Growth since the previous observation; for a new file its size. */
  readonly grew: number;
  /** Whole lines of a text file's beginning. */
  readonly sample?: string;
  /** First bytes of a file that is not text, hexadecimal. */
  readonly magic?: string;
  /** Set if a file from an earlier phase, in a volume or on a kept root, was appended to. */
  readonly appended?: true;
  /** SHA-256 of a file's beginning or a link's target, 16 hex digits, to compare with a replica's. */
  readonly digest?: string;
  /** Permissions and owners (`644 10001:10001`), then a modification time (ms) outside this phase. */
  readonly attributes?: string;
  /** Set for growth of a file on a kept root after the first request. */
  readonly atWork?: true;
  /** Whole lines that were added while the last requests were repeated. */
  readonly added?: string;
  /** Set if another container of the pod may have written the file. */
  readonly unsure?: true;
}

/**
 * A file of a volume, or of a kept root, that the previous phase left and that this phase read before writing
 * to it. Later writes and removals do not matter.
 */
export interface RereadEvent {
  readonly kind: "reread";
  /** `symlink`: a link that was followed; `directory`: a folder that was listed; absent for a file. */
  readonly type?: "symlink" | "directory";
  /** Mount path of the file system; `/` for the root. */
  readonly area: string;
  readonly path: string;
  readonly bytes: number;
  /** Set if the file was written, replaced or removed afterwards. */
  readonly changed?: true;
  /** Set if the order of reading and writing is unknown, since the kernel records only the last times. */
  readonly unordered?: true;
  /** Set if the file was changed after the phase's first request, not only at the start. */
  readonly atWork?: true;
  /** Set if another container of the pod mounts the volume and may have read the file. */
  readonly unsure?: true;
}

/** A file without a name, deleted or never named, that a process of the container holds open. */
export interface OpenFileEvent {
  readonly kind: "open-file";
  /** Former path of the file, or the name of the memory (memfd_create). */
  readonly path: string;
  readonly memory?: true;
  readonly bytes: number;
  /** Growth since the first request. */
  readonly grew: number;
  /** Set for growth while the last requests were repeated. */
  readonly atWork?: true;
  readonly sample?: string;
}

/** Another container of the pod, on which this container may depend, was missing or not as expected. */
export interface OtherContainerEvent {
  readonly kind: "other-container";
  /** Name of the container. */
  readonly container: string;
  /** `absent`: not started in this phase. `moved`: listens only at the port in the replica's variable. */
  readonly was: "start-failed" | "exited" | "not-ready" | "absent" | "moved";
}

/** A part of the trial that was skipped. */
export interface SkippedEvent {
  readonly kind: "skipped";
  readonly what: "restart" | "stop" | "probes" | "replica";
  readonly because: "start-failed" | "exited" | "not-ready";
}
