import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../src/contract/limits.ts";
import type { DependencySettings } from "../src/evidence/trial/settings.ts";
import { clearDesk, type Desk, layImage, setUpDesk, tryImage } from "./fixtures/trial/command-line.ts";
import { MODES } from "./fixtures/trial/mode.ts";
import { programImage } from "./fixtures/trial-images.ts";

const AS_ROOT = { User: "0", ExposedPorts: { "5432/tcp": {} } };
/** Start of a database's image: as root, changing the owner of its files, then as another user. */
const SETS_UP = ["--append=/state", "--give=/state", "--become", "--listen=any4:5432"];

interface Row {
  readonly id: string;
  readonly answer: string;
  readonly doubts?: readonly { readonly reason: { readonly en: string } }[];
}

function rowOf(stdout: string, id: string): Row | undefined {
  const { rows } = JSON.parse(stdout).verdicts[0] as { rows: readonly Row[] };
  return rows.find((one) => one.id === id);
}

describe.each(MODES)("as %s", (mode) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await setUpDesk(mode);
  });
  afterAll(() => clearDesk(desk));

  /** Report on an application that connects to its database at its start. */
  async function beside(
    cmd: readonly string[],
    {
      settings = {},
      asks = "db.internal:5432",
    }: { settings?: Partial<DependencySettings>; asks?: string } = {},
  ) {
    const image = layImage(desk, programImage({ cmd, config: AS_ROOT }));
    const app = layImage(desk, programImage({ cmd: [`--ask=${asks}`] }));
    const tried = await tryImage(desk, app, {
      dependencies: [{ name: "db.internal", image, ...settings }],
      readyTimeout: 3,
    });
    const row = (id: string) => rowOf(tried.stdout, id);
    const reasons = (row("read-only-root")?.doubts ?? []).map(({ reason }) => reason.en).join("\n");
    return { ...tried, row, reasons };
  }

  test("an application whose database is beside it is judged by what it does", async () => {
    const { row, stderr, left } = await beside(SETS_UP);
    expect(stderr).toMatch(/ {2}db\.internal +\d+\.\d s {2}dependency ready · oci:/);
    const answers = ["read-only-root", "stdout-logs", "bind-all", "stateless"].map((id) => row(id)?.answer);
    expect(answers).toEqual(["yes", "yes", "yes", "yes"]);
    expect(left).toEqual([]);
  });

  test("it may be on the port that the application has, too", async () => {
    const { row } = await beside(["--listen=any4:8080"], {
      settings: { ports: [8080] },
      asks: "db.internal:8080",
    });
    expect([row("bind-all")?.answer, row("stateless")?.answer]).toEqual(["yes", "yes"]);
  });

  test("one that is never ready leaves the rows open, with what it said", async () => {
    const { row, reasons, stderr } = await beside(["--listen=any4:5433"], {
      settings: { ready: { timeout: 1 } },
    });
    const said = "was not ready in time; it said: listening on any4 port 5433";
    expect(stderr).toContain(said);
    expect(reasons).toContain(said);
    expect([row("bind-all")?.answer, row("stateless")?.answer]).toEqual(["unproven", "unproven"]);
  });

  test("of one that was given values from beside the repository nothing is said", async () => {
    const image = layImage(desk, programImage({ cmd: ["--must-write=/no/where"], config: AS_ROOT }));
    const app = layImage(desk, programImage({ cmd: ["--ask=db:5432"] }));
    const compose = JSON.stringify({
      services: { db: { image, environment: { A: "${TOKEN}" }, ports: ["5432"] } },
    });
    const settings = { compose: { services: ["db"] }, readyTimeout: 3 };
    const files = { "compose.yaml": compose, ".env": "TOKEN=t0k3n\n" };
    const { stdout, stderr } = await tryImage(desk, app, settings, files);
    expect(stdout).toContain("its output is not shown");
    expect(`${stdout}${stderr}`).not.toMatch(/No such file|t0k3n/);
  });

  test("a command in it is asked besides its ports, and what it answers is told", async () => {
    const ready = (...exec: readonly string[]) => ({ settings: { ready: { exec, timeout: 2 } } });
    const { row } = await beside(SETS_UP, ready("/app/program", "--cat=/state", "--exit=0"));
    expect(row("stateless")?.answer).toBe("yes");
    const { reasons } = await beside(SETS_UP, ready("/app/program", "--need-root", "--must-write=/no/where"));
    expect(reasons).toContain("was not ready in time; it said: ready.exec: exit 1 /no/where: No such file");
  });

  test("a dependency finds the one before it by its name", async () => {
    const first = layImage(desk, programImage({ cmd: SETS_UP, config: AS_ROOT }));
    const image = layImage(
      desk,
      programImage({ cmd: ["--ask=db.internal:5432", "--listen=any4:80"], config: AS_ROOT }),
    );
    const app = layImage(desk, programImage({ cmd: ["--ask=queue:80"] }));
    const { stdout, stderr } = await tryImage(desk, app, {
      dependencies: [
        { name: "db.internal", image: first },
        { name: "queue", image, ports: [80] },
      ],
    });
    expect(stderr).toMatch(/ {2}queue +\d+\.\d s {2}dependency ready/);
    expect(rowOf(stdout, "stateless")?.answer).toBe("yes");
  });

  test("one that dies meanwhile leaves the rows open", async () => {
    const { row, reasons } = await beside(["--alarm=2", ...SETS_UP]);
    expect(reasons + JSON.stringify(row("stateless")?.doubts)).toMatch(/ended(?:, code 9)?; it said: GET \//);
    expect(row("stateless")?.answer).toBe("unproven");
  });

  test("a name that nobody has is told, beside one that is there", async () => {
    const { reasons } = await beside(SETS_UP, { asks: "db.intern:5432" });
    expect(reasons).toContain("missing dependency db.intern (");
  });

  test("it can write as much as a database needs, and no more", async () => {
    const { reasons } = await beside(["--fill=/state", "--exit=3"]);
    const mebibytes = Number(/\/state takes (\d+) MiB/.exec(reasons)?.[1]) * 1024 ** 2;
    expect(mebibytes).toBeGreaterThan(0.9 * LIMITS.trialDependencyBytes);
    expect(mebibytes).toBeLessThanOrEqual(LIMITS.trialDependencyBytes);
  });

  test("its root is nobody outside, and the host's files are out of its reach", async () => {
    const cmd = ["--ids", "--cat=/proc/1/uid_map", "--try=mount", "--try=unshare-user", "--exit=3"];
    const { reasons } = await beside(cmd);
    expect(reasons).toContain("ended, code 3");
    const seen = JSON.stringify((await beside([...cmd.slice(1, 2), "--exit=3"])).reasons);
    expect(seen).toMatch(mode === "root" ? /0 1879048192 +65536/ : /0 +1 +\d+/);
  });
});
