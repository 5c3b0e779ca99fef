import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

const NAMES = ["report", "evidence", "config", "policy", "sbom-diff", "server-check"];

describe("schema", () => {
  test("lists the formats when asked for none", async () => {
    const { exit, stdout } = await douane(["schema"]);
    expect(exit).toBe(0);
    expect(stdout.match(/^[\w-]+/gm)).toEqual(NAMES);
  });

  test.each(NAMES)("%s is a valid JSON Schema that closes its objects", async (name) => {
    const { exit, stdout } = await douane(["schema", name]);
    expect(exit).toBe(0);
    const schema = JSON.parse(stdout);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(ajv.compile(schema)({ unknown: 1 })).toBe(false);
  });

  test.each([
    ["config", { team: "a", failOn: "refused" }, true],
    ["config", { failOn: "never" }, false],
    [
      "policy",
      {
        acceptedFindings: [
          { fingerprint: "x", reason: "r", author: "a", expires: "2026-12-31", repository: "r.example/app" },
        ],
      },
      true,
    ],
    ["policy", { acceptedFindings: [{ fingerprint: "x" }] }, false],
  ])("the schema of %s takes %j: %s", async (name, value, valid) => {
    const { stdout } = await douane(["schema", name]);
    expect(new Ajv2020({ strict: false }).compile(JSON.parse(stdout))(value)).toBe(valid);
  });

  test.each(["config", "policy"])("each field of %s that is described is so in French, too", async (name) => {
    const described = async (lang: string) => {
      const { stdout } = await douane(["schema", name, "--lang", lang]);
      return [...stdout.matchAll(/^ *"description\w*": "(.*)"/gm)].map(([, text]) => text);
    };
    const [french, english] = [await described("fr"), await described("en")];
    expect(french.length).toBeGreaterThan(8);
    expect(french).toHaveLength(english.length);
    const same = french.filter((text, index) => text === english[index]);
    expect(same.filter((text) => text !== "Deployment, CronJob…")).toEqual([]);
  });

  test("an unknown name shows the known ones", async () => {
    const { exit, stderr } = await douane(["schema", "sbom"]);
    expect(exit).toBe(64);
    expect(stderr).toContain("report, evidence, config, policy");
  });
});
