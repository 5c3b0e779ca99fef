import { describe, expect, test } from "vitest";
import { addressIn, encodedAddress } from "./encoded-address.ts";

describe("an address", () => {
  test.each([
    ["10.1.2.3", "10.1.2.3"],
    ["fd00::1", "fd00::1"],
    ["10.1.2.3.", "10.1.2.3"],
    ["167838211", "10.1.2.3"],
    ["0x0a010203", "10.1.2.3"],
    ["10.1", "10.0.0.1"],
    ["012.1.2.3", "10.1.2.3"],
  ])("%s is %s", (host, address) => {
    expect(addressIn(host)).toBe(address);
  });

  test.each(["db.example.org", "localhost", "999.1.1.1", "1.2.3.4.5", "99999999999", "0xg", ""])(
    "%s is none",
    (host) => {
      expect(addressIn(host)).toBeUndefined();
    },
  );
});

describe("a name that encodes an address", () => {
  test.each([
    ["10.1.2.3.nip.io", "10.1.2.3"],
    ["db.10.1.2.3.nip.io.", "10.1.2.3"],
    ["10-1-2-3.sslip.io", "10.1.2.3"],
    ["app-10-1-2-3.SSLIP.io", "10.1.2.3"],
    ["0a010203.nip.io", "10.1.2.3"],
    ["db-0a010203.nip.io", "10.1.2.3"],
    ["fd00--1.sslip.io", "fd00::1"],
    ["ip-10-1-2-3.eu-west-1.compute.internal", "10.1.2.3"],
    ["ip-10-1-2-3.ec2.internal", "10.1.2.3"],
    ["ec2-3-4-5-6.compute-1.amazonaws.com", "3.4.5.6"],
    ["3.2.1.35.bc.googleusercontent.com", "3.2.1.35"],
    ["10-1-2-3.shop.pod.cluster.local", "10.1.2.3"],
    ["10-1-2-3.shop.pod", "10.1.2.3"],
    ["10.1.2.3.dns.example.org", "10.1.2.3"],
    ["a.10.1.2.3.dns.example.org", "10.1.2.3"],
    ["192-168-1-2.example.org", "192.168.1.2"],
    ["ip-172-16-1-2.example.org", "172.16.1.2"],
  ])("%s: %s", (host, address) => {
    expect(encodedAddress(host)).toBe(address);
    expect(addressIn(host)).toBe(address);
  });

  test.each([
    "db.nip.io",
    "nip.io",
    "300.1.2.3.nip.io",
    "10-1-2.nip.io",
    "10-1.2-3.nip.io",
    "app-1-2-3-4.example.org",
    "1-2-3-4.example.org",
    "release-10-1-2-3.example.org",
    "192-1-2-3.example.org",
    "10-1-2-3-4.example.org",
    "v10.1.2.example.org",
    "db1.eu-west-1.rds.amazonaws.com",
    "my-pod-10.shop.svc.cluster.local",
    "web.shop.pod.cluster.local",
    "10.1.2.3",
  ])("%s: none", (host) => {
    expect(encodedAddress(host)).toBeUndefined();
  });
});
