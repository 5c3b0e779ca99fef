import { describe, expect, test } from "vitest";
import { isStaticAddress, staticHost } from "./static-host.ts";

describe("an address that one environment has", () => {
  test.each([
    "10.0.0.1",
    "192.168.255.249",
    "172.16.0.1",
    "1.2.3.4",
    "223.199.99.9",
    "192.0.1.1",
    "198.17.0.1",
  ])("%s", (address) => {
    expect(isStaticAddress(address)).toBe(true);
  });

  test.each([
    "0.0.0.0",
    "127.0.0.1",
    "224.0.0.1",
    "229.1.1.1",
    "230.1.1.1",
    "255.255.255.255",
    "169.254.169.254",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.0.1",
    "198.51.100.1",
    "203.0.113.7",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1.1.1.256",
    "1.1.1.299",
    "x10.0.0.1",
    "10.0.0.1x",
    "a.b.c.d",
  ])("%s is none", (address) => {
    expect(isStaticAddress(address)).toBe(false);
  });

  test.each(["11.169.254.1", "1.192.0.2", "7.198.18.1", "1.203.0.113", "10.127.1.1", "25.5.5.5", "2.30.1.1"])(
    "%s only holds the digits of a special one",
    (address) => {
      expect(isStaticAddress(address)).toBe(true);
    },
  );
});

describe("the host of a value", () => {
  test("in a name that encodes its address", () => {
    const host = "10-1-2-3.sslip.io";
    expect(staticHost("DATABASE_URL", `postgres://u@${host}:5432/db`)).toEqual({ host });
    expect(staticHost("DB_HOST", "127.0.0.1.nip.io")).toBeUndefined();
    expect(staticHost("DB_HOST", "app-1-2-3-4.example.org")).toBeUndefined();
    expect(staticHost("BUILD_SERVER", "167838211")).toBeUndefined();
  });

  test.each(
    "HOST HOSTNAME ADDR ADDRESS SERVER ENDPOINT URI URL DSN PROXY BROKER BROKERS DB_HOST db.host my-url".split(
      " ",
    ),
  )("by the name %s", (name) => {
    expect(staticHost(name, "10.0.0.1")).toEqual({ host: "10.0.0.1" });
  });

  test.each(["GHOST", "HOSTS", "HOST_X", "NAME", "URLS", "CURL", "SERVERLESS"])(
    "not by the name %s",
    (name) => {
      expect(staticHost(name, "10.0.0.1")).toBeUndefined();
    },
  );

  test.each([
    "http://10.0.0.1",
    "HTTP://10.0.0.1/x",
    "http://10.0.0.1:80/x?y#z",
    "http://10.0.0.1?x",
    "http://10.0.0.1#x",
    "redis+tls-1.2://10.0.0.1",
    "postgres://app:pw@10.0.0.1:5432/db",
    "postgres://@10.0.0.1/db",
    "10.0.0.1:80",
    "10.0.0.1:65535",
  ])("by the form of %s, whatever the name", (value) => {
    expect(staticHost("X", value)).toEqual({ host: "10.0.0.1" });
  });

  test.each([
    "10.0.0.1",
    "10.0.0.1:",
    "10.0.0.1:123456",
    "10.0.0.1:x",
    "x/10.0.0.1:80",
    "://10.0.0.1",
    "1http://10.0.0.1",
    " http://10.0.0.1",
    "http://10.0.0.1 x",
    "http://10.0.0.1,http://10.0.0.2",
    "http://10.0.0.1/$X",
    "http://x/10.0.0.1",
    "http://host/x@10.0.0.1",
    "[10.0.0.1:80",
    "http://db:80",
  ])("not in %s", (value) => {
    expect(staticHost("X", value)).toBeUndefined();
  });

  test.each([
    ..."NO_PROXY CIDR TRUST TRUSTED ALLOW WHITELIST BLACKLIST DENY RANGE SUBNET NETWORK NETMASK VERSION".split(
      " ",
    ),
    ..."RELEASE BIND LISTEN FORWARDED PROXIES no_proxy".split(" "),
  ])("not of %s, which calls nobody", (name) => {
    expect(staticHost(`${name}_URL`, "http://10.0.0.1")).toBeUndefined();
  });
});

describe("a service of a namespace", () => {
  test.each([
    ["http://api.portal.svc", "api.portal.svc"],
    ["http://api.portal.svc.", "api.portal.svc."],
    ["http://api.portal.svc.cluster.local:80/x", "api.portal.svc.cluster.local"],
    ["my-api.portal.svc:80", "my-api.portal.svc"],
    ["API.portal.SVC.cluster.local.:80", "api.portal.svc.cluster.local."],
  ])("%s", (value, host) => {
    expect(staticHost("X", value)).toEqual({ host, namespace: "portal" });
  });

  test.each([
    "http://api",
    "http://api.portal",
    "http://api.portal.svcs",
    "http://x.api.portal.svc",
    "http://api.portal.service",
    "http://svc.cluster.local",
    "http://.portal.svc",
  ])("%s names none for certain", (value) => {
    expect(staticHost("X", value)).toBeUndefined();
  });
});
