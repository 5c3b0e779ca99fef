import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import {
  exits,
  http,
  KILLED,
  listener,
  port,
  STOPPED,
  said,
  server,
  type TrialSketch,
  trialFacts,
  worker,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PeerEvent } from "../../contract/peer-event.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { ListenerEvent, PortEvent, TrialEvent } from "../../contract/trial-events.ts";
import { TRIAL_CAPABILITIES, type TrialSettingsFacts } from "../../contract/trial-facts.ts";
import { trialListen } from "./1.3-trial-listen.ts";

const REFUSED = { ipv4: "refused", ipv6: "refused" } as const;
const READY: TrialEvent = { kind: "ready", by: "port", afterMs: 5 };

/** A trial whose first two runs show these events at their beginning and, unless given, at their end. */
function both(...events: readonly TrialEvent[]): TrialSketch {
  const tried = events.filter((event): event is PortEvent => event.kind === "port");
  const isGiven = tried.some(({ end }) => end === true);
  const listeners = events.filter(
    (event): event is ListenerEvent => event.kind === "listener" && event.protocol === "tcp",
  );
  const ends = [...new Set(listeners.map((one) => one.port))].map((number) => {
    const on = listeners.filter((one) => one.port === number).map(({ address }) => address);
    const loopback = on.every((address) => /^(?:127\.|::1$)/.test(address));
    const found = tried.find((one) => one.port === number) ?? port(number, loopback ? REFUSED : {});
    return { ...found, on, end: true } as const;
  });
  const run = [READY, ...events, ...(isGiven ? [] : ends), KILLED, said("up\n", "stdout")];
  return { "read-only": run, writable: run, restart: null };
}
function oneByOne(...addresses: readonly string[]): TrialSketch {
  const isOpen = (part: string) => (addresses.some((one) => one.startsWith(part)) ? "open" : "refused");
  const tried = port(8080, { ipv4: isOpen("10."), ipv6: isOpen("fd00"), loopback: isOpen("127.") });
  return both(...addresses.map((one) => listener(8080, one)), tried);
}
function check(sketch: TrialSketch, settings: Partial<TrialSettingsFacts> = {}, more: object = {}) {
  return trialListen.check({ trial: trialFacts({ ...sketch, settings }), ...more });
}
function manifest(spec: ContainerFacts) {
  const workload = workloadFacts({ containers: [spec] });
  return { placement: placements(workload)[0] };
}

describe("evidence without an observation of the ports at the end of a phase", () => {
  const withoutEnds = (sketch: TrialSketch, phases: readonly string[]) => {
    const trial = trialFacts(sketch);
    const isLeft = (one: (typeof trial.observations)[number]): boolean =>
      !phases.includes(one.phase) ||
      !((one.kind === "port" || one.kind === "datagram-port") && one.end === true);
    return trialFacts({ ...sketch, facts: { observations: trial.observations.filter(isLeft) } });
  };
  const ALL = ["read-only", "writable", "restart"];
  const UDP: TrialSketch = {
    ...both(
      { kind: "datagram-port", port: 5_353, on: ["0.0.0.0"] },
      { kind: "datagram-port", port: 5_353, on: ["0.0.0.0"], end: true },
    ),
    settings: { ports: [], datagramPorts: [5_353] },
  };

  test.each([
    ["in all phases", {}, ALL, "unproven"],
    ["in the first one", {}, ["read-only"], "unproven"],
    ["after the restart", {}, ["restart"], "unproven"],
    ["in none", {}, [], "pass"],
    ["in the replica, which is not looked at", {}, ["replica"], "pass"],
    ["of a port that nobody declares", { settings: { ports: [] } }, ALL, "unproven"],
    ["of a port on loopback, which no end opens", both(listener(8080, "127.0.0.1")), ALL, "fail"],
    ["of a port without a listener in the tables", both(port(8080, { on: ["0.0.0.0"] })), ALL, "unproven"],
    ["of a UDP port", UDP, ALL, "unproven"],
    ["of no UDP port", UDP, [], "pass"],
  ] satisfies readonly [string, TrialSketch, readonly string[], string][])(
    "%s",
    (_, sketch, phases, status) => {
      const outcome = trialListen.check({ trial: withoutEnds(sketch, phases) });
      expect(outcome.status).toBe(status);
    },
  );

  test("says what is missing", () => {
    expect(trialListen.check({ trial: withoutEnds({}, ALL) })).toMatchObject({
      reason: { en: "not observed: nothing is recorded of port 8080 at the end of each phase" },
    });
  });
});

