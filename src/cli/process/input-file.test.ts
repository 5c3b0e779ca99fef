import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { readInputFile } from "./input-file.ts";

test("evidence longer than LIMITS.jsonBytes is an error that names the bound", async () => {
  const path = join(temporaryDirectory(), "evidence.json");
  writeFileSync(path, "");
  truncateSync(path, LIMITS.jsonBytes + 1);
  await expect(readInputFile(path, "evidence.json", "jsonBytes")).rejects.toMatchObject({
    code: "file-too-large",
    exit: 65,
    message: expect.stringContaining("jsonBytes (67108864 bytes)"),
  });
});
