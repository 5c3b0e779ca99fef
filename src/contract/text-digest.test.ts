import { expect, test } from "vitest";
import { sha256 } from "./digest.ts";
import { textDigest } from "./text-digest.ts";

test.each(["", "abc", "é à l'écran", "\ud800 alone", "x".repeat(100_000)])(
  "a text has the digest of its bytes in UTF-8: %.20s",
  (text) => {
    expect(textDigest(text)).toBe(sha256(Buffer.from(text)));
  },
);
