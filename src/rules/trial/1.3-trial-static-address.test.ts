import { expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { called, exits, server, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { EnvFacts, EnvSourceFacts } from "../../contract/pod-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { trialStaticAddress } from "./1.3-trial-static-address.ts";

const PATH = "PATH=/bin";

function check(
  call: TrialEvent,
  {
    env = [PATH],
    manifest,
    envFrom = [],
    facts,
  }: {
    readonly env?: readonly string[];
    readonly manifest?: readonly EnvFacts[];
    readonly envFrom?: readonly EnvSourceFacts[];
    readonly facts?: Partial<TrialFacts>;
  } = {},
) {
  const workload = workloadFacts({ containers: [{ name: "web", env: manifest ?? [], envFrom }] });
  const [placement] = placements(workload);
  return trialStaticAddress.check({
    trial: trialFacts({
      "read-only": server({ more: [call] }),
      facts: { envNames: ["PATH", ...(manifest ?? []).map(({ name = "" }) => name)], ...facts },
    }),
    image: imageFacts({ config: { env } }),
    ...(manifest === undefined || placement === undefined ? {} : { placement }),
  });
}

test.each([
  ["an address from nowhere", called("10.1.2.3", 5432), {}, "fail"],
  ["that of the API server, which the kubelet gives", called("10.96.0.1", 443), {}, "pass"],
  [
    "one of the image's variable",
    called("10.1.2.3", 5432),
    { env: [PATH, "DB=10.1.2.3:5432", "odd"] },
    "pass",
  ],
  [
    "one of the manifest's variable",
    called("10.1.2.3", 5432),
    { manifest: [{ name: "DB", value: "10.1.2.3" }] },
    "pass",
  ],
  [
    "one that references put together",
    called("10.1.2.3", 5432),
    {
      manifest: [
        { name: "NET", value: "10.1.2" },
        { name: "DB", value: "$(NET).3" },
      ],
    },
    "pass",
  ],
  [
    "one of the image's variable, whose value the manifest may give",
    called("10.1.2.3", 5432),
    { env: [PATH, "DB=x"], manifest: [], envFrom: [{ configMapRef: { name: "db" } }] },
    "unproven",
  ],
  ["one of an argument", called("10.1.2.3", 5432), { facts: { argv: ["/app", "--db=10.1.2.3"] } }, "pass"],
  ["beside a variable of another value", called("10.1.2.3", 5432), { manifest: [{ name: "DB" }] }, "fail"],
  [
    "beside a variable of unknown value",
    called("10.1.2.3", 5432),
    { env: [PATH, "DB=x"], manifest: [{ name: "DB", valueFrom: {} }] },
    "unproven",
  ],
  [
    "beside a variable of the settings",
    called("10.1.2.3", 5432),
    { facts: { envNames: ["DB"] } },
    "unproven",
  ],
  ["beside mounted files", called("10.1.2.3", 5432), { facts: { mounts: ["/etc/app", "/tmp"] } }, "unproven"],
  ["a fake dependency", called("10.97.0.1", 5432, "db"), {}, "pass"],
  [
    "a Service of whose variables it was told",
    called("10.96.1.1", 6379),
    { facts: { services: [{ name: "cache", address: "10.96.1.1" }] } },
    "pass",
  ],
  [
    "beside a Service at another address",
    called("10.96.2.1", 6379),
    { facts: { services: [{ name: "cache", address: "10.96.1.1" }] } },
    "fail",
  ],
  ["DNS of somebody else's, over TCP", called("8.8.8.8", 53), {}, "fail"],
  ["the same over UDP", { kind: "connect", protocol: "udp", address: "8.8.8.8", port: 53 }, {}, "pass"],
  ["another port at the pod's own DNS", called("10.96.0.10", 5432), {}, "fail"],
  ["UDP", { kind: "connect", protocol: "udp", address: "8.8.8.8", port: 80 }, {}, "pass"],
  ["datagrams to nobody's address", { kind: "sent", address: "10.20.30.40" }, {}, "fail"],
  [
    "datagrams to an address that a variable gives",
    { kind: "sent", address: "10.20.30.40" },
    { env: [PATH, "SYSLOG=10.20.30.40"] },
    "pass",
  ],
  [
    "datagrams beside a variable of unknown value",
    { kind: "sent", address: "10.20.30.40" },
    { env: [PATH, "SYSLOG=x"], manifest: [{ name: "SYSLOG", valueFrom: {} }] },
    "unproven",
  ],
  [
    "datagrams of another container, perhaps",
    { kind: "sent", address: "10.20.30.40", unsure: true },
    {},
    "unproven",
  ],
  ["datagrams to a link-local address", { kind: "sent", address: "169.254.169.254" }, {}, "pass"],
  ["link-local", called("169.254.169.254", 80), {}, "pass"],
] satisfies readonly [string, TrialEvent, Parameters<typeof check>[1], string][])(
  "%s: %j %j → %s",
  (_, call, more, status) => {
    expect(check(call, more).status).toBe(status);
  },
);

test("the finding names the address once", () => {
  const more = [called("10.1.2.3", 5432)];
  const trial = trialFacts({ "read-only": server({ more }), writable: server({ more }) });
  expect(trialStaticAddress.check({ trial, image: imageFacts() })).toMatchObject({
    findings: [
      { message: { en: "the application calls the address 10.1.2.3:5432, which no variable gives it" } },
    ],
  });
  expect(trialStaticAddress.check({ trial: asMasked({ ...trial, envNames: [] }) }).status).toBe("unproven");
});

test("what was sent to an address that was called is the call's; else it is said without a port", () => {
  const sent = { kind: "sent", address: "10.1.2.3" } as const;
  const both = trialFacts({ "read-only": server({ more: [called("10.1.2.3", 5432), sent] }) });
  expect(trialStaticAddress.check({ trial: both, image: imageFacts() })).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("calls the address 10.1.2.3:5432, which") } }],
  });
  const alone = trialFacts({ "read-only": server({ more: [sent] }) });
  expect(trialStaticAddress.check({ trial: alone, image: imageFacts() })).toMatchObject({
    findings: [
      {
        message: { en: "the application sends packets to the address 10.1.2.3, which no variable gives it" },
      },
    ],
  });
});

