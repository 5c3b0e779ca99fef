import { expect, test } from "vitest";
import { openBox, sealBox } from "./secretbox.ts";

const hex = (text: string) => Buffer.from(text, "hex");

// The vector of NaCl's own test (tests/secretbox.c).
const KEY = hex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
const NONCE = hex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
const MESSAGE = hex(
  "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705",
);
const BOX = hex(
  "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5",
);

test("NaCl's vector is sealed and opened", () => {
  expect(sealBox(MESSAGE, NONCE, KEY).toString("hex")).toBe(BOX.toString("hex"));
  expect(Buffer.from(openBox(BOX, NONCE, KEY) ?? []).toString("hex")).toBe(MESSAGE.toString("hex"));
});

test.each([0, 1, 31, 32, 33, 63, 64, 65, 200])("a message of %i bytes comes back", (length) => {
  const message = Buffer.alloc(length, 7);
  expect(Buffer.from(openBox(sealBox(message, NONCE, KEY), NONCE, KEY) ?? [1])).toEqual(message);
});

test.each<[string, Uint8Array, Uint8Array, Uint8Array]>([
  ["whose last byte was changed", Buffer.concat([BOX.subarray(0, -1), hex("00")]), NONCE, KEY],
  ["whose tag was changed", Buffer.concat([hex("00"), BOX.subarray(1)]), NONCE, KEY],
  ["cut short", BOX.subarray(0, -1), NONCE, KEY],
  ["shorter than a tag", BOX.subarray(0, 15), NONCE, KEY],
  ["of another nonce", BOX, Buffer.alloc(24), KEY],
  ["of another key", BOX, NONCE, Buffer.alloc(32)],
])("a box %s does not open", (_, box, nonce, key) => {
  expect(openBox(box, nonce, key)).toBeUndefined();
});
