import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import { FUTURE_ROWS } from "./future-rows.ts";

/** Key of a label: a prefix, which is a domain, and a name. */
const LABEL_KEY =
  /^(?=.{1,253}\/)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\/[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
/** Prefixes of Kubernetes' own labels, which its controllers set. */
const RESERVED = /(?:^|\.)(?:kubernetes|k8s)\.io\//;

const labels = z
  .record(
    z.string().regex(LABEL_KEY, {
      error:
        "une clé avec le domaine de la plateforme (plateforme.exemple.fr/palier) | a key with the platform's domain (platform.example/stage)",
    }),
    z.string().regex(LABEL_VALUE, {
      error: "une valeur de label, de 63 caractères au plus | a label's value, 63 characters at most",
    }),
  )
  .refine((record) => Object.keys(record).length > 0, {
    error: "au moins un label | at least one label",
  })
  .refine((record) => !Object.keys(record).some((key) => RESERVED.test(key)), {
    error:
      "un label de la plateforme, non de Kubernetes (kubernetes.io, k8s.io) ; un nom se met dans namespaces | a label of the platform's, not of Kubernetes (kubernetes.io, k8s.io); names go into namespaces",
  });

/** @param label schema of a namespace's name */
export function namespaceRowsSchema(label: z.ZodString) {
  return z
    .strictObject({
      mode: described(z.enum(["enforce", "warn"]), {
        fr: "enforce : ces lignes décident de l'admission ; warn : elles avertissent. Où les deux valent, enforce l'emporte.",
        en: "enforce: these rows decide on admission; warn: they warn. Where both hold, enforce wins.",
      }),
      rows: optional(z.array(z.enum(FUTURE_ROWS)).min(1), {
        fr: "Lignes futures ; par défaut toutes. Une ligne obligatoire n'a pas d'interrupteur.",
        en: "Future rows; default: all. A mandatory row has no switch.",
      }),
      namespaces: optional(z.array(label).min(1), {
        fr: "Espaces de noms, chacun par son nom.",
        en: "Namespaces, each by its name.",
      }),
      labels: optional(labels, {
        fr: "Ou ceux qui portent tous ces labels. Ils ne comptent que si l'API server refuse leur changement à tout autre que labelGroups (douane policies --policy).",
        en: "Or those with all these labels. They count only where the API server refuses their change to all but labelGroups (douane policies --policy).",
      }),
      reason: described(z.string().min(1).max(500), {
        fr: "Pourquoi ; figure dans les avertissements de warn.",
        en: "Why; it stands in the warnings of warn.",
      }),
    })
    .refine((one) => (one.namespaces === undefined) !== (one.labels === undefined), {
      error: "des noms (namespaces) ou des labels (labels) | names (namespaces) or labels (labels)",
    });
}

/** Future rows of some namespaces. */
export type NamespaceRows = z.infer<ReturnType<typeof namespaceRowsSchema>>;

/** Keys of the labels by which entries name namespaces, sorted. */
export function countingLabels(entries: readonly NamespaceRows[]): readonly string[] {
  return [...new Set(entries.flatMap((one) => Object.keys(one.labels ?? {})))].toSorted();
}
