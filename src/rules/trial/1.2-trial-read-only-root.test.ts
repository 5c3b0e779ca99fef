import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import {
  asked,
  exits,
  http,
  KILLED,
  OTHER_CONTAINER,
  probe,
  SLOW,
  STOPPED,
  said,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { HttpEvent, TrialEvent } from "../../contract/trial-events.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";

const wrote = (...events: readonly TrialEvent[]): TrialSketch => ({
  writable: server({ more: events }),
});
const SOON: TrialEvent = { kind: "exit", by: "itself", afterMs: 50, code: 3 };
const crash = exits(3, said("\n/data/lock: Read-only file system\n"));

function manifest(readOnlyRootFilesystem?: boolean, facts: Partial<WorkloadFacts> = {}) {
  const securityContext = readOnlyRootFilesystem === undefined ? {} : { readOnlyRootFilesystem };
  const workload = workloadFacts({ containers: [{ name: "web", securityContext }], facts });
  return { workload, placement: placements(workload)[0] };
}

function check(sketch: TrialSketch, more: object = {}) {
  return trialReadOnlyRoot.check({ trial: trialFacts(sketch), ...more });
}

describe("without a manifest", () => {
  test.each([
    ["nothing is written", {}, "pass"],
    ["a file is written to the root", wrote(write("/data/x")), "fail"],
    [
      "a directory changes, as by create and delete",
      wrote(write("/data", { type: "directory", change: "modified" })),
      "fail",
    ],
    ["a file of the image is deleted", wrote(write("/data/x", { change: "deleted", bytes: 0 })), "fail"],
    ["only mounts are written", wrote(write("/data/x", { area: "/data" })), "pass"],
    ["EROFS, then it starts on a writable root", { "read-only": crash }, "fail"],
    ["an early end that nothing explains", { "read-only": [SOON] }, "unproven"],
    ["EROFS is said, and it never starts", { "read-only": crash, writable: exits(1) }, "fail"],
    [
      "no start without another container, and no writes",
      { "read-only": [OTHER_CONTAINER, ...exits(3)] },
      "unproven",
    ],
    ["the writable run ends early", { writable: exits(1) }, "unproven"],
    [
      "it writes before it ends early in both",
      { "read-only": exits(1), writable: [write("/data/x"), ...exits(1)] },
      "fail",
    ],
    [
      "more was written than was seen",
      { writable: server({ more: [{ kind: "limit", what: "writes" }] }) },
      "unproven",
    ],
    ["the writable run did not take place", { writable: null }, "unproven"],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch).status).toBe(status);
  });

  test("a crash is told with its line, and with the mounts that would help", () => {
    const outcome = check({ "read-only": crash, ...wrote(write("/data/lock")) });
    expect(outcome).toMatchObject({
      findings: [
        {
          message: {
            en: "the application only starts when the root can be written (/data/lock: Read-only file system)",
          },
        },
        {
          at: { path: "/data" },
          remedy: { en: "Mount an emptyDir volume at /data, and set `readOnlyRootFilesystem: true`." },
        },
      ],
    });
    const silent = check({ "read-only": exits(3), ...wrote(write("/data/lock")) });
    expect(silent).toMatchObject({
      findings: [{ message: { en: "the application only starts when the root can be written" } }, {}],
    });
  });

  test("one emptyDir takes all that is written below it; the image is said to be ready", () => {
    const files = ["/var/cache/nginx/x", "/data/a", "/data/b", "/data/c/d", "/data/c/e"].map((path) =>
      write(path),
    );
    expect(check(wrote(...files))).toMatchObject({
      findings: [
        {
          at: { path: "/data" },
          message: {
            en: "the application writes to the root file system: /data/a, /data/b, /data/c/d… (4 paths below /data)",
          },
          remedy: { en: expect.stringContaining("The image works on a read-only root") },
        },
        { at: { path: "/var/cache/nginx" } },
      ],
    });
  });

  test.each([
    ["a directory of the system", "/etc/app.conf", {}],
    ["a file of the image", "/data/config", { change: "modified" }],
    ["the program's own directory", "/app/cache.bin", {}],
  ] as const)("no emptyDir is proposed that would hide %s", (_, path, changes) => {
    expect(check(wrote(write(path, changes)))).toMatchObject({
      findings: [{ remedy: { en: expect.stringContaining("would hide files of the image") } }],
    });
  });

  test("nor one at the working directory from which an interpreter takes the application", () => {
    const image = imageFacts({
      config: { workingDir: "/srv/app" },
      argv: ["node", "server.js"],
      steps: [{ name: "node" }],
    });
    const trial = trialFacts({ ...wrote(write("/srv/app/x")), facts: { argv: ["node", "server.js"] } });
    const remedy = (given: object) =>
      trialReadOnlyRoot.check({ trial, ...given }) as { findings: readonly { remedy: { en: string } }[] };
    expect(remedy({ image }).findings[0]?.remedy.en).toContain("would hide");
    expect(remedy({}).findings[0]?.remedy.en).toContain("mount an emptyDir volume at /srv/app");
  });

  test("nor one around a directory that holds files of the image", () => {
    const files = [write("/data/a"), write("/data/b/config", { change: "modified" }), write("/data/c/d")];
    expect(check(wrote(...files))).toMatchObject({
      findings: [
        { at: { path: "/data" }, remedy: { en: expect.stringContaining("would hide") } },
        {
          at: { path: "/data/c" },
          remedy: { en: expect.stringContaining("mount an emptyDir volume at /data/c") },
        },
      ],
    });
  });

  test("writes to the image's VOLUMEs are a note", () => {
    const image = imageFacts({ config: { volumes: ["/var/lib/app/"] } });
    const trial = trialFacts(wrote(write("/var/lib/app/x")));
    expect(trialReadOnlyRoot.check({ trial, image })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("VOLUME of the image (/var/lib/app/x)") } }],
    });
  });

  test("and to who takes the names of its files there away", () => {
    const open = { kind: "open-file", path: "/tmp/wgunicorn-x", bytes: 0, grew: 0 } as const;
    expect(check(wrote(open))).toMatchObject({ notes: [{ at: { path: "/tmp" } }] });
    expect(check(wrote({ ...open, memory: true })).notes).toEqual([]);
    expect(check(wrote({ ...open, path: "/run/x" })).notes).toEqual([]);
  });

  test("no volume is proposed for logs, which another row refuses", () => {
    const refused = said('open() "/var/log/x/error.log" failed (30: Read-only file system)\n');
    const outcome = check(wrote(write("/var/log/app/app.log"), refused));
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [
        {
          message: { en: expect.stringContaining("/var/log/app/app.log") },
          remedy: { en: expect.stringMatching(/^Log to stdout:/) },
        },
        {
          message: { en: expect.stringContaining("/var/log/x/error.log") },
          remedy: { en: expect.stringMatching(/^Log to stdout:/) },
        },
      ],
    });
    const both = check(wrote(write("/srv/app/app.log"), write("/srv/app/state.bin")));
    expect(both).toMatchObject({ findings: [{ remedy: { en: expect.stringContaining("emptyDir") } }] });
  });

  test("an emptyDir at a directory that it makes itself hides nothing", () => {
    const made = write("/etc/app/localhost", { type: "directory", bytes: 0, grew: 0 });
    expect(check(wrote(made))).toMatchObject({
      findings: [
        { remedy: { en: expect.stringContaining("mount an emptyDir volume at /etc/app/localhost") } },
      ],
    });
  });

  test("an emptyDir for /tmp is proposed to who writes there", () => {
    expect(check(wrote(write("/tmp/x", { area: "/tmp" })))).toMatchObject({
      status: "pass",
      notes: [{ at: { path: "/tmp" }, remedy: { en: "Mount an emptyDir volume at /tmp in the manifest." } }],
    });
  });
});

