import { describe, expect, test } from "vitest";
import { classOf } from "../../../test/fixtures/java-class.ts";
import { type CodeSketch, type PythonVersion, pycOf } from "../../../test/fixtures/python-module.ts";
import { noise } from "../../../test/fixtures/secrets.ts";
import { scanFile } from "../scan.ts";
import { compiledSource } from "./compiled-source.ts";

const SECRET = `k9X${noise(29)}`;
const linesOf = (path: string, bytes: Buffer) =>
  compiledSource(path, bytes)
    ?.text.split(";\n")
    .filter((line) => line !== "");

describe("a class gives texts to names", () => {
  test.each<[string, Buffer, string[]]>([
    [
      "constants",
      classOf({ constants: { JWT_SECRET: SECRET, TITLE: "Portail" } }),
      [`JWT_SECRET = "${SECRET}"`, 'TITLE = "Portail"'],
    ],
    ["fields", classOf({ fields: { dbPassword: SECRET } }), [`dbPassword = "${SECRET}"`]],
    ["setters", classOf({ calls: { setApiToken: SECRET } }), [`setApiToken = "${SECRET}"`]],
    [
      "keys of maps",
      classOf({ puts: { password: SECRET } }),
      [`put = "${SECRET}"`, `password = "${SECRET}"`],
    ],
    [
      "constants of high numbers",
      classOf({ fields: { secret: SECRET }, padding: 300 }),
      [`secret = "${SECRET}"`],
    ],
    ["a class with interfaces", classOf({ constants: { SECRET }, interfaces: 3 }), [`SECRET = "${SECRET}"`]],
    ["texts that are no values", classOf({ constants: { A: "x", B: 'a"b', C: "a\nb", "1": "abcd" } }), []],
    ["none", classOf({}), []],
  ])("%s", (_, bytes, lines) => {
    expect(linesOf("/app/Conf.class", bytes)).toEqual(lines);
  });

  test.each<[string, string, Buffer]>([
    ["a program of macOS", "/app/tool", Buffer.concat([Buffer.from("cafebabe", "hex"), Buffer.alloc(64)])],
    ["a class of a library", "/app/lib/other-1.0.jar!/a/Conf.class", classOf({ constants: { SECRET } })],
    ["a class of a library of Jib", "/app/libs/other.jar!/Conf.class", classOf({ constants: { SECRET } })],
  ])("trap: %s is none of the application's", (_, path, bytes) => {
    expect(compiledSource(path, bytes)).toBeUndefined();
  });

  test("what is cut gives no more than is there", () => {
    const whole = classOf({ constants: { SECRET }, fields: { secret: SECRET } });
    const given = Array.from({ length: whole.length - 24 }, (_, cut) => {
      return linesOf("/app/Conf.class", whole.subarray(0, 24 + cut)) ?? [];
    });
    expect(given.at(0)).toEqual([]);
    expect(new Set(given.flat())).toEqual(new Set([`SECRET = "${SECRET}"`, `secret = "${SECRET}"`]));
  });

  test("a constant of no kind that is known makes it none", () => {
    const unknown = classOf({ constants: { SECRET } });
    unknown[10] = 99;
    expect(linesOf("/app/Conf.class", unknown)).toEqual([]);
  });
});

/** Numbers of instructions: LOAD_CONST, STORE_NAME, STORE_FAST, STORE_ATTR, STORE_SUBSCR, EXTENDED_ARG, LOAD_FAST. */
const OLD = { load: 100, name: 90, fast: 125, attribute: 95, subscript: 60, extended: 144, other: 124 };
const NEW = { load: 83, name: 114, fast: 110, attribute: 108, subscript: 39, extended: 71, other: 85 };

describe.each<[PythonVersion, typeof OLD]>([
  ["3.8", OLD],
  ["3.10", OLD],
  ["3.11", OLD],
  ["3.12", OLD],
  ["3.13", NEW],
])("a module of Python %s gives texts to names", (version, op) => {
  test.each<[string, CodeSketch, string[]]>([
    [
      "a variable of the module",
      {
        code: [
          [op.load, 0],
          [op.name, 0],
        ],
        constants: [SECRET],
        names: ["SECRET_KEY"],
      },
      [`SECRET_KEY = "${SECRET}"`],
    ],
    [
      "a local variable",
      {
        code: [
          [op.load, 0],
          [op.fast, 0],
        ],
        constants: [SECRET],
        variables: ["token"],
      },
      [`token = "${SECRET}"`],
    ],
    [
      "an attribute",
      {
        code: [
          [op.load, 0],
          [op.other, 0],
          [op.attribute, 0],
        ],
        constants: [SECRET],
        names: ["api_token"],
      },
      [`api_token = "${SECRET}"`],
    ],
    [
      "a key",
      {
        code: [
          [op.load, 0],
          [op.other, 0],
          [op.load, 1],
          [op.subscript, 0],
        ],
        constants: [SECRET, "JWT_SECRET"],
      },
      [`JWT_SECRET = "${SECRET}"`],
    ],
    [
      "keys of a dictionary",
      {
        code: [
          [op.load, 0],
          [op.load, 1],
          [op.load, 2],
          [op.name, 0],
        ],
        constants: ["db", SECRET, ["host", "password"]],
        names: ["CONF"],
      },
      [`host = "db"`, `password = "${SECRET}"`].slice(1),
    ],
    [
      "within a function",
      {
        code: [
          [op.load, 0],
          [op.name, 0],
        ],
        constants: [
          {
            code: [
              [op.load, 0],
              [op.name, 0],
            ],
            constants: [SECRET],
            names: ["secret"],
          },
        ],
        names: ["f"],
      },
      [`secret = "${SECRET}"`],
    ],
    [
      "by a large number",
      {
        code: [
          [op.extended, 1],
          [op.load, 0],
          [op.name, 0],
        ],
        constants: [...Array.from({ length: 200 }, () => null), ...Array.from({ length: 55 }, () => 1)],
        names: ["secret"],
      },
      [],
    ],
    [
      "not where something stands between",
      {
        code: [
          [op.load, 0],
          [op.other, 0],
          [op.name, 0],
        ],
        constants: [SECRET],
        names: ["secret"],
      },
      [],
    ],
    [
      "not a number",
      {
        code: [
          [op.load, 0],
          [op.name, 0],
        ],
        constants: [12],
        names: ["secret"],
      },
      [],
    ],
  ])("%s", (_, code, lines) => {
    expect(linesOf("/app/worker.pyc", pycOf(version, code))).toEqual(lines);
  });
});

