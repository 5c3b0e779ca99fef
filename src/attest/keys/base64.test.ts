import { expect, test } from "vitest";
import { base64Bytes } from "./base64.ts";

test.each<[string, string | undefined]>([
  ["", ""],
  ["QQ==", "A"],
  ["QUJD", "ABC"],
  ["-_-_", Buffer.from("+/+/", "base64").toString("latin1")],
  ["QQ", undefined],
  ["QQ=", undefined],
  ["Q===", undefined],
  ["QQ==QQ==", undefined],
  ["QUJD\n", undefined],
  ["QU D", undefined],
  ["?", undefined],
])("%j gives %j", (text, bytes) => {
  expect(base64Bytes(text)?.toString("latin1")).toBe(bytes);
});
