import { graceDays } from "../../contract/grace-period.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { FUTURE_ROWS } from "../../policy/future-rows.ts";
import { countingLabels } from "../../policy/namespace-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { ROLES, type Role, roleText } from "./roles.ts";
import { trialSignerText } from "./trial-key.ts";

const DAY_MS = 86_400_000;

/** Configuration that a server would start with. */
interface Configured {
  readonly role: Role;
  readonly policy: Policy;
  /** Absent if the server makes its first certificate at the start. */
  readonly certificate?: ServerCertificate | undefined;
  /** Place of the server's own authority; absent if the user provides the certificate. */
  readonly authority?: string | undefined;
  readonly vulnerabilities?: VulnerabilityDatabase | undefined;
  /** Whether verdicts and decisions outlive the process. */
  readonly isDurable: boolean;
  /** Address of the API server whose pods are watched; absent if no pods are watched. */
  readonly watched?: string;
  /** Whether registries are reached through a proxy, which resolves their names. */
  readonly isBehindProxy: boolean;
  /** Id of the key that signs trials; absent for a role that makes none. */
  readonly trialKeyId?: string;
  /** Current time in milliseconds, as Date.now(). */
  readonly now: number;
}

/** Lines of `--check-config`: the actions of a server with this configuration, and the pods that it never admits. */
export function configSummary({
  role,
  policy,
  certificate,
  authority,
  vulnerabilities,
  isDurable,
  watched,
  isBehindProxy,
  trialKeyId,
  now,
}: Configured): readonly Text[] {
  const { admits, examines, watches } = ROLES[role];
  return [
    ...(role === "all" ? [] : [roleText(role)]),
    ...(certificate === undefined ? [] : [certificateText(certificate, now)]),
    ...(authority === undefined ? [] : [authorityText(authority)]),
    ...(admits
      ? [
          exemptText(policy),
          ...observedTexts(policy, now),
          ...futureTexts(policy, watched !== undefined),
          ...graceText(policy, isDurable && watched !== undefined),
        ]
      : []),
    registriesText(policy),
    ...(isBehindProxy ? [PROXY] : []),
    ...(admits ? [tagsText(policy)] : []),
    isDurable ? DURABLE : IN_MEMORY,
    ...(watched === undefined ? [] : [watches ? watchText(watched) : refusalsText(watched)]),
    ...(examines ? trialText(policy) : []),
    ...(trialKeyId === undefined ? [] : [trialSignerText(policy, trialKeyId)]),
    ...(examines && vulnerabilities === undefined ? [NO_DATA] : []),
  ];
}

function certificateText({ names, until }: ServerCertificate, now: number): Text {
  const [list, days] = [names.join(", "), Math.floor((until - now) / DAY_MS)];
  const date = new Date(until).toISOString().slice(0, 10);
  return {
    fr: `certificat : ${list}, jusqu'au ${date} (${days} j)`,
    en: `certificate: ${list}, until ${date} (${days} d)`,
  };
}

function authorityText(place: string): Text {
  return {
    fr: `autorité du serveur : dans ${quoted(place)} ; remettre ca.crt, qui y est, aux clients ; le certificat est renouvelé après 60 jours`,
    en: `the server's authority: in ${quoted(place)}; give its ca.crt to clients; the certificate is renewed after 60 days`,
  };
}

function exemptText({ admission: { exemptNamespaces = [] } = {} }: Policy): Text {
  const list = [...new Set(["kube-system", ...exemptNamespaces])].join(", ");
  return {
    fr: `espaces de noms exemptés : ${list}`,
    en: `exempt namespaces: ${list}`,
  };
}

/** Each observation by itself, with its days: none is forgotten in a list. */
function observedTexts({ admission: { observe = [] } = {} }: Policy, now: number): readonly Text[] {
  return observe.map(({ namespace, workloads, until, reason }) => {
    const days = Math.floor(Date.parse(until) / DAY_MS) - Math.floor(now / DAY_MS);
    const fr = days < 0 ? "terminée" : `encore ${days} j`;
    const en = days < 0 ? "ended" : `${days} d left`;
    const only = workloads === undefined ? "" : ` (${workloads.join(", ")})`;
    return {
      fr: `observation sans refus : ${namespace ?? "tout le cluster"}${only}, jusqu'au ${until} (${fr}) : ${quoted(reason)}`,
      en: `observed, not refused: ${namespace ?? "the whole cluster"}${only}, until ${until} (${en}): ${quoted(reason)}`,
    };
  });
}

function graceText({ admission: { gracePeriod } = {} }: Policy, isWorking: boolean): readonly Text[] {
  if (gracePeriod === undefined) return [];
  if (!isWorking) return [NO_GRACE];
  const { critical, exploited, rule } = graceDays(gracePeriod);
  return [
    {
      fr: `délais de grâce de ce qui a été admis, que de nouvelles données ou règles refusent : vulnérabilité critique ${critical} j, exploitée ${exploited} j, règle ${rule} j`,
      en: `grace periods of what was admitted, and new data or rules refuse: critical vulnerability ${critical} d, exploited ${exploited} d, rule ${rule} d`,
    },
  ];
}

