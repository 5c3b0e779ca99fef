import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { DEFAULT_NAMESPACE } from "../../contract/pod-defaults.ts";
import { DNS } from "../plan/addresses.ts";
import { answer, type Question, readQuestion } from "./dns-message.ts";

const PORT = 53;
const [TCP_MESSAGE, TCP_MS] = [512, 5_000];

/** Socket of the pod from which a question or connection comes. */
export interface Peer {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

/** Names that the pod's DNS resolves. */
interface Names {
  /** Addresses of dependencies, by name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Address of a Service that chooses the pod itself, by its full name; undefined for other names. */
  readonly own: (name: string) => string | undefined;
  /** Whether questions for a name are not reported: see OwnServiceNames.isSearched(). */
  readonly isSearched: (name: string) => boolean;
}

/**
 * The pod's DNS, which resolves only the names of dependencies, also under the cluster's suffixes, and of the
 * pod's own Services. `onQuestion` is called for every question.
 */
export async function startDnsSink(
  { addresses, own, isSearched }: Names,
  namespace: string,
  onQuestion: (question: Question, answered: boolean, from: Peer) => void,
): Promise<void> {
  const reply = (query: Buffer, from: Peer): Buffer | undefined => {
    const question = readQuestion(query);
    if (question === undefined) return undefined;
    const { name: asked } = question;
    const given = namesOf(asked, namespace)
      .map((name) => addresses.get(name))
      .find((found) => found !== undefined);
    const address = given ?? own(asked);
    if (address !== undefined || !isSearched(asked))
      onQuestion({ ...question, name: inDefault(asked, namespace) }, address !== undefined, from);
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
 * Names of dependencies that a question may mean: as asked, without the cluster's suffix, and without that of
 * the pod's namespace, which resolv.conf's search list adds first: `db.shop.svc.cluster.local` → `db`.
 */
export function namesOf(name: string, namespace: string): readonly string[] {
  const own = ownSuffix(namespace);
  return [
    name,
    name.replace(/\.(?:svc\.)?cluster\.local$/, ""),
    ...(name.endsWith(own) ? [name.slice(0, -own.length)] : []),
  ];
}

/** Name with the pod's namespace replaced by `default`, so that evidence always has the same suffix. */
export function inDefault(name: string, namespace: string): string {
  const own = ownSuffix(namespace);
  return name.endsWith(own) ? `${name.slice(0, -own.length)}${ownSuffix(DEFAULT_NAMESPACE)}` : name;
}

function ownSuffix(namespace: string): string {
  return `.${namespace.toLowerCase()}.svc.cluster.local`;
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
