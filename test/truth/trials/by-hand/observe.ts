// Run by observe-application.ts in mount, network and process namespaces of its own: starts one application
// several times, and prints the observations as JSON. Judges nothing.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Container } from "./container.ts";
import { filesBelow, openFiles, shortened } from "./files.ts";
import { ask, DEPENDENCY_ADDRESS, listeners, makeNetwork, POD_ADDRESS, talk } from "./network.ts";
import type { Observation, Phase, Subject } from "./observation.ts";

/** Servers write their access logs every few seconds. */
const SETTLE_SECONDS = 5;
const GRACE_MS = 30_000;

const subject = JSON.parse(readFileSync(0, "utf8")) as Subject;
const folder = "/run/truth";
const dependencyPorts = new Set<number>();
mkdirSync(folder, { recursive: true });
execFileSync("mount", ["-t", "tmpfs", "-o", "size=2g,mode=755", "tmpfs", folder]);
makeNetwork();
process.stdout.write(JSON.stringify(await observe(subject)));

async function observe({ name, dependency }: Subject): Promise<Observation> {
  const beside = dependency === undefined ? undefined : await startDependency(dependency);
  const readOnly = directoriesOf("read-only");
  const first = await phase(readOnly, true, "KILL");
  const restarted = await phase(readOnly, true, "STOP");
  const writable = directoriesOf("writable");
  const worked = await phase(writable, false, "STOP");
  const kept = agedFiles(writable);
  const again = await phase(writable, false, "KILL");
  await beside?.remove();
  const readAgain = [...kept]
    .filter(([file, time]) => isReadSince(file, time))
    .map(([file]) => shownIn(writable, file));
  return { name, readOnly: first, restarted, writable: worked, again, readAgain: readAgain.slice(0, 100) };
}

/** Ports of the dependency, which are not the application's. */
function ownListeners(): ReturnType<typeof listeners> {
  return listeners().filter(({ port }) => !dependencyPorts.has(port));
}

async function startDependency({
  name,
  recipe,
  trees,
}: NonNullable<Subject["dependency"]>): Promise<Container> {
  const { upper, mounts } = directoriesOf(name);
  const container = new Container({ recipe, trees, folder, readOnly: false, upper, mounts });
  await until(() => listeners().length > 0 || container.exit !== undefined, 60_000);
  await sleep(2000);
  for (const { port } of listeners()) dependencyPorts.add(port);
  if (dependencyPorts.size === 0)
    throw new Error(`${name} does not listen: ${JSON.stringify(container.said)}`);
  return container;
}

interface Directories {
  readonly upper: string;
  readonly mounts: Readonly<Record<string, string>>;
}

/**
 * Directories of an application that persist over its restarts: /tmp, its emptyDirs and, for the comparison,
 * its root.
 */
function directoriesOf(kind: string): Directories {
  const made = (subject.emptyDirs ?? ["/tmp"]).map((path, index) => {
    const directory = join(folder, `${kind}-${index}`);
    mkdirSync(directory);
    chmodSync(directory, 0o1777);
    return [path, directory] as const;
  });
  return { upper: join(folder, `${kind}-upper`), mounts: Object.fromEntries(made) };
}

