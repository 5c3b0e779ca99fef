import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { LIMITS } from "../../../contract/limits.ts";

/** Bytes to send, and the timeout for each part. */
export interface Sending {
  readonly host: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly send: Buffer;
  /** Milliseconds for which a TCP server may send first. */
  readonly greetingMs: number;
  readonly timeoutMs: number;
  /** Whether the bytes received so far suffice. */
  readonly isEnough: (answer: Buffer) => boolean;
}

export interface Received {
  readonly answer: Buffer;
  readonly greeted: boolean;
  /** Reason why no more was received; absent if the answer sufficed. */
  readonly error?: string;
}

/** Sends bytes to a port and receives up to LIMITS.trialExchangeBytes. */
export async function exchangeBytes(sending: Sending): Promise<Received> {
  return sending.protocol === "udp" ? exchangeDatagrams(sending) : exchangeStream(sending);
}

async function exchangeStream(sending: Sending): Promise<Received> {
  const { host, port, send, greetingMs, timeoutMs, isEnough } = sending;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const answer = new Answer();
  let greeted = false;
  let hasSent = false;
  const socket = connect({ host, port });
  const greeting = setTimeout(() => {
    greeted = answer.bytes.length > 0;
    hasSent = true;
    if (send.length > 0) socket.write(send);
  }, greetingMs);
  const over = setTimeout(() => resolve("timeout"), timeoutMs);
  socket.on("data", (chunk) => {
    answer.add(chunk);
    if (isEnough(answer.bytes)) resolve(undefined);
  });
  socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
  socket.once("close", () => resolve("closed"));
  const error = await promise;
  clearTimeout(greeting);
  clearTimeout(over);
  socket.destroy();
  const spokeFirst = greeted || (!hasSent && answer.bytes.length > 0);
  return { answer: answer.bytes, greeted: spokeFirst, ...(error === undefined ? {} : { error }) };
}

async function exchangeDatagrams(sending: Sending): Promise<Received> {
  const { host, port, send, timeoutMs, isEnough } = sending;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const answer = new Answer();
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  const over = setTimeout(() => resolve("timeout"), timeoutMs);
  socket.on("message", (chunk) => {
    answer.add(chunk);
    if (isEnough(answer.bytes)) resolve(undefined);
  });
  socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
  // A connected UDP socket gets an error if nothing listens.
  socket.connect(port, host, () => socket.send(send));
  const error = await promise;
  clearTimeout(over);
  socket.close();
  return { answer: answer.bytes, greeted: false, ...(error === undefined ? {} : { error }) };
}

class Answer {
  #bytes = Buffer.alloc(0);

  get bytes(): Buffer {
    return this.#bytes;
  }

  add(chunk: Buffer): void {
    if (this.#bytes.length >= LIMITS.trialExchangeBytes) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(0, LIMITS.trialExchangeBytes);
  }
}
