import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function kinds(path: string, bytes: Buffer) {
  return scanFile(path, bytes).map(({ kind }) => kind);
}

const NOISE = Buffer.from(Array.from({ length: 600 }, (_, at) => (at * 97 + 13 * at * at + 41) & 0xff));

/** A login file as mysql_config_editor(1) writes it: its key is folded to sixteen bytes by exclusive or. */
function loginFile(...lines: readonly string[]): Buffer {
  const drawn = Buffer.from(Array.from({ length: 20 }, (_, at) => (at * 7 + 3) & 31));
  const key = Buffer.alloc(16);
  for (const [at, byte] of drawn.entries()) key[at % 16] = (key[at % 16] ?? 0) ^ byte;
  const parts = lines.map((line) => {
    const cipher = createCipheriv("aes-128-ecb", key, null);
    const body = Buffer.concat([cipher.update(line), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    return Buffer.concat([length, body]);
  });
  return Buffer.concat([Buffer.alloc(4), drawn, ...parts]);
}

describe("a store of passwords", () => {
  test.each([
    [
      "KeePass 2",
      "/app/x.kdbx",
      Buffer.concat([Buffer.from("03d9a29a67fb4bb501000400", "hex"), NOISE]),
      "password-database",
    ],
    [
      "KeePass 1, by another name",
      "/app/x.bin",
      Buffer.concat([Buffer.from("03d9a29a65fb4bb5", "hex"), NOISE]),
      "password-database",
    ],
    [
      "Oracle's that opens by itself",
      "/opt/w/cwallet.sso",
      Buffer.concat([Buffer.from("a1f84e3600000006", "hex"), NOISE]),
      "oracle-wallet",
    ],
    [
      "Oracle's bound to a machine",
      "/opt/w/cwallet.sso",
      Buffer.concat([Buffer.from("a1f84e3800000006", "hex"), NOISE]),
      "oracle-wallet",
    ],
    [
      "Oracle's behind a password",
      "/opt/w/ewallet.p12",
      Buffer.concat([Buffer.from("3082025302010330", "hex"), NOISE]),
      "oracle-wallet",
    ],
    [
      "MySQL's login paths",
      "/root/.mylogin.cnf",
      loginFile("[client]\n", 'user = "u"\n', 'password = "Hiver2024!x"\n'),
      "mysql-password",
    ],
  ])("%s", (_, path, bytes, kind) => {
    expect(kinds(path, bytes)).toEqual([kind]);
  });

  test.each([
    ["login paths without a password", "/root/.mylogin.cnf", loginFile("[client]\n", 'user = "u"\n')],
    [
      "another PKCS#12 that holds no key",
      "/opt/w/trust.p12",
      Buffer.concat([Buffer.from("3082025302010330", "hex"), NOISE]),
    ],
    ["the beginning of one", "/app/x.kdbx", Buffer.from("03d9a29a67", "hex")],
    ["zeros", "/root/.mylogin.cnf", Buffer.alloc(256)],
    [
      "a wallet of another type",
      "/opt/w/cwallet.sso",
      Buffer.concat([Buffer.from("a1f84e3500000006", "hex"), NOISE]),
    ],
  ])("%s is none", (_, path, bytes) => {
    expect(kinds(path, bytes)).toEqual([]);
  });
});
