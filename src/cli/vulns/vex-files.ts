import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ScannedSubject } from "../../assess/vulnerability-scan.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { purlOf } from "../../sbom/purl.ts";
import { readVex } from "../../vulnerabilities/vex/read-vex.ts";
import type { VexStatement } from "../../vulnerabilities/vex/statement.ts";
import type { VexSubject } from "../../vulnerabilities/vex/vex-subject.ts";
import type { Context } from "../process/context.ts";

/** The statements of VEX documents, in their order. */
export async function statementsOf(
  { cwd }: Pick<Context, "cwd">,
  files: readonly string[],
): Promise<readonly VexStatement[]> {
  const found: VexStatement[] = [];
  for (const file of files)
    for (const statement of readVex(await bytesOf(cwd, file), file)) found.push(statement);
  return found;
}

async function bytesOf(cwd: string, file: string): Promise<Uint8Array> {
  const path = resolve(cwd, file);
  try {
    const { size } = await stat(path);
    if (size <= LIMITS.jsonBytes) return await readFile(path);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw new InvalidInputError("vex-invalid", {
    fr: `${file} est plus long que ${LIMITS.jsonBytes} octets (limite jsonBytes).`,
    en: `${file} is longer than ${LIMITS.jsonBytes} bytes (limit jsonBytes).`,
  });
}

function unreadable(file: string, cause: unknown): InvalidInputError {
  return new InvalidInputError(
    "vex-unreadable",
    {
      fr: `Le document VEX ${file} n'est pas lisible : vérifier son chemin.`,
      en: `The VEX document ${file} cannot be read: check its path.`,
    },
    { cause },
  );
}

/** What statements may be about. */
export function vexSubject({ subject, components }: ScannedSubject): VexSubject {
  const { name, digests } = subject;
  return { name, digests, purls: components.map(({ facts, os }) => purlOf(facts, os)) };
}
