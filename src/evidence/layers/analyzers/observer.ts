import { InvalidInputError } from "../../../contract/error.ts";
import { firstBytes } from "../../../contract/first-bytes.ts";
import type { Digest } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { ImageBudget } from "../../../image/layer/budget.ts";
import { EntryRecorder } from "../../../image/layer/entries.ts";
import type { TarMember } from "../../../image/tar/member.ts";
import type { TarVisitor } from "../../../image/tar/walk.ts";
import { maskText, scanFile, secretScope } from "../../../secrets/scan.ts";
import type { KeptContent, LayerFacts, LayerSecret } from "../facts.ts";
import { isScript, scriptBytes, type WantedContent } from "./wanted-content.ts";

/** Read beyond what is kept, so that a secret across the cut is recognized, and masked, whole. */
const MASK_MARGIN = 8 * 1024;

/** What shall become of the content of one file. */
interface Plan {
  readonly entry: number;
  readonly path: string;
  /** Bytes to scan for secrets. */
  readonly scan: number;
  /** Bytes to keep, because they were asked for. */
  readonly keep: number;
  /** Bytes to keep should it be a script. */
  readonly script: number;
}

/** Makes a layer's facts while its tar streams by. */
export class LayerObserver implements TarVisitor {
  readonly #wanted: WantedContent;
  readonly #also: ReadonlyMap<number, number>;
  readonly #budget: ImageBudget;
  readonly #recorder = new EntryRecorder();
  readonly #matched: number[] = [];
  readonly #contents: KeptContent[] = [];
  readonly #scripts: number[] = [];
  readonly #secrets: LayerSecret[] = [];
  #keptBytes = 0;
  #plan: Plan | undefined;

  /** @param also entries of which so many bytes are kept, whatever their header says */
  constructor(wanted: WantedContent, budget: ImageBudget, also: ReadonlyMap<number, number>) {
    this.#wanted = wanted;
    this.#budget = budget;
    this.#also = also;
  }

  member(member: TarMember): number {
    const entry = this.#recorder.length;
    const path = this.#recorder.add(member);
    this.#budget.addEntries(1, path.length + member.link.length);
    const { size, type, mode, capability } = member;
    if (type === "hardlink") return 0;
    const file = { path, type, mode, capability };
    const { isMatched, bytes } = this.#wanted.of(file);
    if (isMatched) this.#matched.push(entry);
    if (type !== "file" || size === 0) return 0;
    const scan = secretScope(path, size) === "none" ? 0 : size;
    const keep = Math.max(this.#also.get(entry) ?? 0, bytes);
    const script = scriptBytes(file, size);
    const read = Math.max(scan, keep > 0 ? keep + MASK_MARGIN : 0, script);
    if (read > 0) this.#plan = { entry, path, scan, keep, script };
    return read;
  }

  body(member: TarMember, bytes: Uint8Array): void {
    const plan = this.#plan;
    if (plan === undefined) return;
    if (member.sparse) this.#budget.addUnpacked(bytes.length);
    if (plan.scan > 0) this.#scan(plan, bytes);
    const isOne = plan.script > 0 && isScript(member.mode, bytes[0], bytes[1]);
    const keep = Math.max(plan.keep, isOne && plan.script === member.size ? plan.script : 0);
    if (keep > 0) this.#keep(plan, bytes, keep, member.size);
    else if (isOne) this.#scripts.push(plan.entry);
  }

  facts(diffId: Digest, unpackedBytes: number): LayerFacts {
    const entries = this.#recorder.entries();
    const [matched, contents] = [this.#matched, this.#contents];
    const [scripts, secrets] = [this.#scripts, this.#secrets];
    return { diffId, unpackedBytes, entries, matched, contents, scripts, secrets };
  }

  #scan({ entry, path, scan }: Plan, bytes: Uint8Array): void {
    for (const hit of scanFile(path, bytes.subarray(0, scan))) this.#secrets.push({ entry, ...hit });
    if (this.#secrets.length <= LIMITS.secretsPerLayer) return;
    throw new InvalidInputError("layer-secret-limit", {
      fr: `la couche contient plus de ${LIMITS.secretsPerLayer} secrets (borne secretsPerLayer)`,
      en: `the layer holds more than ${LIMITS.secretsPerLayer} secrets (bound secretsPerLayer)`,
    });
  }

  #keep({ entry, path }: Plan, bytes: Uint8Array, limit: number, size: number): void {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, limit + MASK_MARGIN));
    const masked = maskText(head.toString("utf8"), path);
    const room = Math.max(0, LIMITS.keptBytesPerLayer - this.#keptBytes);
    const hasRoom = Math.min(Buffer.byteLength(masked), limit) <= room;
    const isCut = size > limit || !hasRoom;
    const text = isCut ? firstBytes(masked, Math.min(limit, room)) : masked;
    this.#keptBytes += Buffer.byteLength(text);
    // Where there is no room, asking again gives no more.
    const cutAt = hasRoom ? limit : LIMITS.keptFileBytes;
    this.#contents.push({ entry, text, ...(isCut ? { cutAt } : {}) });
  }
}