describe("a declared port", () => {
  test.each([
    ["open on every address", both(listener(8080), port(8080)), "pass"],
    ["on IPv6, which takes IPv4, too", both(listener(8080, "::"), port(8080)), "pass"],
    ["on IPv6 alone", both(listener(8080, "::"), port(8080, { ipv4: "refused", ipv6: "open" })), "unproven"],
    [
      "of a neighbour, which takes a connection and is gone from the tables",
      both(port(8080, { on: ["0.0.0.0"] }), port(8080, { on: [], end: true })),
      "unproven",
    ],
    [
      "open at first, refused at the end",
      both(listener(8080), port(8080, { on: ["0.0.0.0"] }), port(8080, { ...REFUSED, on: [], end: true })),
      "fail",
    ],
    ["on each address of the pod", oneByOne("10.88.0.2", "127.0.0.1", "::1", "fd00:88::2"), "pass"],
    ["on each IPv4 address of the pod", oneByOne("127.0.0.1", "10.88.0.2"), "pass"],
    ["on each IPv6 address alone", oneByOne("::1", "fd00:88::2"), "unproven"],
    ["on the pod's address and loopback's other family", oneByOne("10.88.0.2", "::1"), "fail"],
    ["on loopback and a link's address", oneByOne("127.0.0.1", "::1", "fe80::ff:fe00:8802"), "fail"],
    [
      "UDP, which is another port",
      both(listener(8080, "0.0.0.0", { protocol: "udp" }), port(8080, { ...REFUSED, loopback: "refused" })),
      "unproven",
    ],
    [
      "UDP on every address, beside TCP on loopback",
      both(
        listener(8080, "0.0.0.0", { protocol: "udp" }),
        listener(8080, "127.0.0.1"),
        port(8080, { ...REFUSED, on: ["127.0.0.1"] }),
      ),
      "fail",
    ],
    [
      "moved to loopback after the first requests",
      both(
        listener(8080),
        port(8080, { on: ["0.0.0.0"] }),
        listener(8080, "127.0.0.1"),
        port(8080, { ...REFUSED, on: ["127.0.0.1"], end: true }),
      ),
      "fail",
    ],
    [
      "moved to the pod's own address",
      both(
        listener(8080),
        port(8080, { on: ["0.0.0.0"] }),
        listener(8080, "10.88.0.2"),
        port(8080, { on: ["10.88.0.2"], end: true }),
      ),
      "fail",
    ],
    [
      "closed before the end",
      both(
        listener(8080),
        port(8080, { on: ["0.0.0.0"] }),
        port(8080, { ...REFUSED, loopback: "refused", on: [], end: true }),
      ),
      "fail",
    ],
    [
      "open late",
      both(
        port(8080, { ...REFUSED, loopback: "refused", on: [] }),
        listener(8080),
        port(8080, { on: ["0.0.0.0"], end: true }),
      ),
      "pass",
    ],
    [
      "moved after the restart",
      {
        ...both(listener(8080), port(8080)),
        restart: [
          READY,
          listener(8080),
          port(8080, { on: ["0.0.0.0"] }),
          listener(8080, "127.0.0.1"),
          port(8080, { ...REFUSED, on: ["127.0.0.1"], end: true }),
          STOPPED,
        ],
      },
      "fail",
    ],
    [
      "open until the first process left, with what it had started",
      { "read-only": [listener(8080), READY, port(8080), ...exits(0)], writable: exits(0), restart: null },
      "unproven",
    ],
    ["on 127.0.0.1", both(listener(8080, "127.0.0.1"), port(8080, REFUSED)), "fail"],
    ["on ::1", both(listener(8080, "::1"), port(8080, REFUSED)), "fail"],
    [
      "on the pod's own address",
      both(listener(8080, "10.88.0.2"), port(8080, { loopback: "refused" })),
      "fail",
    ],
    ["of which the tables show nothing, though it answers", both(port(8080)), "unproven"],
    ["on every address, though it does not answer", both(listener(8080), port(8080, REFUSED)), "unproven"],
    ["that nothing listens on", both(port(8080, { ...REFUSED, loopback: "refused" })), "unproven"],
    ["that nothing listens on, beside another", both(listener(3000), port(3000)), "unproven"],
    [
      "on loopback, before an early end",
      { "read-only": [listener(8080, "127.0.0.1"), ...exits(1)], writable: exits(1) },
      "unproven",
    ],
    ["open in the writable run only", { "read-only": exits(1) }, "pass"],
    ["never tried", { "read-only": exits(1), writable: exits(1) }, "unproven"],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch).status).toBe(status);
  });

  test("the proof names address and port, IPv6 in brackets", () => {
    expect(check(both(listener(8080, "::"), port(8080)))).toMatchObject({
      proof: { en: expect.stringMatching(/^open from outside the pod: \[::\]:8080, in 4\.2 s of trial/) },
    });
    expect(check(oneByOne("10.88.0.2", "127.0.0.1"))).toMatchObject({
      proof: { en: expect.stringMatching(/^open from outside the pod: 0\.0\.0\.0:8080, in/) },
    });
  });

  test("a port that IPv4 does not reach is named", () => {
    const ipv6 = port(8080, { ipv4: "refused", ipv6: "open" });
    expect(check(both(listener(8080, "::"), ipv6))).toMatchObject({
      reason: {
        en: "not observed: port 8080 is open on IPv6 only, which an IPv4 cluster does not reach",
      },
    });
    expect(check(both(listener(8080, "::"), ipv6), { ipFamily: "IPv6" })).toMatchObject({
      status: "pass",
      proof: { en: expect.stringMatching(/^open from outside the pod: \[::\]:8080, in/) },
    });
  });

  test("a port that IPv6 does not reach is named, where the Services have no other addresses", () => {
    expect(check(both(listener(8080), port(8080)), { ipFamily: "IPv6" })).toMatchObject({
      status: "unproven",
      reason: { en: "the pod's Services have IPv6 addresses only, and port 8080 is open on IPv4 only" },
    });
    const dual = both(listener(8080), listener(8080, "::"), port(8080));
    expect(check(dual, { ipFamily: "IPv6" }).status).toBe("pass");
  });

  test("the finding tells loopback from the pod's own address", () => {
    expect(check(both(listener(8080, "127.0.0.1"), listener(8080, "::1")))).toMatchObject({
      findings: [{ message: { en: expect.stringContaining("port 8080 is open on 127.0.0.1, ::1 only") } }],
    });
    expect(check(both(listener(8080, "10.88.0.2")))).toMatchObject({
      findings: [{ message: { en: "port 8080 is open on the pod's own address only (10.88.0.2)" } }],
    });
  });

  test("what is listened on instead is said, with the setting", () => {
    expect(check(both(listener(3000), port(3000)))).toMatchObject({
      reason: { en: expect.stringContaining("port 8080 is open on every address (ports listened on: 3000)") },
      settle: { en: expect.stringContaining("trial.ports") },
    });
    expect(
      check(both(port(8080, { ...REFUSED, loopback: "refused" }), http("/", "random")), {
        ports: [],
        triedPaths: [],
      }),
    ).toMatchObject({
      status: "n/a",
    });
  });

  test("a port that is listened on, but takes no connection, is said to", () => {
    const closed = { ...REFUSED, loopback: "refused" } as const;
    expect(check(both(listener(8080), port(8080, closed)))).toMatchObject({
      status: "unproven",
      reason: {
        en: "not observed: port 8080 is listened on, but takes no connection to the pod's address at the end of each phase",
      },
      settle: { fr: expect.stringContaining("trial.readyTimeout") },
    });
  });

  test("UDP on the port that is waited for is told as such", () => {
    expect(
      check(
        both(listener(8080, "0.0.0.0", { protocol: "udp" }), port(8080, { ...REFUSED, loopback: "refused" })),
      ),
    ).toMatchObject({
      reason: { en: expect.stringContaining("(ports listened on: 8080/udp)") },
    });
  });

  test("nothing at all is said so", () => {
    expect(
      check({ ...both(), "read-only": worker(), writable: worker() }, { ports: [], triedPaths: ["/"] })
        .status,
    ).toBe("n/a");
    expect(check(both())).toMatchObject({
      reason: { en: expect.stringContaining("(ports listened on: none)") },
    });
  });
});

