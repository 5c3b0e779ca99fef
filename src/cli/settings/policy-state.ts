import { renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { SeenPolicy } from "../../attest/signed-policy/verify-current.ts";
import { hexOf, isDigest, sha256 } from "../../contract/digest.ts";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { type Context } from "../process/context.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";

/** Keeps the last version of a policy that was accepted on this machine. */
export interface PolicyState {
  /**
   * Last accepted version; undefined if no version was accepted.
   *
   * @throws UsageError policy-state
   */
  seen(): SeenPolicy | undefined;
  /** @returns whether the version could be kept */
  keep(version: SeenPolicy): boolean;
}

/**
 * State of one policy, in the user's state folder (XDG base directories). A folder that possibly comes from a
 * repository is not written, and a record there can only refuse a policy: it could contain any serial. The
 * state is then kept in the home that the system's accounts name (ADR 0281).
 *
 * @param policy registry, repository and name
 */
export function policyState(
  context: Pick<Context, "argv" | "cwd" | "env" | "accountHome">,
  policy: string,
): PolicyState {
  const name = `${hexOf(sha256(policy))}.json`;
  const folders = stateFolders(context);
  const own = folders.filter((folder) => !isBroughtByRepository(folder, context));
  return {
    seen: () => latest(folders.map((folder) => readOf(join(folder, name), own.includes(folder)))),
    keep: (version) => own.slice(0, 1).some((folder) => keepIn(folder, name, { policy, ...version })),
  };
}

/** @param isOwn whether an unreadable state is an error; the state of a repository is then no state */
function readOf(file: string, isOwn: boolean): SeenPolicy | undefined {
  if (isOwn) return readState(file);
  try {
    return readState(file);
  } catch {
    return undefined;
  }
}

function latest(states: readonly (SeenPolicy | undefined)[]): SeenPolicy | undefined {
  return states.filter((one) => one !== undefined).toSorted((a, b) => b.serial - a.serial)[0];
}

/** @returns whether the version could be kept */
function keepIn(folder: string, name: string, version: SeenPolicy & { readonly policy: string }): boolean {
  const file = join(folder, name);
  try {
    makeFolders(folder, 0o700);
    // Another run may have recorded a newer policy meanwhile.
    const known = readState(file);
    if (known === undefined || known.serial < version.serial) replace(file, version);
    return true;
  } catch {
    return false;
  }
}

/** The user's state folder, then the folder in the account's home, each once. */
function stateFolders({ env, accountHome }: Pick<Context, "env" | "accountHome">): readonly string[] {
  const xdg = env["XDG_STATE_HOME"];
  const homes = [env["HOME"], accountHome?.()].flatMap((one) => (one ? [join(one, ".local", "state")] : []));
  const bases = xdg !== undefined && isAbsolute(xdg) ? [xdg, ...homes.slice(env["HOME"] ? 1 : 0)] : homes;
  return [...new Set(bases.map((base) => join(base, "douane", "policies")))];
}

function readState(file: string): SeenPolicy | undefined {
  let text: string;
  try {
    text = Buffer.from(readBytes(file, { most: LIMITS.settingsBytes }) ?? []).toString();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable(file);
  }
  const state = parsed(text);
  if (state === undefined) throw unreadable(file);
  return state;
}

function parsed(text: string): SeenPolicy | undefined {
  try {
    const { serial, digest } = JSON.parse(text) as Partial<SeenPolicy>;
    const isState = Number.isSafeInteger(serial) && typeof digest === "string" && isDigest(digest);
    return isState && serial !== undefined ? { serial, digest } : undefined;
  } catch {
    return undefined;
  }
}

function replace(file: string, state: object): void {
  const written = `${file}.${process.pid}`;
  try {
    writeFileSync(written, JSON.stringify(state), { flag: "wx", mode: 0o600 });
    renameSync(written, file);
  } finally {
    rmSync(written, { force: true });
  }
}

function unreadable(file: string): UsageError {
  return new UsageError("policy-state", {
    fr: `${quoted(file)} : le dernier numéro de politique vu ici n'est pas lisible. Le supprimer si personne d'autre n'a pu l'écrire, et fixer le minimum (--policy-serial).`,
    en: `${quoted(file)}: the last serial of a policy seen here cannot be read. Delete it if nobody else can have written it, and pin the minimum (--policy-serial).`,
  });
}
