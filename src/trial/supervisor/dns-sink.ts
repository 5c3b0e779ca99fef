import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { DNS } from "../plan/addresses.ts";
import { answer, type Question, readQuestion } from "./dns-message.ts";

const PORT = 53;
const [TCP_MESSAGE, TCP_MS] = [512, 5_000];

/** Socket of the pod from which a question or connection comes. */
export interface Peer {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

/**
 * The pod's DNS, which resolves only the names of dependencies, also under the cluster's suffixes.
 * `onQuestion` is called for every question.
 */
export async function startDnsSink(
  addresses: ReadonlyMap<string, string>,
  onQuestion: (question: Question, answered: boolean, from: Peer) => void,
): Promise<void> {
  const reply = (query: Buffer, from: Peer): Buffer | undefined => {
    const question = readQuestion(query);
    if (question === undefined) return undefined;
    const address = addresses.get(question.name) ?? addresses.get(withoutSuffix(question.name));
    onQuestion(question, address !== undefined, from);
    return answer(query, question, address);
  };
  const udp = createSocket("udp4");
  udp.on("message", (query, peer) => {
    const message = reply(query, { protocol: "udp", port: peer.port });
    if (message !== undefined) udp.send(message, peer.port, peer.address, () => {});
  });
  udp.on("error", () => {});
  const tcp = createServer((socket) =>
    serveTcp(socket, (query) => reply(query, { protocol: "tcp", port: socket.remotePort ?? 0 })),
  );
  tcp.maxConnections = 100;
  udp.bind(PORT, DNS);
  tcp.listen(PORT, DNS);
  await Promise.all([once(udp, "listening"), once(tcp, "listening")]);
}

/**
 * Name without the cluster's suffix, which resolv.conf's search list adds first:
 * `db.default.svc.cluster.local` → `db`.
 */
function withoutSuffix(name: string): string {
  return name.replace(/\.(?:(?:default\.)?svc\.)?cluster\.local$/, "");
}

function serveTcp(socket: Socket, reply: (query: Buffer) => Buffer | undefined): void {
  let received = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.setTimeout(TCP_MS, () => socket.destroy());
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      answerTcp(socket, reply(received.subarray(2)));
    } else if (received.length > TCP_MESSAGE) socket.destroy();
  });
}

function answerTcp(socket: Socket, message: Buffer | undefined): void {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message?.length ?? 0);
  if (message === undefined) socket.destroy();
  else socket.end(Buffer.concat([length, message]));
}
