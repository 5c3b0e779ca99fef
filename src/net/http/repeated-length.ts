import type { Socket } from "node:net";
import { Duplex, pipeline, Transform, type TransformCallback } from "node:stream";
import type { TransportRequest } from "./transport.ts";

/** Longest head that is searched for its end; Node's parser allows as much. */
const HEAD_BYTES = 16 * 1024;

/**
 * Whether an answer states its length twice, which Node's parser refuses, and may be requested again. Equal lengths
 * may be taken for one (RFC 9110, 8.6).
 */
export function hasRepeatedLength(error: unknown, { method }: TransportRequest): boolean {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return code === "HPE_UNEXPECTED_CONTENT_LENGTH" && (method === "GET" || method === "HEAD");
}

/** Connection for one answer, whose equal lengths become one. Different lengths stay, and are refused. */
export function withSingleLength(socket: Socket): Duplex {
  const readable = new SingleLength();
  // An error of the socket is one of the duplex stream, too.
  pipeline(socket, readable, () => {});
  return Duplex.from({ readable, writable: socket });
}

/** Passes an answer on, after its heads: those with a status 1xx, and the last. */
class SingleLength extends Transform {
  #held: Buffer | undefined = Buffer.alloc(0);

  override _transform(chunk: Buffer, _: string, callback: TransformCallback): void {
    if (this.#held === undefined) {
      callback(null, chunk);
      return;
    }
    this.#held = Buffer.concat([this.#held, chunk]);
    const heads = this.#heads();
    if (heads.length === 0) callback();
    else callback(null, heads);
  }

  override _flush(callback: TransformCallback): void {
    callback(null, this.#held);
  }

  /** The complete heads, and the body behind the last. */
  #heads(): Buffer {
    const complete: Buffer[] = [];
    while (this.#held !== undefined) {
      const end = this.#held.indexOf("\r\n\r\n");
      if (end === -1 && this.#held.length <= HEAD_BYTES) break;
      const head = this.#held.subarray(0, end + 4).toString("latin1");
      const rest = this.#held.subarray(end + 4);
      complete.push(Buffer.from(withoutRepetition(head), "latin1"));
      if (/^HTTP\/1\.[01] 1\d\d/.test(head)) this.#held = rest;
      else {
        complete.push(rest);
        this.#held = undefined;
      }
    }
    return Buffer.concat(complete);
  }
}

/** Head without lines that state the same length again. */
function withoutRepetition(head: string): string {
  const seen = new Set<string>();
  return head
    .split("\r\n")
    .filter((line) => {
      const length = /^content-length:[ \t]*(\d+)[ \t]*$/i.exec(line)?.[1];
      const isRepeated = length !== undefined && seen.has(length);
      if (length !== undefined) seen.add(length);
      return !isRepeated;
    })
    .join("\r\n");
}
