import { resolve } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Acceptance } from "../../contract/verdict.ts";
import { acceptedFindingSchema } from "../../policy/accepted-finding.ts";
import type { ReportDocument } from "../../verdicts/report-schema.ts";
import type { Session } from "../command-line/command.ts";
import { type Context, today } from "../process/context.ts";
import { warn } from "../terminal/failure.ts";
import type { AcceptValues } from "./flags.ts";
import { fingerprintsOf, placesOf, reportOf } from "./reported.ts";
import { scopesOf } from "./scopes.ts";

/** Longest validity in days: after a year, a false finding should be reviewed. */
const LONGEST_DAYS = 366;
/** Maximum number of findings named in an error. */
const NAMED = 8;

/** `douane accept`: prints entries for `acceptedFindings` on stdout. */
export async function runAccept(
  { context, lang, quiet }: Session,
  values: AcceptValues,
  fingerprints: readonly string[],
): Promise<number> {
  if (fingerprints.length === 0) throw missing("CONSTAT", "FINDING");
  if (values.report === undefined) throw missing("--report FICHIER", "--report FILE");
  const reason = values.reason?.trim() || undefined;
  if (reason === undefined) throw missing("--reason TEXTE", "--reason TEXT");
  const said = { reason, author: authorOf(values, context.env), expires: expiryOf(values, context) };
  const report = await reportOf(resolve(context.cwd, values.report), values.report);
  const entries = fingerprints.flatMap((fingerprint) => {
    const places = placesOf(report, fingerprint);
    if (places.length === 0) throw unknown(fingerprint, report);
    return scopesOf(fingerprint, places, values.scope).map(
      (scope): Acceptance => ({ fingerprint, ...scope, ...said }),
    );
  });
  // A report may come from anyone, so its entries are validated by the policy's schema.
  for (const entry of entries) if (!acceptedFindingSchema.safeParse(entry).success) throw unfit(entry);
  const { dump } = await import("js-yaml");
  await context.stdout.write(dump({ acceptedFindings: entries }, { lineWidth: -1, noRefs: true }));
  if (!quiet) await warn(WHERE, context, lang);
  return EXIT.admitted;
}

const WHERE: Text = {
  fr: "à ajouter à la politique de la plateforme (--policy), sous acceptedFindings : seule la plateforme accepte des constats. Tout rapport dira la raison et la date.",
  en: "to be added to the platform's policy (--policy), under acceptedFindings: only the platform accepts findings. Every report shows the reason and the expiry date.",
};

function authorOf({ author }: AcceptValues, env: Context["env"]): string {
  const found = [author, env["GITLAB_USER_EMAIL"], env["GIT_AUTHOR_EMAIL"], env["EMAIL"]].find((one) =>
    one?.trim(),
  );
  if (found === undefined) throw missing("--author NOM", "--author NAME");
  return found;
}

function expiryOf({ expires }: AcceptValues, context: Context): string {
  if (expires === undefined) throw missing("--expires AAAA-MM-JJ", "--expires YYYY-MM-DD");
  const now = today(context);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? Date.parse(`${expires}T00:00:00Z`) : Number.NaN;
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(expires);
  if (!isDay) throw wrongDay(expires, { fr: "écrire une date AAAA-MM-JJ", en: "write a day YYYY-MM-DD" });
  const days = Math.round((time - Date.parse(now)) / 86_400_000);
  if (days < 0) {
    throw wrongDay(expires, {
      fr: `ce jour est passé (${now} aujourd'hui)`,
      en: `that day is over (today is ${now})`,
    });
  }
  if (days > LONGEST_DAYS) {
    throw wrongDay(expires, {
      fr: `trop loin : un an au plus (${LONGEST_DAYS} jours), puis regarder de nouveau`,
      en: `too far: a year at most (${LONGEST_DAYS} days), then look at it again`,
    });
  }
  return expires;
}

function wrongDay(day: string, { fr, en }: Text): UsageError {
  return new UsageError("expires-invalid", {
    fr: `--expires ${quoted(day)} : ${fr}.`,
    en: `--expires ${quoted(day)}: ${en}.`,
  });
}

function missing(fr: string, en: string): UsageError {
  return new UsageError("acceptance-incomplete", {
    fr: `Il manque ${fr}. Exemple : douane accept CONSTAT --report rapport.json --reason "…" --author NOM --expires AAAA-MM-JJ`,
    en: `${en} is missing. Example: douane accept FINDING --report report.json --reason "…" --author NAME --expires YYYY-MM-DD`,
  });
}

function unknown(fingerprint: string, report: ReportDocument): UsageError {
  const known = fingerprintsOf(report).toSorted(
    (a, b) => inCommon(b, fingerprint) - inCommon(a, fingerprint),
  );
  const list = known.slice(0, NAMED).map((one) => `\n  ${one}`);
  const shown = `${list.join("")}${known.length > NAMED ? "\n  …" : ""}`;
  const hint =
    known.length === 0
      ? { fr: "Il n'en montre aucun.", en: "It shows none." }
      : { fr: `Il montre :${shown}`, en: `It shows:${shown}` };
  return new UsageError("fingerprint-unknown", {
    fr: `${quoted(fingerprint)} : le rapport ne montre aucun constat de ce nom. ${hint.fr}`,
    en: `${quoted(fingerprint)}: the report shows no finding of that name. ${hint.en}`,
  });
}

/** Number of leading characters that both have in common. */
function inCommon(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function unfit({ fingerprint }: Acceptance): UsageError {
  return new UsageError("acceptance-unfit", {
    fr: `${quoted(fingerprint)} : ce que le rapport en dit n'a pas la forme qu'attend la politique (« douane schema policy »).`,
    en: `${quoted(fingerprint)}: its entry in the report does not have the form that the policy requires (\`douane schema policy\`).`,
  });
}
