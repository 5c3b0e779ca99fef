// `npm run traces [-- --trials=200 --kills=20 --seed=1]`: tries small images over and over, kills some
// runs with -9 at random moments, and prints what of them is left on this machine: processes, mounts,
// cgroups, interfaces, namespaces that are held, files.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alive, descendants, type Known } from "../test/fixtures/trial/descendants.ts";
import { nodeImage, trialImage } from "../test/fixtures/trial-images.ts";
import { Random } from "./fuzz/random.ts";

const DOUANE = join(import.meta.dirname, "..", "bin", "douane.cjs");
const [LOOK_MS, PATIENCE_MS] = [50, 15_000];
/** Settings with short waits, since trials run repeatedly. */
const SETTINGS = "trial: {settle: 0.6, grace: 1, readyTimeout: 5}\n";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "200" },
    kills: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
  },
});
const [trials, kills] = [Number(values.trials), Number(values.kills)];
const random = new Random(Number(values.seed));
const images = [
  nodeImage(),
  ...(["conforming", "worker", "batch", "log-file", "crashes-read-only", "ignores-sigterm"] as const).map(
    trialImage,
  ),
];

/** Traces of a run, one per line. */
type Traces = readonly string[];

const folder = mkdtempSync(join(tmpdir(), "traces-"));
const [temporary, cache] = ["tmp", "cache"].map((name) => mkdtempSync(join(folder, `${name}-`)));
writeFileSync(join(folder, "douane.yaml"), SETTINGS);
const before = machine();
const exits = new Map<string, number>();
let left = 0;
try {
  const victims = new Set<number>();
  while (victims.size < Math.min(kills, trials)) victims.add(random.below(trials));
  for (let run = 0; run < trials; run += 1) {
    const image = images[run % images.length] ?? "";
    const { how, traces } = await runOnce(image, victims.has(run) ? random.below(4_000) : undefined);
    exits.set(how, (exits.get(how) ?? 0) + 1);
    left += traces.length;
    for (const trace of traces) console.log(`run ${run} (${image}, ${how}): ${trace}`);
  }
  // Another run cleans up after killed ones.
  await runOnce(images[1] ?? "", undefined);
  const files = [...filesIn(temporary ?? ""), ...globSync("unpacked/*", { cwd: cache ?? "" })]
    .filter((name) => !/^unpacked\/layers$/.test(name))
    .map((name) => `file ${name}`);
  const whole = [...files, ...machine().filter((one) => !before.includes(one))];
  for (const one of whole) console.log(`at the end: ${one}`);
  const ended = [...exits].map(([how, count]) => `${count} ${how}`).join(", ");
  console.log(`${trials} trials (${ended}): ${left + whole.length} traces left`);
  if (left + whole.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param killMs when it is killed; absent: it ends by itself */
async function runOnce(image: string, killMs: number | undefined): Promise<{ how: string; traces: Traces }> {
  const child = spawn(process.execPath, [DOUANE, "trial", image, "--format", "json"], {
    cwd: folder,
    stdio: "ignore",
    env: { PATH: process.env["PATH"], TMPDIR: temporary, XDG_CACHE_HOME: cache, HOME: folder },
  });
  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  const known = new Map<string, Known>();
  const look = (): void => {
    for (const one of descendants(child.pid ?? 0)) known.set(`${one.pid} ${one.startTime}`, one);
  };
  const looking = setInterval(look, LOOK_MS);
  const killing =
    killMs === undefined
      ? undefined
      : setTimeout(() => {
          look();
          child.kill("SIGKILL");
        }, killMs);
  const [code, signal] = await ended;
  clearInterval(looking);
  clearTimeout(killing);
  const how = signal === null ? `exit ${code}` : "kill -9";
  return { how, traces: await tracesOf(child, [...known.values()]) };
}

/** Traces that remain after a while, since other processes clean up after a killed one. */
async function tracesOf({ pid }: ChildProcess, processes: readonly Known[]): Promise<Traces> {
  const until = Date.now() + PATIENCE_MS;
  const now = (): Traces => [
    ...alive(processes).map(({ pid: one, command }) => `process ${one} ${command}`),
    ...globSync(`/sys/fs/cgroup/**/douane-${pid}-*`).map((path) => `cgroup ${path}`),
  ];
  let traces = now();
  while (traces.length > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    traces = now();
  }
  return traces;
}

/** Mounts, interfaces and namespaces of this machine, and files in the folder of scratch mounts. */
function machine(): readonly string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").trim().split("\n");
  const interfaces = readFileSync("/proc/self/net/dev", "utf8").match(/^\s*[^\s:|]+(?=:)/gm) ?? [];
  return [
    ...mounts.map((line) => `mount ${line.split(" ").slice(3, 5).join(" ")}`),
    ...interfaces.map((name) => `interface ${name.trim()}`),
    ...["/run/netns", "/mnt", "/run/runc"].flatMap((path) => filesIn(path).map((one) => `${path}/${one}`)),
  ];
}

function filesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
