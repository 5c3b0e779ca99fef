import { closeSync, fstatSync, mkdirSync, readlinkSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { openPipes } from "./pipes.ts";

test("two pipes without a name are made, empty, each with both ends", async () => {
  const pipes = (await openPipes("/bin/sh")) ?? [];
  const text = Buffer.alloc(8);
  for (const { reader, writer } of pipes) {
    expect(fstatSync(writer).isFIFO()).toBe(true);
    expect(readlinkSync(`/proc/self/fd/${writer}`)).toMatch(/^pipe:\[\d+\]$/);
    expect(() => readSync(reader, text)).toThrow("EAGAIN");
    writeSync(writer, "hello");
    expect(text.toString("latin1", 0, readSync(reader, text))).toBe("hello");
    closeSync(writer);
    expect(readSync(reader, text)).toBe(0);
    closeSync(reader);
  }
  expect(pipes.length).toBe(2);
});

test.each([
  ["that is not there", "/nonexistent/sh", undefined],
  [
    "that makes files of here-documents",
    "files",
    "#!/bin/sh\nexec 3</etc/passwd 4</etc/passwd\necho\nread -r end\n",
  ],
  ["that ends at once", "ends", "#!/bin/sh\nexit 1\n"],
])("a shell %s gives none", async (_, name, script) => {
  const folder = join(temporaryDirectory(), "bin");
  mkdirSync(folder);
  if (script !== undefined) writeFileSync(join(folder, name), script, { mode: 0o755 });
  expect(await openPipes(script === undefined ? name : join(folder, name))).toBeUndefined();
});
