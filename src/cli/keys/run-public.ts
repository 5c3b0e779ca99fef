import { createPublicKey, type KeyObject } from "node:crypto";
import { vaultKeyVersions } from "../../attest/keys/vault/vault-key.ts";
import { VAULT_SCHEME, vaultSettings } from "../../attest/keys/vault/vault-settings.ts";
import { EXIT } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import { readLocalKey, vaultConnection } from "../attest/read-key.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import type { PublicValues } from "./flags.ts";

/** `douane keys public --key KEY`. Readers of PEM ignore text before the block. */
export async function runPublic({ context }: Session, { key, caFile }: PublicValues): Promise<number> {
  const blocks =
    key?.startsWith(VAULT_SCHEME) === true
      ? await context.catchSignals(() => versionsIn(context, key, caFile))
      : [block(await readLocalKey(context, key))];
  await context.stdout.write(blocks.join(""));
  return EXIT.admitted;
}

async function versionsIn(
  context: Context,
  given: string,
  caFile: string | undefined,
): Promise<readonly string[]> {
  const settings = vaultSettings(given, context.env);
  const http = vaultConnection(context, caFile);
  try {
    const versions = await vaultKeyVersions(http, settings);
    return versions.map((one) => block(one, `version ${one.version}, ${excerpt(one.created)}, `));
  } finally {
    await http.close();
  }
}

function block({ id, key }: { readonly id: string; readonly key: KeyObject }, what = ""): string {
  const open = key.type === "private" ? createPublicKey(key) : key;
  return `# ${what}key ${id}\n${open.export({ type: "spki", format: "pem" }).toString()}`;
}
