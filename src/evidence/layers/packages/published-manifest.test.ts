import { expect, test } from "vitest";
import { isPublishedManifest, statesOrigin } from "./published-manifest.ts";

const NAME = '"name": "@team/config", "version": "1.0.0"';

test.each([
  [`{ ${NAME}, "license": "MIT" }`, true],
  [`{ ${NAME}, "publishConfig": { "access": "public", "registry": "https://registry.npmjs.org/" } }`, true],
  ['{"name":"@team/config"}', true],
  ['{ "name": "other" }', false],
  [`{ ${NAME}, "private": true }`, false],
  [`{ ${NAME}, "license": "UNLICENSED" }`, false],
  [`{ ${NAME}, "license": "proprietary" }`, false],
  [`{ ${NAME}, "publishConfig": { "access": "restricted" } }`, false],
  [`{ ${NAME}, "publishConfig": { "registry": "https://nexus.corp.fr/npm/" } }`, false],
  [`{ ${NAME}, "publishConfig": { "@team:registry": "https://nexus.corp.fr/npm/" } }`, false],
])("%s is of a published package: %s", (text, expected) => {
  expect(isPublishedManifest("@team/config", text)).toBe(expected);
});

test.each([
  ['{ "license": "MIT" }', true],
  ['{ "licenses": [] }', true],
  ['{ "repository": "a/b" }', true],
  ['{ "name": "a" }', false],
])("%s states its origin: %s", (text, expected) => {
  expect(statesOrigin(text)).toBe(expected);
});
