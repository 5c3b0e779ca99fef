import { resolve } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { exportLayout } from "../../vulnerabilities/artifact/export-layout.ts";
import { sizeText } from "../cache/sizes.ts";
import type { Session } from "../command-line/command.ts";
import { readInputFile } from "../process/input-file.ts";
import type { ExportValues } from "./flags.ts";
import { trustedDirectory } from "./trusted-directory.ts";

/** `douane vulns export FOLDER`. */
export async function runExport(
  session: Session,
  { data, signingKey, since }: ExportValues,
  [target, ...others]: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  if (target === undefined || others.length > 0) throw oneFolder();
  const directory = await trustedDirectory(session, data, undefined);
  const key =
    signingKey === undefined
      ? undefined
      : {
          name: signingKey,
          pem: await readInputFile(resolve(context.cwd, signingKey), signingKey, "settingsBytes"),
        };
  const { sources, deltas } = exportLayout(directory, resolve(context.cwd, target), {
    now: context.now(),
    ...(key === undefined ? {} : { key }),
    ...(since === undefined ? {} : { since: resolve(context.cwd, since) }),
  });
  const size = sizeText(
    sources.reduce((sum, { bytes }) => sum + bytes, 0),
    lang,
  );
  const signed = {
    fr: key === undefined ? "non signé" : "signé",
    en: key === undefined ? "unsigned" : "signed",
  }[lang];
  const steps = sizeText(
    deltas.reduce((sum, { bytes }) => sum + bytes, 0),
    lang,
  );
  const also =
    deltas.length === 0
      ? ""
      : { fr: `, deltas : ${deltas.length}, ${steps}`, en: `, deltas: ${deltas.length}, ${steps}` }[lang];
  const told = {
    fr: `${quoted(target)} : ${sources.length} sources, ${size}, ${signed}${also}\n`,
    en: `${quoted(target)}: ${sources.length} sources, ${size}, ${signed}${also}\n`,
  }[lang];
  if (!quiet) await context.stdout.write(told);
  return EXIT.admitted;
}

function oneFolder(): UsageError {
  return new UsageError("export-target-missing", {
    fr: "douane vulns export : nommer un répertoire, nouveau, vide ou d'un export précédent.",
    en: "douane vulns export: give one folder: new, empty, or with an earlier export.",
  });
}
