import { describe, expect, test } from "vitest";
import { openedFile } from "../../../test/fixtures/opened-content.ts";
import { LIMITS } from "../../contract/limits.ts";

/** `seq 1 COUNT`. */
function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1}\n`).join("");
}

// Files packed by xz 5.8: no code here writes xz.
const FILES: readonly (readonly [string, string, string])[] = [
  [
    "with lc=2, lp=2, pb=1",
    numbers(400),
    "/Td6WFoAAATm1rRGBMCMAtQLIQEWAAAAAAAAAEaKhwTgBdMBBEEAGIKCcqwMagu5sQiQJ+CwpBUtDHLIWQFEdHZX/z3CQpjowYqcGqGWEAGfaIARVMUsqzlV8B6GHFh5f/t1iELLbu7wW9fPLgsYzGTx8J0WZJfP587l0NpuVU1pYzqZqfg7xKBzTkcuNLNO4/RT19WcgQkB7HJGjOFa59sPjnEgWcPeyZMd2vRIggUh4DUEX7G6THgMmlqe/3WoQoyg9Ay/r1cCVgsS1clufLXHy/HFhizskaQNlaEAzVBJsOlVLPsJ7Qu22e7gEnyVMKPNhNTjpqvkco4QPbQj35vTcwxKQzpUOCTQs93L7+yiJFyuiPxobUUFIVPPQGODf5P0m0OK9wvIfyAAiBXcMHXPfOYAAagC1AsAABHVuemxxGf7AgAAAAAEWVo=",
  ],
  [
    "in three blocks, whose headers hold sizes",
    numbers(400),
    "/Td6WFoAAATm1rRGA8DPAdgEIQEWAAAAWsd4luACVwDHXQAYgoKPIk74plX38JmlJQ2QRZFaUbSbyqzcBTLshVKfsUht79zoS7lhuuCcU3+YyKlUDvw9KtMG12ZEPVZkps0918cfRPQY3wILP+LGxnvh5395RBx5t0KuZbgbtQ6E4ZqCBiM5Wn9yqkP6pZofksC+RXF5StWTxpAKOa2cZYcqtho4x+GTF8rQPgnqsFLwEGAmwF5fEJENuXl4fZdCYNCmOHfhI+i7KE+IUi11WCY/Zv3inOvTr2HZNXr/+2KxPHyTHPHW9AHoAADjfhFYRzpHswPAfNgEIQEWAAAAAI0zNCfgAlcAdF0AGI3DakcRZGExGLT3JkruCcuHlaUf2od0xRgprvdCgMzt52oOTzapyxo5KVAyIgy3boUs+i9nj/y2fRaQ2hNUCzKRXdt70UHQs0pdCQB4xN7H6cXlGsGYpFJe7f2OPHz9oxnCCU9o28PrOa/w9kPefDNIqUkAtmP1PnvGujUDwFukAiEBFgAAAABiEk1a4AEjAFNdABmMg2pHEWRhL4GpBL5p6rT6GeZ0B4VZcxy26yMz60Uj013/wCX/j1o1JcKeKZde3KnvF69WLVNMhAR7CcrMBnujCMrqSgasL8QIWmEHOZrjeDEAAABTSq4zCYOLKAAD5wHYBJQB2ARzpAIAAADq+c78rCc+LQQAAAAABFla",
  ],
  [
    "with SHA-256, in chunks that are copied",
    "hello hello",
    "/Td6WFoAAArh+wyhA8APCyEBDAAAAAAAuFTVOgEACmhlbGxvIGhlbGxvAAAg0L/pHYCp8yzPlH+VdYKpQKsvmZixAHUR26MvCHAW4AABPwufRorvGJtLmgEAAAAAClla",
  ],
];

describe.each(FILES)("xz %s", (_, text, base64) => {
  const bytes = Buffer.from(base64, "base64");

  test.each([0, 7, 100])("in pieces of %s bytes", (piece) => {
    expect(openedFile(bytes, "/app/x.txt.xz", piece)).toEqual({ contents: { "x.txt": text }, unread: {} });
  });

  test("two streams, with zeros between", () => {
    const { contents } = openedFile(Buffer.concat([bytes, Buffer.alloc(8), bytes, Buffer.alloc(4)]), "/x.xz");
    expect(contents).toEqual({ x: text + text });
  });

  test("cut off anywhere, or with something behind it, it is damaged", () => {
    for (let length = 6; length < bytes.length; length += 9) {
      expect(openedFile(bytes.subarray(0, length), "/x.xz").unread).toEqual({ "": "damaged" });
    }
    expect(openedFile(Buffer.concat([bytes, Buffer.from("more")]), "/x.xz").unread).toEqual({
      "": "damaged",
    });
  });

  test("with any byte changed it ends", () => {
    for (let at = 12; at < bytes.length - 12; at += 3) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x55, at);
      const { unread } = openedFile(changed, "/x.xz");
      expect([[], ["damaged"], ["method"], ["too-much"]]).toContainEqual(Object.values(unread));
    }
  });
});

test("another filter before LZMA2 is a method that nothing here knows", () => {
  const bytes = Buffer.from(FILES[0]?.[2] ?? "", "base64");
  bytes.writeUInt8(bytes.readUInt8(13) | 1, 13);
  expect(openedFile(bytes, "/x.xz").unread).toEqual({ "": "method" });
});

test("no more is unpacked than the bound", () => {
  // A chunk of 64 KiB that is copied, often.
  const chunk = Buffer.concat([Buffer.from([1, 0xff, 0xff]), Buffer.alloc(0x1_0000)]);
  const head = Buffer.from(FILES[2]?.[2] ?? "", "base64").subarray(0, 12);
  const block = Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0, 0, 0, 0, 0]);
  const chunks = Array.from({ length: LIMITS.xzBytesPerLayer / 0x1_0000 + 1 }, () => chunk);
  const { unread } = openedFile(Buffer.concat([head, block, ...chunks]), "/x.xz");
  expect(unread).toEqual({ "": "too-much" });
});
