import { expect, test } from "vitest";
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
