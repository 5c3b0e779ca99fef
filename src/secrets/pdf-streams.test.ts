import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { isPdf, pdfStreams } from "./pdf-streams.ts";

function streams(...contents: readonly Uint8Array[]): readonly string[] {
  const parts = contents
    .map((content) => ["1 0 obj <<>> stream\n", content, "\nendstream\n"] as const)
    .flat();
  const bytes = Buffer.concat([
    Buffer.from("%PDF-1.7\n"),
    ...parts.map((part) => Buffer.from(part as string)),
  ]);
  expect(isPdf(bytes)).toBe(true);
  return [...pdfStreams(bytes)].map((content) => content.toString("latin1"));
}

test("streams that Flate packed are unpacked, others passed over", () => {
  const broken = Buffer.concat([Buffer.of(0x78, 0x9c), Buffer.from("no deflate")]);
  expect(streams(deflateSync("a"), Buffer.from("plain"), broken, deflateSync("b"))).toEqual(["a", "b"]);
});

test("streams that unpack to more than pages hold are passed over, and end the reading where they are many", () => {
  const bomb = deflateSync(Buffer.alloc(2 * 1024 ** 2));
  expect(streams(bomb, deflateSync("a"))).toEqual(["a"]);
  expect(streams(...Array.from({ length: 300 }, () => bomb), deflateSync("a"))).toEqual([]);
});