/**
 * Lines for each entry separately. Without a watch, labels are unknown, and the stricter answer of an entry applies.
 */
function futureTexts({ admission: { futureRows = [] } = {} }: Policy, isWatched: boolean): readonly Text[] {
  const entries = futureRows.map(({ mode, rows = FUTURE_ROWS, namespaces, labels = {}, reason }): Text => {
    const of =
      namespaces?.join(", ") ??
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(", ");
    const [list, why] = [rows.join(", "), quoted(reason)];
    return mode === "enforce"
      ? {
          fr: `lignes futures exigées : ${list} (${of}) : ${why}`,
          en: `future rows enforced: ${list} (${of}): ${why}`,
        }
      : {
          fr: `lignes futures qui avertissent : ${list} (${of}) : ${why}`,
          en: `future rows that warn: ${list} (${of}): ${why}`,
        };
  });
  return countingLabels(futureRows).length === 0 || isWatched ? entries : [...entries, LABELS_UNKNOWN];
}

function registriesText({ admission: { registries } = {} }: Policy): Text {
  if (registries === undefined) return ANY_REGISTRY;
  const list = registries.join(", ");
  return { fr: `registres : ${list}, et aucun autre`, en: `registries: ${list}, and no other` };
}

function tagsText({ admission: { pinTags = false, movingTags = [] } = {} }: Policy): Text {
  const kept = movingTags.map(({ container, repository }) => `${container} (${repository})`).join(", ");
  const [fr, en] = kept === "" ? ["", ""] : [`, sauf ${kept}`, `, except ${kept}`];
  if (pinTags) {
    return {
      fr: `tags : fixés par /admission/mutate${fr}`,
      en: `tags: pinned by /admission/mutate${en}`,
    };
  }
  return { fr: `tags : refusés${fr}`, en: `tags: refused${en}` };
}

function watchText(server: string): Text {
  return {
    fr: `pods suivis : ceux de ${excerpt(server)} ; chacun est comparé à ce qui a été admis`,
    en: `watched pods: those of ${excerpt(server)}; each is compared with what was admitted`,
  };
}

function refusalsText(server: string): Text {
  return {
    fr: `refus : écrits aussi en événements sur les workloads de ${excerpt(server)}`,
    en: `refusals: written as events, too, on the workloads of ${excerpt(server)}`,
  };
}

/** Rows that only a trial can prove: without a signer of trials, no server application is admitted. */
function trialText({ attestations }: Policy): readonly Text[] {
  if (attestations?.statements?.trial !== undefined) return [];
  return [
    {
      fr: "attention : la politique ne nomme aucun signataire d'essais (attestations.statements.trial). Ce que seul un essai prouve (lignes 6, 8, 12) reste à prouver, et aucune application qui l'exige n'est admise.",
      en: "warning: the policy names no signer of trials (attestations.statements.trial). Rows that only a trial can prove (6, 8, 12) stay unproven, and no application that needs it is admitted.",
    },
  ];
}

const ANY_REGISTRY: Text = {
  fr: "registres : tous, sauf à une adresse privée (admission.registries nomme ceux de la plateforme)",
  en: "registries: all, except at a private address (admission.registries names those of the platform)",
};
const LABELS_UNKNOWN: Text = {
  fr: "attention : sans --watch, les labels des espaces de noms ne sont pas connus : ce que futureRows exige par label l'est partout, et ce qui y avertirait refuse.",
  en: "warning: without --watch the labels of namespaces are not known: what futureRows enforces by label is enforced everywhere, and what it would warn of by label is refused.",
};
const NO_GRACE: Text = {
  fr: "attention : admission.gracePeriod demande --watch et une base de données ; sans eux, aucun délai de grâce ne commence.",
  en: "warning: admission.gracePeriod needs --watch and a database; without them no grace period begins.",
};
const PROXY: Text = {
  fr: "attention : un proxy (HTTPS_PROXY, HTTP_PROXY) résout les noms des registres, et douane ne voit pas leurs adresses. Nommer les registres (admission.registries), ou refuser les adresses privées dans le proxy.",
  en: "warning: a proxy (HTTPS_PROXY, HTTP_PROXY) resolves the registries' names, and douane does not see their addresses. Name the registries (admission.registries), or refuse private addresses in the proxy.",
};
const DURABLE: Text = {
  fr: "verdicts et décisions : dans PostgreSQL ; douane audit verify contrôle le journal d'audit",
  en: "verdicts and decisions: in PostgreSQL; douane audit verify checks the audit log",
};
const IN_MEMORY: Text = {
  fr: "verdicts : en mémoire, perdus au redémarrage ; décisions : sur la sortie standard seule (--database ou --data-dir les gardent)",
  en: "verdicts: in memory, lost at a restart; decisions: on standard output alone (--database or --data-dir keep them)",
};
const NO_DATA: Text = {
  fr: "attention : aucune donnée de vulnérabilités sur cette machine ; la ligne 14 reste à prouver (douane vulns update).",
  en: "warning: no vulnerability data on this machine; row 14 stays unproven (douane vulns update).",
};
