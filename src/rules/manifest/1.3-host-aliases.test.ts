import { describe, expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts, HostAliasFacts } from "../../contract/pod-facts.ts";
import { hostAliases } from "./1.3-host-aliases.ts";

const AT = "spec.template.spec.containers[0]";

function check(container: ContainerFacts, sketch: Parameters<typeof workloadFacts>[0] = {}) {
  const containers = [{ name: "web", ...container }];
  return hostAliases.check({ workload: workloadFacts({ containers, ...sketch }) });
}

function env(name: string, value: string) {
  return check({
    env: [
      { name: "A", value: "b" },
      { name, value },
    ],
  });
}

describe("hostAliases", () => {
  const alias = (ip: string): readonly HostAliasFacts[] => [
    { ip: "127.0.0.1" },
    { ip, hostnames: ["db", "cache"] },
  ];

  test.each(["10.1.2.3", "192.168.1.4", "2001:db8::1", "fd00::5"])(
    "to %s are presumed to be a fault",
    (ip) => {
      expect(check({}, { hostAliases: alias(ip) })).toMatchObject({
        status: "fail",
        presumed: true,
        findings: [
          {
            message: { en: `hostAliases fixes the address ${ip} for db, cache` },
            at: { file: "web.yaml", path: "spec.template.spec.hostAliases[1]" },
          },
        ],
      });
    },
  );

  test.each(["127.0.0.1", "0.0.0.0", "::1", "::", "fe80::1", "ff02::1", "", "db"])(
    "trap: to %s are none",
    (ip) => {
      expect(check({}, { hostAliases: alias(ip) }).status).toBe("pass");
    },
  );

  test("without address or names", () => {
    expect(check({}, { hostAliases: [{}, { ip: "10.0.0.1" }] })).toMatchObject({ findings: [{}] });
  });
});

describe("name servers", () => {
  const servers = (...nameservers: readonly string[]) => check({}, { dnsConfig: { nameservers } });

  test("of another machine are fixed, and named with their field", () => {
    expect(servers("169.254.20.10", "10.1.2.3")).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [
        {
          message: { en: "dnsConfig fixes the address of the name server, 10.1.2.3" },
          fingerprint: expect.stringContaining(":nameservers:10.1.2.3"),
        },
      ],
    });
  });

  test("on the node itself are not", () => {
    expect(servers("169.254.20.10", "127.0.0.1")).toMatchObject({ status: "pass" });
  });
});

describe("addresses in variables and arguments", () => {
  test.each([
    ["DATABASE_URL", "postgres://u@10.1.2.3/db", "10.1.2.3"],
    ["REDIS_ADDR", "192.168.1.4:6379", "192.168.1.4"],
    ["SMTP_HOST", "172.16.0.9", "172.16.0.9"],
  ])("%s=%s", (name, value, host) => {
    expect(env(name, value)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [
        {
          container: "web",
          fingerprint: `1.3-host-aliases:portal/Deployment/web:web:${name}:${host}`,
          at: { path: `${AT}.env[1].value` },
        },
      ],
    });
  });

  test("of the command line, where it stands", () => {
    expect(check({ command: ["app", "--db-host=10.0.0.5"] })).toMatchObject({
      findings: [{ at: { path: `${AT}.command[1]` } }],
    });
    expect(check({ command: ["app"], args: ["x", "--db-host", "10.0.0.5"] })).toMatchObject({
      findings: [{ at: { path: `${AT}.args[1]` } }],
    });
  });

  test.each([
    ["HOST", "0.0.0.0"],
    ["DB_HOST", "localhost"],
    ["DB_HOST", "db"],
    ["API_URL", "https://api.example.org/v1"],
    ["NODE_VERSION", "1.2.3.4"],
    ["NO_PROXY", "10.0.0.0/8,10.1.2.3"],
    ["TRUSTED_PROXIES", "10.0.0.1"],
    ["DB_HOST", "$(DB_IP)"],
  ])("trap: %s=%s", (name, value) => {
    expect(env(name, value)).toMatchObject({ status: "pass", notes: [] });
  });
});

