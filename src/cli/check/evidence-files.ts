import { resolve } from "node:path";
import { countedEvidence, EvidenceStore } from "../../assess/run/evidence-store.ts";
import { inDocumentTime } from "../../contract/document-time.ts";
import type { EvidencePiece, EvidenceText } from "../../evidence/file.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import { VERSION } from "../process/version.ts";
import { OutputFile } from "../process/write-output.ts";
import { warn } from "../terminal/failure.ts";

/** Evidence in files that the user named, restricted to evidence that counts by the policy. */
export async function readEvidence(
  { context, lang, quiet }: Session,
  files: readonly string[],
  policy: Policy = {},
): Promise<EvidenceStore> {
  const pieces: EvidencePiece[] = [];
  for (const file of files) {
    const text = await readInputFile(resolve(context.cwd, file), file, "jsonBytes");
    // Schemas are loaded only if there is a file to read.
    const { parseEvidence } = await import("../../evidence/file.ts");
    for (const piece of inDocumentTime(text.length, () => parseEvidence(text, file))) pieces.push(piece);
  }
  const { counted, left } = countedEvidence(pieces, policy);
  for (const text of quiet ? [] : left) await warn(text, context, lang);
  return new EvidenceStore(counted, files);
}

/** Evidence file of a run, written while verdicts arrive; not created if there is no evidence. */
export class EvidenceFile {
  readonly #output: OutputFile;
  #text: EvidenceText | undefined;

  /** @param file absolute */
  constructor(file: string, ambient: Pick<Context, "signal" | "catchSignals" | "cwd">) {
    this.#output = new OutputFile(file, ambient);
  }

  async add(pieces: readonly EvidencePiece[]): Promise<void> {
    if (pieces.length === 0) return;
    if (this.#text === undefined) {
      const file = await import("../../evidence/file.ts");
      this.#text = new file.EvidenceText();
      await this.#output.write(this.#text.begin(VERSION));
    }
    for (const piece of pieces) await this.#output.write(this.#text.add(piece));
  }

  async close(): Promise<void> {
    if (this.#text === undefined) return;
    await this.#output.write(this.#text.end());
    await this.#output.close();
  }

  /** Discards an incomplete file. */
  async discard(): Promise<void> {
    await this.#output.discard();
  }
}
