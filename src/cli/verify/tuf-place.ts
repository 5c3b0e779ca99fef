import { dirname, resolve } from "node:path";
import type { UpdatableRoot } from "../../contract/certificate-policy.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Context } from "../process/context.ts";
import { loadPolicyText } from "../settings/load-policy.ts";
import type { VerifyValues } from "./flags.ts";

/** A trusted root to update. Each path is absolute; each name is as written in the options or the policy. */
export interface TufPlace {
  readonly mirror: string;
  /** root.json that the user pinned. */
  readonly pinned: { readonly path: string; readonly name: string };
  /** trusted_root.json that is written. */
  readonly target: { readonly path: string; readonly name: string };
}

/** Folder beside a trusted_root.json with the metadata of its last update. */
export function metadataFolder(trustedRoot: string): string {
  return `${trustedRoot}.tuf`;
}

/**
 * Roots to update: the root that the options name, otherwise the roots of the policy, whose trusted_root.json
 * may not exist yet.
 *
 * @throws UsageError tuf-options, tuf-policy, tuf-nothing; as loadPolicyText()
 */
export async function tufPlaces({ cwd }: Context, values: VerifyValues): Promise<readonly TufPlace[]> {
  const { tufMirror: mirror, tufRoot: root, trustedRoot: file, policy } = values;
  if ([mirror, root, file].some((one) => one !== undefined)) {
    if (mirror === undefined || root === undefined || file === undefined) throw incomplete();
    return [
      {
        mirror,
        pinned: { path: resolve(cwd, root), name: root },
        target: { path: resolve(cwd, file), name: file },
      },
    ];
  }
  if (policy === undefined) throw incomplete();
  if (policy.startsWith("oci://")) throw published(policy);
  const path = resolve(cwd, policy);
  const { attestations } = await loadPolicyText(path, policy);
  const roots = (attestations?.authorities ?? []).flatMap((one) =>
    one.kind === "sigstore" && isUpdatable(one.trustedRoot) ? [one.trustedRoot] : [],
  );
  if (roots.length === 0) throw nothing(policy);
  const place = (name: string) => ({ path: resolve(dirname(path), name), name });
  return roots.map(({ file: target, tuf }) => ({
    mirror: tuf.mirror,
    pinned: place(tuf.root),
    target: place(target),
  }));
}

function isUpdatable(root: Partial<UpdatableRoot> | undefined): root is UpdatableRoot {
  return root?.tuf !== undefined && root.file !== undefined;
}

function incomplete(): UsageError {
  return new UsageError("tuf-options", {
    fr: "--update-root : donner --policy FICHIER, dont trustedRoot.tuf dit où, ou ensemble --tuf-mirror URL, --tuf-root FICHIER (root.json épinglé) et --trusted-root FICHIER (à écrire).",
    en: "--update-root: give --policy FILE, whose trustedRoot.tuf says where, or together --tuf-mirror URL, --tuf-root FILE (the pinned root.json) and --trusted-root FILE (to be written).",
  });
}

function published(policy: string): UsageError {
  return new UsageError("tuf-policy", {
    fr: `--update-root : ${quoted(policy)} est publiée et contient sa racine. Mettre à jour là où la politique est écrite, puis la publier à nouveau (« douane policy push »).`,
    en: `--update-root: ${quoted(policy)} is published and contains its root. Update where the policy is written, then publish it again (\`douane policy push\`).`,
  });
}

function nothing(policy: string): UsageError {
  return new UsageError("tuf-nothing", {
    fr: `--update-root : aucune autorité de ${quoted(policy)} n'a trustedRoot.tuf (mirror et root), à côté de file. L'ajouter, ou donner --tuf-mirror, --tuf-root et --trusted-root.`,
    en: `--update-root: no authority of ${quoted(policy)} has trustedRoot.tuf (mirror and root), beside file. Add it, or give --tuf-mirror, --tuf-root and --trusted-root.`,
  });
}
