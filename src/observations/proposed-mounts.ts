import { posix } from "node:path";
import type { ImageTree } from "../contract/image-tree.ts";
import type { TrialFacts, TriedMounts } from "../contract/trial-facts.ts";
import { absentPaths, deniedLogs, deniedWrites } from "./denied-writes.ts";
import { contains } from "./needed-mounts.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "./phase-run.ts";
import { rootWrites } from "./root-writes.ts";
import { isSlow } from "./slow.ts";
import { unlikeAnswers } from "./unlike-answers.ts";

/** Directories of every image, which belong to no application. */
const SYSTEM =
  /^\/(?:bin|boot|etc|home|lib|lib32|lib64|media|mnt|opt|root|sbin|srv|usr(?:\/(?:lib|local|share|src))?|var(?:\/(?:cache|lib|local|opt|spool))?)?$|^\/(?:dev|proc|sys)(?:\/|$)/;
/** Everybody's, too: mounted only where something is written right in it. */
const SHARED = /^\/(?:run|var\/log|var\/tmp)$/;
/** A pod has no use for more. */
const MOST = 20;
/** Nor does evidence. */
const PLACES = 100;

/**
 * Where emptyDirs would take what a container writes to its root, by what was seen so far: the
 * highest directories that the application owns (all that are not the system's, where it owns none)
 * and that hide nothing of the image. When these were tried in vain, the lowest that the image has,
 * as they may hold directories that it needs. None: nothing has to be mounted, or nothing can.
 */
export function proposedMounts(
  trial: TrialFacts,
  { tree, rootIsReadOnly }: { readonly tree: ImageTree; readonly rootIsReadOnly: boolean },
): Omit<TriedMounts, "rounds"> {
  // Where the manifest mounts the root read-only, writes where it is not are no fault.
  if (rootIsReadOnly && isAlike(trial, phaseRun(trial, "read-only"))) return { mounts: [], places: [] };
  const canBe = (path: string): boolean => isMountable(path, trial, tree);
  const places = placesOf(trial, tree).filter(canBe);
  const own = places.map((place) => lowest(place, canBe, tree));
  const low = [...new Set([...own, ...temporary(own, trial)])].slice(0, PLACES);
  const high = low.map((place) => highest(place, canBe, tree));
  const hidden = hiddenFrom(trial, tree);
  const [best, other] = [together(high, hidden), together(low, hidden)];
  const tried = trial.tried?.mounts;
  if (tried === undefined || !(isSame(tried, best) || isSame(tried, other)))
    return { mounts: best, places: low };
  const isOver = hasHelped(trial) || isSame(tried, other);
  return { mounts: isOver ? tried : other, places: low };
}

/** A root that is mounted read-only takes away the /tmp on it, which whoever writes elsewhere may need, too. */
function temporary(places: readonly string[], { mounts }: TrialFacts): readonly string[] {
  return places.length === 0 || mounts.includes("/tmp") ? [] : ["/tmp"];
}

/** Whether the application starts and answers as it should with what was tried, and starts again on what it left there. */
export function hasHelped(trial: TrialFacts): boolean {
  return isAlike(trial, phaseRun(trial, "tried")) && brokenRestart(trial) === undefined;
}

/** The second start with what was tried, where it failed though the first did not: a pid file, a lock that was left. */
export function brokenRestart(trial: TrialFacts): PhaseRun | undefined {
  const again = phaseRun(trial, "tried-again");
  const failed = again.state === "exited" || again.state === "unready";
  const hasTime =
    again.exit?.outOfMemory !== true &&
    !(again.state === "unready" && isSlow(trial, phaseRun(trial, "tried")));
  return failed && hasTime ? again : undefined;
}

function isAlike(trial: TrialFacts, run: PhaseRun): boolean {
  const writable = phaseRun(trial, "writable");
  if (!worked(run)) return false;
  return !worked(writable) || unlikeAnswers(run, writable).worse.length === 0;
}

/** Directories in which it wrote, or was refused to. */
function placesOf(trial: TrialFacts, tree: ImageTree): readonly string[] {
  const written = rootWrites(trial, undefined).root.map(({ path, type, change }) => ({
    path: posix.resolve("/", path),
    isDirectory: type === "directory",
    // What the image holds there, nobody else has.
    isOfImage: type !== "directory" && change !== "created",
  }));
  const runs = [
    phaseRun(trial, "read-only"),
    phaseRun(trial, "writable"),
    runOn(trial, "tried", "read-only"),
  ];
  const refused = runs
    .flatMap((run) => [...deniedWrites(run, trial), ...deniedLogs(run, trial)])
    .map(({ path }) => path);
  const places = [
    ...written
      .filter(({ isOfImage }) => !isOfImage)
      .map(({ path, isDirectory }) => (isDirectory ? path : posix.dirname(path))),
    ...refused.map((path) =>
      tree.isDirectory(path) === true ? path : posix.dirname(posix.resolve("/", path)),
    ),
  ];
  const real = places.flatMap((path) => tree.real(path) ?? []);
  const own = real.filter((path) => !trial.mounts.some((mount) => contains(mount, path)));
  return [...new Set([...(trial.tried?.places ?? []), ...own])];
}

/** Directories of the image that mounts hid and that it then missed: they are mounts within these. */
function hiddenFrom(trial: TrialFacts, tree: ImageTree): readonly string[] {
  const mounts = trial.tried?.mounts ?? [];
  const missed = absentPaths(phaseRun(trial, "tried")).flatMap(
    (path) => tree.real(posix.dirname(path)) ?? [],
  );
  const again = mounts.filter((path) => mounts.some((one) => one !== path && contains(one, path)));
  return [...again, ...missed.filter((path) => tree.isDirectory(path) === true)];
}

/** The fewest of these that take all, and those within them that the application missed; by path. */
function together(paths: readonly string[], hidden: readonly string[]): readonly string[] {
  const outer = paths.filter((path) => !paths.some((one) => one !== path && contains(one, path)));
  const inside = hidden.filter((path) => outer.some((one) => one !== path && contains(one, path)));
  return [...new Set([...outer, ...inside])].toSorted().slice(0, MOST);
}

/** What the application makes itself is no mount point: it may call it otherwise at the next start. */
function lowest(place: string, canBe: (path: string) => boolean, tree: ImageTree): string {
  const above = posix.dirname(place);
  const isMade = tree.isDirectory(place) === undefined;
  return isMade && !SHARED.test(above) && canBe(above) ? lowest(above, canBe, tree) : place;
}

function highest(place: string, canBe: (path: string) => boolean, tree: ImageTree): string {
  const above = posix.dirname(place);
  const goesOn = tree.isOwned(above) || !tree.isOwned(place);
  return goesOn && !SHARED.test(above) && canBe(above) ? highest(above, canBe, tree) : place;
}

function isMountable(path: string, { argv, cwd, mounts }: TrialFacts, tree: ImageTree): boolean {
  if (SYSTEM.test(path) || path.includes(":") || tree.holdsFiles(path)) return false;
  const isProgram = (word: string): boolean => word.startsWith("/") && tree.isDirectory(word) === false;
  if (argv.some((word) => isProgram(word) && contains(path, word))) return false;
  // Below it something else is mounted, or the application starts there.
  return (
    !mounts.some((mount) => contains(path, mount)) &&
    !(tree.isDirectory(cwd) === true && path !== cwd && contains(path, cwd))
  );
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, index) => path === b[index]);
}
