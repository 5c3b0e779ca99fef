import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { CLAUSES } from "../../contract/clauses.ts";
import { ROWS } from "../../contract/rows.ts";
import { RULES } from "../../rules/index.ts";

describe("explain", () => {
  test("shows the 18 rows when asked for nothing", async () => {
    const { exit, stdout } = await douane(["explain", "--lang", "fr"]);
    expect(exit).toBe(0);
    for (const { id } of ROWS) expect(stdout).toContain(`  ${id} `);
    expect(stdout).toContain("Exigences fortes");
  });

  test.each([...ROWS, ...CLAUSES, ...RULES].map(({ id, title }) => ({ id, title })))(
    "$id is explained in both languages",
    async ({ id, title }) => {
      for (const lang of ["fr", "en"] as const) {
        const { exit, stdout } = await douane(["explain", id, "--lang", lang]);
        expect(exit).toBe(0);
        expect(stdout.replace(/\s+/g, " ")).toContain(title[lang]);
      }
    },
  );

  test("a row names what proves it", async () => {
    const { stdout } = await douane(["explain", "non-root"]);
    expect(stdout).toContain("Evidence needed: the image itself");
    expect(stdout).toContain("1.1-image-user");
  });

  test("a derived row names the rows that it comes from", async () => {
    expect((await douane(["explain", "twelve-factor"])).stdout).toContain("Derived, the worst of the rows");
  });

  test("an unknown topic names the near one", async () => {
    const { exit, stderr } = await douane(["explain", "non-rot"]);
    expect(exit).toBe(64);
    expect(stderr).toContain("Did you mean non-root?");
  });
});
