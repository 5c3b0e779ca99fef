import { expect, test } from "vitest";
import { HeadTailBuffer } from "./head-tail-buffer.ts";

const TEXT = "0123456789abcdefghijklmnopqrstuvwxyz";

test.each([1, 2, 3, 4, 5, 7, 8, 9, 16, 36])(
  "both ends are right after any length, in chunks of %i",
  (size) => {
    for (let length = 0; length <= TEXT.length; length++) {
      const ends = new HeadTailBuffer(4);
      for (let at = 0; at < length; at += size)
        ends.add(Buffer.from(TEXT.slice(at, Math.min(length, at + size))));
      const said = TEXT.slice(0, length);
      expect([ends.bytes, ends.cut, ends.start.toString(), ends.end.toString()]).toEqual([
        length,
        length > 8,
        said.slice(0, 4),
        said.slice(Math.max(4, length - 4)),
      ]);
    }
  },
);
