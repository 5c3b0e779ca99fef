import { join, resolve } from "node:path";
import { EXIT, UnavailableError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { readCatalog } from "../../vulnerabilities/database/catalog.ts";
import { ageOf } from "../../vulnerabilities/database/data-age.ts";
import { connectionOf } from "../../vulnerabilities/update/connection.ts";
import { updateFromMirrors } from "../../vulnerabilities/update/update.ts";
import { updateFeeds } from "../../vulnerabilities/update/update-feeds.ts";
import type { Session } from "../command-line/command.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { readInputFile } from "../process/input-file.ts";
import { warn } from "../terminal/failure.ts";
import { printable } from "../terminal/printable.ts";
import { progressOn } from "../terminal/progress.ts";
import { dataPolicy } from "./data-policy.ts";
import type { UpdateValues } from "./flags.ts";
import { mirrorsOf } from "./mirrors.ts";
import { importedLine } from "./run-import.ts";

/** Result of an update, with its message. */
interface Update {
  readonly isDone: boolean;
  readonly lines: readonly Text[];
  readonly problems: readonly Text[];
}

/**
 * `douane vulns update [MIRROR…]`: exits with 0 on success, or if the update failed and the data are recent
 * enough; otherwise 69.
 */
export async function runUpdate(
  session: Session,
  values: UpdateValues,
  given: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  const policy = await dataPolicy(context, values);
  const directory = dataDirectory(context, values.data);
  const mirrors = mirrorsOf(
    given.length > 0 ? given : (policy.mirrors ?? ["official"]),
    context.cwd,
    values.insecureRegistry,
  );
  const { publicKey: file } = values;
  const publicKey =
    file === undefined
      ? policy.publicKey
      : await readInputFile(resolve(context.cwd, file), file, "settingsBytes");
  if (mirrors.feeds.length > 0 && publicKey !== undefined) throw unsignedFeeds();
  const wanted = { directory, ...mirrors, ...(publicKey === undefined ? {} : { publicKey }) };
  const { isDone, lines, problems } = await update(session, values, wanted);
  for (const problem of problems) await warn(problem, context, lang);
  if (!quiet) await context.stdout.write(lines.map((line) => `${printable(line[lang])}\n`).join(""));
  if (isDone) return EXIT.admitted;
  const { maxDays } = policy;
  const sources = readCatalog(directory)?.sources ?? [];
  const isYoung =
    sources.length > 0 && sources.every((source) => ageOf(source, context.now(), maxDays).state === "fresh");
  if (!isYoung) throw notUpdated(maxDays);
  if (!quiet) await warn(stillYoung(maxDays), context, lang);
  return EXIT.admitted;
}

interface Wanted {
  readonly directory: string;
  readonly exports: readonly string[];
  readonly feeds: readonly string[];
  readonly publicKey?: string;
}

async function update(session: Session, values: UpdateValues, wanted: Wanted): Promise<Update> {
  const { context } = session;
  const { directory, exports, feeds, publicKey } = wanted;
  const progress = progressOn(session);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(LIMITS.vulnerabilityUpdateMs)]);
  const connection = connectionOf({
    env: context.env,
    signal,
    insecureRegistries: values.insecureRegistry,
    spool: join(directory, "downloads"),
    ...(values.caFile === undefined ? {} : { caFile: resolve(context.cwd, values.caFile) }),
  });
  const common = { now: context.now(), onProgress: (name: string) => progress.show(name) };
  try {
    const mirrored =
      exports.length === 0
        ? NOTHING
        : mirrorUpdate(
            await updateFromMirrors(directory, exports, {
              ...connection,
              ...common,
              mayBeUnsigned: values.allowUnsigned,
              ...(publicKey === undefined ? {} : { publicKey }),
            }),
          );
    if (mirrored.isDone || feeds.length === 0) return mirrored;
    const fed = feedUpdate(await updateFeeds(directory, feeds, { ...common, http: connection.http, signal }));
    return { ...fed, problems: [...mirrored.problems, ...fed.problems] };
  } finally {
    await progress.clear();
    await connection.close();
  }
}

const NOTHING: Update = { isDone: false, lines: [], problems: [] };

function mirrorUpdate({ applied, failed, from }: Awaited<ReturnType<typeof updateFromMirrors>>): Update {
  const problems = failed.map(({ mirror, problem }) => named(mirror, problem.text));
  if (applied === undefined || from === undefined) return { ...NOTHING, problems };
  const lines = applied.status === "new" ? applied.sources.map(importedLine) : [nothingNew(from)];
  const refused = applied.refusedDeltas.map(({ source, problem }) => named(source, wholeTaken(problem.text)));
  return { isDone: true, lines, problems: [...problems, ...refused] };
}

function feedUpdate(updates: Awaited<ReturnType<typeof updateFeeds>>): Update {
  const problems = updates.flatMap(({ url, outcome }) =>
    outcome.status === "failed" ? [named(url, outcome.problem.text)] : [],
  );
  const lines = updates.flatMap(({ url, outcome }) => {
    if (outcome.status === "failed") return [];
    return outcome.status === "new" ? outcome.sources.map(importedLine) : [nothingNew(url)];
  });
  return { isDone: problems.length === 0, lines, problems };
}

function named(place: string, { fr, en }: Text): Text {
  return { fr: `${quoted(place)} : ${fr}`, en: `${quoted(place)}: ${en}` };
}

function wholeTaken({ fr, en }: Text): Text {
  return {
    fr: `un delta n'a pas servi, la source entière a été prise. ${fr}`,
    en: `a delta did not serve, the whole source was taken. ${en}`,
  };
}

function nothingNew(place: string): Text {
  return { fr: `${place} : rien de nouveau`, en: `${place}: nothing new` };
}

function stillYoung(maxDays: number): Text {
  return {
    fr: `La mise à jour n'a pas abouti entièrement ; les données de cette machine ont ${maxDays} jours au plus et servent encore.`,
    en: `The update was only partly successful; this machine's data are at most ${maxDays} days old and remain in use.`,
  };
}

function notUpdated(maxDays: number): UnavailableError {
  return new UnavailableError("vulnerability-data-not-updated", {
    fr: `La mise à jour n'a pas abouti, et des données de ${maxDays} jours au plus manquent sur cette machine. Voir « douane vulns status ».`,
    en: `The update failed, and this machine has no complete data of the last ${maxDays} days. See \`douane vulns status\`.`,
  });
}

function unsignedFeeds(): UsageError {
  return new UsageError("official-feeds-unsigned", {
    fr: "Une clé publique est réglée, et les sources officielles ne sont pas signées : nommer un miroir, ou retirer la clé.",
    en: "A public key is set, and the official feeds are not signed: name a mirror, or leave the key out.",
  });
}