describe("two declared ports", () => {
  const ports = [8080, 9090];
  const half = both(listener(8080), port(8080), listener(9090, "127.0.0.1"), port(9090, REFUSED));
  const image = imageFacts({ config: { exposedPorts: ["8080/tcp", "9090/tcp"] } });

  test("of EXPOSE: one open suffices, the other is a note", () => {
    expect(check(half, { ports }, { image })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("port 9090") } }],
    });
    expect(check(both(listener(9090, "127.0.0.1")), { ports }, { image }).status).toBe("fail");
  });

  test.each([
    [
      "of the manifest",
      { image, ...manifest({ ports: [{ containerPort: 8080 }, { containerPort: 9090 }] }) },
    ],
    ["of the manifest's probes", { image, ...manifest({ livenessProbe: { tcpSocket: { port: 9090 } } }) }],
    ["of the settings", { image: imageFacts() }],
    ["of who knows where", {}],
  ])("%s: each has to be open", (_, more) => {
    expect(check(half, { ports }, more).status).toBe("fail");
    expect(check(both(listener(8080), port(8080)), { ports }, more).status).toBe("unproven");
  });

  test("a manifest without ports and probes leaves EXPOSE to say", () => {
    expect(check(half, { ports }, { image, ...manifest({ name: "web" }) }).status).toBe("pass");
  });
});