describe("services of other namespaces", () => {
  test("are noted", () => {
    expect(env("API_URL", "http://api.other.svc.cluster.local:8080")).toMatchObject({
      status: "pass",
      notes: [
        {
          message: { en: /^API_URL names a service of another namespace, api\.other\.svc\.cluster\.local:/ },
        },
      ],
    });
  });

  test.each(["http://api.portal.svc.cluster.local", "https://kubernetes.default.svc"])(
    "trap: %s is at home",
    (value) => {
      expect(env("API_URL", value)).toMatchObject({ status: "pass", notes: [] });
    },
  );

  test("are noted where the workload's own is not known", () => {
    const { namespace: _namespace, ...workload } = workloadFacts({
      containers: [{ name: "web", env: [{ name: "API_URL", value: "http://api.portal.svc" }] }],
    });
    expect(hostAliases.check({ workload: asMasked(workload) }).notes).toHaveLength(1);
  });
});

test.each([`${AT}.env[0].value`, `${AT}.args`, "spec.template.spec.hostAliases[0].ip"])(
  "what is not valid proves nothing: %s",
  (path) => {
    const problem = { fr: "non valide", en: "not valid" };
    expect(check({}, { facts: { invalid: [{ path, problem }] } })).toMatchObject({
      status: "unproven",
      reason: problem,
    });
  },
);

describe("annotations of network plugins", () => {
  const annotated = (annotations: Readonly<Record<string, string>>, created?: true) =>
    check({}, { pod: { annotations }, ...(created === undefined ? {} : { facts: { created } }) });

  test.each([
    ["cni.projectcalico.org/ipAddrs", '["10.1.2.3"]', "10.1.2.3"],
    ["cni.projectcalico.org/ipAddrs", '["2001:db8::5"]', "2001:db8::5"],
    ["cni.projectcalico.org/ipAddrsNoIpam", '["10.1.2.3"]', "10.1.2.3"],
    ["cni.projectcalico.org/floatingIPs", '["10.1.2.3"]', "10.1.2.3"],
    ["ipam.antrea.io/pod-ips", "10.1.2.3", "10.1.2.3"],
    ["ovn.kubernetes.io/ip_address", "10.1.2.3", "10.1.2.3"],
    ["ovn.kubernetes.io/ip_pool", "10.1.2.3,10.1.2.4", "10.1.2.3"],
    ["net1.shop.kubernetes.io/ip_address", "10.1.2.3", "10.1.2.3"],
    ["v1.multus-cni.io/default-network", '[{"name":"a","ips":["10.1.2.3"]}]', "10.1.2.3"],
    [
      "k8s.v1.cni.cncf.io/networks",
      '[{"name":"a","mac":"02:11:22:33:44:55","ips":["10.1.2.3/24"]}]',
      "10.1.2.3",
    ],
  ])("%s: %s fixes an address", (key, value, address) => {
    expect(annotated({ [key]: value })).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ message: { en: `the annotation ${key} fixes the address of the pods, ${address}` } }],
    });
  });

  test.each([
    ["k8s.v1.cni.cncf.io/networks", '[{"name":"a","mac":"02:11:22:33:44:55"}]'],
    ["k8s.v1.cni.cncf.io/networks", "storage"],
    ["cni.projectcalico.org/ipv4pools", '["10.1.0.0/16"]'],
    ["example.org/address", "10.1.2.3"],
    ["ipam.antrea.io/ippools", "pool-1"],
    ["ovn.kubernetes.io/cidr", "10.1.2.0/24"],
    ["v1.multus-cni.io/default-network", "kube-system/host"],
  ])("fine: %s: %s", (key, value) => {
    expect(annotated({ [key]: value }).status).toBe("pass");
  });

  test("fine: a Pod that the cluster created", () => {
    expect(annotated({ "ovn.kubernetes.io/ip_address": "10.1.2.3" }, true).status).toBe("pass");
  });
});
