import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { trialSchema } from "./trial.ts";
import { requestSchema } from "./trial-request.ts";

test.each<[string, unknown, boolean]>([
  ["a greeting", { port: 25 }, true],
  ["text", { port: 6379, send: "PING\r\n", expect: "+PONG" }, true],
  ["hexadecimal", { port: 53, protocol: "udp", encoding: "hex", send: "00Ff" }, true],
  ["base64", { port: 1883, encoding: "base64", send: "EAA=" }, true],
  ["half a byte", { port: 53, encoding: "hex", send: "0" }, false],
  ["no base64", { port: 53, encoding: "base64", send: "EAA" }, false],
  ["an answer that is not hexadecimal", { port: 53, encoding: "hex", expect: "PONG" }, false],
  ["UDP without anything to send", { port: 53, protocol: "udp" }, false],
  ["another protocol", { port: 53, protocol: "sctp" }, false],
  ["no port", { send: "PING" }, false],
  ["a misspelt key", { port: 53, sned: "PING" }, false],
  ["too many bytes", { port: 53, send: "x".repeat(65_537) }, false],
])("%s: %j", (_, settings, isValid) => {
  expect(requestSchema.safeParse(settings).success).toBe(isValid);
});

test("as many as LIMITS.trialExchanges", () => {
  const requests = (count: number) => Array.from({ length: count }, () => ({ port: 25 }));
  const isValid = (count: number) => trialSchema.safeParse({ requests: requests(count) }).success;
  expect([isValid(LIMITS.trialExchanges), isValid(LIMITS.trialExchanges + 1)]).toEqual([true, false]);
});
