// Entry of the process that unpackApart() starts: as root of the machine, or of a user namespace.

import { createReadStream } from "node:fs";
import { json } from "node:stream/consumers";
import { failureOf } from "../../image/layer/failure.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import type { ApartLine, ApartRequest } from "./unpack-apart.ts";
import { unpackHere } from "./unpack-here.ts";
import { shiftOwnership } from "./user-namespace-ids.ts";

function say(line: ApartLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function unpackApart(): Promise<void> {
  const { layers, ...request } = (await json(process.stdin)) as ApartRequest;
  if (request.shift !== undefined) shiftOwnership(request.shift);
  const sources = layers.map(({ bytes, ...layer }, index): LayerSource => {
    if (bytes.kind !== "pipe") return { ...layer, bytes };
    const open = () => {
      say({ kind: "wants", layer: index });
      return Promise.resolve(createReadStream("", { fd: bytes.fd }) as AsyncIterable<Uint8Array>);
    };
    return { ...layer, bytes: { kind: "stream", open } };
  });
  try {
    say({ kind: "done", reply: await unpackHere(sources, request) });
  } catch (error) {
    say({ kind: "failure", failure: failureOf(error) });
  }
  // An explicit exit, since unread pipes would keep the process alive.
  process.stdout.write("", () => process.exit());
}

void unpackApart();
