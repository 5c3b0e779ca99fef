import { expect, test } from "vitest";
import { isBest, type PeerAnswer, peerQuality } from "./peer-event.ts";

test("answers are ordered from a closed connection to a page", () => {
  const ordered: readonly PeerAnswer[] = ["dismissed", "closed", "silent", 502, 403, 404, 200];
  const qualities = ordered.map(peerQuality);
  expect(qualities).toEqual(qualities.toSorted((a, b) => a - b));
  expect(new Set(qualities).size).toBe(ordered.length);
});

test.each<[PeerAnswer, boolean]>([
  [200, true],
  [302, true],
  [401, true],
  ["answered", true],
  [400, false],
  [421, false],
  [404, false],
  [500, false],
  ["silent", false],
])("%s is an answer than which none is better: %s", (answer, best) => {
  expect(isBest(answer)).toBe(best);
});
