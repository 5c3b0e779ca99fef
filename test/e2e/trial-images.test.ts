import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Permits } from "../../src/evidence/layers/read/permits.ts";
import type { TrialSettings } from "../../src/evidence/trial/settings.ts";
import type { ReportDocument } from "../../src/verdicts/report-schema.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import {
  clearDesk,
  type Desk,
  layImage,
  setUpDesk,
  startTrial,
  type Tried,
  tryImage,
} from "../fixtures/trial/command-line.ts";
import { MODES } from "../fixtures/trial/mode.ts";
import { nodeImage, pythonImage, type TrialImageName, trialImage } from "../fixtures/trial-images.ts";
import { LETTERS, TRIAL_ROWS } from "../fixtures/trial-rows.ts";

// Every behaviour of an application, on the real engine, through the command line, as root and as a user with
// subordinate ids: the answers of `douane trial IMAGE` without a manifest.

/** A letter for each. Without a manifest, seccomp and health can be refuted, not proven. */
const ROWS = ["non-root", ...TRIAL_ROWS] as const;

const WAITS: TrialSettings = { readyTimeout: 20, settle: 0.6, grace: 3 };
const SHORT: TrialSettings = { readyTimeout: 0.6 };
const BATCH: TrialSettings = { lifetime: "batch" };

interface Case {
  readonly image: TrialImageName | "node" | "python";
  readonly answers: string;
  /**
   * Answers when the writable phase runs beside the others, with a /tmp of its own, which happens if memory
   * allows.
   */
  readonly apart?: string;
  /** `rule: the beginning of its sentence` of findings, doubts and notes. */
  readonly says?: readonly string[];
  readonly settings?: TrialSettings;
}

const GREW = "1.2-trial-logs: the log file";
const WROTE = "1.2-trial-read-only-root: the application writes to the root file system:";
const MISSING = "1.4-trial-restart: not observed: missing dependency";
const ENDED = "1.4-trial-restart: not observed: the process ended by itself after";
const NO_START = "1.4-trial-restart: not observed: the container could not start (";
const OPEN_ON = "1.3-trial-listen: port 8080 is open on";

const CASES: readonly Case[] = [
  {
    image: "node",
    answers: "y?yyyy?yy",
    says: ["1.3-trial-health: possible probe: GET :8080/healthz → 200"],
  },
  {
    image: "python",
    answers: "y?yyyy?yy",
    says: ["1.3-trial-health: possible probe: GET :8080/healthz → 200"],
  },
  {
    image: "conforming",
    answers: "y?yyyy?yy",
    says: ["1.3-trial-health: possible probe: GET :8080/healthz → 200"],
  },
  { image: "localhost-only", answers: "y?yyyn?yy", says: [`${OPEN_ON} 127.0.0.1 only`] },
  {
    image: "ipv6-any",
    answers: "y?yyy??yy",
    says: ["1.3-trial-listen: not observed: port 8080 is open on IPv6 only"],
  },
  // No client of the trial asks on ::1.
  { image: "ipv6-loopback", answers: "y????n?y?", says: [`${OPEN_ON} ::1 only`] },
  { image: "second-port-on-loopback", answers: "y?yyyy?yy" },
  { image: "fixed-port", answers: "y?yyyy??y", says: ["1.4-trial-environment: not observed: the second"] },
  { image: "port-80", answers: "y?yyyy??y", says: ["1.4-trial-environment: not observed: the second"] },
  {
    image: "log-file",
    answers: "y?nnyy?yy",
    says: [`${GREW} /var/log/app/app.log`, `${WROTE} /var/log/app`],
  },
  { image: "log-file-in-tmp", answers: "y?ynyy?yy", says: [`${GREW} /tmp/app.log`] },
  {
    image: "state-in-cwd",
    answers: "y?n?ny?yn",
    says: [`${WROTE} /data/state.db`, "1.2-trial-state: "],
  },
  { image: "create-then-delete", answers: "y?nyyy?yy", says: [`${WROTE} /data`] },
  { image: "needs-root", answers: "y????????", says: [`${ENDED} `] },
  // An image that the platform refuses to start is not started.
  { image: "user-is-root", answers: "n???y????", says: ["1.1-image-user: "] },
  { image: "named-user", answers: "n?yyyy?yy", says: ["1.1-image-user: "] },
  // Long enough to tell a busy machine from an application that does nothing.
  { image: "ignores-sigterm", answers: "y?yyyy?yn", says: ["1.4-trial-stop: "], settings: { grace: 2 } },
  {
    image: "crashes-read-only",
    answers: "y?nyyy?yy",
    says: ["1.2-trial-read-only-root: the application only starts when", `${WROTE} /data/lock`],
  },
  // The program ended with code 0, and no evidence excludes a batch.
  { image: "daemonises", answers: "y????????", says: [`${ENDED} `] },
  {
    image: "listens-then-daemonises",
    answers: "y???????n",
    says: ["1.4-trial-restart: the process ended by itself after"],
  },
  {
    image: "slow-start",
    answers: "y????????",
    says: ["1.4-trial-restart: not observed: not ready within 0.6 s"],
    settings: SHORT,
  },
  {
    image: "stale-pid-file",
    answers: "y????y?yn",
    apart: "y?yyyy?yn",
    says: ["1.4-trial-restart: after kill -9, with the same /tmp"],
  },
  {
    image: "catch-all",
    answers: "y?yyyy?yy",
    says: ["1.3-trial-health: no probe declared, and port 8080 answers every path alike"],
  },
  { image: "missing-name", answers: "y????????", says: [`${MISSING} database.example`] },
  { image: "missing-address", answers: "y????????", says: [`${MISSING} 192.0.2.10:5432`], settings: SHORT },
  {
    image: "fork-bomb",
    answers: "y????????",
    says: ["1.4-trial-restart: not observed to the end: the most processes"],
  },
  // With a cgroup limit, the program is killed; without one, it has not yet used up its memory.
  { image: "memory-hog", answers: "y????????", settings: { ...SHORT, memory: "64Mi" } },
  {
    image: "log-flood",
    answers: "y????y?y?",
    says: ["1.2-trial-logs: not observed to the end: there was so"],
  },
  { image: "worker", answers: "y?yyy-??y", settings: SHORT },
  {
    image: "silent-worker",
    answers: "y?y?y-??y",
    says: ["1.2-trial-logs: not observed: the application wrote nothing"],
    settings: SHORT,
  },
  { image: "batch", answers: "y?yyy-??y", settings: BATCH },
  { image: "failing-batch", answers: "y????-???", says: [`${ENDED} `], settings: BATCH },
  { image: "no-entrypoint", answers: "y????????", says: [NO_START] },
  { image: "missing-entrypoint", answers: "?????????", says: [`${NO_START}runc create failed`] },
  { image: "wrong-architecture", answers: "y????????", says: [`${ENDED} `, "exec format error"] },
  {
    image: "capable-entrypoint",
    answers: "n????????",
    says: ["1.1-file-capabilities: /app/capable", "operation not permitted"],
  },
  { image: "link-attack", answers: "y?yyyy?yy" },
  { image: "etc-link-attack", answers: "y?yyyy?yy" },
];

