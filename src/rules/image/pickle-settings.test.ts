import { expect, test } from "vitest";
import { pickleSettings } from "./pickle-settings.ts";

/** `{"environment": "production", "port": 8080, "database": {"host": "db.prod.corp.fr"}}`, as Python writes it. */
const PICKLES: readonly (readonly [number, Buffer])[] = [
  [
    0,
    Buffer.from(
      "(dp0\nVenvironment\np1\nVproduction\np2\nsVport\np3\nI8080\nsVdatabase\np4\n(dp5\nVhost\np6\nVdb.prod.corp.fr\np7\nss.",
    ),
  ],
  [
    2,
    Buffer.concat([
      Buffer.from("\x80\x02}q\x00(", "latin1"),
      ...[
        "environment",
        "q\x01",
        "production",
        "q\x02",
        "port",
        "q\x03M\x90\x1f",
        "database",
        "q\x04}q\x05",
      ].map((part, index) => (index % 2 === 0 ? long(part) : Buffer.from(part, "latin1"))),
      long("host"),
      Buffer.from("q\x06", "latin1"),
      long("db.prod.corp.fr"),
      Buffer.from("q\x07su.", "latin1"),
    ]),
  ],
  [
    4,
    Buffer.concat([
      Buffer.from("\x80\x04\x95\x4c\x00\x00\x00\x00\x00\x00\x00}\x94(", "latin1"),
      short("environment"),
      short("production"),
      short("port"),
      Buffer.from("M\x90\x1f", "latin1"),
      short("database"),
      Buffer.from("}\x94", "latin1"),
      short("host"),
      short("db.prod.corp.fr"),
      Buffer.from("su.", "latin1"),
    ]),
  ],
];

function long(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x58, text.length, 0, 0, 0]), Buffer.from(text)]);
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text), Buffer.from([0x94])]);
}

test.each(PICKLES)("settings of a pickle of protocol %i", (_, bytes) => {
  const settings = pickleSettings(bytes.toString("utf8"));
  expect(settings).toContainEqual({ name: "environment", value: "production", line: 1 });
  expect(settings).toContainEqual({ name: "host", value: "db.prod.corp.fr", line: 1 });
});

test.each([
  ["nothing", ""],
  ["one text", `\uFFFD\u0004host`],
  ["texts that are no names", `\uFFFD\u0003a bX\u0003\u0000\u0000\u0000c d`],
  ["bytes that are no text", `\uFFFD\u0003\u0001\u0002\u0003X\u0002\u0000\u0000\u0000\u0001\u0002`],
])("of %s there are none", (_, content) => {
  expect(pickleSettings(content)).toEqual([]);
});

test("many texts are read up to a bound", () => {
  expect(pickleSettings("\uFFFD\u0001a".repeat(5_000)).length).toBeLessThan(2_001);
});
