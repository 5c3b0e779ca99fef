import { describe, expect, test } from "vitest";
import type { SettingsForm } from "./settings-form.ts";
import { valuePlace } from "./value-place.ts";

/** The value found for the name between ⟦ and ⟧, and its form. */
function value(form: SettingsForm, marked: string): string | undefined {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  const text = marked.replace(/[⟦⟧]/g, "");
  const place = valuePlace(text, start, end, form);
  if (place === undefined) return undefined;
  return (place.in === undefined ? "" : `${place.in} `) + text.slice(place.at);
}

describe("in a file of lines, behind a sign", () => {
  test.each([
    ["⟦password⟧=x", "x"],
    ["⟦password⟧ = x", "x"],
    ["⟦password⟧: x", "x"],
    ["⟦password⟧ :=\tx", "x"],
    ["⟦password⟧ ?= x", "x"],
    ["⟦password⟧ => x", "x"],
    ["⟦password⟧::: x", "x"],
    ['"⟦password⟧": "x"', '"x"'],
    ["'⟦password⟧' = 'x'", "'x'"],
    ["['⟦password⟧'] = 'x'", "'x'"],
    ['\\"⟦password⟧\\":\\"x\\"', undefined],
    ['{\\"⟦password⟧\\":\\"x\\"}', undefined],
    ['{"⟦password⟧\\":\\"x\\"}', '\\"x\\"}'],
    [`⟦password⟧${" ".repeat(50)}=${" ".repeat(50)}x`, "x"],
    [`⟦password⟧${" ".repeat(51)}=x`, undefined],
    ["⟦password⟧\n= x", undefined],
    ["⟦password⟧", undefined],
    ["⟦password⟧ ", undefined],
  ])("%j", (text, expected) => {
    expect(value("lines", text)).toBe(expected);
  });
});

describe("in a file of lines, what may stand before the name", () => {
  test.each([
    "",
    "  ",
    "\t",
    "- ",
    "- - ",
    "- - -  ",
    "export ",
    "  set ",
    "env ",
    "ENV ",
    "setenv ",
    "SetEnv ",
    "local ",
    "readonly ",
    "declare ",
    "ARG ",
    "@set ",
    '"',
    "'",
    "$",
    "a: b\n",
    "{ ",
    "{a: b, ",
    "a=b;",
    "?",
    "a=b&",
    "f(",
    '["',
    "run --",
    "run -",
    "java -D",
    '"--',
    "'-D",
    "flag=--",
    "x=",
    'x="',
  ])("%j", (before) => {
    expect(value("lines", `${before}⟦password⟧: x`)).toBe("x");
  });

  test.each(["a ", "my", "a.", "- - - - ", "exported ", "a/", "x = y ", " ".repeat(201), "a--", "a-D", "a$"])(
    "%j does not",
    (before) => {
      expect(value("lines", `${before}⟦password⟧: x`)).toBeUndefined();
    },
  );
});

describe("in a file of lines, on a line with others", () => {
  test.each([
    ["web1 ⟦password⟧=x", "inline x"],
    ["web1\t⟦password⟧=x y=z", "inline x y=z"],
    ["cmd /p ⟦password⟧=x", undefined],
    ["cmd /a ⟦password⟧=x", undefined],
    ["SET ⟦password⟧=x", "x"],
    ["echo set ⟦password⟧=x", undefined],
    ["offset ⟦password⟧=x", "inline x"],
    ["web1 ⟦password⟧ =x", undefined],
    ["web1 ⟦password⟧:x", undefined],
  ])("%j", (text, expected) => {
    expect(value("lines", text)).toBe(expected);
  });
});

