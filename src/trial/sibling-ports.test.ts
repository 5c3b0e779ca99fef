import { expect, test } from "vitest";
import { port, server, trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { siblingPorts } from "./sibling-ports.ts";

function seen(...events: readonly TrialEvent[]) {
  return trialFacts({ "read-only": events, writable: events, restart: events, replica: [] }).observations;
}

const OPEN = port(8080, { end: true, on: ["0.0.0.0"] });

test("a declared port that is open to the end of each phase", () => {
  const proxy = { name: "proxy", ports: [8080, 9000], observations: seen(...server()) };
  expect(siblingPorts([proxy])).toEqual({ openBeside: [{ container: "proxy", port: 8080 }] });
});

test.each([
  ["on loopback", seen(port(8080, { ipv4: "refused", ipv6: "refused", end: true, on: ["127.0.0.1"] })), {}],
  ["on the pod's own address", seen(port(8080, { end: true, on: ["10.88.0.2"] })), {}],
  ["open at first", seen(port(8080, { on: ["0.0.0.0"] })), {}],
  [
    "shut in one phase",
    [...seen(OPEN), ...seen(port(8080, { ipv4: "refused", ipv6: "refused", end: true, on: [] }))],
    {},
  ],
  ["of an older trial", seen(port(8080, { end: true })), {}],
  ["that the image documents", seen(OPEN), { hint: true }],
])("none: %s", (_, observations, more) => {
  expect(siblingPorts([{ name: "proxy", ports: [8080], observations, ...more }])).toEqual({});
});

test("none without others", () => {
  expect(siblingPorts([])).toEqual({});
});
