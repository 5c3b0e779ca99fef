// Services with which to sign, as Sigstore's SigningConfig v0.2 lists them:
// https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto

import { UsageError } from "../../contract/error.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, isFields, numberOf, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import type { SigningLog } from "../witness/submit-to-rekor.ts";
import { type Selection, type Service, selectServices } from "./select-services.ts";

/** Services that one signature uses. */
export interface SigningServices {
  /** Base of the address of the Fulcio that certifies the key. */
  readonly authority: URL;
  readonly logs: readonly SigningLog[];
  /** Whole addresses of timestamp authorities. */
  readonly timestampAuthorities: readonly URL[];
}

const MEDIA_TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

/** Maximum number of services of one kind; the public configuration has two. */
const MOST = 50;

/**
 * Services of a signing configuration that are valid now, selected as its specification demands.
 *
 * @param name name of the configuration in messages: its file
 * @param mayBePlain whether a host may be asked without TLS
 * @throws UsageError signing-config-invalid, signing-config-address, signing-config-services,
 * signing-config-time
 */
export function signingServices(
  json: string,
  name: string,
  now: Date,
  mayBePlain: (host: string) => boolean,
): SigningServices {
  const config = configOf(json, name);
  const servicesAt = (key: string) => servicesOf(config, key, name);
  const select = (key: string, versions: readonly number[], selection: Selection) => {
    const selected = selectServices(servicesAt(key), versions, selection, now);
    if (selected === undefined) throw tooFew(name, key, now);
    return selected.map(({ url, version }) => ({ url: addressOf(url, name, mayBePlain), version }));
  };
  const [authority] = select("caUrls", [1], { kind: "any" });
  if (authority === undefined) throw tooFew(name, "caUrls", now);
  const logs = select("rekorTlogUrls", [1, 2], selectionOf(config, "rekorTlogConfig", name));
  const stamps = select("tsaUrls", [1], selectionOf(config, "tsaConfig", name));
  // Entries of Rekor v2 have no time: https://github.com/sigstore/rekor-tiles/blob/main/CLIENTS.md
  if (stamps.length === 0 && logs.every(({ version }) => version === 2)) throw undated(name);
  return {
    authority: authority.url,
    logs: logs.map(({ url, version }) => ({ url, version: version === 2 ? 2 : 1 })),
    timestampAuthorities: stamps.map(({ url }) => url),
  };
}

function configOf(json: string, name: string): Fields {
  const fields = fieldsOf(documentOf(json, name));
  if (textAt(fields, "mediaType") === MEDIA_TYPE) return fields;
  throw invalid(name, `mediaType ${quoted(textAt(fields, "mediaType") ?? "")}`);
}

function documentOf(json: string, name: string): unknown {
  try {
    return parseDocument(Buffer.from(json), name);
  } catch {
    throw invalid(name, "JSON");
  }
}

function servicesOf(config: Fields, key: string, name: string): readonly Service[] {
  const entries = objectsAt(config, key);
  if (entries.length > MOST || entries.length !== [config[key] ?? []].flat().length) throw invalid(name, key);
  return entries.map((entry) => {
    const [url, version] = [textAt(entry, "url"), numberOf(entry["majorApiVersion"])];
    const { start, end } = objectAt(entry, "validFor");
    const period = {
      start: timeOf(start, Number.NEGATIVE_INFINITY),
      end: timeOf(end, Number.POSITIVE_INFINITY),
    };
    const isTimed = !Number.isNaN(period.start) && !Number.isNaN(period.end);
    if (url === undefined || version === undefined || !isTimed) throw invalid(name, key);
    return { url, version, ...period, operator: textAt(entry, "operator") ?? "" };
  });
}

/** Milliseconds since 1970; NaN if the text is not a time. */
function timeOf(value: unknown, absent: number): number {
  if (value === undefined || value === null) return absent;
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

const SELECTORS = ["UNDEFINED", "ALL", "ANY", "EXACT"] as const;

/**
 * Selection of one kind of services. Without a selector, no service is selected, even if services are listed.
 */
function selectionOf(config: Fields, key: string, name: string): Selection {
  const setting = config[key];
  if (setting === undefined || setting === null) return { kind: "none" };
  if (!isFields(setting)) throw invalid(name, key);
  const { selector, count } = setting;
  // Protobuf's JSON contains either the name of an enumeration's value or its number.
  const named = SELECTORS.find((one, number) => one === selector || number === selector);
  if (named === "ALL") return { kind: "all" };
  if (named === "ANY") return { kind: "any" };
  const exact = numberOf(count);
  if (named === "EXACT" && exact !== undefined && Number.isInteger(exact) && exact > 0)
    return { kind: "exact", count: exact };
  throw invalid(name, `${key}.selector`);
}

function addressOf(text: string, name: string, mayBePlain: (host: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && mayBePlain(url.host));
  if (url !== undefined && isSafe && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new UsageError("signing-config-address", {
    fr: `${quoted(name)} : ${quoted(text)} n'est pas une adresse https sans identifiant ni paramètres (http pour cette machine seule). Le jeton d'identité y serait lisible en chemin.`,
    en: `${quoted(name)}: ${quoted(text)} is not an https address without user or parameters (http for this machine alone). The identity token could be read on the way.`,
  });
}

function invalid(name: string, seen: string): UsageError {
  return new UsageError("signing-config-invalid", {
    fr: `${quoted(name)} : ce n'est pas une configuration de signature Sigstore v0.2 (${seen}). Elle a pour mediaType ${MEDIA_TYPE}, et caUrls, rekorTlogUrls, rekorTlogConfig, tsaUrls, tsaConfig.`,
    en: `${quoted(name)}: not a Sigstore signing configuration v0.2 (${seen}). It has the mediaType ${MEDIA_TYPE}, and caUrls, rekorTlogUrls, rekorTlogConfig, tsaUrls, tsaConfig.`,
  });
}

function tooFew(name: string, key: string, now: Date): UsageError {
  const clock = excerpt(now.toISOString());
  return new UsageError("signing-config-services", {
    fr: `${quoted(name)} : ${key} n'a pas assez de services valables aujourd'hui, d'une version que douane connaît et d'opérateurs distincts (l'horloge de cette machine indique ${clock}). Mettre la configuration à jour.`,
    en: `${quoted(name)}: ${key} has too few services that are valid today, of a version that douane knows and of distinct operators (this machine's clock says ${clock}). Update the configuration.`,
  });
}

function undated(name: string): UsageError {
  return new UsageError("signing-config-time", {
    fr: `${quoted(name)} : rien n'y date une signature, et un certificat de quelques minutes ne vaut rien sans date. Ajouter une autorité d'horodatage (tsaUrls et tsaConfig) ou un Rekor v1 (rekorTlogUrls et rekorTlogConfig).`,
    en: `${quoted(name)}: nothing in it dates a signature, and a certificate of a few minutes is worth nothing without a date. Add a timestamp authority (tsaUrls and tsaConfig) or a Rekor v1 (rekorTlogUrls and rekorTlogConfig).`,
  });
}
