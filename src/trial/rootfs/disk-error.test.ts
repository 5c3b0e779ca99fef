import { describe, expect, test } from "vitest";
import { directoryError, diskError } from "./disk-error.ts";

/** Node's error for a folder on a read-only file system. */
const ABSENT = Object.assign(new Error("ENOENT: no such file or directory, mkdir '/cache/x'"), {
  code: "ENOENT",
  syscall: "mkdir",
});

describe("a name that the system does not find", () => {
  test("is the image's while its files are written", () => {
    expect(diskError(ABSENT, "/cache")).toMatchObject({ code: "unpack-name", exit: 65 });
  });

  test("is the directory's while that is made", () => {
    expect(directoryError(ABSENT, "/cache")).toMatchObject({
      code: "unpack-disk",
      exit: 69,
      message: expect.stringContaining('cannot unpack the image into "/cache":') as string,
    });
  });
});

test("what says itself what it is stays as it is", () => {
  const own = directoryError(ABSENT, "/cache");
  for (const explain of [diskError, directoryError]) {
    expect(explain(own, "/other")).toBe(own);
    expect(explain("no error", "/other")).toBe("no error");
  }
});
