import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { digestOf, imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import type { RawImage, SecretFacts } from "../../contract/image-facts.ts";
import { noSecrets } from "./1.4-no-secrets.ts";

type InFile = Extract<SecretFacts["at"], { in: "file" }>;

function secret(sketch: Partial<SecretFacts> = {}): SecretFacts {
  const at: SecretFacts["at"] = { in: "file", path: "/app/key", layer: 0, line: 3 };
  return {
    kind: "private-key",
    at,
    masked: "MIIE…(1624)",
    id: "0123456789abcdef",
    confidence: "confirmed",
    ...sketch,
  };
}

function inFile(sketch: Partial<InFile>): Partial<SecretFacts> {
  return { at: { in: "file", path: "/app/key", layer: 0, line: 3, ...sketch } };
}

function check(secrets: readonly SecretFacts[], believed = false, facts: Partial<RawImage> = {}) {
  return checkRule(noSecrets, {
    image: imageFacts({
      layers: [{ base: believed }, { unread: { fr: "foreign", en: "foreign" } }],
      facts: { secrets, ...facts },
    }),
  });
}

test("no secret: a pass that says where it was looked for", () => {
  expect(check([])).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("in the layer read") },
  });
});

describe("fails", () => {
  test.each<[string, Partial<SecretFacts>, string, string]>([
    [
      "a key in a program, which has no lines",
      inFile({ line: 0 }),
      "private key in /app/key: MIIE",
      "/app/key",
    ],
    [
      "a key in an archive",
      inFile({ path: "/app/app.jar", inside: "BOOT-INF/classes/key.pem" }),
      "in /app/app.jar (BOOT-INF/classes/key.pem, line 3)",
      "/app/app.jar",
    ],
    ["a key in a file", {}, "private key in /app/key, line 3: MIIE…(1624)", "/app/key"],
    [
      "a deleted file",
      inFile({ hidden: true }),
      "deleted by a later layer but still readable in the image",
      "/app/key",
    ],
    [
      "ENV",
      { kind: "named-secret", confidence: "likely", at: { in: "env", name: "DB_PASSWORD" } },
      "in ENV DB_PASSWORD",
      "config.Env[DB_PASSWORD]",
    ],
    ["a label", { at: { in: "label", name: "key" } }, "in LABEL key", "config.Labels[key]"],
    ["a build argument", { at: { in: "history", step: 4 } }, "in the image's history (step 4)", "history[4]"],
    ["the command", { at: { in: "command" } }, "in the start command", "config.Cmd"],
    [
      "another field",
      { at: { in: "field", name: "config.workingDir" } },
      "in the field config.workingDir of the image",
      "config.workingDir",
    ],
    ["a password in a URL", { kind: "url-password" }, "password in a URL", "/app/key"],
    ["a kind that this version does not know", { kind: "quantum-key" }, "secret (quantum-key)", "/app/key"],
    [
      "a kind named like a property of every object",
      { kind: "constructor" },
      "secret (constructor)",
      "/app/key",
    ],
  ])("%s", (_, sketch, says, path) => {
    expect(check([secret(sketch)])).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(says) }, at: { path } }],
    });
  });

  test("with the layer and the line, and a fingerprint of this very value", () => {
    expect(check([secret()])).toMatchObject({
      findings: [
        {
          at: { path: "/app/key", layer: digestOf(1), line: 3 },
          fingerprint: "1.4-no-secrets:private-key:0123456789abcdef",
        },
      ],
    });
  });

  test.each([
    ["is believed to be", {}, "in a layer that seems to be the base image's"],
    ["was verified to be", { base: VERIFIED_BASE }, "in a layer of the base image"],
  ])("a secret of what %s the base image, and says so", (_, facts, says) => {
    expect(check([secret()], true, facts)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(says) } }],
    });
  });

  test("once for a file that several layers hold, by the one that is visible", () => {
    const outcome = check([secret(inFile({ hidden: true })), secret()]);
    expect(outcome.status === "fail" && outcome.findings).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain("deleted");
  });
});

describe("notes", () => {
  test.each<[string, Partial<SecretFacts>]>([
    ["a JWT", { kind: "jwt", confidence: "likely" }],
    ["a key behind a passphrase", { kind: "encrypted-private-key", confidence: "likely" }],
    ["a password for localhost", { kind: "local-url-password", confidence: "likely" }],
    ["a package's own test", inFile({ testOf: "public-encrypt" })],
    [
      "Debian's snakeoil pair",
      inFile({ path: "/etc/ssl/private/ssl-cert-snakeoil.key", testOf: "ssl-cert" }),
    ],
  ])("%s", (_, sketch) => {
    expect(check([secret(sketch)])).toMatchObject({ status: "pass", notes: [{ message: {} }] });
  });
});

describe("unproven: files that were not looked into", () => {
  const files = ["xz", "encrypted", "damaged", "method", "too-deep", "too-much"].map((why, index) => ({
    path: `/app/${index}`,
    layer: 0,
    why,
    ...(index === 1 ? { inside: "a.zip" } : {}),
  }));

  test("are named with the reason, the first of them", () => {
    expect(check([], false, { unsearched: { files, others: 3 } })).toMatchObject({
      status: "unproven",
      reason: {
        en: expect.stringMatching(/: \/app\/0 \[xz\], \/app\/1 \(a\.zip\) \[encrypted\], .* and 4 others$/),
      },
      settle: { en: expect.stringContaining("unpacked") },
    });
    expect(check([], false, { unsearched: { files: files.slice(0, 1), others: 0 } })).toMatchObject({
      reason: { en: expect.stringMatching(/\[xz\]$/) },
    });
  });

  test("but not those whose hash the image declares, as PHP's sources", () => {
    const { config } = imageFacts();
    const sha256 = "ab".repeat(32);
    const unsearched = {
      files: [{ path: "/usr/src/php.tar.xz", layer: 0, why: "too-much", sha256 }],
      others: 0,
    };
    const URL = "PHP_URL=https://www.php.net/distributions/php-8.4.1.tar.xz";
    const declaring = (...env: readonly string[]) =>
      check([], false, { unsearched, config: { ...config, env } }).status;
    expect(declaring(`PHP_SHA256=${sha256}`, URL)).toBe("pass");
    expect(declaring(URL, `PHP_SHA256=${"cd".repeat(32)}`)).toBe("unproven");
    expect(declaring(`PHP_SHA256=${sha256}`)).toBe("unproven");
    expect(declaring(`PHP_SHA256=${sha256}`, "PHP_URL=https://www.php.net/php.tar.gz")).toBe("unproven");
    expect(declaring(`APP_SHA256=${sha256}`, URL.replace("PHP", "APP"))).toBe("unproven");
    expect(declaring(`PHP_MD5=${sha256}`, URL)).toBe("unproven");
    expect(check([], false, { unsearched }).status).toBe("unproven");
    const counted = { unsearched: { ...unsearched, others: 2 } };
    expect(
      check([], false, { ...counted, config: { ...config, env: [`PHP_SHA256=${sha256}`, URL] } }),
    ).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringMatching(/: beyond the bound unsearchedPerLayer and 2 others$/) },
    });
  });

  test("a secret that was found beside them refutes", () => {
    expect(check([secret()], false, { unsearched: { files, others: 0 } }).status).toBe("fail");
  });

  test("evidence of a version that looked into no archive", () => {
    const { unsearched: _, ...older } = imageFacts();
    expect(checkRule(noSecrets, { image: asMasked(older) })).toMatchObject({
      status: "unproven",
      settle: { en: "Read the image again: douane check IMAGE" },
    });
  });
});
