import { createHash, randomUUID } from "node:crypto";
import { link, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { TokenUse, TokenUses } from "./token-uses.ts";

/** File with the time since which the folder records uses. */
const BEGIN = "since";
/** Names of uses: SHA-256 of issuer and id of the token. */
const USE = /^[0-9a-f]{64}$/;
/** Names of files that are being written. */
const UNFINISHED = /^\.[0-9a-f-]{36}$/;
/** Maximum number of bytes of a file. */
const MOST_BYTES = 1_000;
/**
 * SWEEP_MS: time between two removals of expired uses. KEPT_MS: time that an expired use is kept, since the
 * clocks of replicas differ.
 */
const SWEEP_MS = 60_000;
const KEPT_MS = 600_000;

/**
 * Uses of tokens in a folder that replicas of the notary share: one file per token. link(2), which is atomic
 * on NFS, too, lets exactly one replica create the file. Uses survive a restart.
 *
 * If the folder is emptied or replaced, uses would be forgotten: running notaries then refuse until they are
 * restarted.
 */
export class TokenUsesInFolder implements TokenUses {
  readonly since: number;
  readonly #folder: string;
  /** Content of BEGIN, which differs in every folder. */
  readonly #begin: string;
  #swept: number;

  private constructor(folder: string, begin: string, now: number) {
    this.#folder = folder;
    this.#begin = begin;
    this.since = Number(fieldsIn(begin)["since"]);
    this.#swept = now;
  }

  /**
   * Opens the folder; if it is empty, its record begins now.
   *
   * @param given name of the folder in messages
   * @param now milliseconds since 1970
   * @throws UsageError used-tokens
   */
  static async open(folder: string, given: string, now: number): Promise<TokenUsesInFolder> {
    try {
      const { mode } = await stat(folder);
      if ((mode & 0o002) !== 0) throw writableByAll(given);
      if (!(await readdir(folder)).includes(BEGIN))
        await putOnce(folder, BEGIN, { since: now, id: randomUUID() });
      const begin = textOf(join(folder, BEGIN));
      if (!Number.isSafeInteger(fieldsIn(begin)["since"])) throw new TypeError(`${BEGIN}: ${begin}`);
      return new TokenUsesInFolder(folder, begin, now);
    } catch (error) {
      throw error instanceof UsageError ? error : notUsable(given, error);
    }
  }

  /** @throws UnavailableError token-uses-failed, token-uses-lost */
  async record(use: TokenUse, now: number): Promise<TokenUse> {
    const { token, body, forgetAt } = use;
    const name = createHash("sha256").update(token).digest("hex");
    try {
      const isFirst = await putOnce(this.#folder, name, { body, forgetAt });
      const first = isFirst ? body : fieldsIn(textOf(join(this.#folder, name)))["body"];
      // The mark is read after the use was recorded, so that a later replacement of the folder is noticed by
      // the next use.
      if (textOf(join(this.#folder, BEGIN)) !== this.#begin) throw lost();
      await this.#sweep(now);
      return typeof first === "string" ? { ...use, body: first } : Promise.reject(lost());
    } catch (error) {
      throw error instanceof UnavailableError ? error : failed(error);
    }
  }

  /** Removes uses of tokens that have expired, and unfinished files of a notary that was killed. */
  async #sweep(now: number): Promise<void> {
    if (now - this.#swept < SWEEP_MS) return;
    this.#swept = now;
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      if (await mayBeForgotten(path, name, now - KEPT_MS)) await rm(path, { force: true });
    }
  }
}

async function mayBeForgotten(path: string, name: string, before: number): Promise<boolean> {
  try {
    if (UNFINISHED.test(name)) return (await stat(path)).mtimeMs < before;
    if (!USE.test(name)) return false;
    const { forgetAt } = fieldsIn(textOf(path));
    return typeof forgetAt === "number" && forgetAt <= before;
  } catch {
    // The file was removed by another replica, or is unknown.
    return false;
  }
}

/**
 * Writes a file under a free name, complete and flushed to the disk.
 *
 * @returns false if the name is taken
 */
async function putOnce(folder: string, name: string, content: object): Promise<boolean> {
  const unfinished = join(folder, `.${randomUUID()}`);
  try {
    const file = await open(unfinished, "wx", 0o660);
    try {
      await file.writeFile(JSON.stringify(content));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unfinished, join(folder, name));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

function textOf(path: string): string {
  return Buffer.from(readBytes(path, { most: MOST_BYTES }) ?? []).toString();
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "?";
}

function notUsable(given: string, cause: unknown): UsageError {
  const seen = `${quoted(given)} (${codeOf(cause)})`;
  return new UsageError(
    "used-tokens",
    {
      fr: `--used-tokens ${seen} : un répertoire est nécessaire où ce compte peut écrire, dont le système de fichiers connaît les liens physiques, et que les répliques du notaire partagent. Le créer, vide.`,
      en: `--used-tokens ${seen}: a folder is needed that this account may write to, on a file system with hard links, which the notary's replicas share. Make an empty one.`,
    },
    { cause },
  );
}

function writableByAll(given: string): UsageError {
  return new UsageError("used-tokens", {
    fr: `--used-tokens ${quoted(given)} : tous les comptes de la machine peuvent y écrire, donc y effacer l'emploi d'un jeton. Retirer ce droit : chmod o-w.`,
    en: `--used-tokens ${quoted(given)}: every account of the machine may write there, and so delete a token's use. Withdraw that right: chmod o-w.`,
  });
}

/**
 * @param cause error, of which only the code is named: clients see the text, and do not need the folder's
 * name
 */
function failed(cause: unknown): UnavailableError {
  const code = codeOf(cause);
  return new UnavailableError(
    "token-uses-failed",
    {
      fr: `le notaire ne peut pas noter que ce jeton a servi (${code}), et ne signe donc rien. Prévenir la plateforme : place et droits du répertoire de --used-tokens.`,
      en: `the notary cannot record that this token was used (${code}), and so signs nothing. Tell the platform: space and permissions of the folder of --used-tokens.`,
    },
    { cause },
  );
}

function lost(): UnavailableError {
  return new UnavailableError("token-uses-lost", {
    fr: "le répertoire où le notaire note les jetons utilisés n'est plus celui de son démarrage : il ne signe plus rien. Prévenir la plateforme, qui relance le notaire.",
    en: "the folder in which the notary records used tokens is no longer the one of its start: it signs nothing any more. Tell the platform, which starts the notary again.",
  });
}