describe("EXPOSE of a port that nobody opens", () => {
  const image = imageFacts({ config: { exposedPorts: ["8080/tcp"] } });
  test.each([
    ["another one on every address", both(listener(3000), port(3000)), "pass"],
    ["another one on loopback alone", both(listener(3000, "127.0.0.1")), "fail"],
    ["nothing", { "read-only": worker(), writable: worker(), restart: null }, "unproven"],
    ["a worker", both(), "unproven"],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch, {}, { image }).status).toBe(status);
  });
});

test("a trial that did not look at ports again proves nothing of them, and still refutes", () => {
  const facts = { looks: ["answers", "growth"] } as const;
  const open = trialFacts({ ...both(listener(8080), port(8080)), facts });
  expect(trialListen.check({ trial: open })).toMatchObject({
    status: "unproven",
    settle: { en: expect.stringContaining("Repeat the trial") },
  });
  const once = [READY, listener(8080), port(8080), KILLED];
  const old = trialFacts({ "read-only": once, writable: once, facts });
  expect(trialListen.check({ trial: old }).status).toBe("unproven");
  const run = [READY, listener(8080, "127.0.0.1"), port(8080, REFUSED), KILLED];
  const closed = trialFacts({ "read-only": run, writable: run, facts });
  expect(trialListen.check({ trial: closed }).status).toBe("fail");
});