describe("in a file of lines, behind a blank alone, to the end of the line", () => {
  test.each([
    ["⟦bindpw⟧ secret", "alone secret"],
    ["  ⟦bindpw⟧\tsecret;", "alone secret;"],
    ["⟦bindpw⟧ secret ;\r\nx", "alone secret ;\r\nx"],
    ['set ⟦bindpw⟧ "secret"', 'alone "secret"'],
    ["env ⟦bindpw⟧ secret\n", "alone secret\n"],
    ['"⟦bindpw⟧" secret', "alone secret"],
    ["⟦bindpw⟧ abc", undefined],
    ["⟦bindpw⟧ two words", undefined],
    ["⟦bindpw⟧ a=bcd", undefined],
    ["⟦bindpw⟧ a(bcd)", undefined],
    ["- ⟦bindpw⟧ secret", undefined],
    ["x ⟦bindpw⟧ secret", undefined],
    ["⟦bindpw⟧secret", undefined],
  ])("%j", (text, expected) => {
    expect(value("lines", text)).toBe(expected);
  });
});

describe("in a pair", () => {
  test.each<[SettingsForm, string, string | undefined]>([
    ["lines", '{⟦password⟧, <<"x">>}', '"x">>}'],
    ["lines", "{ \"⟦password⟧\", 'x' }", "'x' }"],
    ["code", '{ "⟦password⟧", "x" }', '"x" }'],
    ["notation", '[{⟦password⟧ , "x"}]', '"x"}]'],
    ["lines", "{⟦password⟧, x}", undefined],
    ["code", '["⟦password⟧", "x"]', undefined],
    ["code", '{a, ⟦password⟧, "x"}', undefined],
  ])("%s: %j", (form, text, expected) => {
    expect(value(form, text)).toBe(expected);
  });
});

describe("in code", () => {
  test.each([
    ['password = "x"'.replace("password", "⟦password⟧"), '"x"'],
    ['const ⟦password⟧ =\n  "x"', '"x"'],
    ['⟦password⟧: string = "x"', '"x"'],
    ['param ⟦password⟧ string = "x"', '"x"'],
    ['⟦password⟧: str = "x"', '"x"'],
    ['⟦password⟧?: string = "x"', '"x"'],
    ['⟦password⟧ String? = "x"', '"x"'],
    ['⟦password⟧ SecureString = "x"', '"x"'],
    ['⟦password⟧ || "x"', '"x"'],
    ['⟦password⟧ ?? "x"', '"x"'],
    ['⟦password⟧ => "x"', '"x"'],
    ['⟦password⟧ := "x"', '"x"'],
    ['⟦password⟧ Number = "x"', undefined],
    ['⟦password⟧ "x"', undefined],
  ])("%j", (text, expected) => {
    expect(value("code", text)).toBe(expected);
  });

  test.each([
    "define",
    "putenv",
    "getenv",
    "setenv",
    "setProperty",
    "set",
    "put",
    "get",
    "env",
    "config",
    "PUT",
  ])("an argument of %s", (name) => {
    expect(value("code", `${name}("⟦password⟧", "x")`)).toBe('"x")');
    expect(value("code", `${name}( '⟦password⟧' ,\n 'x')`)).toBe("'x')");
    expect(value("code", `my${name}("⟦password⟧", "x")`)).toBeUndefined();
    expect(value("code", `${name}("⟦password⟧") = "x"`)).toBeUndefined();
    expect(value("code", `${name}(⟦password⟧, "x")`)).toBeUndefined();
  });

  test("of Groovy and EDN, behind a blank", () => {
    expect(value("notation", 'password "x"'.replace("password", "⟦password⟧"))).toBe('"x"');
    expect(value("notation", "⟦password⟧\t'x'")).toBe("'x'");
    expect(value("notation", "⟦password⟧ x")).toBeUndefined();
    expect(value("notation", '⟦password⟧\n"x"')).toBeUndefined();
  });
});

