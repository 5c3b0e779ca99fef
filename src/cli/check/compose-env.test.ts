import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

const SECRET = "Zk9qXw7LmPt3RvB2";

describe("--compose-env", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "douane-compose-env-"));
    writeFileSync(join(folder, "douane.yaml"), "trial: { compose: { services: [db] } }\n");
    writeFileSync(
      join(folder, "compose.yaml"),
      "services: { db: { image: 'registry.invalid/x:${TOKEN}' } }\n",
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (...argv: readonly string[]) =>
    douane(["check", "oci:image", "--debug", ...argv], { cwd: folder, env: { TOKEN: SECRET } });

  test.each([
    [
      "the repository's image has a value of the judge's in its name",
      ["--compose-env", "TOKEN"],
      '"image": the variable "TOKEN" may be a secret',
    ],
    [
      "the variable is not set",
      ["--compose-env", "OTHER"],
      '--compose-env "OTHER": this variable is not in the environment',
    ],
    [
      "a value stands behind the name",
      ["--compose-env", `KEY=${SECRET}`],
      '--compose-env "KEY": name the variable alone',
    ],
  ])("is refused without the value where %s", async (_, argv, says) => {
    const { exit, stdout, stderr } = await check(...argv);
    expect(exit).toBe(64);
    expect(stderr).toContain(says);
    expect(stdout + stderr).not.toContain("Zk9q");
  });
});
