import { resolve } from "node:path";
import { readPublicKey } from "../../attest/keys/public-key.ts";
import { readSignedPolicy, type SignedPolicy } from "../../attest/signed-policy/read-policy.ts";
import { policyRefused } from "../../attest/signed-policy/refusal.ts";
import { verifyCurrent } from "../../attest/signed-policy/verify-current.ts";
import { UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { parseReference, type Reference } from "../../net/reference.ts";
import { Registries } from "../../net/registry/registries.ts";
import { POLICY_KEYS, type Policy, policySchema } from "../../policy/policy.ts";
import { withApplications } from "../../policy/with-applications.ts";
import type { Session } from "../command-line/command.ts";
import { readInputFile } from "../process/input-file.ts";
import { warn } from "../terminal/failure.ts";
import { parseYaml } from "./document/yaml.ts";
import type { PolicyRequest } from "./policy-flags.ts";
import { withSignerKeys } from "./policy-keys.ts";
import { policyState } from "./policy-state.ts";
import { validate } from "./validate.ts";

/** A verified policy of a registry. */
export interface LoadedPolicy {
  readonly signed: SignedPolicy;
  readonly policy: Policy;
}

/**
 * Loads a signed policy from a registry. Its signature, name, serial and validity are verified before
 * anything else is used.
 *
 * @throws UsageError policy-key-missing, policy-state, settings-invalid
 * @throws InvalidInputError as readSignedPolicy() and verifyCurrent()
 */
export async function loadSignedPolicy(session: Session, request: PolicyRequest): Promise<LoadedPolicy> {
  const { policy: what, policyKey, policySerial: minimum } = request;
  const { context, lang, quiet } = session;
  if (policyKey.length === 0) throw keyMissing(what);
  const keys = await Promise.all(
    policyKey.map(async (file) =>
      readPublicKey(await readInputFile(resolve(context.cwd, file), file, "settingsBytes"), file),
    ),
  );
  const reference = parseReference(what.slice("oci://".length));
  const signed = await fetched(session, request, reference, keys);
  const state = policyState(context, `${reference.registry}/${reference.repository}:${signed.name}`);
  const seen = state.seen();
  const floor = { ...(minimum === undefined ? {} : { minimum }), ...(seen === undefined ? {} : { seen }) };
  verifyCurrent(signed, floor, context.now().getTime(), what);
  const policy = await validated(signed, what);
  const isKept = state.keep(signed) || seen?.serial === signed.serial;
  if (!quiet && minimum === undefined && !isKept) await warn(notKept(signed), context, lang);
  else if (!quiet && minimum === undefined && seen === undefined) await warn(unpinned(signed), context, lang);
  return { signed, policy };
}

async function fetched(
  { context: { env, cwd, signal } }: Session,
  { policy: what, insecureRegistry, caFile }: PolicyRequest,
  reference: Reference,
  keys: Parameters<typeof readSignedPolicy>[2],
): Promise<SignedPolicy> {
  const registries = new Registries({
    env,
    signal,
    insecureRegistries: insecureRegistry,
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
  });
  const reader = registries.reader(reference);
  try {
    return await readSignedPolicy(reader, { ...reference, what }, keys);
  } finally {
    reader.close();
    await registries.close();
  }
}

/**
 * The policy by its schema. Keys must be PEM inside the policy, since a file of this machine is not signed.
 */
async function validated({ policy }: SignedPolicy, what: string): Promise<Policy> {
  const yaml = parseYaml(JSON.stringify(policy, null, 2), what);
  const valid = validate(yaml, what, { schema: policySchema, keys: POLICY_KEYS });
  if (namesFile(valid.attestations)) throw policyRefused("policy-file", what, FILE);
  return withApplications(await withSignerKeys(valid, what));
}

/** Whether a part of the section names a file. */
function namesFile(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, one]) => (key === "file" && typeof one === "string") || namesFile(one),
  );
}

const FILE: Text = {
  fr: "elle nomme un fichier (file) au lieu de contenir la clé ; la publier par « douane policy push », qui l'y met",
  en: "it names a file (file) in place of holding the key; publish it with `douane policy push`, which puts it in",
};

function keyMissing(what: string): UsageError {
  return new UsageError("policy-key-missing", {
    fr: `--policy ${what} : donner la clé publique qui l'a signée (--policy-key FICHIER). Elle vient d'ailleurs que la politique, sinon n'importe qui pourrait signer la sienne.`,
    en: `--policy ${what}: give the public key that signed it (--policy-key FILE). It comes from outside the policy, or anybody could sign one of their own.`,
  });
}

function notKept({ serial }: SignedPolicy): Text {
  return {
    fr: `le numéro de politique vu ici (${serial}) n'est pas gardé : le répertoire d'état (XDG_STATE_HOME, sinon HOME) manque, ne peut être écrit, ou se trouve dans le répertoire courant ou dans un dépôt, dont le contenu est jugé. Une ancienne politique ne serait pas reconnue : lancer douane d'un autre répertoire, ou fixer le minimum (--policy-serial ${serial})`,
    en: `the serial of the policy seen here (${serial}) is not kept: the state folder (XDG_STATE_HOME, else HOME) is missing, cannot be written, or lies in the working directory or in a repository, whose content is judged. An old policy would not be recognised: run douane from another directory, or pin the minimum (--policy-serial ${serial})`,
  };
}

function unpinned({ serial }: SignedPolicy): Text {
  return {
    fr: `première politique vue ici (numéro ${serial}) : rien ne dit si elle est la dernière. Dans un job, qui ne garde rien, fixer le minimum : --policy-serial ${serial}`,
    en: `first policy seen here (serial ${serial}): nothing says whether it is the newest. In a job, which keeps nothing, pin the minimum: --policy-serial ${serial}`,
  };
}
