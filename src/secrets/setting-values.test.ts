import { describe, expect, test } from "vitest";
import { settingValues } from "./setting-values.ts";
import type { SettingsForm } from "./settings-form.ts";

function values(form: SettingsForm, text: string) {
  const found = settingValues(text, form);
  for (const { value, start, end } of found) expect(text.slice(start, end)).toBe(value);
  return found.map(({ name, value, isLoose }) => `${isLoose === true ? "~" : ""}${name}=${value}`);
}

describe("in a file of lines", () => {
  test.each([
    ["password: abc", ["password=abc"]],
    ["password=abc", ["password=abc"]],
    ["password := abc", ["password=abc"]],
    ["password => abc", ["password=abc"]],
    ["  - password: abc", ["password=abc"]],
    ["- - password: abc", ["password=abc"]],
    ["export DB_PASSWORD=abc", ["DB_PASSWORD=abc"]],
    ["set DB_PASSWORD=abc", ["DB_PASSWORD=abc"]],
    ["env DB_PASSWORD=abc", ["DB_PASSWORD=abc"]],
    ["declare DB_PASSWORD=abc", ["DB_PASSWORD=abc"]],
    ['"password": abc', ["password=abc"]],
    ["'password': abc", ["password=abc"]],
    ["a: {password: abc}", ["password=abc"]],
    ["a: {x: y, password: abc, z: 1}", ["password=abc"]],
    ["a;password=abc", ["password=abc"]],
    ["a?password=abc&x=y", ["password=abc&x=y"]],
    ["web1 ansible_password=abc", ["ansible_password=abc"]],
    ["opts --password=abc", ["password=abc"]],
    ["opts -Dpassword=abc", ["password=abc"]],
    ['X="password=abc"', ['password=abc"']],
    ["password: abc # why", ["password=abc"]],
    ["password: abc,", ["password=abc"]],
    ["password: abc ; ", ["password=abc"]],
    ["password: a b c", ["password=a b c"]],
    ['password: "a # b"', ["password=a # b"]],
    ["password: 'a b'", ["password=a b"]],
    ['password: "a\\"b"', ['password=a\\"b']],
    ["password: &x abc", ["password=abc"]],
    ["password: !!str abc", ["password=abc"]],
    ["password: &x !!str abc", ["password=abc"]],
    ["password: |\n  abc\n  def", ["password=abc"]],
    ["password: >-\n  abc", ["password=abc"]],
    ["password: |2\n  abc", ["password=abc"]],
    ["- name: DB_PASSWORD\n  value: abc", ["DB_PASSWORD=abc"]],
    ["name: DB_PASSWORD, value: abc", ["DB_PASSWORD=abc"]],
    ['name: "DB_PASSWORD"\n  valeur: abc', ["DB_PASSWORD=abc"]],
    ["spring.datasource.password=abc", ["spring.datasource.password=abc"]],
    ["db-password: abc", ["db-password=abc"]],
    ["clé: abc", ["clé=abc"]],
    ["cl\xc3\xa9: abc", ["clé=abc"]],
    ["cl\xe9_a: abc", ["clé_a=abc"]],
    ["secret_token_key: abc", ["secret_token_key=abc"]],
    ["\x80Az09_password_Az09: abc", ["\x80Az09_password_Az09=abc"]],
    [`${"a\n".repeat(100)}db_password_1: abc`, ["db_password_1=abc"]],
    ["bindpw abc4", ["~bindpw=abc4"]],
    ["passwords: [abc, def]", ["~password=abc", "~password=def"]],
    ["passwords:\n  db: abc\n  url: def\n", ["~password=abc"]],
    ["credentials:\n  db: abc\n", ["~credential=abc"]],
    ["PASS: [abc]", ["~PASS=abc"]],
    ["[passwords]\nhost=abc\n", []],
    ["[passwords]\na=abc\n", ["~password=abc"]],
    ["[passwords] \t\r\na=abc\n", ["~password=abc"]],
    ["[passwords] x\na=abc\n", []],
    ["[[passwords]]\na=abc\n", []],
    ["-passwords]\na=abc\n", []],
    ["hosts: [key, key2]", []],
    ["psk: abc", ["psk=abc"]],
    ["jeton: abc", ["jeton=abc"]],
    ["mdp: abc", ["mdp=abc"]],
    ["credential: abc", ["credential=abc"]],
    ["pw: abc", ["pw=abc"]],
    ["a: b\npassword: abc\nkey: def", ["password=abc", "key=def"]],
  ])("%j: %j", (text, expected) => {
    expect(values("lines", text)).toEqual(expected);
  });

  test.each([
    "# password: abc",
    "// password: abc",
    "; password: abc",
    "* password: abc",
    "/* password: abc",
    "<!-- password: abc",
    "-- password: abc",
    "! password: abc",
    "REM password: abc",
    "% password: abc",
    "x: y # password: abc",
    "x: y // password: abc",
    "the password: abc",
    "x password : abc",
    "/run/password: abc",
    "password.js: abc",
    "token.css: abc",
    "password",
    "password abc",
    "password:",
    "password: *anchor",
    "password: !vault x",
    "password: #",
    'password: "abc',
    "power: abc",
    "user: abc",
    "",
  ])("%j: none", (text) => {
    expect(values("lines", text)).toEqual([]);
  });

  test("a REMOTE password is commented out by nobody", () => {
    expect(values("lines", "REMOTE_PASSWORD=abc")).toEqual(["REMOTE_PASSWORD=abc"]);
    expect(values("lines", "url#password=abc")).toEqual([]);
  });

  test("a name is no longer than a hundred characters on either side", () => {
    expect(values("lines", `${"x".repeat(100)}password: abc`)).toHaveLength(1);
    expect(values("lines", `${"x".repeat(101)}password: abc`)).toEqual([]);
    expect(values("lines", `password${"x".repeat(92)}: abc`)).toHaveLength(1);
    expect(values("lines", `password${"x".repeat(93)}: abc`)).toEqual([]);
  });
});

