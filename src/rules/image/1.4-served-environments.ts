// No page of the image contains the services of one environment (contract 1.4: varying settings are injected at start).
//
// A browser has no variables of the container: static sites read assets/env.js, config.json or window.CONFIG. Values
// that the build wrote there are for one environment, unless the manifest mounts another file at the path.
//
//   env.js, config.js, config.json… in a served folder: apiUrl: 'https://api.recette.…'                fail
//   the same with a host that may be named for an environment (rec, int), or env: 'recette'            fail, presumed
//   a bundle (.js, .html) of the application: "https://api.recette.…", apiUrl:"https://api.staging.…",
//     MODE:"recette" of Vite                                                                           fail, presumed
//   the same in a verified base layer, under a path that the manifest mounts, in files that a later layer
//     deletes, in dependencies, tests and documentation                                                silent
//   a settings file beside its template (env.template.js): written at start                            silent
//   a bundle with several hosts of a service, or of several environments; a default behind || or ??    silent
//   '/api', ${API_URL}, public APIs (geo.api.gouv.fr), Matomo and other shared services, comments,
//     links, prose, https://api.corp.fr, which may be the same everywhere                              silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts, ImageFacts, InlinedFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import type { SettingFacts } from "../../contract/setting-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { environmentOfHost } from "../../secrets/environment-host.ts";
import { SHOWS } from "./1.4-environment-addresses.ts";
import { inheritance, isBaseLayer } from "./base-layers.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { isPublicHost } from "./environment-address.ts";
import { isMounted } from "./is-mounted.ts";
import { layerPlace } from "./layer-place.ts";
import { hasTemplate, isServedSettings, SERVED_FILES, SERVED_READER } from "./served-settings.ts";

const ID = "1.4-served-environments";

export const servedEnvironments = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Aucune page servie n'est réglée pour un seul environnement",
    en: "No served page is set up for one environment only",
  },
  why: {
    fr: "Un fichier lu par le navigateur (env.js, config.json) qui contient l'adresse d'un environnement oblige à reconstruire l'image pour les autres.",
    en: "A file that the browser reads (env.js, config.json) and that holds one environment's address forces a new build for each of the others.",
  },
  remedy: {
    fr: "Monter ce fichier depuis un ConfigMap, ou le générer au lancement dans un volume, à partir des variables du conteneur.",
    en: "Mount this file from a ConfigMap, or write it at start into a volume, from the container's variables.",
  },
  needs: ["image"],
  uses: ["placement"],
  files: SERVED_FILES,
  check({ image, placement }) {
    const isJudged = isOwn(image, placement);
    const served = image.files.filter((file) => settingsOf(file) !== undefined && isJudged(file));
    const settings = served.filter((file) => !hasTemplate(image.files, file.path));
    const bundles = (image.inlined ?? []).filter((inlined) => isJudged(inlined) && isOfService(inlined));
    const found = [...settings.flatMap((file) => readOf(image, file)), ...bundlesOf(image, bundles)];
    return outcomeOf(
      {
        findings: once(found.map(({ finding }) => finding)),
        presumed: found.every(({ certainty }) => certainty === "presumed"),
      },
      {
        fr: `aucune adresse propre à un environnement dans les pages et scripts de l'application (fichiers de réglages servis : ${served.length})`,
        en: `no address of one environment in the application's pages and scripts (settings files that are served: ${served.length})`,
      },
    );
  },
});

/**
 * Filter for the application's own served files: not deleted, not from the base, not under a mount of the
 * manifest.
 */
function isOwn(image: ImageFacts, placement: Parameters<typeof isMounted>[0]) {
  return ({ path, layer, hidden }: Pick<FileFacts, "path" | "layer" | "hidden">): boolean => {
    if (hidden === true || isBaseLayer(image, layer) || isFixture(path)) return false;
    return !isMounted(placement, path);
  };
}

/**
 * Whether a value belongs to the application's own service and is outside a settings file, which is judged
 * separately.
 */
