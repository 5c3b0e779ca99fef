import { describe, expect, test } from "vitest";
import type { ContentSink } from "../../../archives/content/content-sink.ts";
import { DatabaseSearch } from "./database-search.ts";
import { DATABASE_HEAD_BYTES } from "./format.ts";

const DUMP = "--\n-- PostgreSQL database dump\n--\n\n";
const ROWS = "INSERT INTO a VALUES (1);\n";
const VERSIONS = "INSERT INTO public.schema_migrations (version) VALUES ('1');\n";

/** What is found in a content that comes in pieces of this length; 0: whole. And what the other sink was given. */
function search(content: string, length = 0): readonly [found: string | undefined, passed: string] {
  let found: string | undefined;
  const passed: Uint8Array[] = [];
  const inner: ContentSink = {
    whole: (bytes) => passed.push(bytes),
    push: (bytes) => passed.push(bytes),
    end: () => undefined,
  };
  const sink = new DatabaseSearch(inner, ({ name }) => (found = `${found ?? ""}${name}`));
  const bytes = Buffer.from(content, "latin1");
  if (length === 0) sink.whole(bytes);
  else {
    for (let at = 0; at < bytes.length; at += length) sink.push(bytes.subarray(at, at + length));
    sink.end();
  }
  return [found, Buffer.concat(passed).toString("latin1")];
}

describe.each([0, 1, 7, 100_000])("in pieces of %d bytes", (length) => {
  test.each([
    ["SQLite", `SQLite format 3\0${"\0".repeat(9_000)}`],
    ["SQLite", "SQLite format 3\0"],
    ["Lucene", "\x3f\xd7\x6c\x17\x08segments\0\0"],
    ["mbox", "From a@corp.fr Mon Nov  2 10:00:00 2026\nFrom: a@corp.fr\n"],
    ["mbox", "From MAILER-DAEMON  Mon Nov 12 10:00 CET 2026\r\nReturn-Path: <a@corp.fr>\n"],
    [undefined, "From Monday on, open at nine\nTo: all\n"],
    [undefined, "From a@corp.fr Mon Nov  2 10:00:00 2026\nwithout a header\n"],
    [undefined, `From ${"8f1e".repeat(10)} Mon Sep 17 00:00:00 2001\nFrom: a@corp.fr\n`],
    ["Java (heap dump)", "JAVA PROFILE 1.0.2\0"],
    ["ELF (core dump)", `\x7fELF\x02\x01\x01${"\0".repeat(9)}\x04\0`],
    ["ELF (core dump)", `\x7fELF\x01\x02\x01${"\0".repeat(9)}\0\x04`],
    [undefined, `\x7fELF\x02\x01\x01${"\0".repeat(9)}\x03\0`],
    [undefined, "\x7fELF\x02\x01"],
    [undefined, "JAVA PROFILES of people"],
    ["PostgreSQL (pg_dump)", `${DUMP}${ROWS}`],
    ["PostgreSQL (pg_dump)", `${DUMP}${"-".repeat(5_000)}\n${VERSIONS}COPY a (b) FROM stdin;\n`],
    ["PostgreSQL (pg_dump)", `${DUMP}${VERSIONS}${ROWS}`],
    [undefined, `${DUMP}${"-".repeat(5_000)}\n${VERSIONS}`],
    [undefined, `${DUMP}CREATE TABLE a (b int);\n`],
    [undefined, `-- a query\n${ROWS}`],
    [undefined, "PK"],
  ])("%s", (name, content) => {
    expect(search(content, length)).toEqual([name, content]);
  });
});

test("a dump is searched across pieces that end within a statement", () => {
  const rest = "-".repeat(DATABASE_HEAD_BYTES);
  for (let length = 4_000; length < 4_300; length += 7)
    expect(search(DUMP + rest + ROWS, length)[0]).toBeDefined();
});
