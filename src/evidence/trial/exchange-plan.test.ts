import { expect, test } from "vitest";
import { exchangePlan } from "./exchange-plan.ts";
import type { RequestSettings } from "./settings.ts";

test.each<[RequestSettings, ReturnType<typeof exchangePlan>]>([
  [{ port: 25 }, { port: 25, protocol: "tcp", send: "", expect: "" }],
  [
    { port: 6379, send: "PING\r\n", expect: "+PONG" },
    { port: 6379, protocol: "tcp", send: "UElORw0K", expect: "K1BPTkc=" },
  ],
  [
    { port: 53, protocol: "udp", encoding: "hex", send: "00ff", expect: "0A" },
    { port: 53, protocol: "udp", send: "AP8=", expect: "Cg==" },
  ],
  [
    { port: 1883, encoding: "base64", send: "EAA=", expect: "IA==" },
    { port: 1883, protocol: "tcp", send: "EAA=", expect: "IA==" },
  ],
])("%j → %j", (settings, expected) => {
  expect(exchangePlan(settings)).toEqual(expected);
});
