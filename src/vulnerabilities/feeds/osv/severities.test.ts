import { expect, test } from "vitest";
import { severitiesOf } from "./severities.ts";

const V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P";
const V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

// Prefixes of https://ossf.github.io/osv-schema/#id-modified-fields
test.each([
  ["GHSA-jfh8-c2jp-5v3q", "GHSA"],
  ["BIT-node-2022-32223", "Bitnami"],
  ["RUSTSEC-2026-0001", "RustSec"],
  ["PYSEC-2026-1", "PyPA"],
  ["GO-2024-2887", "Go"],
  ["MAL-2025-46969", "OpenSSF"],
  ["ALSA-2026:1", "AlmaLinux"],
  ["RLSA-2026:1", "Rocky Linux"],
  ["RHSA-2026:1", "Red Hat"],
  ["SUSE-SU-2026:1-1", "SUSE"],
  ["openSUSE-SU-2026:1-1", "SUSE"],
  ["USN-7000-1", "Ubuntu"],
  ["UBUNTU-CVE-2026-0001", "Ubuntu"],
  ["CVE-2026-0001", "OSV"],
  ["DEBIAN-CVE-2026-0001", "OSV"],
  ["X-GHSA-", "OSV"],
])("the author of %s is %s", (id, by) => {
  expect(severitiesOf(id, { severity: [{ type: "CVSS_V3", score: V3 }] }, {})).toEqual([{ by, vector: V3 }]);
  expect(severitiesOf(id, { database_specific: { severity: "High" } }, {})).toEqual([{ by, word: "high" }]);
});

test.each([
  [{ type: "CVSS_V2", score: V2 }, [{ by: "GHSA", vector: V2 }]],
  [{ type: "CVSS_V2", score: V2.toLowerCase() }, [{ by: "GHSA", vector: V2.toLowerCase() }]],
  [{ type: "CVSS_V4", score: "CVSS:4.0/AV:N" }, [{ by: "GHSA", vector: "CVSS:4.0/AV:N" }]],
  [{ type: "CVSS_V3", score: "9.8" }, []],
  [{ type: "CVSS_V3", score: "" }, []],
  [{ type: "CVSS_V3", score: 9.8 }, []],
  [{ type: "CVSS_V3" }, []],
  [{ type: "CVSS_VX", score: "high" }, [{ by: "CVSS_VX", word: "high" }]],
  [{ type: "NO_CVSS_V3", score: "AV:N" }, [{ by: "NO_CVSS_V3", word: "av:n" }]],
  [{ type: "Ubuntu", score: "medium" }, [{ by: "Ubuntu", word: "medium" }]],
  [{ type: "Ubuntu", score: " Negligible " }, [{ by: "Ubuntu", word: "negligible" }]],
  [{ type: "Ubuntu", score: "x".repeat(30) }, [{ by: "Ubuntu", word: "x".repeat(30) }]],
  [{ type: "Ubuntu", score: "x".repeat(31) }, []],
  [{ score: "critical" }, [{ by: "GHSA", word: "critical" }]],
  [{ type: 7, score: "critical" }, [{ by: "GHSA", word: "critical" }]],
])("%j is rated as %j, in the record and in the package", (severity, expected) => {
  expect(severitiesOf("GHSA-1", { severity: [severity] }, {})).toEqual(expected);
  expect(severitiesOf("GHSA-1", {}, { severity: [severity] })).toEqual(expected);
});

test.each(["", " ", "unknown", "Unknown", "not yet assigned", "none", "unspecified", undefined, 7])(
  "the word %j is no rating",
  (word) => {
    expect(severitiesOf("GHSA-1", { database_specific: { severity: word } }, {})).toEqual([]);
    expect(severitiesOf("GHSA-1", {}, { ecosystem_specific: { urgency: word } })).toEqual([]);
  },
);

test("words count in all places, the package's first, behind vectors", () => {
  const words = (prefix: string) => ({
    database_specific: { severity: `${prefix} ds`, urgency: `${prefix} du` },
    ecosystem_specific: { severity: `${prefix} es`, urgency: `${prefix} eu` },
  });
  const document = { ...words("record"), severity: [{ type: "CVSS_V2", score: V2 }] };
  const affected = { ...words("package"), severity: [{ type: "CVSS_V3", score: V3 }] };
  expect(severitiesOf("GHSA-1", document, affected)).toEqual([
    { by: "GHSA", vector: V3 },
    { by: "GHSA", vector: V2 },
    ...["package", "record"].flatMap((prefix) => [
      { by: "GHSA", word: `${prefix} ds` },
      { by: "Debian", word: `${prefix} du` },
      { by: "GHSA", word: `${prefix} es` },
      { by: "Debian", word: `${prefix} eu` },
    ]),
  ]);
});
