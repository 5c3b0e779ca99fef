import { describe, expect, test } from "vitest";
import { Base64Starts, base64Run, escapedRun, goesOn, hexRun, numbersRun } from "./encoded-runs.ts";

const TEXT = "-----BEGIN nothing at all that is a key-----\nabc\n".repeat(3);
const BASE64 = Buffer.from(TEXT).toString("base64");

describe("base64", () => {
  test.each([
    ["in one line", BASE64],
    ["wrapped", BASE64.replace(/.{64}/g, "$&\n")],
    ["wrapped with returns and indented", BASE64.replace(/.{64}/g, "$&\r\n    ")],
    ["wrapped in a literal", BASE64.replace(/.{64}/g, "$&\\n")],
    ["wrapped in a literal with returns", BASE64.replace(/.{64}/g, "$&\\r\\n")],
    ["continued by backslashes", BASE64.replace(/.{64}/g, "$&\\\n")],
  ])("%s", (_, encoded) => {
    const run = base64Run(`k="${encoded}"`, 3);
    expect(run?.bytes.toString()).toBe(TEXT);
    expect(run?.end).toBe(3 + encoded.replace(/=+$/, "").length);
  });

  test("ends with a short line, and is none that is short or begins before the text", () => {
    expect(base64Run(`${BASE64.slice(0, 32)}\nnext`, 0)?.end).toBe(32);
    expect([base64Run("abc", 0), base64Run(BASE64, -1)]).toEqual([undefined, undefined]);
  });
});

describe("the edges of base64", () => {
  const line = (length: number) => "A".repeat(length);
  const end = (text: string, start = 0) => base64Run(text, start)?.end;

  test("twenty-four characters at least", () => {
    expect([end(line(23)), end(line(24))]).toEqual([undefined, 24]);
    expect(end(`x${line(24)}`, 1)).toBe(25);
  });

  test("a line of forty goes on in the next, a shorter one ends it", () => {
    expect([end(`${line(39)}\nAA`), end(`${line(40)}\nAA`)]).toEqual([39, 43]);
    expect(end(`${line(40)}\n${line(39)}\nAA`)).toBe(80);
  });

  test.each([
    ["\n", 1],
    ["\r\n", 2],
    ["\n \t ", 4],
    [`\n${" ".repeat(40)}`, 41],
    ["\\\n", 2],
    ["\\\r\n", 3],
    ["\\n", 2],
    ["\\r", 2],
    ["\\r\\n", 4],
  ])("a line ends by %j", (ending, length) => {
    const run = base64Run(`${line(64)}${ending}${line(24)}"`, 0);
    expect([run?.end, run?.bytes]).toEqual([88 + length, Buffer.from(line(88), "base64")]);
  });

  test.each(["\r", " ", "\\t", '"', "=", "\\", "\n\n"])("and not by %j", (ending) => {
    const run = base64Run(`${line(64)}${ending}${line(24)}`, 0);
    expect(run?.bytes).toEqual(Buffer.from(line(64), "base64"));
  });

  test("letters of both alphabets belong to it", () => {
    expect(end(`${line(24)}+/-_09azAZ.`)).toBe(34);
  });

  test("128 KiB at most", () => {
    expect(end(line(200_000))).toBe(131_072);
  });
});

describe("starts of base64", () => {
  const MOST = 32 * 1024;

  test("on the offset's line, whatever the order of the offsets", () => {
    const text = `a="${"b".repeat(50)}\n${"c".repeat(10)}" ${"d".repeat(20)}`;
    const asked = [10, 54, 30, 60, 3, 64, 0, 75, 69, 80, text.length, 20];
    const starts = new Base64Starts(text);
    expect(asked.map((at) => starts.of(at))).toEqual(
      asked.map((at) => at - (/[\w+/-]*$/.exec(text.slice(0, at))?.[0].length ?? 0)),
    );
  });

  test("at most 32 KiB before the offset", () => {
    const starts = new Base64Starts("a".repeat(200_000));
    const asked = [100, MOST, MOST + 1, 150_000, 150_010, 149_000, 151_000, 200_000];
    expect(asked.map((at) => starts.of(at))).toEqual(asked.map((at) => Math.max(0, at - MOST)));
  });

  test("each character of a long line is read once, however many offsets are asked", () => {
    let reads = 0;
    const charCodeAt = (): number => {
      reads += 1;
      return 0x61;
    };
    const starts = new Base64Starts({ charCodeAt });
    for (let at = 0; at < 4_000_000; at += 20) starts.of(at);
    expect(reads).toBeLessThanOrEqual(4_000_000);
  });
});

