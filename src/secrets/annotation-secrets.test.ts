import { describe, expect, test } from "vitest";
import { HEX, noise } from "../../test/fixtures/secrets.ts";
import { inAnnotation } from "./annotation-secrets.ts";

describe("a secret that an annotation's key betrays", () => {
  test.each([
    ["example.org/db-password", "Tr0ub4dor-and-3"],
    ["token", noise(24)],
    ["example.org/client-secret", noise(24)],
    ["example.org/secret-token", "correct-horse"],
    ["example.org/password-hashing-salt-token", noise(24)],
    ["example.org/mysha-token", noise(24)],
    ["example.org/client-secret", "Xyz-abcd-efgh"],
    ["example.org/client-secret", "-xyz-abcd-efgh"],
    ["example.org/token", "a/b+c/defgh12"],
  ])("%s: %s", (key, value) => {
    expect(inAnnotation(key, value)).toMatchObject([{ kind: "named-secret", value }]);
  });

  test.each([
    ["checksum/secret", noise(64, HEX)],
    ["checksum/password", noise(64, HEX)],
    ...["sha", "sha1", "md5", "hash", "digest", "SHA512"].flatMap((word): [string, string][] => [
      [`token-${word}`, noise(24)],
      [`${word}.token`, noise(24)],
      [word + "_password", noise(24)],
    ]),
    ["tokenchecksum", noise(24)],
    ["example.org/api-token", "kv/API_x/y.z-1"],
    ["example.org/secret-sha256", noise(64, HEX)],
    ["secret.reloader.stakater.com/reload", "db-credentials,api-keys"],
    ["vault.hashicorp.com/agent-inject-secret-db", "kv/data/aides/db"],
    ["vault.hashicorp.com/agent-inject-secret-password", "kv/data/Aides/db_password"],
    ["vault.hashicorp.com/tls-secret", "vault-tls-client"],
    ["vault.hashicorp.com/agent-inject-token", "true"],
    ["example.org/owner", noise(24)],
  ])("is not in %s: %s", (key, value) => {
    expect(inAnnotation(key, value)).toEqual([]);
  });
});