/** Two cores, and a pod runs two containers: more trials at once only take longer each. */
const AT_ONCE = 2;
const MANY = 300_000;

describe.each(MODES)("as %s", (mode) => {
  let desk: Desk;
  const slots = new Permits(AT_ONCE);
  beforeAll(async () => {
    desk = await setUpDesk(mode);
  });
  afterAll(() => clearDesk(desk));

  test.concurrent.each(CASES)(
    "$image: $answers",
    async ({ image: name, answers, apart = answers, says = [], settings }) => {
      const image = layImage(desk, imageOf(name));
      const tried = await slots.run(() => tryImage(desk, image, { ...WAITS, ...settings }));
      expect(tried.left).toEqual([]);
      const judged = judgedBy(tried);
      const either = [answers, mode === "root" ? apart : answers];
      expect(either, `${judged.sentences.join("\n")}\n${tried.stderr}`).toContain(judged.answers);
      const said = says.map((text) => expect.stringContaining(text));
      expect(judged.sentences).toEqual(expect.arrayContaining(said));
      expect(tried.exit).toBe(answers.includes("n") ? 1 : 2);
      expect(existsSync("/tmp/douane-attack")).toBe(false);
    },
    MANY,
  );

  // runc makes devices behind the link, within the root, or, by its version, refuses the link.
  test("dev-link-attack: not started, or started within its own root", async () => {
    const tried = await tryImage(desk, layImage(desk, trialImage("dev-link-attack")), WAITS);
    expect(["y????????", "y?yyyy?yy"]).toContain(judgedBy(tried).answers);
    expect(tried.left).toEqual([]);
    expect(existsSync("/tmp/douane-attack")).toBe(false);
  });

  test("two trials of one image at once do not meet", async () => {
    const image = layImage(desk, trialImage("stale-pid-file"));
    const both = await Promise.all([1, 2].map(() => tryImage(desk, image, WAITS)));
    // Each finds nothing in /tmp at first, has port 8080 to itself, and then finds its own file.
    for (const tried of both) expect(["y????y?yn", "y?yyyy?yn"]).toContain(judgedBy(tried).answers);
    expect(both.flatMap(({ left }) => left)).toEqual([]);
  });

  test("a command line that is killed leaves nothing", async () => {
    const image = layImage(desk, trialImage("worker"));
    const { child, footprint } = startTrial(desk, image, { readyTimeout: 60 });
    onTestFinished(() => {
      child.kill("SIGKILL");
      footprint.close();
    });
    const running = () => footprint.processes.filter(({ command }) => command.startsWith("/app/program"));
    await expect.poll(() => running().length, { timeout: DEADLINE_MS }).toBe(2);
    expect(footprint.left()).not.toEqual([]);
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect.poll(() => footprint.left(), { timeout: DEADLINE_MS }).toEqual([]);
  });
});

function imageOf(name: Case["image"]): string {
  if (name === "node") return nodeImage();
  return name === "python" ? pythonImage() : trialImage(name);
}

function judgedBy({ stdout, stderr }: Tried): {
  readonly answers: string;
  readonly sentences: readonly string[];
} {
  if (stdout === "") throw new Error(stderr);
  const { verdicts } = JSON.parse(stdout) as ReportDocument;
  const rows = verdicts.flatMap((verdict) => verdict.rows);
  return {
    answers: ROWS.map((id) => rows.find((row) => row.id === id)?.answer)
      .map((answer) => (answer === undefined ? "" : LETTERS[answer]))
      .join(""),
    sentences: rows.flatMap(({ findings, notes, doubts }) => [
      ...[...findings, ...notes].map(({ rule, message }) => `${rule}: ${message.en}`),
      ...doubts.map(({ rule, reason }) => `${rule}: ${reason.en}`),
    ]),
  };
}