describe("with a manifest", () => {
  test("that mounts the root read-only, writes are notes once it ran so", () => {
    expect(check(wrote(write("/data/x")), manifest(true))).toMatchObject({
      status: "pass",
      proof: {
        en: expect.stringContaining("works on a read-only root, which the manifest imposes, in 4.2 s"),
      },
      notes: [{ at: { path: "/data" } }],
    });
  });

  test("that mounts it read-only, nothing is shown by who never starts", () => {
    const sketch = { "read-only": exits(1), writable: [write("/data/x"), ...exits(1)] };
    expect(check(sketch, manifest(true))).toMatchObject({ status: "unproven", notes: [{}] });
  });

  test.each([undefined, false])("that says %s, writes refute", (value) => {
    expect(check(wrote(write("/data/x")), manifest(value)).status).toBe("fail");
  });

  test("whose field is no boolean, writes leave it open", () => {
    const problem = { fr: "pas du Kubernetes valide", en: "not valid Kubernetes" };
    const path = "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem";
    expect(
      check(wrote(write("/data/x")), manifest(undefined, { invalid: [{ path, problem }] })),
    ).toMatchObject({
      status: "unproven",
      reason: problem,
    });
  });

  test("that gives no emptyDir for /tmp, the trial's own note is left out", () => {
    expect(check(wrote(write("/tmp/x", { area: "/tmp" })), manifest(true))).toMatchObject({ notes: [] });
  });
});