describe("in JSON", () => {
  test.each([
    ['{"password":"abc"}', ["password=abc"]],
    ['{"password" : "abc"}', ["password=abc"]],
    ['{"password":\n  "abc"}', ["password=abc"]],
    ['{"name":"password","value":"abc"}', ["password=abc"]],
    ['{"name":"password",\n "value" : "abc"}', ["password=abc"]],
    ['{"password":12345}', ["password=12345"]],
    ['{"secret":12345}', ["secret=12345"]],
    ['{"token":12345}', []],
    ['{"/api/token":"abc"}', []],
    ['{"token.js":"abc","token.mjs":"abc","token.cts":"abc","token.tsx":"abc","token.htm":"abc"}', []],
    ['{"token.js.old":"abc"}', ["token.js.old=abc"]],
    ['{"passwords":{"db":"abc","url":"def"}}', ["~password=abc"]],
    ['{"x":"password: [abc, def]"}', []],
    ['{"password":12345,"a":1}', ["password=12345"]],
    ['{"a":1,"b_token":"x","c":[]}', ["b_token=x"]],
    ['{"url":"x // y","password":"abc"}', ["password=abc"]],
    ['{"pass":1234}', []],
    ['{"pass":"1234"}', ["pass=1234"]],
    ['{"password":123}', []],
    ['{"password":12345x}', []],
    ['{"password":true}', []],
    ['{"password":null}', []],
    ['{"password":["abc"]}', ["~password=abc"]],
    ['{"password":"a\nb"}', []],
  ])("%j: %j", (text, expected) => {
    expect(values("json", text)).toEqual(expected);
  });
});

