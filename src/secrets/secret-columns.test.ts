import { describe, expect, test } from "vitest";
import { insertedValues, tableValues } from "./secret-columns.ts";
import type { SettingValue } from "./setting-values.ts";

/** Names and values found; asserts that their offsets match the text. */
function seen(text: string, values: readonly SettingValue[]): readonly string[] {
  return values.map(({ name, value, start, end }) => {
    expect(text.slice(start, end)).toBe(value);
    return `${name}=${value}`;
  });
}

describe("columns of a table", () => {
  test.each<[string, string, readonly string[]]>([
    ["commas", "login,password\na,x1\nb,x2\n", ["password=x1", "password=x2"]],
    ["semicolons", "mot de passe;nom\nx1;a", ["mot de passe=x1"]],
    ["tabs", "token\tid\nx1\t2\r\n", ["token=x1"]],
    ["bars", "id|secret\n1|x1\n", ["secret=x1"]],
    ["the separator that stands most often", "a;mot de passe;b, c\n1;x1;2, 3\n", ["mot de passe=x1"]],
    ["a comma of two that stand as often", "a;password,token\n1;2,x1\n", ["a;password=1;2", "token=x1"]],
    ["quotes", '"login","password"\n"a","x1" \n', ["password=x1"]],
    [
      "a mark of byte order",
      "\u00ef\u00bb\u00bfpassword,a\nx1,b\n".replace("\u00ef\u00bb\u00bf", "\ufeff"),
      ["password=x1"],
    ],
    ["accents, as Latin-1 reads UTF-8", Buffer.from("clé api;a\nx1;b\n").toString("latin1"), ["clé api=x1"]],
    ["two columns", "password,token\nx1,y1\nx2,y2\n", ["password=x1", "token=y1", "password=x2", "token=y2"]],
    ["empty cells", "login,password\na,\nb,''\nc,x3\n", ["password=x3"]],
    ["short rows", "a,b,password\n1\n1,2,x1\n", ["password=x1"]],
    ["no separator", "password\nx1\n", []],
    ["no row", "login,password", []],
    ["no such column", "login,count\na,b\n", []],
    ["a key column, which may be a name", "my_key,a\nx1,b\n", []],
  ])("%s", (_, text, expected) => {
    expect(seen(text, tableValues(text))).toEqual(expected);
  });

  test("two hundred rows of sixty columns, four thousand characters of each", () => {
    const rows = Array.from({ length: 201 }, (_, row) => `a,x${row}`).join("\n");
    expect(tableValues(`login,password\n${rows}`)).toHaveLength(200);
    const columns = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`);
    const wide = (count: number) => [...columns(count), "password"].join(",");
    expect(tableValues(`${wide(59)}\n${wide(59)}\n`)).toHaveLength(1);
    expect(tableValues(`${wide(60)}\n${wide(60)}\n`)).toHaveLength(0);
    expect(tableValues(`password,${"x".repeat(4_087)}\nx1,b\n`)).toHaveLength(1);
    expect(tableValues(`password,${"x".repeat(4_088)}\nx1,b\n`)).toHaveLength(0);
    expect(tableValues(`a,password\n${"x".repeat(4_094)},yz\n`).map(({ value }) => value)).toEqual(["y"]);
  });
});

describe("columns that INSERT names", () => {
  test.each<[string, readonly string[]]>([
    ["INSERT INTO users (login, password) VALUES ('a', 'x1');", ["password=x1"]],
    ["insert into `db`.`users` (`password`,`a`)\nvalues\n('x1',2)", ["password=x1"]],
    ['INSERT INTO "s"."users" ("a", "token") VALUES (NULL, N\'x1\')', ["token=x1"]],
    ["INSERT INTO [users] ([password]) VALUES ('x,1')", ["password=x,1"]],
    ["INSERT INTO u (a, password) VALUES ('it''s, b', 'x1')", ["password=x1"]],
    ["INSERT INTO u (password) VALUES ('x1'), ('x2')", ["password=x1"]],
    [
      "INSERT INTO u (password) VALUES ('x1'); INSERT INTO u (password) VALUES ('x2')",
      ["password=x1", "password=x2"],
    ],
    ["INSERT INTO u (password) VALUES (NULL)", []],
    ["INSERT INTO u (password) VALUES (md5(x))", []],
    ["INSERT INTO u (a, password) VALUES ('x1')", []],
    ["INSERT INTO u (password) VALUES ('')", []],
    ["INSERT INTO u (name) VALUES ('x1')", []],
    ["INSERT INTO u VALUES ('x1')", []],
    ["INSERTED INTO u (password) VALUES ('x1')", []],
    ["xINSERT INTO u (password) VALUES ('x1')", []],
  ])("%s", (text, expected) => {
    expect(seen(text, insertedValues(text))).toEqual(expected);
  });
});