describe("no declared port", () => {
  const settings = { ports: [] };
  test.each([
    ["one open on every address", both(listener(3000), port(3000)), "pass"],
    [
      "one open, a debugger on loopback",
      both(listener(3000), port(3000), listener(9229, "127.0.0.1")),
      "pass",
    ],
    ["loopback alone", both(listener(3000, "127.0.0.1")), "fail"],
    [
      "closed before the end",
      both(listener(3000), port(3000), port(3000, { ...REFUSED, on: [], end: true })),
      "fail",
    ],
    ["UDP from everywhere", both(listener(8125, "0.0.0.0", { protocol: "udp" })), "pass"],
    ["UDP on loopback", both(listener(8125, "127.0.0.1", { protocol: "udp" })), "unproven"],
    [
      "UDP from everywhere, beside TCP on loopback",
      both(listener(8125, "0.0.0.0", { protocol: "udp" }), listener(3000, "127.0.0.1")),
      "fail",
    ],
    [
      "a port that does not answer",
      both(listener(3000), port(3000, { ...REFUSED, loopback: "refused", on: ["0.0.0.0"] })),
      "unproven",
    ],
    ["nothing listens", { "read-only": worker(), writable: worker() }, "n/a"],
    ["nothing starts", { "read-only": exits(1), writable: exits(1) }, "unproven"],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch, settings).status).toBe(status);
  });
});

describe("a UDP port that the manifest declares", () => {
  const bound = (on: readonly string[], end = on): readonly TrialEvent[] => [
    { kind: "datagram-port", port: 5_353, on },
    { kind: "datagram-port", port: 5_353, on: end, end: true },
  ];
  const beside = (...events: readonly TrialEvent[]): TrialSketch =>
    both(listener(8080), port(8080), ...events);
  const declared = { datagramPorts: [5_353] };

  test.each([
    ["on every address", bound(["0.0.0.0"]), "pass"],
    ["on :: alone, which takes IPv4, too", bound(["::"]), "pass"],
    ["on each address of the pod", bound(["10.88.0.2", "127.0.0.1"]), "pass"],
    ["on 127.0.0.1", bound(["127.0.0.1"]), "fail"],
    ["on the pod's own address", bound(["10.88.0.2"]), "fail"],
    ["on 127.0.0.1 at the end", bound(["0.0.0.0"], ["127.0.0.1"]), "fail"],
    ["given up before the end", bound(["0.0.0.0"], []), "fail"],
    ["on nobody's", bound([]), "unproven"],
    ["not looked at", [], "unproven"],
  ] as const)("%s: → %s", (_, events, status) => {
    expect(check(beside(...events), { ports: [8080], ...declared }).status).toBe(status);
    // Without a declared TCP port, UDP alone decides.
    expect(check(both(...events), { ports: [], ...declared }).status).toBe(status);
  });

  test("the words name every port that was looked at, and the protocol", () => {
    const settings = { ports: [8080], ...declared };
    expect(check(beside(...bound(["0.0.0.0"])), settings)).toMatchObject({
      proof: {
        en: expect.stringMatching(/^open from outside the pod: 0\.0\.0\.0:8080, 0\.0\.0\.0:5353\/udp, /),
      },
    });
    expect(check(beside(...bound([])), settings)).toMatchObject({
      reason: {
        en: expect.stringContaining("port 5353/udp is open on every address (ports listened on: 8080)"),
      },
    });
    expect(check(beside(...bound(["127.0.0.1"])), settings)).toMatchObject({
      findings: [{ message: { en: expect.stringMatching(/^port 5353\/udp is open on 127\.0\.0\.1 only/) } }],
    });
    expect(check(both(...bound(["0.0.0.0"])), { ports: [], ...declared })).toMatchObject({
      proof: { en: expect.stringMatching(/^takes UDP on every address: 0\.0\.0\.0:5353\/udp, /) },
    });
  });

  test("on IPv6 alone it is not proven, unless the Services say so", () => {
    const sketch = both(...bound(["fd00::2", "::1"]));
    expect(check(sketch, { ports: [], ...declared }).status).toBe("unproven");
    expect(check(sketch, { ports: [], ...declared, ipFamily: "IPv6" }).status).toBe("pass");
  });
});

test("a port that a Service calls is no hint, whatever the image documents", () => {
  const image = imageFacts({ config: { exposedPorts: ["9090/tcp"] } });
  const sketch = both(listener(8080), port(8080));
  const given = { ...manifest({}), image };
  expect(check(sketch, { ports: [9090] }, given).status).toBe("pass");
  expect(check(sketch, { ports: [9090], calledPorts: [9090] }, given).status).toBe("unproven");
});

