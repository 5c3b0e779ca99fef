import { expect, test } from "vitest";
import { http, trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { siblingRequests } from "./sibling-requests.ts";

function seen(...events: readonly TrialEvent[]) {
  return {
    observations: trialFacts({ "read-only": events, writable: [], restart: [], replica: [] }).observations,
  };
}

test("random paths requested of other containers, each once", () => {
  const random = http("/abcdefghijklmn", "random", { status: 404 });
  const home = http("/", "home");
  expect(siblingRequests([seen(home, random, random), seen()])).toEqual({
    askedBeside: [{ phase: "read-only", path: "/abcdefghijklmn" }],
  });
});

test("none without such requests, and none without others", () => {
  expect(siblingRequests([seen(http("/", "home"))])).toEqual({});
  expect(siblingRequests([])).toEqual({});
});
