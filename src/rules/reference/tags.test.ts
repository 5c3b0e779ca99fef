import { describe, expect, test } from "vitest";
import { type TagKind, tagKind } from "./tags.ts";

function words(text: string): readonly string[] {
  return text.split(" ");
}

describe("a tag that moves", () => {
  test.each([
    ...words("latest stable main master trunk develop development developpement dev prod production preprod"),
    ...words("preproduction staging stage recette integration int qa uat qualif qualification homologation"),
    ...words("nightly edge canary next current lts rolling release rc beta alpha snapshot test testing demo"),
    ...words("preview mainline default head tip oldstable debug nonroot"),
    ...words(
      "alpine slim bookworm bullseye buster trixie jammy focal noble debian ubuntu distroless musl glibc",
    ),
    ...words(
      "ubi windowsservercore nanoserver jre jdk perl fpm apache cli unprivileged amd64 arm64 arm armv7",
    ),
    ...words("x86 linux chiseled chiselled alpine3.22 debian12 ubi9 jdk21 MAIN main-amd64 stable_alpine"),
    ...words("1.2.3-SNAPSHOT Snapshot-7 my-nightly-3 app.latest main-12 main-123 latest-alpine3.22"),
  ])("%s", (tag) => {
    expect(tagKind(tag)).toBe("floating");
  });
});

describe("a part of a version", () => {
  test.each(words("3 20 1.27 v3 V3 999 1.999 20-alpine 20-alpine3.20 3.13-slim-bookworm v3-Alpine 1-a.b_c"))(
    "%s",
    (tag) => {
      expect(tagKind(tag)).toBe("partial");
    },
  );
});

describe("a version", () => {
  test.each([
    ...words(
      "1.2.3 v1.2.3 V1.2.3 1.2.3.4 123456789.1.2 app-1.2.3 App_v1.2.3 1.2.3-alpine 1.2.3_x 1.2.3.x 1.2.3+x",
    ),
    ...words(
      "1.2.3-rc.1 1.2.3-beta 1.2.3-alpha 1.2.3-dev.5 1.2.3-dev-42 1.2.3-dev-1a2b3c4 stable-1.2.3-1a2b3c4",
    ),
    ...words("1.2.3- 1.2.3-dev.12-x 1.2.3-mainframe"),
  ])("%s", (tag) => {
    expect(tagKind(tag)).toBe("version");
  });

  test.each([
    ...words("stable main master trunk develop development developpement dev prod production preprod"),
    ...words(
      "preproduction nonprod staging stage recette recettage integration int qa uat qualif qualification",
    ),
    ...words(
      "homologation homolog formation sandbox edge canary next current rolling head tip test testing demo",
    ),
    ...words("preview mainline oldstable DEV"),
  ])("beside the channel %s", (word) => {
    expect(tagKind(`1.2.3-${word}`)).toBe("channel");
    expect(tagKind(`${word}_1.2.3`)).toBe("channel");
    expect(tagKind(`1.2.3-alpine.${word}-x`)).toBe("channel");
    expect(tagKind(`1.2.3-${word}.7`)).toBe("version");
    expect(tagKind(`1.2.3-${word}.x7`)).toBe("channel");
  });
});

describe("a commit", () => {
  test.each([
    ...words("1a2b3c4 g1a2b3c4 main-1a2b3c4 sha-abcdef1 sha-1234567 sha1-1234567 sha256_1234567 git.1234567"),
    ...words("commit-abcdefa SHA-1234567 v1.2-14-g1a2b3c4 0123456789012345678901234567890123456789"),
    ...words("abcdefa deadbeef"),
    "a".repeat(40),
    "1a".repeat(32),
  ])("%s", (tag) => {
    expect(tagKind(tag)).toBe("commit");
  });
});

test.each<[string, TagKind]>([
  ["20240612", "unknown"],
  ["1234567", "unknown"],
  ["abcdef", "unknown"],
  ["abcdefg", "unknown"],
  ["xsha-1234567", "unknown"],
  ["shax-1234567", "unknown"],
  ["sha-123456", "unknown"],
  ["1a2b3c", "unknown"],
  ["1a2b3c4x", "unknown"],
  ["x1a2b3c4", "unknown"],
  ["1a".repeat(33), "unknown"],
  ["1000", "unknown"],
  ["1.1000", "unknown"],
  ["20-9x", "unknown"],
  ["x20", "unknown"],
  ["main-1234", "unknown"],
  ["pr-42", "unknown"],
  ["feature-login", "unknown"],
  ["alpine3.22x", "unknown"],
  ["xalpine", "unknown"],
  ["amd64x", "unknown"],
  ["2024-06-12", "unknown"],
])("%s is %s", (tag, kind) => {
  expect(tagKind(tag)).toBe(kind);
});
