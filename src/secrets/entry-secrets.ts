import { namedSecret } from "./credential-files.ts";
import { codeUnits, findSecrets, mayHoldCompiledSecret } from "./find.ts";
import { maskValue, secretId } from "./mask.ts";
import { type SecretHit, scanFile } from "./scan.ts";
import { ScannedText } from "./scanned-text.ts";

/** Tokens, cloud keys and addresses with a password in the name of a file or the target of a link. */
export function scanName(name: string): readonly SecretHit[] {
  if (!mayHoldCompiledSecret(name)) return [];
  const scanned = new ScannedText(() => name, "");
  return findSecrets(scanned, codeUnits(name), "binary").map(({ kind, confidence, value, end }) => {
    // The path of every file in a folder repeats the folder's name, so the identifier ends with the folder.
    const id = secretId(kind, scanned.text.slice(0, end), value);
    return { kind, confidence, masked: maskValue(value), id, line: 0 };
  });
}

/** Secrets in an extended attribute of a file, found by content or by the attribute's name. */
export function scanAttribute(path: string, name: string, value: Uint8Array): readonly SecretHit[] {
  const place = `${path} ${name}`;
  const found = scanFile(place, value);
  if (found.length > 0) return found.map((hit) => ({ ...hit, line: 0 }));
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8");
  return namedSecret({ name, value: text, start: 0, end: text.length }).map(({ kind, confidence }) => {
    return { kind, confidence, masked: maskValue(text), id: secretId(kind, place, text), line: 0 };
  });
}
