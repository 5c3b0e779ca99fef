import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";
import { rpmFacts } from "./rpm-package.ts";

/**
 * Replacement of rpm's database in distroless images of Azure Linux: one package per line, by `rpm
 * --queryformat
 * '%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{INSTALLTIME}\\t%{BUILDTIME}\\t%{VENDOR}\\t%{EPOCH}\\t%{SIZE}\\t%{ARCH}\\t%{EPOCHNUM}\\t%{SOURCERPM}'`.
 */
export const RPM_MANIFEST: Cataloger = {
  name: "rpm-manifest",
  version: 1,
  names: ["container-manifest-2"],
  reads: (path) => path.endsWith("/var/lib/rpmmanifest/container-manifest-2"),
  packages({ bytes }) {
    const lines = bytes.toString("utf8").split("\n");
    return lines.filter((line) => line !== "").flatMap(packageOf);
  },
};

function packageOf(line: string): readonly PackageFacts[] {
  const fields = line.split("\t");
  if (fields.length !== 10) throw new Error("a line of another form");
  const [name = "", evr = "", , , vendor, epoch, , architecture, , sourceRpm] = fields.map(stated);
  const release = evr.lastIndexOf("-");
  if (release <= 0) throw new Error("a version without a release");
  return rpmFacts({
    name,
    version: evr.slice(0, release),
    release: evr.slice(release + 1),
    epoch,
    architecture,
    vendor,
    sourceRpm,
  });
}

/** Value of a field; rpm writes `(none)` for a missing value. */
function stated(field: string): string | undefined {
  return field === "(none)" || field === "" ? undefined : field;
}
