import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind, confidence }) => `${kind} ${confidence}`);
}

const PW = "Kj8vQ2xW9z";
const SQL = `CREATE USER app IDENTIFIED BY '${PW}'`;
const HASH = "app:$6$saltsalt$abcdefghijklmnopqrstuv";

describe("what betrays a secret", () => {
  test.each([
    ["its file's form", "/root/.netrc", `password ${PW}`, ["netrc-password confirmed"]],
    ["all of its file", "/etc/ldap.secret", `${PW}\n`, ["named-secret likely"]],
    ["its own name", "/app/config.yaml", `password: ${PW}\n`, ["named-secret likely"]],
    ["nothing, when it is a placeholder", "/root/.netrc", "password changeme", []],
    ["nothing, in another file", "/app/readme", `password ${PW}`, []],
  ])("%s", (_, path, text, expected) => {
    expect(kinds(path, text)).toEqual(expected);
  });
});

describe("what a repository shows on purpose holds none", () => {
  test.each([
    ..."/app/init.example.sql /app/init.exemple.sql /app/init-sample.sql /app/init.TEMPLATE.sql /app/init.tpl.sql".split(
      " ",
    ),
    ..."/app/init.dist.sql /app/init_default.sql /app/init-defaults.sql /app/init.schema.sql /app/init.md.sql".split(
      " ",
    ),
  ])("%s", (path) => {
    expect(kinds(path, SQL)).toEqual([]);
  });

  test.each(["/etc/htpasswd.example", "/etc/htpasswd-sample", "/etc/htpasswd.dist"])("%s", (path) => {
    expect(kinds(path, HASH)).toEqual([]);
  });

  test.each(["/app/example/init.sql.d/a.sql", "/app/examples.sql", "/app/init.example-1.sql"])(
    "but %s is none of these",
    (path) => {
      expect(kinds(path, SQL)).toEqual(["named-secret likely"]);
    },
  );
});

test("only Maven's own comments are left out, and what stands behind them keeps its line", () => {
  const text = `<!--\n<password>x</password>\n-->\n<password>${PW}</password>`;
  const found = scanFile("/root/.m2/settings.xml", Buffer.from(text));
  expect(found.map(({ kind, line }) => [kind, line])).toEqual([["maven-password", 4]]);
});
