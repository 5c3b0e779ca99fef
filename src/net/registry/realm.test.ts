import { expect, test } from "vitest";
import { hostPolicy } from "../http/hosts.ts";
import { realmOf } from "./realm.ts";

function follow(registry: string, realm: string, ...named: readonly string[]): string {
  const challenge = { scheme: "bearer", parameters: new Map([["realm", realm]]) };
  return realmOf(challenge, registry, hostPolicy(named)).href;
}

test.each([
  ["registry.example", "https://auth.example/token"],
  ["registry.example", "https://10.0.0.7/token"],
  ["127.0.0.1:5000", "http://127.0.0.1:5001/token"],
  ["localhost:5000", "https://localhost:5001/token"],
  ["[::1]:5000", "http://[::1]:5001/token"],
  ["test.example:5000", "http://test.example:5001/token", "test.example"],
  ["test.example:5000", "http://127.0.0.1:5001/token", "test.example"],
  ["registry.example", "http://auth.example/token", "auth.example"],
  ["registry.example", "http://127.0.0.1:5001/token", "127.0.0.1:5001"],
])("%s may point to %s", (registry, realm, ...named) => {
  expect(follow(registry, realm, ...named)).toBe(realm);
});

test.each([
  ["registry.example", "http://127.0.0.1:5001/token"],
  ["registry.example", "https://127.0.0.1:5001/token"],
  ["registry.example", "https://127.1/token"],
  ["registry.example", "https://2130706433/token"],
  ["registry.example", "https://localhost/token"],
  ["registry.example", "https://localhost./token"],
  ["registry.example", "https://a.localhost/token"],
  ["registry.example", "https://[::1]/token"],
  ["registry.example", "https://[::ffff:127.0.0.1]/token"],
  ["registry.example", "https://0.0.0.0/token"],
  ["registry.example", "https://[::]/token"],
  ["registry.example", "http://auth.example/token"],
  ["registry.example", "http://auth.example/token", "registry.other"],
  ["127.0.0.1:5000", "http://auth.example/token"],
  ["test.example:5000", "http://auth.example/token", "test.example"],
  ["127.0.0.1:5000", "file:///etc/passwd"],
  ["auth.example", "ftp://auth.example/", "auth.example"],
  ["registry.example", ""],
  ["registry.example", "https://"],
])("%s may not point to %j", (registry, realm, ...named) => {
  expect(() => follow(registry, realm, ...named)).toThrow(
    expect.objectContaining({ code: "token-realm", exit: 69, message: expect.stringContaining(registry) }),
  );
});
