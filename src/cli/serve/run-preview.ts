import { EXIT } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { judgedBy, judgeSubject, keyMaker } from "../../server/examine/judge.ts";
import { type Previewed, preview } from "../../server/preview/preview.ts";
import { imageEvidence } from "../../server/store/image-evidence.ts";
import { keptSubjects } from "../../server/store/kept-subjects.ts";
import { openExisting } from "../../server/store/open-existing.ts";
import { vulnerabilityData } from "../check/vulnerability-data.ts";
import type { Session } from "../command-line/command.ts";
import { storePlace } from "../process/store-place.ts";
import { VERSION } from "../process/version.ts";
import { openPolicy } from "../settings/open-policy.ts";
import { cacheFor } from "./cache-for.ts";
import type { ServeValues } from "./flags.ts";

/**
 * `douane serve --preview POLICY`: judges the subjects in the store again, by another policy, with this program's rules
 * and this machine's data. The store is only read.
 *
 * @throws as openPolicy(), openExisting()
 */
export async function runPreview(session: Session, values: ServeValues, file: string): Promise<number> {
  const { context, lang } = session;
  const now = () => context.now().getTime();
  const policy = await openPolicy(session, { ...values, policy: file });
  const vulnerabilities = await vulnerabilityData(session, values.data, policy);
  const ports = {
    cwd: context.cwd,
    env: context.env,
    douane: VERSION,
    now,
    ...cacheFor(session, values.noCache),
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
  };
  const settings = {
    policy,
    insecureRegistries: values.insecureRegistry,
    ...(values.caFile === undefined ? {} : { caFile: values.caFile }),
  };
  const keyOf = keyMaker(judgedBy({ policy }, ports));
  const counts = { admitted: 0, exempt: 0, refused: 0, unproven: 0, unread: 0 };
  await context.catchSignals(async () => {
    const { database, close } = await openExisting(storePlace(context, values));
    try {
      // The database is only read: evidence of images that are read anew is not stored.
      const evidence = { ...imageEvidence(database), keep: async () => {} };
      const stored = { ...ports, evidence };
      const judged = preview(keptSubjects(database), policy, lang, {
        now,
        judge: (subject, readImages) =>
          judgeSubject(subject, keyOf(subject), readImages, settings, stored, context.signal),
      });
      for await (const one of judged) {
        counts[one.answer] += 1;
        await context.stdout.write(
          lines(one)
            .map((text) => `${text[lang]}\n`)
            .join(""),
        );
      }
    } finally {
      await close();
      vulnerabilities?.close();
    }
  });
  await context.stdout.write(`${summary(counts)[lang]}\n`);
  if (counts.refused > 0) return counts.unread > 0 ? EXIT.refusedUnread : EXIT.refused;
  if (counts.unread > 0) return EXIT.unavailable;
  return counts.unproven > 0 ? EXIT.unproven : EXIT.admitted;
}

/** Lines for a subject that would be refused, or would be unproven; empty for other subjects. */
function lines({ namespace, workloads, answer, causes }: Previewed): readonly Text[] {
  if (answer === "admitted" || answer === "exempt") return [];
  const names = workloads.map((one) => excerpt(one)).join(", ");
  const { fr, en } = WORDS[answer];
  const place = {
    fr: names === "" ? "application inconnue" : names,
    en: names === "" ? "unknown application" : names,
  };
  return [
    { fr: `${excerpt(namespace)} · ${place.fr} : ${fr}`, en: `${excerpt(namespace)} · ${place.en}: ${en}` },
    ...causes.map(({ message }) => ({ fr: `  - ${message}`, en: `  - ${message}` })),
  ];
}

const WORDS = {
  refused: { fr: "serait refusé", en: "would be refused" },
  unproven: { fr: "serait refusé, faute de preuve", en: "would be refused, for lack of proof" },
  unread: { fr: "n'a pas pu être examiné", en: "could not be examined" },
} as const;

function summary(counts: Readonly<Record<Previewed["answer"], number>>): Text {
  const { admitted, exempt, refused, unproven, unread } = counts;
  return {
    fr: `admis : ${admitted} ; exemptés : ${exempt} ; refusés : ${refused} ; à prouver : ${unproven} ; non examinés : ${unread}`,
    en: `admitted: ${admitted}; exempt: ${exempt}; refused: ${refused}; unproven: ${unproven}; not examined: ${unread}`,
  };
}
