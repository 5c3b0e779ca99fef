import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { WritablePath } from "../../fix/writable-paths.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { parseKubernetes } from "../command-line/kubernetes.ts";

export const FIX_FLAGS = {
  write: {
    help: {
      fr: "écrire dans les fichiers, au lieu d'afficher le diff ; pour « - », afficher le texte corrigé",
      en: "write to the files instead of showing the diff; for `-`, show the fixed text",
    },
  },
  as: {
    value: { fr: "FORME", en: "FORM" },
    parse: parseForm,
    choices: () => ["diff", "helm-values"],
    help: {
      fr: "diff (par défaut), ou helm-values : les mêmes corrections en valeurs, pour un chart que l'on ne peut pas modifier",
      en: "diff (default), or helm-values: the same corrections as values, for a chart that one cannot edit",
    },
  },
  writable: {
    value: { fr: "CONTENEUR:CHEMIN", en: "CONTAINER:PATH" },
    many: true,
    parse: parseWritable,
    help: {
      fr: "chemin où ce conteneur écrit, en plus de /tmp : un emptyDir y est monté, répétable",
      en: "path that this container writes to, besides /tmp: an emptyDir is mounted there, repeatable",
    },
  },
  evidence: {
    value: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "preuves gardées par check --save-evidence ou trial --output, répétable : les sondes que donne le HEALTHCHECK d'une image, les montages dont elle aura besoin, ceux qu'un essai a montrés",
      en: "evidence kept by check --save-evidence or trial --output, repeatable: the probes that an image's HEALTHCHECK gives, the mounts that it will need, those that a trial has shown",
    },
  },
  kubernetes: {
    value: { fr: "VERSION", en: "VERSION" },
    parse: parseKubernetes,
    help: {
      fr: "version du cluster visé, par exemple 1.29 (par défaut la plus récente connue)",
      en: "version of the cluster it is meant for, for example 1.29 (default: the newest known)",
    },
  },
} as const satisfies Flags;

export type FixValues = Values<typeof FIX_FLAGS>;

type Form = "diff" | "helm-values";

function parseForm(value: string): Form {
  if (value === "diff" || value === "helm-values") return value;
  throw new UsageError("form-unknown", {
    fr: `--as ${quoted(value)} : les valeurs possibles sont diff et helm-values.`,
    en: `--as ${quoted(value)}: the possible values are diff and helm-values.`,
  });
}

/** Absolute path below the root, without `..`, as allowed in volumeMounts. */
function parseWritable(value: string): WritablePath {
  const colon = value.indexOf(":");
  const [container, path] = [value.slice(0, Math.max(colon, 0)), value.slice(colon + 1)];
  const isPath = path.startsWith("/") && /[^/]/.test(path) && !path.includes(":");
  if (container !== "" && isPath && !path.split("/").includes("..")) return { container, path };
  throw new UsageError("writable-malformed", {
    fr: `--writable ${quoted(value)} : écrire CONTENEUR:CHEMIN, le chemin étant absolu, par exemple web:/app/.next/cache.`,
    en: `--writable ${quoted(value)}: write CONTAINER:PATH with an absolute path, for example web:/app/.next/cache.`,
  });
}
