import { connect } from "node:net";
import type { PeerAnswer } from "../../../contract/peer-event.ts";

/** Milliseconds: for the server to speak first; for an answer; for the server to close afterwards. */
const [GREETING_MS, TIMEOUT_MS, CLOSING_MS] = [250, 1_000, 100];

/** Connection of a peer. */
export interface PeerConnection {
  readonly host: string;
  readonly port: number;
  /** Source address. */
  readonly from: string;
  readonly send: Buffer;
}

/** Sends bytes from an address of the pod; resolves to the server's reaction. */
export async function sendFrom({ host, port, from, send }: PeerConnection): Promise<PeerAnswer> {
  const { promise, resolve } = Promise.withResolvers<PeerAnswer>();
  let hasSent = false;
  let bytes = 0;
  const socket = connect({ host, port, localAddress: from });
  const timers = [
    setTimeout(() => {
      hasSent = true;
      if (send.length > 0) socket.write(send);
      if (bytes > 0) timers.push(setTimeout(() => resolve("answered"), CLOSING_MS));
    }, GREETING_MS),
    setTimeout(() => resolve(bytes > 0 ? "answered" : "silent"), TIMEOUT_MS),
  ];
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (hasSent) resolve("answered");
  });
  // A refusal in words (accounts of localhost, a protected mode) is an answer of the application.
  const over = (): void => resolve(bytes > 0 ? "answered" : hasSent ? "closed" : "dismissed");
  socket.once("error", over);
  socket.once("close", over);
  try {
    return await promise;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    socket.destroy();
  }
}
