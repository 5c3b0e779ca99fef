import { describe, expect, test } from "vitest";
import { hostPolicy } from "./hosts.ts";

describe("plain HTTP", () => {
  test.each([
    ["localhost", true],
    ["localhost:5000", true],
    ["127.0.0.1:5000", true],
    ["127.1.2.3", true],
    ["[::1]:5000", true],
    ["registry.test:5000", true],
    ["10.0.0.1:80", true],
    ["10.0.0.1:5000", true],
    ["registry.test", false],
    ["registry.test:5001", false],
    ["localhost.example", false],
    ["127.0.0.1.example", false],
    ["[::2]", false],
    ["docker.io", false],
  ])("%s: %s", (host, allowed) => {
    expect(hostPolicy(["Registry.test:5000", "10.0.0.1"]).mayBePlain(host)).toBe(allowed);
  });
});

test("the certificate of this machine's registry is verified unless the user says otherwise", () => {
  expect(hostPolicy([]).isUnverified("localhost:5000")).toBe(false);
  expect(hostPolicy(["localhost:5000"]).isUnverified("localhost:5000")).toBe(true);
});
