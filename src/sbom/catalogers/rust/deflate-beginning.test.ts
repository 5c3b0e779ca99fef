import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { beginsDeflated, TELLING_BYTES } from "./deflate-beginning.ts";

const BEGINNING = Buffer.from('{"packages":[');

const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY),
});

test("what zlib deflated begins as what it was", () => {
  fc.assert(
    fc.property(options, fc.string({ maxLength: 5_000, unit: "binary" }), (how, rest) => {
      const text = Buffer.concat([BEGINNING, Buffer.from(rest)]);
      const data = deflateRawSync(text, how).subarray(0, TELLING_BYTES);
      expect(beginsDeflated(data, BEGINNING)).toBe(true);
      expect(beginsDeflated(data, Buffer.from('{"packages": '))).toBe(false);
    }),
  );
});

test("what begins so is what zlib would make of it", () => {
  const data = deflateRawSync(Buffer.concat([BEGINNING, Buffer.from("abcdefgh".repeat(90))]), { level: 9 });
  fc.assert(
    fc.property(fc.nat(30), fc.nat(255), fc.nat(30), fc.nat(255), (at, byte, other, otherByte) => {
      const turned = Buffer.from(data);
      turned[at] = byte;
      turned[other] = otherByte;
      expect(beginsDeflated(turned, BEGINNING) && beginningOf(turned)).not.toBe("another");
    }),
    { numRuns: 2_000 },
  );
});

/** Expected result by zlib, if it gives one. */
function beginningOf(data: Buffer): "same" | "another" | "damaged" {
  try {
    const text = inflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH });
    return text.subarray(0, BEGINNING.length).equals(BEGINNING) ? "same" : "another";
  } catch {
    return "damaged";
  }
}

test("what is no deflated data does not", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: TELLING_BYTES }), (bytes) => {
      expect(beginsDeflated(Buffer.from(bytes), BEGINNING)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
