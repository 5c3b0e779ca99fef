import { expect, test } from "vitest";
import { hostOf, isLoopback } from "./listen-address.ts";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["localhost:8000", "localhost"],
  ["[::1]:80", "::1"],
  ["::1", "::1"],
  ["http://LocalHost:5000/x", "localhost"],
  ["tcp://10.0.0.1", "10.0.0.1"],
  [":8080", ""],
  ["*", "*"],
])("the host of %s is %j", (address, host) => {
  expect(hostOf(address)).toBe(host);
});

test.each([
  "127.0.0.1",
  "127.1",
  "localhost:3000",
  "[::1]:8080",
  "::1",
  "http://localhost:5000",
  "ip6-localhost",
  "::ffff:127.0.0.1",
])("%s is loopback", (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each([
  "0.0.0.0",
  "::",
  "[::]:80",
  ":8080",
  "8080",
  "*:80",
  "10.0.0.1",
  "localhost.example.org",
  "http://+:80",
  "",
  "127.0.0.1.nip.io",
])("%j is not", (address) => {
  expect(isLoopback(address)).toBe(false);
});