test("base64 goes on behind an anchor for sixteen characters", () => {
  const bytes = Buffer.from(`..${"A".repeat(16)}.`);
  expect([goesOn(bytes, 2), goesOn(bytes, 1), goesOn(bytes, 3), goesOn(bytes, 18)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("hexadecimal", () => {
  expect(hexRun(Buffer.from(TEXT).toString("hex"), 0)?.bytes.toString()).toBe(TEXT);
  expect([hexRun("2d2d", 0), hexRun("", -2)]).toEqual([undefined, undefined]);
});

test.each([
  ["\\x2d\\x2D\\u002d\\u{2d}\\055%2d=2D&#45;&#x2d;\\n\\r\\t", "---------\n\n\n"],
  ["-----BEGIN+RSA+PRIVATE+KEY%2B", "-----BEGIN RSA PRIVATE KEY+"],
  ["-----BEGIN%20RSA+PRIVATE+KEY%2B", "-----BEGIN RSA+PRIVATE+KEY+"],
])("escapes: %s", (escaped, plain) => {
  expect(escapedRun(`${escaped}"`, 0)?.bytes.toString("latin1")).toBe(plain);
  expect(escapedRun('\\x2d"', 0)).toBeUndefined();
});

test.each([[`${"0x61, ".repeat(30)}0x62 }`], [`${"97,".repeat(30)}98]`], [`${"'a', ".repeat(30)}'b' }`]])(
  "numbers: %s",
  (list) => {
    expect(numbersRun(list, 0)?.bytes.toString()).toBe(`${"a".repeat(30)}b`);
  },
);

test("a character of a list may be a line's end; a short list is none", () => {
  expect(numbersRun(`${"'a', ".repeat(30)}'\\n' }`, 0)?.bytes.at(-1)).toBe(10);
  expect(numbersRun("1, 2, 3]", 0)).toBeUndefined();
});

describe("the edges of a list", () => {
  test.each([
    ["twenty-four items", `${"1,".repeat(23)}2]`, 24],
    ["twenty-three", `${"1,".repeat(22)}2]`, undefined],
    ["blanks around, up to forty", `${" ".repeat(40)}1${" ".repeat(40)},`.repeat(24), 24],
    ["more blanks", `${" ".repeat(41)}1,`.repeat(24), undefined],
    ["blanks alone between", "1 2 ".repeat(24), 48],
    ["nothing between", "'a'".repeat(24), undefined],
    ["a letter behind", `${"1,".repeat(24)}x]`, 24],
    ["numbers of four digits", "1000,".repeat(24), undefined],
  ])("%s", (_, list, length) => {
    expect(numbersRun(list, 0)?.bytes.length).toBe(length);
  });

  test("items are bytes, in any writing, also escaped", () => {
    const list = `${"0, ".repeat(20)}0x0, 0xFf, 255, 'a', '\\'', '\\n'}`;
    expect(numbersRun(list, 0)?.bytes.subarray(20)).toEqual(Buffer.from([0, 255, 255, 0x61, 0x27, 10]));
    expect(numbersRun(list, 0)?.end).toBe(list.length - 1);
  });
});

describe("the edges of escapes", () => {
  test.each(['"', "'", "`", "<", ">", "\n", "\r"])("%j ends them", (end) => {
    expect(escapedRun(`${"\\x41".repeat(8)}${end}x`, 0)?.end).toBe(32);
  });

  test.each([
    ["\\x41\\X42", "AB"],
    ["\\u0041\\u0142", "A\\u0142"],
    ["\\u{41}\\u{141}", "A\\u{141}"],
    ["\\101\\401", "A\\401"],
    ["%41%4", "A%4"],
    ["=41=4", "A=4"],
    ["&#x41;&#xa;&#x141;", "A\n&#x141;"],
    ["&#65;&#065;&#1065;", "AA&#1065;"],
    ["\\n\\r\\t\\b", "\n\n\n\\b"],
    ["A+B", "A+B"],
  ])("%s is %j", (escaped, plain) => {
    const rest = "-".repeat(24);
    expect(escapedRun(`${escaped}${rest}`, 0)?.bytes.toString("latin1")).toBe(`${plain}${rest}`);
  });

  test("a plus is a blank before two letters, in a form that begins so", () => {
    const rest = "-".repeat(24);
    expect(escapedRun(`-----BEGIN+RSA+a+1b+Ab${rest}`, 0)?.bytes.toString("latin1")).toBe(
      `-----BEGIN RSA+a+1b Ab${rest}`,
    );
  });
});

test("hexadecimal has twenty-four digits at least", () => {
  expect([hexRun("a".repeat(23), 0), hexRun(`x${"aF".repeat(12)}g`, 1)?.end]).toEqual([undefined, 25]);
});
