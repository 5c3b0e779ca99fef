import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { foldCase } from "./fold-case.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";
import { valuePieces } from "./value-pieces.ts";
import { ValueSearch } from "./value-search.ts";

const TOKEN = "Zk9qXw7LmPt3RvB2";
const BINARY = "p?~>ÿü>>??~~w0rd?>";

const of = (value: string, format: BufferEncoding, before = ""): string =>
  Buffer.from(before + value).toString(format);

function masked(value: string, text: string): string {
  return replaceSpans(text, mergeSpans(text, new ValueSearch([value]).spans(text)));
}

const percent = (value: string): string => value.replace(/./g, (one) => `%${of(one, "hex")}`);

test.each([
  ["as it is", TOKEN, TOKEN],
  ["in small letters, as the resolver writes a name", TOKEN, TOKEN.toLowerCase()],
  ["in capitals", TOKEN, TOKEN.toUpperCase()],
  ["in hexadecimal", TOKEN, of(TOKEN, "hex")],
  ["in capital hexadecimal", TOKEN, of(TOKEN, "hex").toUpperCase()],
  ["with some characters percent-encoded", TOKEN, TOKEN.replace("X", "%58").replace("B", "%42")],
  ["percent-encoded as a whole, in capitals", TOKEN, percent(TOKEN).toUpperCase()],
  ["in the URL alphabet of base64", BINARY, of(BINARY, "base64url")],
  ["its first half", TOKEN, TOKEN.slice(0, 8)],
  ["its second half, in small letters", TOKEN, TOKEN.slice(8).toLowerCase()],
  ["a half in hexadecimal", TOKEN, of(TOKEN.slice(8), "hex")],
  ["a half in base64", TOKEN, of(TOKEN.slice(8), "base64").slice(0, 10)],
])("a value is found %s", (_, value, text) => {
  expect(masked(value, `got ${text}.`)).toMatch(/^got \S{0,4}…\(\d+\)\.$/);
});

test.each(["a", "ab", "abc", "user:"])(
  "a value is found in base64 behind %j, whose bits share its first character",
  (before) => {
    for (const value of [TOKEN, "hunter2!"]) {
      const text = masked(value, of(value, "base64", before));
      expect(text).toMatch(/^[\w+/]{0,12}…\(\d+\)[\w+/]?=*$/);
    }
    const url = of(BINARY, "base64url", before);
    expect(masked(BINARY, url)).not.toContain(url.slice(8, 14));
  },
);

test("a value cut into the labels of a DNS name is found in each label", () => {
  const value = [1, 2, 3].map((at) => createHash("sha256").update(`${at}`).digest("base64url")).join("");
  const name = foldCase(`${value.slice(0, 63)}.${value.slice(63)}.example`);
  expect(masked(value, name)).toBe(`${name.slice(0, 4)}…(63).${name.slice(64, 68)}…(66).example`);
});

test("of a URL, its password is found in pieces, its host is not", () => {
  const url = `postgres://app:${TOKEN}@db-1.shop.svc:5432/app1`;
  const said = masked(url, `no route to db-1.shop.svc:5432; postgres://app; ${TOKEN.slice(4, 14)}`);
  expect(said).toBe("no route to db-1.shop.svc:5432; postgres://app; …(10)");
});

// Values that are words, or occur by chance in other forms.
test.each([
  ["true", "TRUE is not true, dHJ1 74727565", "TRUE is not …(4), dHJ1 74727565"],
  ["8080", "listening on 8080, 38303830", "listening on …(4), 38303830"],
  ["postgres", "PostgreSQL 17, POSTGRES_USER", "PostgreSQL 17, POSTGRES_USER"],
  ["production", "Production mode", "Production mode"],
  ["00000000000000000000", "0000000000 00000000-0000", "0000000000 00000000-0000"],
  ["administrator-of-the-shop", "the administrator of the shop", "the administrator of the shop"],
  ["/data/application/v1/files", "/data/application/v1", "/data/application/v1"],
  [TOKEN, `${TOKEN.slice(0, 7)} ${TOKEN.slice(9)}`, `${TOKEN.slice(0, 7)} ${TOKEN.slice(9)}`],
  [TOKEN, "100% of 2026-11-30T06:00:00Z %zz %4", "100% of 2026-11-30T06:00:00Z %zz %4"],
])("of %j, honest output stays: %j", (value, text, said) => {
  expect(masked(value, text)).toBe(said);
});

test("pieces are searched up to the bound secretPieces; whole values beyond it are found all the same", () => {
  const token = (at: number): string => `Zk9qXw7LmPt3RvB2kQ8wYt5N${at + 1_000}`;
  const { exact, folded } = valuePieces(token(0));
  const within = Math.ceil(LIMITS.secretPieces / (exact.length + folded.length));
  const search = new ValueSearch(Array.from({ length: within + 1 }, (_, at) => token(at)));
  const found = (text: string): readonly string[] => search.spans(text).map(({ value }) => value);
  const [last, beyond] = [token(within - 1), token(within)];
  expect(found(`x ${last.slice(-8)} y`)).toEqual([last.slice(-8)]);
  expect(found(`x ${beyond.slice(-8)} y`)).toEqual([]);
  expect(found(`x ${beyond} y`)).toContain(beyond);
});
