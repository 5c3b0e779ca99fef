// Opens vulnerability data, compares 10,000 components with them, and prints the time of the first
// comparison: { "ms": 12.3, "findings": 800 }.
//
// node match-once.cjs DATA

import type { PackageFacts } from "../../../src/contract/package-facts.ts";
import { openDatabase } from "../../../src/vulnerabilities/database/open-database.ts";
import { matchComponents } from "../../../src/vulnerabilities/match/match-components.ts";
import type { MatchedComponent } from "../../../src/vulnerabilities/match/matched-component.ts";

const COMPONENTS = 10_000;
/** One in so many components has advisories. */
const KNOWN_ONE_IN = 25;
const TRIXIE = { id: "debian", version: "13" };
const TODAY = "2026-06-15";

const [directory = ""] = process.argv.slice(2);
const components = Array.from({ length: COMPONENTS }, (_, number) => component(number));
const data = openDatabase(directory, TODAY);
const since = performance.now();
const cpu = process.cpuUsage();
const { findings } = matchComponents(components, data, TODAY);
const ms = performance.now() - since;
const { user, system } = process.cpuUsage(cpu);
data.close();
process.stdout.write(
  `${JSON.stringify({ ms, cpuMs: (user + system) / 1_000, findings: findings.length })}\n`,
);

function component(number: number): MatchedComponent {
  const isKnown = number % KNOWN_ONE_IN === 0;
  const kind = number % 3;
  // Known names go by their number in the data, far apart.
  const of = isKnown ? Math.floor(number / KNOWN_ONE_IN) * 99 + kind : number;
  const name = isKnown ? `part-${of}` : `own-${number}`;
  const place = { path: `app/${number}`, layer: 0 };
  return { facts: factsOf({ kind, name, of }), ...(kind === 0 ? { os: TRIXIE } : {}), ...place };
}

function factsOf({ kind, name, of }: { kind: number; name: string; of: number }): PackageFacts {
  const version = "2.4.1";
  if (kind === 0) return { type: "deb", namespace: "debian", name, version };
  if (kind === 1) return { type: "npm", name, version };
  return { type: "maven", namespace: `org.example.g${of}`, name, version };
}
