import { expect, test } from "vitest";
import { furtherElements } from "./further-elements.ts";

// https://github.com/BSI-Bund/tr-03183-cyclonedx-property-taxonomy
test.each(["filename", "executable", "archive", "structured"])("bsi:component:%s is an element", (name) => {
  expect(furtherElements([], (one) => one === `bsi:component:${name}`)).toEqual({ further: [name] });
});

test.each([
  [["SHA-256"], ["hash"]],
  [
    ["MD5", "SHA-512"],
    ["hash", "sha-512"],
  ],
  [["SHA512"], ["hash", "sha-512"]],
  [["sha512"], ["hash", "sha-512"]],
  [["SHA3-512"], ["hash"]],
  [["SHA-512/256"], ["hash"]],
  [[], undefined],
])("%j are %j", (algorithms, further) => {
  expect(furtherElements(algorithms, () => false)).toEqual(further === undefined ? {} : { further });
});