describe("a compiled module", () => {
  const code: CodeSketch = {
    code: [
      [100, 0],
      [90, 0],
    ],
    constants: [SECRET],
    names: ["SECRET_KEY"],
  };

  test("is read as its source is called", () => {
    expect(compiledSource("/app/__pycache__/settings.cpython-312.opt-1.pyc", pycOf("3.12", code))?.path).toBe(
      "/app/settings.py",
    );
    expect(compiledSource("/app/settings.pyc", pycOf("3.12", code))?.path).toBe("/app/settings.py");
  });

  test("of an older or a newer version is not read", () => {
    expect([linesOf("/a.pyc", pycOf("3.7", code)), linesOf("/a.pyc", pycOf("3.14", code))]).toEqual([[], []]);
  });

  test("the names of arguments follow them", () => {
    const call: CodeSketch = {
      code: [
        [100, 0],
        [100, 1],
        [172, 2],
      ],
      constants: ["portail", SECRET, ["secret"]],
    };
    expect(linesOf("/a.pyc", pycOf("3.11", call))).toEqual([`secret = "${SECRET}"`]);
  });

  test("that is cut, nested without end, or no module gives none", () => {
    const whole = pycOf("3.13", code);
    for (let end = 24; end < whole.length - 10; end += 3)
      expect(linesOf("/a.pyc", whole.subarray(0, end))).toEqual([]);
    const nested = Buffer.concat([whole.subarray(0, 16), Buffer.from(")\x01".repeat(500), "latin1")]);
    expect(linesOf("/a.pyc", nested)).toEqual([]);
    expect(linesOf("/a.pyc", Buffer.concat([whole.subarray(0, 16), Buffer.from("?".repeat(20))]))).toEqual(
      [],
    );
    expect(compiledSource("/a.pyc", Buffer.alloc(40))).toBeUndefined();
    expect(compiledSource("/a.pyc", Buffer.alloc(4))).toBeUndefined();
  });

  test("objects of all kinds are passed over", () => {
    const objects =
      "NFTS.i1234I12345678g12345678y1234567890123456l\x02\0\0\0abcdf\x03123x\x011\x012{z\x01az\x01b0[\x01\0\0\0N<\0\0\0\0r\0\0\0\0a\x02\0\0\0abu\x01\0\0\0c";
    const count = 20;
    const tuple = Buffer.concat([Buffer.from([0x29, count]), Buffer.from(objects, "latin1")]);
    const bytes = Buffer.concat([pycOf("3.13", code).subarray(0, 16), tuple]);
    expect(linesOf("/a.pyc", bytes)).toEqual([]);
  });
});

describe("what byte code of the application names a secret is one", () => {
  const python = (name: string): Buffer =>
    pycOf("3.12", {
      code: [
        [100, 0],
        [90, 0],
      ],
      constants: [SECRET],
      names: [name],
    });

  test.each<[string, Buffer, string[]]>([
    ["/app/classes/Conf.class", classOf({ constants: { JWT_SECRET: SECRET } }), ["named-secret"]],
    [
      "/app/app.jar!/BOOT-INF/classes/Conf.class",
      classOf({ fields: { dbPassword: SECRET } }),
      ["named-secret"],
    ],
    [
      "/app/lib/portal.jar!/BOOT-INF/classes/Conf.class",
      classOf({ constants: { JWT_SECRET: SECRET } }),
      ["named-secret"],
    ],
    ["/app/worker.pyc", python("SECRET_KEY"), ["named-secret"]],
    ["/app/settings.pyc", python("SECRET_KEY"), ["named-secret"]],
    ["/app/classes/Conf.class", classOf({ constants: { CACHE_NAME: SECRET, SECRET_HEADER: SECRET } }), []],
    [
      "/app/classes/Conf.class",
      classOf({ constants: { SECRET: "changeme", TOKEN_URI: "https://sso.corp.fr/token" } }),
      [],
    ],
    ["/app/test/Conf.class", classOf({ constants: { JWT_SECRET: SECRET } }), []],
    ["/app/worker.pyc", python("NAME"), []],
  ])("%s", (path, bytes, kinds) => {
    expect(scanFile(path, bytes).map(({ kind }) => kind)).toEqual(kinds);
  });
});