function isOfService({ kind, value, path, inside }: InlinedFacts): boolean {
  const packed = `/${inside ?? ""}`;
  if (isDependency(packed) || isFixture(packed)) return false;
  if (isServedSettings(inside === undefined ? path : `${path}!${packed}`)) return false;
  return kind === "mode" || !isPublicHost(value);
}

interface Served {
  readonly certainty: SettingFacts["certainty"];
  readonly finding: Finding;
}

function settingsOf({ settings }: FileFacts): readonly SettingFacts[] | undefined {
  return settings?.[SERVED_READER.name];
}

function readOf(image: ImageFacts, file: FileFacts): readonly Served[] {
  const settings = [settingsOf(file)].filter((all) => all !== undefined);
  return settings.flat().map((one) => ({ certainty: one.certainty, finding: findingOf(image, file, one) }));
}

function findingOf(
  image: ImageFacts,
  file: FileFacts,
  { name, value, line, what = "address" }: SettingFacts,
): Finding {
  const path = excerpt(file.path);
  const inherited = inheritance(image, file.layer);
  const shown = `${excerpt(name)}: ${excerpt(value)}`;
  return {
    message: {
      fr: `${path}${inherited.fr}, ${shown} : ${SHOWS[what].fr}`,
      en: `${path}${inherited.en}, ${shown}: ${SHOWS[what].en}`,
    },
    remedy: {
      fr: `Monter ${path} depuis un ConfigMap, ou le générer au lancement dans un volume, à partir des variables du conteneur.`,
      en: `Mount ${path} from a ConfigMap, or write it at start into a volume, from the container's variables.`,
    },
    fingerprint: fingerprint(ID, file.path, name, value),
    at: { ...layerPlace(image, file), line },
  };
}

/** Domain that a team registers, or the public suffix above it: two services of one team share it. */
function domainOf(host: string): string {
  return host.split(".").slice(-2).join(".");
}

/**
 * Bundles built for one environment. A bundle with hosts of several environments of one domain chooses at run
 * time; a host of another domain is not what it chooses among.
 */
function bundlesOf(image: ImageFacts, inlined: readonly InlinedFacts[]): readonly Served[] {
  const byFile = Map.groupBy(inlined, ({ path, layer, inside = "" }) =>
    JSON.stringify([layer, path, inside]),
  );
  return [...byFile.values()].flatMap((ofFile) => {
    const modes = ofFile.filter(({ kind }) => kind === "mode");
    const hosts = ofFile.filter(({ kind }) => kind === "host");
    const byDomain = Map.groupBy(hosts, ({ value }) => domainOf(value));
    const groups = byDomain.size === 0 ? [modes] : [...byDomain.values()].map((own) => [...own, ...modes]);
    const [first] = groups.find((group) => environmentsOf(group).size === 1) ?? [];
    if (first === undefined) return [];
    return [{ certainty: "presumed" as const, finding: bundleFinding(image, first) }];
  });
}

function environmentsOf(inlined: readonly InlinedFacts[]): ReadonlySet<string | undefined> {
  return new Set(inlined.map(({ value }) => environmentOfHost(`${value}.`)));
}

function bundleFinding(image: ImageFacts, inlined: InlinedFacts): Finding {
  const { kind, value, path, inside } = inlined;
  const where = inside === undefined ? excerpt(path) : `${excerpt(path)} (${excerpt(inside)})`;
  const shown = excerpt(value);
  const inherited = inheritance(image, inlined.layer);
  const is = BUNDLED[kind];
  return {
    message: {
      fr: `${where}${inherited.fr} : ${shown}, ${is.fr}, fixé${kind === "host" ? "e" : ""} à la construction`,
      en: `${where}${inherited.en}: ${shown}, ${is.en}, fixed during the build`,
    },
    fingerprint: fingerprint(ID, path, inside ?? "", value),
    at: layerPlace(image, inlined),
  };
}

const BUNDLED: Readonly<Record<InlinedFacts["kind"], Text>> = {
  host: { fr: "adresse d'un environnement", en: "the address of one environment" },
  mode: { fr: "mode de Vite pour un environnement", en: "Vite's mode for one environment" },
};

/** Findings without duplicates, for files in several layers. */
function once(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}