/** GET / is answered so on the two roots. */
function pages(readOnly: Partial<HttpEvent>, writable: Partial<HttpEvent>, ...more: readonly TrialEvent[]) {
  const page = (changes: Partial<HttpEvent>) =>
    server({ more: [http("/page", "warm-up", changes), ...more] });
  return { "read-only": page(readOnly), writable: page(writable) };
}

describe("a request that is answered otherwise on the two roots", () => {
  test.each<[string, Partial<HttpEvent>, Partial<HttpEvent>, string]>([
    ["an error, and a page", { status: 500 }, { status: 200 }, "fail"],
    ["missing, and a page", { status: 404 }, { status: 200 }, "fail"],
    ["silence, and a page", { error: "timeout" }, { status: 200 }, "fail"],
    ["silence, and an error", { error: "timeout" }, { status: 500 }, "fail"],
    ["a page, and an error", { status: 200 }, { status: 500 }, "unproven"],
    ["pages of the same class", { status: 201 }, { status: 200 }, "pass"],
    ["a redirection, and a page", { status: 302 }, { status: 200 }, "pass"],
    ["errors on both", { status: 500 }, { status: 503 }, "pass"],
    ["silence on both", { error: "timeout" }, { error: "ECONNRESET" }, "pass"],
    ["too many requests", { status: 429 }, { status: 200 }, "pass"],
    ["a page, and too many requests", { status: 200 }, { status: 429 }, "pass"],
  ])("%s: %j %j → %s", (_, readOnly, writable, status) => {
    expect(check(pages(readOnly, writable)).status).toBe(status);
    expect(check(pages(readOnly, writable), manifest(true)).status).toBe(status);
  });

  test("is named, with what was written on the writable root", () => {
    const sketch = pages({ status: 500 }, { status: 200 });
    const writable = [...sketch.writable, write("/srv/visits.txt")];
    expect(check({ ...sketch, writable }, manifest(true))).toMatchObject({
      status: "fail",
      findings: [
        {
          message: {
            en: "GET :8080/page: 500 on a read-only root, 200 when it can be written (/srv/visits.txt)",
          },
          at: { path: "/srv/visits.txt" },
        },
        { at: { path: "/srv" } },
      ],
    });
    expect(check(sketch)).toMatchObject({
      findings: [{ message: { en: "GET :8080/page: 500 on a read-only root, 200 when it can be written" } }],
    });
  });

  test("or with the file that was refused", () => {
    const readOnly = server({
      more: [
        http("/page", "warm-up", { status: 500 }),
        said("EROFS: read-only file system, open '/app/v'\n"),
      ],
    });
    const writable = server({ more: [http("/page", "warm-up", { status: 200 })] });
    expect(check({ "read-only": readOnly, writable })).toMatchObject({
      findings: [{ at: { path: "/app/v" } }, { at: { path: "/app/v" } }],
    });
  });

  test.each([
    ["silence", { error: "timeout" }, "unproven"],
    ["a gateway that gave up", { status: 504 }, "unproven"],
    ["an error of its own", { status: 500 }, "fail"],
  ] as const)("%s on a machine that was busy: %j → %s", (_, readOnly, status) => {
    const sketch = pages(readOnly, { status: 200 }, { kind: "limit", what: "processor" });
    expect(check(sketch, manifest(true)).status).toBe(status);
  });

  test("may be another container's fault", () => {
    const sketch = pages({ status: 502 }, { status: 200 });
    const readOnly = [OTHER_CONTAINER, ...sketch["read-only"]];
    expect(check({ ...sketch, "read-only": readOnly })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("GET :8080/page answers 502 on the read-only root, 200") },
    });
  });

  test("a health path that only one root has is an answer; one of a silent port is none", () => {
    const ready = http("/readyz", "discovery", { status: 200 });
    const [plain, more] = [server(), server({ more: [ready] })];
    expect(check({ "read-only": plain, writable: more }).status).toBe("fail");
    expect(check({ "read-only": more, writable: plain }).status).toBe("unproven");
    const elsewhere = http("/readyz", "discovery", { port: 9090, status: 200 });
    expect(check({ "read-only": plain, writable: server({ more: [elsewhere] }) }).status).toBe("pass");
    const refused = http("/readyz", "discovery", { status: 503 });
    expect(check({ "read-only": server({ more: [refused] }), writable: more }).status).toBe("fail");
  });

  test("a probe that only the writable root lets succeed", () => {
    const ready = (ok: boolean) => server({ more: [probe("check", { ok, error: "exit 1" })] });
    expect(check({ "read-only": ready(false), writable: ready(true) }).status).toBe("fail");
    expect(check({ "read-only": server(), writable: ready(true) }).status).toBe("pass");
  });
});

