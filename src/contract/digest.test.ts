import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "./digest.ts";

test.each(["", "abc", "é à l'écran", "\ud800 alone", "x".repeat(100_000)])(
  "a text has the digest of its bytes in UTF-8: %.20s",
  (text) => {
    const bytes = Buffer.from(text);
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    expect([sha256(text), sha256(bytes)]).toEqual([digest, digest]);
  },
);
