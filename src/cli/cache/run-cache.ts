import { rm } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { labelled } from "../../report/words.ts";
import type { Session } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { printable } from "../terminal/printable.ts";
import { type Holding, holdings, PARTS } from "./holdings.ts";
import { ageText, sizeText } from "./sizes.ts";

const MONTH_MS = 30 * 86_400_000;

/** `douane cache`. */
export async function runCache(
  { context, lang }: Session,
  { olderThan }: { readonly olderThan: number | undefined },
  [action]: readonly string[],
): Promise<number> {
  if (action !== undefined && action !== "clean" && action !== "prune") throw unknown(action);
  const directory = cacheDirectory(context.env);
  const now = context.now().getTime();
  const all = directory === undefined ? [] : holdings(directory);
  const lines =
    action === undefined
      ? overview(directory, all, now, lang)
      : await removed(all, now - (olderThan ?? (action === "clean" ? 0 : MONTH_MS)), now, lang);
  await context.stdout.write(`${lines.map(printable).join("\n")}\n`);
  return EXIT.admitted;
}

const NAMES: Readonly<Record<Holding["part"], Text>> = {
  layers: { fr: "analyses de couches", en: "layer analyses" },
  unpacked: { fr: "couches déployées pour les essais", en: "layers unpacked for trials" },
  code: { fr: "code compilé", en: "compiled code" },
};

function overview(
  directory: string | undefined,
  all: readonly Holding[],
  now: number,
  lang: Lang,
): readonly string[] {
  if (directory === undefined) {
    return [{ fr: "aucun cache (HOME n'est pas défini)", en: "no cache (HOME is not set)" }[lang]];
  }
  const parts = PARTS.map((part) => {
    const own = all.filter((one) => one.part === part);
    return labelled(NAMES[part][lang], summary(own, now, lang), lang);
  });
  return [labelled(directory, summary(all, now, lang), lang), ...parts.map((part) => `  ${part}`)];
}

/** Summary of a part: `12 entries, 1.4 GiB, unused for up to 3 d`. */
function summary(own: readonly Holding[], now: number, lang: Lang): string {
  const count = {
    fr: `${own.length} entrée${own.length > 1 ? "s" : ""}`,
    en: `${own.length} ${own.length === 1 ? "entry" : "entries"}`,
  }[lang];
  if (own.length === 0) return count;
  const oldest = own.reduce((least, { usedMs }) => Math.min(least, usedMs), now);
  const age = ageText(now - oldest, lang);
  const unused = { fr: `inutilisées depuis ${age} au plus`, en: `unused for ${age} at most` }[lang];
  return `${count}, ${sizeText(sum(own), lang)}, ${unused}`;
}

async function removed(
  all: readonly Holding[],
  before: number,
  now: number,
  lang: Lang,
): Promise<readonly string[]> {
  const old = all.filter(({ usedMs }) => usedMs <= before);
  // A trial mounts its layers over one another, and marks them as used when it begins.
  const inUse = old.filter(
    ({ part, usedMs }) => part === "unpacked" && usedMs > now - LIMITS.unpackedUnusedMs,
  );
  const doomed = old.filter((one) => !inUse.includes(one));
  // Deletion while other runs use the cache is safe: they tolerate missing files, and keep open files.
  const files = doomed.filter(({ part }) => part !== "unpacked");
  for (const { path } of files) await rm(path, { force: true });
  const { removeApart } = await import("../../trial/rootfs/unpack-apart.ts");
  const layers = doomed.filter(({ part }) => part === "unpacked").map(({ path }) => path);
  // The record is removed first: without its record a layer counts as absent, so a starting trial never uses
  // half of it.
  for (const layer of layers) await rm(join(layer, "layer.json"), { force: true });
  await removeApart(layers);
  const size = sizeText(sum(doomed), lang);
  const kept = sizeText(sum(all) - sum(doomed), lang);
  const told = {
    fr: `Retiré : ${size} (${doomed.length}). Gardé : ${kept} (${all.length - doomed.length}).`,
    en: `Removed: ${size} (${doomed.length}). Kept: ${kept} (${all.length - doomed.length}).`,
  }[lang];
  if (inUse.length === 0) return [told];
  const hours = LIMITS.unpackedUnusedMs / 3_600_000;
  const why = {
    fr: `Couches déployées qui ont servi depuis moins de ${hours} h, gardées pour un essai en cours : ${inUse.length}.`,
    en: `Unpacked layers used within ${hours} h, kept for a trial that may be running: ${inUse.length}.`,
  }[lang];
  return [told, why];
}

function sum(own: readonly Holding[]): number {
  return own.reduce((bytes, one) => bytes + one.bytes, 0);
}

function unknown(action: string): UsageError {
  const { fr, en } = suggestion(action, ["clean", "prune"]);
  return new UsageError("cache-action-unknown", {
    fr: `douane cache ${quoted(action)} : action inconnue. ${fr}`,
    en: `douane cache ${quoted(action)}: unknown action. ${en}`,
  });
}