describe("a port at which clients call the pod directly", () => {
  const web = [listener(8080), port(8080)];
  const settings = { ports: [8080], directPorts: [9000] };

  test("is refused on localhost, beside a declared port that is open", () => {
    const sketch = both(...web, listener(9000, "127.0.0.1"), port(9000, REFUSED));
    expect(check(sketch, settings)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("port 9000 is open on 127.0.0.1 only") } }],
    });
    expect(check(sketch, { ports: [8080] }).status).toBe("pass");
    expect(check(sketch, { directPorts: [9000], ports: [] }).status).toBe("fail");
  });

  test.each<[string, TrialSketch, object, string]>([
    ["open on every address", both(...web, listener(9000), port(9000)), settings, "pass"],
    ["not opened by anybody", both(...web), settings, "pass"],
    ["declared, too, and not opened", both(...web), { ports: [8080, 9000], directPorts: [9000] }, "unproven"],
    [
      "on localhost, in a container that did not come up",
      { "read-only": exits(1, listener(9000, "127.0.0.1"), port(9000, REFUSED)), writable: exits(1) },
      settings,
      "unproven",
    ],
  ])("%s", (_, sketch, own, status) => {
    expect(check(sketch, own).status).toBe(status);
  });
});

test("a batch serves nothing", () => {
  expect(check({ "read-only": server() }, { lifetime: "batch" }).status).toBe("n/a");
});

describe("behind another container of its pod", () => {
  const local = server({ address: "127.0.0.1" });
  const sketch: TrialSketch = {
    "read-only": local,
    writable: local,
    restart: local,
    settings: { ports: [] },
  };
  const facts = { openBeside: [{ container: "proxy", port: 8443 }] };
  const trial = trialFacts({ ...sketch, facts });
  const pod = (ports: readonly number[], name = "proxy") => {
    const proxy = { name, ports: ports.map((containerPort) => ({ containerPort })) };
    const workload = workloadFacts({ containers: [{ name: "app" }, proxy] });
    return { workload, placement: placements(workload)[0] };
  };
  const judged = (given: ReturnType<typeof pod>, image = imageFacts({}), facts = trial) => {
    const { workload, placement } = given;
    return trialListen.check({
      trial: facts,
      image,
      workload,
      ...(placement === undefined ? {} : { placement }),
    });
  };

  const withoutPorts = (): ReturnType<typeof pod> => {
    const workload = workloadFacts({ containers: [{ name: "app" }, { name: "proxy" }] });
    return { workload, placement: placements(workload)[0] };
  };

  test("that the manifest declares, and that is open", () => {
    expect(judged(pod([8443]))).toMatchObject({
      status: "pass",
      proof: {
        en: expect.stringMatching(
          /^the pod is open through another of its containers, as the manifest declares: proxy :8443, in /,
        ),
      },
    });
  });

  test("that only a probe of it names", () => {
    const proxy = { name: "proxy", readinessProbe: { httpGet: { port: 8443 } } };
    const workload = workloadFacts({ containers: [{ name: "app" }, proxy] });
    expect(judged({ workload, placement: placements(workload)[0] }).status).toBe("pass");
  });

  test("also where the image documents the port on 127.0.0.1", () => {
    const documented = trialFacts({ ...sketch, settings: { ports: [8080] }, facts });
    const image = imageFacts({ config: { exposedPorts: ["8080/tcp"] } });
    expect(judged(pod([8443]), image, documented).status).toBe("pass");
  });

  test.each([
    ["no such container in this workload", judged(pod([8443], "other"))],
    ["another port", judged(pod([9000]))],
    ["no port", judged(pod([]))],
    ["nothing said of ports", judged(withoutPorts())],
    ["no workload", trialListen.check({ trial })],
    ["nothing open beside", trialListen.check({ trial: trialFacts(sketch) })],
  ])("refused: %s", (_, outcome) => {
    expect(outcome.status).toBe("fail");
  });
});

