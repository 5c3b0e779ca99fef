import { posix } from "node:path";
import type { ImageTree } from "../contract/image-tree.ts";
import type { TrialFacts, TriedMounts } from "../contract/trial-facts.ts";
import { absentPaths, deniedLogs, deniedWrites } from "./denied-writes.ts";
import { contains } from "./needed-mounts.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "./phase-run.ts";
import { responseDiff } from "./response-diff.ts";
import { rootWrites } from "./root-writes.ts";
import { isSlow } from "./slow.ts";

/** Directories of every image, which belong to no application. */
const SYSTEM =
  /^\/(?:bin|boot|etc|home|lib|lib32|lib64|media|mnt|opt|root|sbin|srv|usr(?:\/(?:lib|local|share|src))?|var(?:\/(?:cache|lib|local|opt|spool))?)?$|^\/(?:dev|proc|sys)(?:\/|$)/;
/** Shared directories, mounted only if a file is written directly in them. */
const SHARED = /^\/(?:run|var\/log|var\/tmp)$/;
/** Maximum number of mounts that are proposed; a pod has no use for more. */
const MOST = 20;
/** Maximum number of places of writes in the evidence. */
const PLACES = 100;

/**
 * Mount points for emptyDirs that would permit a container's writes, from the observations so far. First, the
 * highest folders that the application owns (any except the system's, if it owns none) and that hide no file
 * of the image. If these did not help, the lowest folders of the image, since higher folders may contain
 * needed files. Empty if no mount is needed, or none is possible.
 */
export function proposedMounts(
  trial: TrialFacts,
  { tree, rootIsReadOnly }: { readonly tree: ImageTree; readonly rootIsReadOnly: boolean },
): Omit<TriedMounts, "rounds"> {
  // If the manifest sets a read-only root, writes on a writable root are not a fault.
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

/**
 * /tmp, if the manifest does not mount it: a read-only root makes it read-only, and applications that write
 * elsewhere may need it, too.
 */
function temporary(places: readonly string[], { mounts }: TrialFacts): readonly string[] {
  return places.length === 0 || mounts.includes("/tmp") ? [] : ["/tmp"];
}

/**
 * Whether the application starts and answers correctly with the tried mounts, and restarts with their
 * content.
 */
export function hasHelped(trial: TrialFacts): boolean {
  return isAlike(trial, phaseRun(trial, "tried")) && brokenRestart(trial) === undefined;
}

/**
 * The failed restart with the tried mounts after a good first start, for example because of a leftover pid
 * file or lock.
 */
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
  return !worked(writable) || responseDiff(run, writable).worse.length === 0;
}

/** Directories in which the application wrote or was denied a write. */
function placesOf(trial: TrialFacts, tree: ImageTree): readonly string[] {
  const written = rootWrites(trial, undefined).root.map(({ path, type, change }) => ({
    path: posix.resolve("/", path),
    isDirectory: type === "directory",
    // Existing files at the path belong to the image.
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

/**
 * Directories of the image that mounts hid and that the application then missed: each of them becomes a
 * separate mount.
 */
function hiddenFrom(trial: TrialFacts, tree: ImageTree): readonly string[] {
  const mounts = trial.tried?.mounts ?? [];
  const missed = absentPaths(phaseRun(trial, "tried")).flatMap(
    (path) => tree.real(posix.dirname(path)) ?? [],
  );
  const again = mounts.filter((path) => mounts.some((one) => one !== path && contains(one, path)));
  return [...again, ...missed.filter((path) => tree.isDirectory(path) === true)];
}

/**
 * Smallest set of these paths that covers all, plus paths within it that the application missed; sorted by
 * path.
 */
function together(paths: readonly string[], hidden: readonly string[]): readonly string[] {
  const outer = paths.filter((path) => !paths.some((one) => one !== path && contains(one, path)));
  const inside = hidden.filter((path) => outer.some((one) => one !== path && contains(one, path)));
  return [...new Set([...outer, ...inside])].toSorted().slice(0, MOST);
}

/**
 * Lowest existing folder above a place: a folder that the application creates may have another name at the
 * next start.
 */
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
  // A mount may hide neither another mount nor the working directory.
  return (
    !mounts.some((mount) => contains(path, mount)) &&
    !(tree.isDirectory(cwd) === true && path !== cwd && contains(path, cwd))
  );
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, index) => path === b[index]);
}
