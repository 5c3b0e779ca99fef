import { isAbsolute, join } from "node:path";
import type { SignedPolicy } from "../../attest/signed-policy/read-policy.ts";
import type { SeenPolicy } from "../../attest/signed-policy/verify-current.ts";
import { hexOf, isDigest, sha256 } from "../../contract/digest.ts";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { type Context } from "../process/context.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";

/** Version of a policy as it is recorded: nothing of the policy's content. */
type RecordedPolicy = SeenPolicy & Pick<SignedPolicy, "validUntil">;

/** Keeps the last version of a policy that was accepted on this machine. */
export interface PolicyState {
  /**
   * Last accepted version; undefined if no version was accepted.
   *
   * @throws UsageError policy-state
   */
  seen(): SeenPolicy | undefined;
  /** @returns whether the version could be kept */
  keep(version: RecordedPolicy): boolean;
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
    keep: (version) => own.slice(0, 1).some((folder) => keepIn(folder, name, version)),
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
function keepIn(folder: string, name: string, { serial, validUntil, digest }: RecordedPolicy): boolean {
  const file = join(folder, name);
  try {
    makeFolders(folder, 0o700);
    // Another run may have recorded a newer policy meanwhile.
    const known = readState(file);
    const isOlder = known === undefined || known.serial < serial;
    // A record that an earlier release wrote holds the whole policy, and is reduced.
    const isLonger = known?.serial === serial && known.digest === digest && known.hasOthers;
    const state: RecordedPolicy = { serial, validUntil, digest };
    if (isOlder || isLonger) replaceFile(file, JSON.stringify(state), { mode: 0o600 });
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

/** Recorded version. */
interface SeenRecord extends SeenPolicy {
  /** Set for a record of an earlier form, with more fields or without an end, which is written anew. */
  readonly hasOthers: boolean;
}

/** @throws UsageError policy-state */
function readState(file: string): SeenRecord | undefined {
  let text: string;
  try {
    // Records of earlier releases hold a policy with its keys, as long as what was signed may be.
    text = Buffer.from(readBytes(file, { most: LIMITS.attestationBytes }) ?? []).toString();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable(file);
  }
  const state = parsed(text);
  if (state === undefined) throw unreadable(file);
  return state;
}

function parsed(text: string): SeenRecord | undefined {
  try {
    const { serial, digest, validUntil, ...others } = JSON.parse(text) as Partial<RecordedPolicy>;
    const isState = Number.isSafeInteger(serial) && typeof digest === "string" && isDigest(digest);
    const hasOthers = validUntil === undefined || Object.keys(others).length > 0;
    return isState && serial !== undefined ? { serial, digest, hasOthers } : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(file: string): UsageError {
  return new UsageError("policy-state", {
    fr: `${quoted(file)} : le dernier numéro de politique vu ici n'est pas lisible. Le supprimer si personne d'autre n'a pu l'écrire, et fixer le minimum (--policy-serial).`,
    en: `${quoted(file)}: the last serial of a policy seen here cannot be read. Delete it if nobody else can have written it, and pin the minimum (--policy-serial).`,
  });
}