test("no volume is proposed where it would hide the program", () => {
  const remedyOf = (text: string) => {
    const sketch = {
      "read-only": server({ more: [said(text)] }),
      writable: server({ more: [said(text)] }),
      facts: { argv: ["node", "/app/server.js"] },
    };
    const outcome = check(sketch);
    return outcome.status === "fail" ? outcome.findings[0].remedy?.en : outcome.status;
  };
  expect(remedyOf("EACCES: permission denied, mkdir '/app/logs2'\n")).toBe(
    "Mount an emptyDir volume where it writes (/app/logs2), or make it write to /tmp.",
  );
  expect(remedyOf("EACCES: permission denied, unlink '/app/x.pid'\n")).toMatch(/at \/app would hide files/);
});

describe("writes that are refused", () => {
  const line = "mkdir '/var/lib/app': Permission denied\n";

  test("to who works all the same count as writes", () => {
    const sketch = { "read-only": server({ more: [said(line)] }), writable: server({ more: [said(line)] }) };
    expect(check(sketch)).toMatchObject({
      status: "fail",
      findings: [
        {
          message: {
            en: expect.stringContaining("tries to write to the root file system: /var/lib/app (mkdir"),
          },
          remedy: { en: expect.stringContaining("(/var/lib/app)") },
        },
      ],
    });
    expect(check(sketch, manifest(true))).toMatchObject({ status: "pass", notes: [{}] });
  });

  test("are told once, with the write that shows", () => {
    const readOnly = server({ more: [said("EROFS: read-only file system, open '/data/x'\n")] });
    const outcome = check({ "read-only": readOnly, ...wrote(write("/data/x"), write("/etc/y")) });
    expect(outcome).toMatchObject({ findings: [{ at: { path: "/data" } }, { at: { path: "/etc" } }] });
  });

  test("to who does not start are why", () => {
    const refused = exits(1, said(line));
    expect(check({ "read-only": refused, writable: refused, restart: null })).toMatchObject({
      status: "fail",
      findings: [
        {
          message: {
            en: expect.stringMatching(/^the application does not start: a write was denied \(mkdir/),
          },
        },
        {},
      ],
    });
  });

  test("while a dependency is missing are an attempt, and not why", () => {
    const refused = [asked("db"), ...exits(1, said(line))];
    const outcome = check({ "read-only": refused, writable: refused, restart: null });
    expect(outcome).toMatchObject({ status: "fail", findings: [{ at: { path: "/var/lib/app" } }] });
  });
});

describe("a start that fails on the read-only root, and says nothing of it", () => {
  const silent = { "read-only": exits(3), replica: exits(3) } as const;
  const NEVER: readonly TrialEvent[] = [{ kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED];
  test.each<[string, TrialSketch, string]>([
    [
      "in two pods that work on the writable one",
      { ...silent, replicaAgain: server({ port: 18_080 }) },
      "fail",
    ],
    ["in one of two", { "read-only": [SOON] }, "unproven"],
    [
      "in one of two, of which the other was killed before",
      { "read-only": [{ kind: "exit", by: "itself", afterMs: 5_000, code: 3 }] },
      "fail",
    ],
    [
      "in one of two, of which the other's end was not seen",
      { "read-only": exits(3), replica: server({ port: 18_080, without: ["exit"] }) },
      "unproven",
    ],
    [
      "of a task, which is done in the other",
      { "read-only": exits(3), replica: exits(0), writable: exits(0), settings: { lifetime: "batch" } },
      "unproven",
    ],
    ["in one, the other was not seen", { "read-only": exits(3), replica: null }, "fail"],
    [
      "on a busy machine",
      { "read-only": exits(3, { kind: "limit", what: "processor" }), replica: exits(3) },
      "unproven",
    ],
    ["by never being ready, in two", { "read-only": NEVER, replica: NEVER }, "fail"],
    ["by never being ready, in one of two", { "read-only": NEVER }, "unproven"],
    [
      "by never being ready, while a dependency is missing",
      { "read-only": [asked("db"), ...NEVER], replica: NEVER },
      "unproven",
    ],
    [
      "by never being ready, where the other root is slow",
      { "read-only": NEVER, replica: NEVER, writable: SLOW },
      "unproven",
    ],
    ["in two, of which one works nowhere", { ...silent, replicaAgain: exits(3) }, "unproven"],
    [
      "for want of memory",
      {
        "read-only": [{ kind: "exit", by: "itself", afterMs: 1, signal: "SIGKILL", outOfMemory: true }],
        replica: exits(3),
        replicaAgain: server({ port: 18_080 }),
      },
      "unproven",
    ],
  ])("%s: %j → %s", (_, sketch, status) => {
    expect(check(sketch).status).toBe(status);
  });
});

describe("without an answered request", () => {
  const mute = { "read-only": server({ without: ["http"] }), writable: server({ without: ["http"] }) };
  test("nothing is proven, and what would help is said", () => {
    expect(check(mute)).toMatchObject({
      status: "unproven",
      reason: { en: "not observed: no request was answered" },
      settle: { en: expect.stringContaining("trial.probes") },
    });
    const wroteMute = { ...mute, writable: server({ without: ["http"], more: [write("/data/x")] }) };
    expect(check(wroteMute, manifest(true))).toMatchObject({ status: "unproven", notes: [{}] });
    expect(check(wroteMute).status).toBe("fail");
  });
});

test("writes when it is asked to stop, after a restart on the writable root, count", () => {
  const sketch: TrialSketch = {
    "read-only": crash,
    restart: server({ end: STOPPED, more: [write("/data/dump")] }),
    restartRoot: "writable",
  };
  expect(check(sketch)).toMatchObject({ status: "fail", findings: [{}, { at: { path: "/data" } }] });
});

describe("emptyDirs that were tried", () => {
  const facts = { tried: { mounts: ["/data", "/run"], places: [], rounds: 1 } };
  const temporary = write("/tmp/a", { area: "/tmp" });
  const worse = http("/", "home", { status: 500 });

  function remedies(sketch: TrialSketch, more: object = {}) {
    const outcome = check({ ...wrote(write("/data/x"), write("/run/a")), facts, ...sketch }, more);
    if (outcome.status !== "fail") throw new Error(outcome.status);
    const [first, ...others] = outcome.findings.map(({ remedy }) => remedy);
    for (const other of others) expect(other).toEqual(first);
    return first;
  }

  test("are the remedy of each finding when they helped", () => {
    expect(remedies({ tried: server() })).toEqual({
      fr: "Fixer « readOnlyRootFilesystem: true », et monter un volume emptyDir sur /data, /run : essayé ainsi, l'application fonctionne sur une racine en lecture seule.",
      en: "Set `readOnlyRootFilesystem: true`, and mount an emptyDir volume at /data, /run: tried so, the application works on a read-only root.",
    });
  });

  test("say nothing of a root that the manifest mounts read-only already", () => {
    const given = {
      ...wrote(write("/data/x")),
      "read-only": exits(1, said("EROFS: open '/data/x'\n")),
      facts,
    };
    const remedyOf = (sketch: TrialSketch, tried = facts): string => {
      const outcome = check({ ...given, facts: tried, ...sketch }, manifest(true));
      return outcome.status === "fail" ? (outcome.findings[0].remedy?.en ?? "") : outcome.status;
    };
    expect(remedyOf({ tried: server() })).toBe(
      "Mount an emptyDir volume at /data, /run: tried so, the application works on the read-only root that the manifest imposes.",
    );
    const none = { tried: { mounts: [], places: [], rounds: 1 } };
    expect(remedyOf({ tried: server() }, none)).toBe("Write to /tmp or to an emptyDir volume.");
  });

  test("are not blamed for a crash by a variable that nobody gave", () => {
    const crash = exits(1, said("Error: DATABASE_URL is required\n"));
    expect(remedies({ tried: crash })?.en).toMatch(/^Give the variable DATABASE_URL/);
  });

  test("with the /tmp that the trial gave an image alone, and no manifest gives", () => {
    const tried = server({ more: [temporary] });
    expect(remedies({ tried })?.en).toContain("at /data, /run, /tmp:");
    expect(remedies({ tried }, manifest(false))?.en).toContain("at /data, /run:");
  });

  test("that the application does not find again as it needs them, are none yet", () => {
    const again = exits(1, said("squid is already running: pid file /run/squid.pid\n"));
    const remedy = remedies({ tried: server(), "tried-again": again });
    expect(remedy?.en).toMatch(
      /^Make it ignore or remove at start .* at \/data, \/run: tried so, it starts once/,
    );
    expect(remedy?.en).toContain("already running");
    expect(remedy?.fr).toContain("elle démarre une fois, et non à nouveau après kill -9");
  });

  test.each<[string, TrialSketch]>([
    ["that starts again", { "tried-again": server() }],
    ["whose time was up", { "tried-again": [{ kind: "limit", what: "deadline" }] }],
    [
      "that hardly had the time",
      {
        tried: server({ more: [{ kind: "ready", by: "probe", afterMs: 20_000 }] }),
        "tried-again": [{ kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED],
      },
    ],
    [
      "that ran out of memory",
      { "tried-again": [{ kind: "exit", by: "itself", afterMs: 9, signal: "SIGKILL", outOfMemory: true }] },
    ],
  ])("an application %s: nothing is held against them", (_, sketch) => {
    expect(remedies({ tried: server(), ...sketch })?.en).toContain("tried so, the application works");
  });

  test("what one of them repairs is told once, with the count", () => {
    const files = ["/data/a/x", "/data/b/y", "/data/c/z", "/data/c/w", "/opt/own/x"].map((path) =>
      write(path),
    );
    const outcome = check({ ...wrote(...files), facts, tried: server() });
    expect(outcome).toMatchObject({
      findings: [
        {
          message: {
            en: expect.stringMatching(/: \/data\/a\/x, \/data\/b\/y, .*… \(4 paths below \/data\)$/),
          },
          at: { path: "/data" },
        },
        { at: { path: "/opt/own" } },
      ],
    });
    expect(outcome).toHaveProperty("findings.length", 2);
  });

  test("so are refused writes that it would take", () => {
    const refused = exits(
      1,
      said(
        'mkdir() "/data/body" failed (13: Permission denied)\nmkdir() "/data/proxy" failed (13: Permission denied)\nopen() "/data/nginx.log" failed (13: Permission denied)\n',
      ),
    );
    const outcome = check({ "read-only": refused, writable: refused, restart: null, facts, tried: server() });
    const told = outcome.status === "fail" ? outcome.findings.map(({ message }) => message.en) : [];
    expect(told.filter((text) => text.includes("tries to write"))).toEqual([
      expect.stringMatching(/\/data\/body .*, and 1 more below \/data$/),
      expect.stringMatching(/\/data\/nginx\.log \([^,]*\)$/),
    ]);
  });

  describe("that took logs alone", () => {
    const logged = { tried: { mounts: ["/run", "/var/log"], places: [], rounds: 1 } };
    const remedy = (sketch: TrialSketch, tried = logged): string | undefined => {
      const outcome = check({ ...wrote(write("/run/a")), ...sketch, facts: tried });
      return outcome.status === "fail" ? outcome.findings[0]?.remedy?.en : undefined;
    };

    test.each<[string, TrialSketch]>([
      ["a log in it", { tried: server({ more: [write("/var/log/php-fpm.log", { area: "/var/log" })] }) }],
      [
        "a log that was refused",
        { "read-only": exits(1, said("open /var/log/php-fpm.log: Permission denied")), tried: server() },
      ],
      ["nothing in it", { tried: server() }],
    ])("are no remedy: %s", (_, sketch) => {
      expect(remedy(sketch)).toContain("mount an emptyDir volume at /run: tried so");
      expect(remedy(sketch)).toContain("its logs apart (/var/log): send them to stdout");
    });

    test("nor is there any where these are all", () => {
      const only = { tried: { mounts: ["/var/log"], places: [], rounds: 1 } };
      expect(remedy({ tried: server() }, only)).toMatch(/^Set `readOnlyRootFilesystem: true`: tried so,/);
    });

    test("one that holds data, too, is a remedy as a whole", () => {
      const both = [
        write("/data/logs/app.log", { area: "/data" }),
        write("/data/cache/x", { area: "/data" }),
      ];
      const tried = { tried: { mounts: ["/data"], places: [], rounds: 1 } };
      expect(remedy({ tried: server({ more: both }) }, tried)).toMatch(/at \/data: .* read-only root\.$/);
    });

    test("a finding about logs keeps its own remedy", () => {
      const outcome = check({
        ...wrote(write("/run/a"), write("/var/log/app.log")),
        tried: server(),
        facts: logged,
      });
      expect(outcome).toMatchObject({
        findings: [
          { remedy: { en: expect.stringContaining("tried so") } },
          { remedy: { en: expect.stringContaining("Log to stdout") } },
        ],
      });
    });
  });

  test.each<[string, TrialSketch, string, RegExp]>([
    [
      "it ended",
      { tried: exits(1, said("/x/y.pid: Read-only file system")) },
      "the process ended by itself after 0.2 s, code 1: /x/y.pid: Read-only file system",
      /de lui-même/,
    ],
    [
      "it ended in silence",
      { tried: exits(1) },
      "the process ended by itself after 0.2 s, code 1",
      /de lui-même/,
    ],
    [
      "it hangs",
      { tried: [{ kind: "ready", by: "nothing", afterMs: 30_000 }] },
      "the application runs, but was never ready",
      /jamais été prête/,
    ],
    [
      "it answers worse",
      { tried: server({ without: ["http"], more: [worse] }) },
      "GET :8080/: 500, not 200",
      /et non 200/,
    ],
    ["it could not be started", { tried: [{ kind: "start-failed", message: "no" }] }, "(no)", /\(no\)/],
  ])("say what still failed when they did not: %s", (_, sketch, en, fr) => {
    const remedy = remedies(sketch);
    expect(remedy?.en).toMatch(
      /^Make the application write to \/tmp, .*: those that were tried at \/data, \/run/,
    );
    expect(remedy?.en).toContain(en);
    expect(remedy?.fr).toMatch(fr);
  });
});

test("where another container of the pod ended, too, the finding says that one may have missed the other", () => {
  const both = (line: string): TrialSketch => ({
    replica: exits(3),
    "read-only": exits(3, said(line)).toSpliced(2, 0, OTHER_CONTAINER),
  });
  const [blamed, sure] = [both("bye\n"), both("\n/data/lock: Read-only file system\n")].map((sketch) =>
    check(sketch),
  );
  expect(blamed).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining("; container proxy of the pod ended, too") } }],
  });
  expect(sure).toMatchObject({ status: "fail" });
  expect(JSON.stringify(sure)).not.toContain("ended, too");
});
