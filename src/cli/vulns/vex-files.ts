import { resolve } from "node:path";
import type { ScanSubject } from "../../assess/scanned-subject.ts";
import { purlOf } from "../../sbom/purl.ts";
import { readVex } from "../../vulnerabilities/vex/read-vex.ts";
import type { VexStatement } from "../../vulnerabilities/vex/statement.ts";
import type { VexSubject } from "../../vulnerabilities/vex/vex-subject.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";

/** Statements of VEX documents, in order. */
export async function statementsOf(
  { cwd }: Pick<Context, "cwd">,
  files: readonly string[],
): Promise<readonly VexStatement[]> {
  const found: VexStatement[] = [];
  for (const file of files)
    for (const statement of readVex(
      Buffer.from(await readInputFile(resolve(cwd, file), file, "jsonBytes")),
      file,
    ))
      found.push(statement);
  return found;
}

/** Subjects that VEX statements may refer to. */
export function vexSubject({ subject, components, evidence }: ScanSubject): VexSubject {
  const { name, digests } = subject;
  const platform = evidence.image === undefined ? {} : { platform: evidence.image.platform };
  return { name, ...platform, digests, purls: components.map(({ facts, os }) => purlOf(facts, os)) };
}
