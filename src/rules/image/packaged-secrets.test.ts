import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { SecretFacts } from "../../contract/image-facts.ts";
import { noSecrets } from "./1.4-no-secrets.ts";

function key(path: string, sketch: object = {}): SecretFacts {
  const at = { in: "file", path, layer: 0, line: 0, ...sketch } as const;
  return {
    kind: "private-key",
    at,
    masked: "MIIE…(1624)",
    id: path.padEnd(16, "0"),
    confidence: "confirmed",
  };
}

function notes(...secrets: readonly SecretFacts[]) {
  const outcome = checkRule(noSecrets, { image: imageFacts({ facts: { secrets } }) });
  return { status: outcome.status, notes: (outcome.notes ?? []).map(({ message: { en, fr } }) => [en, fr]) };
}

test("one note a package, with how many others of its files hold such keys", () => {
  const [ecdsa, twisted] = [{ testOf: "ecdsa-0.19.1" }, { testOf: "twisted" }];
  expect(
    notes(
      key("/a/test.py", ecdsa),
      key("/b/k.pem", twisted),
      key("/a/test.pyc", ecdsa),
      key("/a/test.pyc", ecdsa),
    ),
  ).toEqual({
    status: "pass",
    notes: [
      [
        expect.stringMatching(
          /^private key in \/a\/test\.py, which the package ecdsa-0.*; so does another of its files$/,
        ),
        expect.stringMatching(/; un autre de ses fichiers de même$/),
      ],
      [expect.stringMatching(/the package twisted .*: MIIE…\(1624\)$/), expect.anything()],
    ],
  });
  const several = ["/a", "/b", "/c"].map((path) => key(path, ecdsa));
  expect(notes(...several).notes).toEqual([
    [
      expect.stringMatching(/; so do 2 other files of it$/),
      expect.stringMatching(/; 2 autres de ses fichiers de même$/),
    ],
  ]);
  expect(
    notes(key("/x.jar", { ...ecdsa, inside: "a" }), key("/x.jar", { ...ecdsa, inside: "b" })).notes,
  ).toEqual([[expect.stringMatching(/another of its files$/), expect.anything()]]);
});

test("nobody is told to revoke what everybody has", () => {
  const { notes: found = [] } = checkRule(noSecrets, {
    image: imageFacts({ facts: { secrets: [key("/a/test.py", { testOf: "ecdsa" })] } }),
  });
  expect(found).toMatchObject([
    {
      remedy: {
        en: "Nothing to revoke: everybody who installs ecdsa has this key. To make the image smaller, install the package without its tests and examples.",
      },
      fingerprint: "1.4-no-secrets:package:ecdsa",
    },
  ]);
});

test("what no package brings beside it refutes", () => {
  expect(notes(key("/a/test.py", { testOf: "ecdsa" }), key("/app/key.pem"))).toMatchObject({
    status: "fail",
    notes: [[expect.anything(), expect.anything()]],
  });
});
