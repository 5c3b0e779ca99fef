import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Tools } from "../plan/plan.ts";
import type { Endpoint } from "./socket-table.ts";

/** Maximum number of lines read, two per socket: a program that closes more sockets does so on purpose. */
const MOST = 100_000;
/**
 * Remote address in the fifth column, if the kernel still knows the address: `UNCONN 0 1 10.88.0.2:49144
 * [::ffff:10.1.2.3]:5432`.
 */
const REMOTE = /^\S+\s+\d+\s+\d+\s+\S+\s+(?:\[(?:::ffff:)?([\da-f.:]+)\]|([\d.]+)):(\d+)\s*$/;

const LOCAL = /^\S+\s+\d+\s+\d+\s+(?:\[(?:::ffff:)?([\da-f.:]+)\]|([\d.]+)):(\d+)\s/;
/** Byte counts in the socket's tcp_info; the end of the peer's stream counts as one byte received. */
const [SENT, RECEIVED] = [/\bbytes_sent:(\d+)/, /\bbytes_received:(\d+)/];

/** Local address of the socket in a line. */
export function localOf(line: string): Endpoint | undefined {
  const [, six, four, port = ""] = LOCAL.exec(line) ?? [];
  const address = six ?? four;
  return address === undefined ? undefined : { address, port: Number(port) };
}

/** Whether bytes were sent and received, by the line of the socket's numbers. */
export function wentBothWays(line: string): boolean {
  return Number(SENT.exec(line)?.[1] ?? 0) > 0 && Number(RECEIVED.exec(line)?.[1] ?? 0) > 1;
}

/** Remote address of the socket in a line; undefined if the line shows none. */
export function remoteOf(line: string): Endpoint | undefined {
  const [, six, four, port = ""] = REMOTE.exec(line) ?? [];
  const address = six ?? four;
  return address === undefined ? undefined : { address, port: Number(port) };
}

/**
 * Reports each TCP socket of the pod when it is closed, however short-lived: the tables of /proc hardly ever
 * show a connection that is closed at once. The kernel reports closed sockets to listeners (sock_diag), which
 * ss supports and Node does not. Undefined without ss or kernel support: then only the tables are read.
 */
export function followClosed(
  { ss, stdbuf }: Pick<Tools, "ss" | "stdbuf">,
  onClosed: (remote: Endpoint) => void,
  onTalked: (local: Endpoint) => void = () => {},
): { stop(): void } | undefined {
  if (ss === undefined || stdbuf === undefined) return undefined;
  const child = spawn(stdbuf, ["-oL", ss, "--events", "--tcp", "--numeric", "--no-header", "--info"], {
    stdio: ["ignore", "pipe", "ignore"],
    cwd: "/",
  });
  child.on("error", () => {});
  let read = 0;
  let local: Endpoint | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    read += 1;
    if (read > MOST) child.kill("SIGKILL");
    if (line.startsWith("\t")) {
      if (local !== undefined && read <= MOST && wentBothWays(line)) onTalked(local);
      return;
    }
    local = localOf(line);
    const remote = remoteOf(line);
    if (remote !== undefined && read <= MOST) onClosed(remote);
  });
  return { stop: () => void child.kill("SIGKILL") };
}