describe("in XML", () => {
  test.each([
    ['<x password="abc"/>', ["password=abc"]],
    ["<x password='abc'/>", ["password=abc"]],
    ["<password>abc</password>", ["password=abc"]],
    ["<password>\n  abc\n</password>", ["password=abc"]],
    ["<password><![CDATA[abc]]></password>", ["password=abc"]],
    ['<entry key="password">abc</entry>', ["key=password", "password=abc"]],
    ['<entry key="password" type="x">abc</entry>', ["key=password", "password=abc"]],
    ['<property name="password"><value>abc</value></property>', ["password=abc"]],
    ['<property name="password" value="abc"/>', ["password=abc"]],
    ["<key>ApiToken</key>\n<string>abc</string>", ["key=ApiToken", "ApiToken=abc"]],
    ["<password/>", []],
    ["<password>abc", []],
    ["<passwords x>abc</passwords>", []],
  ])("%j: %j", (text, expected) => {
    expect(values("xml", text)).toEqual(expected);
  });
});

describe("in code", () => {
  test.each([
    ["password = 'abc'", ["password=abc"]],
    ['password = "abc"', ["password=abc"]],
    ["password = `abc`", ["password=abc"]],
    ['password = b"abc"', ["password=abc"]],
    ["password = r'abc'", ["password=abc"]],
    ["{ password: 'abc' }", ["password=abc"]],
    ["'password' => 'abc'", ["password=abc"]],
    ["config['password'] = 'abc'", ["password=abc"]],
    ["password :=\n 'abc'", ["password=abc"]],
    ["process.env.PASSWORD || 'abc'", ["process.env.PASSWORD=abc"]],
    ["process.env.PASSWORD ?? 'abc'", ["process.env.PASSWORD=abc"]],
    ['os.getenv("PASSWORD", "abc")', ["PASSWORD=abc"]],
    ["define('DB_PASSWORD', 'abc')", ["DB_PASSWORD=abc"]],
    ["putenv('DB_PASSWORD', 'abc')", ["DB_PASSWORD=abc"]],
    ["setProperty('password', 'abc')", ["password=abc"]],
    ["config('password', 'abc')", ["password=abc"]],
    ["other('password', 'abc')", []],
    ["undefine('password', 'abc')", []],
    ["password = other", []],
    ["password = 12345", []],
    ["// password = 'abc'", []],
    ["# password = 'abc'", []],
    ["password = b", []],
  ])("%j: %j", (text, expected) => {
    expect(values("code", text)).toEqual(expected);
  });
});

describe("in a script of a shell", () => {
  test.each([
    ["PASSWORD=abc", ["PASSWORD=abc"]],
    ["export PASSWORD=abc", ["PASSWORD=abc"]],
    ["local PASSWORD='a b'", ["PASSWORD=a b"]],
    ["readonly PASSWORD=abc; x", ["PASSWORD=abc"]],
    ["PASSWORD=abc app", ["PASSWORD=abc"]],
    ["app --password=abc|x", ["password=abc"]],
    ["PASSWORD=abc&", ["PASSWORD=abc"]],
    ["PASSWORD= abc", ["PASSWORD=abc"]],
    ["# PASSWORD=abc", []],
    ["echo password: abc", []],
    ["PASSWORD=`x`", []],
  ])("%j: %j", (text, expected) => {
    expect(values("shell", text)).toEqual(expected);
  });
});

test("sections are those of files of lines", () => {
  expect(values("code", "[passwords]\na='abc'\n")).toEqual([]);
});

test("SQL gives no values to names", () => {
  expect(values("sql", "SET password = abc")).toEqual([]);
});

test("of a name within another one's value no more is read than a secret is long", () => {
  const line = `password=${"password=".repeat(2_000)}`;
  const values = settingValues(line, "lines");
  expect(values.length).toBeGreaterThan(1_000);
  expect(values.slice(1).every(({ value }) => value.length <= 512)).toBe(true);
  expect(settingValues("password=password=hunter2", "lines").map(({ value }) => value)).toEqual([
    "password=hunter2",
    "hunter2",
  ]);
});