async function phase(where: Directories, readOnly: boolean, end: "KILL" | "STOP"): Promise<Phase> {
  const { recipe, trees, paths = [], requests: exchanges = [], ready = 20 } = subject;
  const hosts = subject.dependency === undefined ? "" : `${DEPENDENCY_ADDRESS} ${subject.dependency.name}\n`;
  const container = new Container({ recipe, trees, folder, readOnly, hosts, ...where });
  const beside = startBeside(where, readOnly, hosts);
  const began = Date.now();
  await until(() => ownListeners().length > 0 || container.exit !== undefined, ready * 1000);
  const listened = Date.now() - began;
  await Promise.race([sleep(1500), container.ended]);
  const open = ownListeners();
  const answers: Record<string, string> = {};
  const before = container.bytesSaid;
  for (let round = 0; round < 2; round += 1) {
    const requests = open.flatMap(({ port }) => ["/", ...paths].map((path) => ({ port, path })));
    for (const one of requests) Object.assign(answers, await answersTo(one));
    for (const one of exchanges) {
      answers[`${one.port}/${one.protocol ?? "tcp"} ${one.send ?? ""}`] = await talk(POD_ADDRESS, one);
    }
  }
  const commandExits = executed(container);
  await Promise.race([sleep((subject.settle ?? SETTLE_SECONDS) * 1000), container.ended]);
  const after = container.bytesSaid;
  const openAtEnd = ownListeners();
  const held = openFiles(container.processes);
  const earlyExit = container.exit;
  const running = filesOf(where);
  const asked = Date.now();
  const inTime = end === "KILL" ? await container.signal("KILL", 10_000) : await stopped(container);
  const lasted = Date.now() - asked;
  await container.remove();
  // The shell does not wait for the processes that copy the output.
  await sleep(200);
  const said = container.said;
  const atEnd = filesOf(where);
  await beside?.remove();
  return {
    ...(earlyExit === undefined ? {} : { earlyExit }),
    listenedAfterMs: listened,
    listeners: shownListeners(open),
    listenersAtEnd: shownListeners(openAtEnd),
    answers,
    saidWhileAsked: after - before,
    ...commandExits,
    stdout: cut(said.stdout),
    stderr: cut(said.stderr),
    ...(beside === undefined ? {} : { saidBeside: cut(beside.said.stdout + beside.said.stderr) }),
    heldOpen: held,
    files: shortened(running),
    addedByStop: atEnd.filter(
      ({ path, bytes }) => !running.some((one) => one.path === path && one.bytes === bytes),
    ),
    end: `${end} ${inTime ? `ended after ${lasted} ms, exit ${container.exit}` : "ignored"}`,
  };
}

function startBeside(where: Directories, readOnly: boolean, hosts: string): Container | undefined {
  if (subject.beside === undefined) return undefined;
  const upper = `${where.upper}-beside`;
  return new Container({ ...subject.beside, folder, readOnly, hosts, mounts: where.mounts, upper });
}

function executed(container: Container): Pick<Phase, "commandExits"> {
  const { command } = subject;
  if (command === undefined || container.exit !== undefined) return {};
  return { commandExits: [container.execute(command), container.execute(command)] };
}

/** Answers on the pod's address, and on 127.0.0.1 if that refuses. */
async function answersTo({ port, path }: { port: number; path: string }): Promise<Record<string, string>> {
  const answer = await ask(POD_ADDRESS, port, path);
  if (!answer.includes("ECONNREFUSED")) return { [`${port}${path}`]: answer };
  return { [`${port}${path}`]: answer, [`127.0.0.1:${port}${path}`]: await ask("127.0.0.1", port, path) };
}

function stopped(container: Container): Promise<boolean> {
  return container.signal((subject.recipe.stopSignal ?? "SIGTERM").replace(/^SIG/, ""), GRACE_MS);
}

function filesOf({ upper, mounts }: Directories): ReturnType<typeof filesBelow> {
  const all = [...Object.entries(mounts), ["/", upper] as const];
  return all.flatMap(([path, directory]) => filesBelow(directory, path));
}

/** Access times of the past, which the next reading moves. */
function agedFiles({ upper, mounts }: Directories): ReadonlyMap<string, number> {
  const found = [upper, ...Object.values(mounts)].flatMap((directory) =>
    filesBelow(directory, "")
      .filter(({ kind }) => kind === "file")
      .map(({ path }) => join(directory, path)),
  );
  for (const file of found) utimesSync(file, 1, statSync(file).mtime);
  return new Map(found.map((file) => [file, statSync(file).atimeMs]));
}

function isReadSince(file: string, time: number): boolean {
  try {
    return statSync(file).atimeMs !== time;
  } catch {
    return false;
  }
}

function shownIn({ upper, mounts }: Directories, file: string): string {
  for (const [path, directory] of Object.entries(mounts)) {
    if (file.startsWith(`${directory}/`)) return `${path}${file.slice(directory.length)}`;
  }
  return file.slice(upper.length);
}

function shownListeners(found: ReturnType<typeof listeners>): readonly string[] {
  return found.map(({ address, port }) => `${address}:${port}`);
}

/** The beginning and the end of the output. */
function cut(text: string): string {
  return text.length <= 3000 ? text : `${text.slice(0, 1500)}\n…\n${text.slice(-1500)}`;
}

async function until(holds: () => boolean, patience: number): Promise<void> {
  const limit = Date.now() + patience;
  while (!holds() && Date.now() < limit) await sleep(100);
}