test("evidence of a version that did not look where packets go proves nothing by it", () => {
  const { looks = [] } = trialFacts();
  const facts = { looks: looks.filter((look) => look !== "sent-packets") };
  expect(trialStaticAddress.check({ trial: trialFacts({ facts }), image: imageFacts() })).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("did not record to which addresses packets are sent") },
  });
});

test("a call that another container of the pod may have made is not held against it", () => {
  const call = { ...called("10.1.2.3", 5432), unsure: true } as TrialEvent;
  expect(check(call)).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("10.1.2.3:5432 was called by this container or by another") },
  });
  const trial = trialFacts({ "read-only": server({ more: [call, called("10.1.2.3", 5432)] }) });
  expect(trialStaticAddress.check({ trial, image: imageFacts() }).status).toBe("fail");
});

test.each([
  ["nothing is called", {}, "pass"],
  ["it never starts", { "read-only": exits(1), writable: exits(1) }, "unproven"],
  [
    "there was more to see",
    { writable: server({ more: [{ kind: "limit", what: "observations" }] }) },
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialStaticAddress.check({ trial: trialFacts(sketch), image: imageFacts() }).status).toBe(status);
});

test("the proof says what could not be seen", () => {
  const { executor } = trialFacts();
  const proofs = [executor, { ...executor, missesBriefCalls: true as const }].map((one) => {
    const outcome = trialStaticAddress.check({
      trial: trialFacts({ facts: { executor: one } }),
      image: imageFacts(),
    });
    return outcome.status === "pass" ? outcome.proof.en : outcome.status;
  });
  expect(proofs[0]).toMatch(/^nothing was sent to a fixed IP address, in /);
  expect(proofs[1]).toMatch(
    /^nothing was sent to a fixed IP address \(those that are closed at once .* without ss.*\), in /,
  );
});
