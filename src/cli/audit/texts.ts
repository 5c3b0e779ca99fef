import { InvalidInputError } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { AuditHead } from "../../server/audit/head.ts";
import type { ChainState, Damage } from "../../server/audit/verify-chain.ts";
import type { VerifiedExport } from "../../server/audit/verify-export.ts";

/** Result of a verification of the log. */
export function chainText(state: ChainState, heads: readonly AuditHead[]): Text {
  const { damage, damages, entries } = state;
  if (damages === 0) return wholeText(state, heads);
  const listed = damage.map(damageText);
  const more = damages - damage.length;
  const rest = more > 0 ? [{ fr: `… et ${more} autres`, en: `… and ${more} more` }] : [];
  const all = [...listed, ...rest];
  return {
    fr: [
      `Le journal d'audit a été modifié (${counted(entries).fr}) :`,
      ...all.map(({ fr }) => `  ${fr}`),
    ].join("\n"),
    en: [`The audit log was tampered with (${counted(entries).en}):`, ...all.map(({ en }) => `  ${en}`)].join(
      "\n",
    ),
  };
}

function wholeText({ entries, last }: ChainState, heads: readonly AuditHead[]): Text {
  const covered = Math.max(0, ...heads.map(({ sequence }) => sequence));
  const state = `${last.sequence} sha256:${last.hash}`;
  if (heads.length === 0)
    return {
      fr: `Journal intact : ${counted(entries).fr}, la dernière ${state}.\nSans tête signée (--head), une fin coupée ou un journal réécrit en entier ne se verraient pas.`,
      en: `The log is whole: ${counted(entries).en}, the last one ${state}.\nWithout a signed head (--head), an end that was cut off or a log that was rewritten as a whole would not show.`,
    };
  return {
    fr: `Journal intact : ${counted(entries).fr}, la dernière ${state}.\nLes têtes signées couvrent les entrées jusqu'à ${covered} ; ${entries - covered} sont plus récentes.`,
    en: `The log is whole: ${counted(entries).en}, the last one ${state}.\nThe signed heads cover the entries up to ${covered}; ${entries - covered} are newer.`,
  };
}

function damageText({ kind, from, to }: Damage): Text {
  const fr = from === to ? `entrée ${from}` : `entrées ${from} à ${to}`;
  const en = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
  const { fr: seenFr, en: seenEn } = DAMAGE[kind];
  return { fr: `${fr} : ${seenFr}`, en: `${en}: ${seenEn}` };
}

const DAMAGE: Readonly<Record<Damage["kind"], Text>> = {
  missing: { fr: "supprimée du milieu du journal", en: "deleted from the middle of the log" },
  altered: { fr: "contenu, place ou hachage modifié", en: "content, place or hash changed" },
  unlinked: {
    fr: "ne suit pas la précédente : ajoutée, ou la précédente a été remplacée",
    en: "does not follow the one before: inserted, or the one before was replaced",
  },
  indexed: {
    fr: "colonnes de recherche différentes du contenu : un export ne la trouverait pas",
    en: "search columns differ from the content: an export would not find it",
  },
  cut: {
    fr: "coupée de la fin, alors qu'une tête signée la couvre",
    en: "cut off the end, though a signed head covers it",
  },
  rewritten: {
    fr: "journal réécrit : il ne passe pas par la tête signée",
    en: "log rewritten: it does not pass through the signed head",
  },
};

function counted(entries: number): Text {
  return {
    fr: `${entries} ${entries > 1 ? "entrées" : "entrée"}`,
    en: `${entries} ${entries === 1 ? "entry" : "entries"}`,
  };
}

/** Result of a verification of an export. */
export function exportText({ document, head, entries, absent }: VerifiedExport): Text {
  const { application, from, to, first, chain } = document;
  const [name, log] = [excerpt(application), excerpt(head.log)];
  const [start, end] = [excerpt(from), excerpt(to)];
  const others = chain.length - entries.length;
  const lacks = absent.map((digest) => `\n  ${digest}`).join("");
  return {
    fr: `Export intact : ${counted(entries.length).fr} sur ${name}, du ${start} au ${end}, entrées ${first} à ${head.sequence} du journal ${log}, signé le ${head.at}.\nPar leur empreinte seule : ${counted(others).fr}. Qu'elles concernent d'autres applications, et que rien ne manque avant la première, ne se vérifie que dans le journal.${absent.length === 0 ? "" : `\nPolitiques, règles ou données que des décisions nomment et que le serveur n'a pas gardées :${lacks}`}`,
    en: `The export is whole: ${counted(entries.length).en} about ${name}, from ${start} to ${end}, entries ${first} to ${head.sequence} of the log ${log}, signed at ${head.at}.\nBy their digest alone: ${counted(others).en}. That these are about other applications, and that nothing is missing before the first, can be verified in the log only.${absent.length === 0 ? "" : `\nPolicies, rules or data that decisions name and that the server did not keep:${lacks}`}`,
  };
}

export function otherLog(head: AuditHead, log: string): InvalidInputError {
  const [given, own] = [excerpt(head.log), excerpt(log)];
  return new InvalidInputError("audit-other-log", {
    fr: `La tête est celle du journal ${given}, et cette base de données a le journal ${own}. Vérifier --database et --head : si les deux sont les bonnes, la base a été remplacée.`,
    en: `The head is that of the log ${given}, and this database has the log ${own}. Check --database and --head: if both are right, the database was replaced.`,
  });
}
