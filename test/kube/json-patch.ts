// JSON patch (RFC 6902): the operations that webhooks answer with.

/** Operation of a JSON patch. */
export interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** @throws Error for a path that is not there */
export function jsonPatch(target: unknown, operations: readonly Operation[]): unknown {
  const result = structuredClone(target);
  for (const { op, path, value } of operations) {
    const keys = path
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop() ?? "";
    const parent = keys.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      result,
    );
    if (typeof parent !== "object" || parent === null)
      throw new Error(`${op} operation does not apply: ${path}`);
    const fields = parent as Record<string, unknown>;
    if (op !== "add" && !(last in fields)) throw new Error(`${op} operation does not apply: ${path}`);
    if (op === "remove") delete fields[last];
    else if (op === "add" || op === "replace") fields[last] = value;
    else throw new Error(`the fake API server does not know the operation ${op}`);
  }
  return result;
}