describe("a port that is open to everybody", () => {
  const asked = (...peers: readonly Omit<PeerEvent, "kind" | "port">[]): TrialSketch =>
    both(
      listener(8080),
      port(8080),
      ...peers.map((one): TrialEvent => ({ kind: "peer", port: 8080, ...one })),
    );
  const FILTERED = asked({ path: "/", outside: 403, inside: 200 });

  test.each<[string, TrialSketch, string]>([
    ["and serves a neighbour", asked({ path: "/", outside: 200 }), "pass"],
    ["and serves a neighbour who logs in", asked({ path: "/", outside: 401 }), "pass"],
    ["and refuses all", asked({ path: "/", outside: 403, inside: 403 }), "pass"],
    ["and has no page", asked({ path: "/", outside: 404, inside: 404 }), "pass"],
    ["and says nothing to anybody", asked({ outside: "silent", inside: "silent" }), "pass"],
    ["and closes to all", asked({ outside: "dismissed", inside: "dismissed" }), "pass"],
    ["and has a worse day for 127.0.0.1", asked({ path: "/", outside: 404, inside: 500 }), "pass"],
    [
      "and keeps its status to 127.0.0.1, but no other page",
      asked({ path: "/", outside: 403, inside: 200 }, { path: "/app", outside: 200 }),
      "pass",
    ],
    [
      "and keeps its status to 127.0.0.1, and has no other page",
      asked({ path: "/", outside: 403, inside: 200 }, { path: "/app", outside: 404, inside: 404 }),
      "pass",
    ],
    ["and answers 403 to all but 127.0.0.1", FILTERED, "unproven"],
    ["and hides from all but 127.0.0.1", asked({ path: "/", outside: 404, inside: 200 }), "unproven"],
    [
      "and hides some pages, and refuses the others to anybody",
      asked({ path: "/", outside: 404, inside: 200 }, { path: "/app", outside: 403, inside: 403 }),
      "unproven",
    ],
    ["and closes to all but 127.0.0.1", asked({ outside: "dismissed", inside: "answered" }), "unproven"],
    ["and is silent to all but 127.0.0.1", asked({ outside: "silent", inside: "answered" }), "unproven"],
  ])("%s", (_, sketch, status) => {
    expect(check(sketch).status).toBe(status);
  });

  test("says who got what", () => {
    expect(check(FILTERED)).toMatchObject({
      reason: {
        en: "not observed: the application serves 127.0.0.1 only: GET :8080/ 200 for 127.0.0.1, 403 for a neighbour of the pod",
      },
    });
    expect(check(asked({ outside: "dismissed", inside: "answered" }))).toMatchObject({
      reason: { en: expect.stringContaining(":8080 answers for 127.0.0.1, closed at once for a neighbour") },
    });
  });

  test("is compared in each phase", () => {
    const { "read-only": first = null } = asked({ path: "/", outside: 200 });
    expect(check({ ...FILTERED, "read-only": first }).status).toBe("unproven");
  });

  test("of a phase that does not count is not compared", () => {
    expect(check({ ...asked({ path: "/", outside: 200 }), replica: FILTERED.writable ?? [] }).status).toBe(
      "pass",
    );
  });

  test("of an image's EXPOSE counts if another one serves everybody", () => {
    const image = imageFacts({ config: { exposedPorts: ["8080/tcp", "9090/tcp"] } });
    const beside = both(listener(8080), port(8080), listener(9090), port(9090), {
      kind: "peer",
      port: 8080,
      path: "/",
      outside: 403,
      inside: 200,
    });
    expect(check(beside, { ports: [8080, 9090] }, { image }).status).toBe("pass");
    expect(check(FILTERED, { ports: [8080] }, { image }).status).toBe("unproven");
    expect(check(beside, { ports: [] }).status).toBe("pass");
    expect(check(FILTERED, { ports: [] }).status).toBe("unproven");
  });

  test("of an older trial is not known to serve everybody", () => {
    const looks = TRIAL_CAPABILITIES.filter((look) => look !== "peers");
    expect(check({ facts: { looks } }).status).toBe("unproven");
  });
});
