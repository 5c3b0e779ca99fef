import { type Fields, isFields, listAt, objectsAt } from "../../../json/fields.ts";
import type { XmlElement } from "../../../xml/xml-tree.ts";
import type { ReportDocument } from "../format/scan-format.ts";

/** A report of ZAP in either encoding, with the names of the JSON. */
export interface ZapReport {
  readonly version: unknown;
  readonly created: unknown;
  readonly sites: readonly ZapSite[];
  /** Statistics of the Insights add-on (2.17): `key`, `statistic`, `site`, `level`. */
  readonly insights: readonly Fields[];
  /** Number of entries that are neither sites nor alerts. */
  readonly unreadable: number;
}

interface ZapSite {
  readonly name: unknown;
  /** Alerts with `pluginid`, `riskcode`, `confidence`, `cweid` and `uris`. */
  readonly alerts: readonly Fields[];
}

/** The report; undefined for another document. */
export function zapReport(document: ReportDocument): ZapReport | undefined {
  if (document.form === "xml")
    return document.root.name === "OWASPZAPReport" ? ofXml(document.root) : undefined;
  const { value } = document;
  if (!isFields(value) || !("site" in value)) return undefined;
  return "@programName" in value || ("@version" in value && "@generated" in value)
    ? ofJson(value)
    : undefined;
}

function ofJson(report: Fields): ZapReport {
  // Versions before 2.8 write a single site without a list.
  const all: readonly unknown[] = Array.isArray(report["site"]) ? report["site"] : [report["site"]];
  const sites = all.filter(isFields);
  const alerts = sites.flatMap((site) => listAt(site, "alerts"));
  const broken = sites.filter(({ alerts: list }) => !Array.isArray(list)).length;
  return {
    version: report["@version"],
    created: report["created"],
    sites: sites.map((site) => ({
      name: site["@name"],
      alerts: objectsAt(site, "alerts").map((alert) => ({
        ...alert,
        uris: objectsAt(alert, "instances").map(({ uri }) => uri),
      })),
    })),
    insights: objectsAt(report, "insights"),
    unreadable: all.length - sites.length + broken + alerts.filter((alert) => !isFields(alert)).length,
  };
}

function ofXml(root: XmlElement): ZapReport {
  const sites = within(root, "site");
  return {
    version: root.attributes.get("version"),
    created: root.attributes.get("created"),
    sites: sites.map((site) => ({
      name: site.attributes.get("name"),
      alerts: within(site, "alerts").flatMap((alerts) => within(alerts, "alertitem").map(alertOf)),
    })),
    insights: within(root, "insights").flatMap((all) => within(all, "insight").map(fieldsOfElement)),
    unreadable: sites.filter((site) => within(site, "alerts").length !== 1).length,
  };
}

function alertOf(alert: XmlElement): Fields {
  const uris = within(alert, "instances").flatMap((all) =>
    within(all, "instance").flatMap((one) => within(one, "uri")),
  );
  return { ...fieldsOfElement(alert), uris: uris.map(({ text }) => text) };
}

/** Texts of an element's children, and its attributes, by name. A repeated child has no value. */
function fieldsOfElement(element: XmlElement): Fields {
  const fields = new Map<string, string | undefined>(element.attributes);
  for (const { name, text } of element.children) fields.set(name, fields.has(name) ? undefined : text);
  return Object.fromEntries(fields);
}

function within(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
