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

/** State of a policy if there is no folder for it. */
const NOWHERE: PolicyState = { seen: () => undefined, keep: () => false };

/**
 * State of one policy, in the user's state folder (XDG base directories). A folder that possibly comes from a
 * repository is not used: it could contain any serial.
 *
 * @param policy registry, repository and name
 */
export function policyState(context: Pick<Context, "argv" | "cwd" | "env">, policy: string): PolicyState {
  const folder = stateFolder(context.env);
  if (folder === undefined || isBroughtByRepository(folder, context)) return NOWHERE;
  const file = join(folder, `${hexOf(sha256(policy))}.json`);
  return {
    seen: () => readState(file),
    keep: (version) => {
      try {
        makeFolders(folder, 0o700);
        // Another run may have recorded a newer policy meanwhile.
        const known = readState(file);
        if (known === undefined || known.serial < version.serial) replace(file, { policy, ...version });
        return true;
      } catch {
        return false;
      }
    },
  };
}

function stateFolder(env: Context["env"]): string | undefined {
  const xdg = env["XDG_STATE_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "douane", "policies");
  const home = env["HOME"];
  return home ? join(home, ".local", "state", "douane", "policies") : undefined;
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
