import { describe, expect, test } from "vitest";
import { wideText } from "./wide-text.ts";

const TEXT = "password = Hiver2024!\r\n\tend";
const little = Buffer.from(TEXT, "utf16le");
const big = Buffer.from(little).swap16();

describe("a text of two bytes a character", () => {
  test.each([
    ["with its mark, in Windows' order", Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ["with its mark, in the network's order", Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ["without a mark, in Windows' order", little],
    ["without a mark, in the network's order", big],
  ])("%s", (_, bytes) => {
    expect(wideText(bytes)?.toString("latin1")).toBe(TEXT);
  });

  test("keeps a byte for what is not Latin-1", () => {
    const bytes = Buffer.from(`${TEXT}ł`, "utf16le");
    expect(wideText(bytes)?.toString("latin1")).toBe(`${TEXT}\u00ff`);
  });

  test("may be short where it is marked", () => {
    expect(wideText(Buffer.from([0xff, 0xfe, 0x61, 0]))?.toString("latin1")).toBe("a");
    expect(wideText(Buffer.from([0xff, 0xfe]))?.length).toBe(0);
  });

  test("is told by its beginning", () => {
    const long = Buffer.from(TEXT.repeat(40), "utf16le");
    expect(wideText(long)?.length).toBe(TEXT.length * 40);
  });

  test("may hold some characters beyond Latin-1", () => {
    expect(wideText(Buffer.from("abcdefghij\u0142", "utf16le"))).toBeDefined();
    expect(wideText(Buffer.from("abcdefgh\u0142\u0142\u0142", "utf16le"))).toBeUndefined();
  });
});

describe("is none", () => {
  test.each([
    ["plain text", Buffer.from(TEXT)],
    ["nothing", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(64)],
    ["a text of seven characters", Buffer.from("abcdefg", "utf16le")],
    ["numbers of two bytes", Buffer.from([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 14, 0])],
    ["numbers in the network's order", Buffer.from([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 14])],
    ["half a mark", Buffer.from([0xff, 0xfd, ...Buffer.from("abcdefghij")])],
    ["the other half", Buffer.from([0xfd, 0xff, ...Buffer.from("abcdefghij")])],
    ["the halves mixed", Buffer.from([0xfe, 0xfe, ...Buffer.from("abcdefghij")])],
    [
      "zeros on both sides",
      Buffer.from([0x61, 0, 0x62, 0, 0, 0, 0x63, 0, 0x64, 0, 0x65, 0, 0x66, 0, 0x67, 0, 0x68, 0]),
    ],
  ])("%s", (_, bytes) => {
    expect(wideText(bytes)).toBeUndefined();
  });

  test("eight characters are enough", () => {
    expect(wideText(Buffer.from("abcdefgh", "utf16le"))?.toString()).toBe("abcdefgh");
  });
});
