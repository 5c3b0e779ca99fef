// SOCKS5: RFC 1928, with the user and password of RFC 1929.

import type { Socket } from "node:net";
import { type Connect, type Endpoint, tunnelEnd } from "./connect.ts";
import type { Proxy } from "./proxies.ts";
import { ProxyError, type ProxyProblem } from "./proxy-error.ts";
import { NoAnswerError } from "./transport.ts";

const VERSION = 5;
const NO_CREDENTIALS = 0;
const PASSWORD = 2;
const CONNECT = 1;
const IPV4 = 1;
const NAME = 3;
const IPV6 = 4;

/** Problems by the proxy's reply: RFC 1928, section 6. */
const REPLIES: readonly (readonly [problem: ProxyProblem, name: string])[] = [
  ["failed", "SOCKS 1: general failure"],
  ["refused", "SOCKS 2: not allowed by ruleset"],
  ["failed", "SOCKS 3: network unreachable"],
  ["failed", "SOCKS 4: host unreachable"],
  ["failed", "SOCKS 5: connection refused"],
  ["failed", "SOCKS 6: TTL expired"],
  ["answer", "SOCKS 7: command not supported"],
  ["answer", "SOCKS 8: address type not supported"],
];

/** Asks a proxy for a connection to a host, whose name the proxy resolves. */
export function socksTunnel(
  socket: Socket,
  proxy: Proxy,
  endpoint: Endpoint,
  timeout: number,
  callback: Parameters<Connect>[1],
): void {
  const timer = setTimeout(() => socket.destroy(new NoAnswerError("the proxy does not answer")), timeout);
  const over = tunnelEnd(socket, timer, callback);
  void negotiate(socket, proxy, endpoint).then(() => over(null), over);
}

async function negotiate(socket: Socket, proxy: Proxy, { host, port }: Endpoint): Promise<void> {
  const { username, password } = proxy;
  const reader = exactReader(socket, proxy);
  const read = (length: number) => reader.read(length);
  const offered = username === "" ? NO_CREDENTIALS : PASSWORD;
  socket.write(Uint8Array.of(VERSION, 1, offered));
  const [version, method] = await read(2);
  if (version !== VERSION) throw new ProxyError("answer", proxy, `SOCKS ${version ?? "?"}`);
  if (method !== offered) throw new ProxyError("credentials", proxy, `SOCKS method ${method ?? "?"}`);
  if (offered === PASSWORD) {
    socket.write(Buffer.concat([Uint8Array.of(1), counted(username), counted(password)]));
    const [, status] = await read(2);
    if (status !== 0) throw new ProxyError("credentials", proxy, `SOCKS status ${status ?? "?"}`);
  }
  const address = Buffer.concat([Uint8Array.of(VERSION, CONNECT, 0, NAME), counted(host)]);
  socket.write(Buffer.concat([address, Uint8Array.of(port >> 8, port & 255)]));
  const [, reply = 0, , type] = await read(4);
  if (reply !== 0) {
    const [problem, seen] = REPLIES[reply - 1] ?? ["failed", `SOCKS ${reply}`];
    throw new ProxyError(problem, proxy, seen);
  }
  await read((await addressLength(type, read)) + 2);
  reader.release();
}

/** Length of the address in a reply, which is not used. */
async function addressLength(
  type: number | undefined,
  read: (length: number) => Promise<Buffer>,
): Promise<number> {
  if (type === IPV4) return 4;
  if (type === IPV6) return 16;
  const [length = 0] = await read(1);
  return length;
}

/** Text of at most 255 bytes with its length. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}

/** Reads parts of exact lengths. */
interface ExactReader {
  read(length: number): Promise<Buffer>;
  /** Gives the socket back. @throws ProxyError if there are bytes that nobody read */
  release(): void;
}

/** Reads a socket's data in flowing mode, so that its next reader goes on in the same way. */
function exactReader(socket: Socket, proxy: Proxy): ExactReader {
  let bytes = Buffer.alloc(0);
  let wake = () => {};
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    wake();
  };
  const onEnd = () => wake();
  socket.on("data", onData).on("end", onEnd).on("close", onEnd);
  return {
    async read(length) {
      while (bytes.length < length) {
        if (socket.readableEnded || socket.destroyed) {
          if (socket.errored instanceof NoAnswerError)
            throw new ProxyError("unreachable", proxy, socket.errored.code);
          throw new ProxyError("answer", proxy, "SOCKS: closed");
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const part = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      return part;
    },
    release() {
      socket.off("data", onData).off("end", onEnd).off("close", onEnd);
      if (bytes.length > 0) throw new ProxyError("answer", proxy, "SOCKS: more bytes than its reply");
    },
  };
}