describe("in XML", () => {
  test.each([
    ["<⟦password⟧>x</password>", "tag x</password>"],
    ["<p:⟦password⟧ a:b=\"c\" d='e'>x", undefined],
    ['<⟦password⟧ a:b="c" d="e" f="g" >x', "tag x"],
    ['<⟦password⟧ a="1" b="2" c="3" d="4">x', undefined],
    ['<property name="⟦password⟧"><value>x', "tag x"],
    ["<key>⟦password⟧</key>\n\t<string>x", "tag x"],
    ["<name>⟦password⟧</name><value>x", "tag x"],
    ["<⟦password⟧><Value>x", "tag x"],
    ["<key>⟦password⟧</key><integer>1", undefined],
    ['<add ⟦password⟧="x"/>', '"x"/>'],
    ['<add key="⟦password⟧" value="x"/>', '"x"/>'],
    ["<x ⟦password⟧ =\n 'x'/>", "'x'/>"],
  ])("%j", (text, expected) => {
    expect(value("xml", text)).toBe(expected);
  });
});

describe("in JSON", () => {
  test.each([
    ['{"⟦password⟧": "x"}', '"x"}'],
    ['{"⟦password⟧"\n:\n"x"}', '"x"}'],
    ['{"a": "{\\"⟦password⟧\\":\\"x\\"}"}', '\\"x\\"}"}'],
    ['{"run": "⟦PASSWORD⟧=x cmd"}', 'inline x cmd"}'],
    ['{"run": "a; ⟦PASSWORD⟧=x"}', 'inline x"}'],
    ['{"run": "a\\n⟦PASSWORD⟧=x"}', 'inline x"}'],
    ['{"run": "a\\t⟦PASSWORD⟧=x"}', 'inline x"}'],
    ['{"url": "a?⟦PASSWORD⟧=x"}', 'x"}'],
    ["⟦PASSWORD⟧=x", "x"],
    ['{"⟦password⟧"}', undefined],
    ['# "⟦password⟧": "x"', '"x"'],
  ])("%j", (text, expected) => {
    expect(value("json", text)).toBe(expected);
  });
});

describe("beside the name", () => {
  test.each<[SettingsForm, string, string | undefined]>([
    ["lines", "- name: ⟦PASSWORD⟧\n  value: x", "x"],
    ["lines", '- name: "⟦PASSWORD⟧"\n  "value" : x', "x"],
    ["json", '{"name": "⟦PASSWORD⟧", "value": "x"}', '"x"}'],
    ["xml", '<add name="⟦PASSWORD⟧" VALUE = "x"/>', '"x"/>'],
    ["lines", "nom: ⟦PASSWORD⟧\nvaleur: x", "x"],
    ["lines", "n: ⟦PASSWORD⟧ val=x", "x"],
    ["lines", "- name: ⟦PASSWORD⟧\n- value: x", "x"],
    ["lines", "name: ⟦PASSWORD⟧\nvalues: x", undefined],
    ["lines", "name: ⟦PASSWORD⟧ other value: x", undefined],
  ])("%s: %j", (form, text, expected) => {
    expect(value(form, text)).toBe(expected);
  });
});

test("in SQL, behind a sign", () => {
  expect(value("sql", "SET ⟦password⟧ = 'x'")).toBe("'x'");
  expect(value("sql", "⟦password⟧\n= 'x'")).toBe("'x'");
  expect(value("sql", "⟦password⟧ 'x'")).toBeUndefined();
});

describe("a comment has no value", () => {
  test.each(["# ", "  // ", "; ", " * ", "/* ", "<!-- ", "-- ", "!", "rem ", "% ", "x = 1 # ", "x = 1\t// "])(
    "%j",
    (before) => {
      expect(value("lines", `${before}{⟦password⟧: x`)).toBeUndefined();
      expect(value("code", `${before}{⟦password⟧: "x"`)).toBeUndefined();
    },
  );

  test.each(["a#{", "http://x?", "--", "%env ", "a;", "remark ", "#\n"])("%j is none", (before) => {
    expect(value("code", `${before}⟦password⟧ = "x"`)).toBe('"x"');
  });

  test("is told by three hundred characters before the name", () => {
    const long = `# ${"x".repeat(300)} `;
    expect(value("code", `${long.slice(0, 290)}⟦password⟧="x"`)).toBeUndefined();
    expect(value("code", `${long}⟦password⟧="x"`)).toBe('"x"');
  });
});
