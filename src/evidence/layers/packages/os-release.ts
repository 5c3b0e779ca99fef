import type { OsFacts } from "../../../contract/package-facts.ts";

/** Whether the path may be /etc/os-release or its link's target. */
export function isOsRelease(path: string): boolean {
  return path.endsWith("/os-release");
}

/**
 * Whether ID or VERSION_ID occurs twice with different values: some readers take the first, others the last.
 */
export function saysTwoSystems(bytes: Buffer): boolean {
  const fields = new Map<string, string>();
  return bytes
    .toString("utf8")
    .split(/\r?\n/)
    .some((line) => {
      const at = line.indexOf("=");
      const [name, value] = [line.slice(0, Math.max(at, 0)), unquoted(line.slice(at + 1).trim())];
      if (name !== "ID" && name !== "VERSION_ID") return false;
      const known = fields.get(name);
      fields.set(name, value);
      return known !== undefined && known !== value;
    });
}

/** Facts of os-release(5); undefined without an ID. */
export function osRelease(bytes: Buffer): OsFacts | undefined {
  const fields = new Map<string, string>();
  for (const line of bytes.toString("utf8").split(/\r?\n/)) {
    const at = line.indexOf("=");
    if (at > 0 && !line.startsWith("#")) fields.set(line.slice(0, at), unquoted(line.slice(at + 1).trim()));
  }
  const [id, version, name] = ["ID", "VERSION_ID", "PRETTY_NAME"].map((field) => fields.get(field));
  if (id === undefined || id === "") return undefined;
  return { id, ...(version === undefined ? {} : { version }), ...(name === undefined ? {} : { name }) };
}

/** Value without quotation marks, as a shell would read it. */
function unquoted(text: string): string {
  const quote = text[0];
  if ((quote !== '"' && quote !== "'") || text.length < 2 || !text.endsWith(quote)) return text;
  return text.slice(1, -1).replace(/\\([$"'\\`])/g, "$1");
}
