import { type Fields, fieldsOf, objectsOf, stringOf, textsOf } from "../../../json/fields.ts";
import type { Advisory } from "../../advisory.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { wordOf } from "../../feed/feed-texts.ts";

/**
 * Alpine's secdb (https://secdb.alpinelinux.org): per branch and repository, the version of a source package
 * that fixed a vulnerability; version `0`: never affected. Wolfi and Chainguard use the same format.
 */
export const alpineSecdb: FeedFormat = {
  feed: "alpine-secdb",
  recognises: (document) =>
    Array.isArray(document["packages"]) && ("reponame" in document || "urlprefix" in document),
  read(document, sink) {
    const ecosystem = ecosystemOf(document);
    const branch = wordOf(document["distroversion"]) || ecosystem.toLowerCase();
    sink.within([branch, wordOf(document["reponame"])].filter((word) => word !== "").join("/"));
    for (const entry of objectsOf(document["packages"])) readPackage(ecosystem, fieldsOf(entry["pkg"]), sink);
  },
};

/** Ecosystem with its branch, `Alpine:v3.22`; databases of Wolfi and Chainguard have no branch. */
function ecosystemOf(document: Fields): string {
  const branch = wordOf(document["distroversion"]);
  if (branch !== "") return `Alpine:${branch}`;
  const place = `${stringOf(document["urlprefix"])} ${stringOf(document["reponame"])}`.toLowerCase();
  if (place.includes("wolfi")) return "Wolfi";
  return place.includes("chainguard") ? "Chainguard" : "Alpine";
}

function readPackage(ecosystem: string, described: Fields, sink: FeedSink): void {
  const name = wordOf(described["name"]);
  if (name === "") {
    sink.malformed(stringOf(described["name"]));
    return;
  }
  for (const [version, repaired] of Object.entries(fieldsOf(described["secfixes"]))) {
    for (const entry of textsOf(repaired)) {
      // Some entries contain several ids, or words: "CVE-2019-5436 CVE-2019-5435 (+ regression fix)".
      const ids = entry.split(/[\s,;]+/).filter((id) => /^[A-Z]{2,10}-[\w-]{1,100}$/.test(id));
      for (const id of ids) sink.advisories([advisoryOf(ecosystem, name, id, wordOf(version))], "");
    }
  }
}

function advisoryOf(ecosystem: string, name: string, id: string, version: string): Advisory {
  const events = [
    { event: "introduced", version: "0" },
    { event: "fixed", version },
  ] as const;
  return {
    id,
    aliases: [],
    feed: "alpine-secdb",
    ecosystem,
    package: name,
    severities: [],
    affected: { ranges: [{ type: "ECOSYSTEM", events }] },
    ...(version === "0" ? { decision: "not-affected" } : {}),
  };
}
