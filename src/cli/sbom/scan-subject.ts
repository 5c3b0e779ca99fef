import { resolve } from "node:path";
import { collectImage, type DocumentedEvidence } from "../../assess/collect-image.ts";
import { documentSubject, imageSubject, type ScanSubject } from "../../assess/scanned-subject.ts";
import type { Policy } from "../../policy/policy.ts";
import { CheckEvents } from "../check/events.ts";
import { portsOf } from "../check/ports.ts";
import type { Session } from "../command-line/command.ts";
import { type SourceValues, sbomDocument } from "./operand.ts";

/** Packages of an image or of an SBOM, to be compared with vulnerability data. */
export async function scanSubject(
  session: Session,
  values: SourceValues,
  given: string,
  policy: Policy,
): Promise<ScanSubject> {
  const document = await sbomDocument(session.context, given);
  if (document !== undefined) return documentSubject(document, given);
  return imageSubject(await imageEvidence(session, values, given, policy));
}

/** Evidence of an image, as `check` collects it. */
export async function imageEvidence(
  session: Session,
  { platform, noCache, insecureRegistry, caFile }: SourceValues,
  given: string,
  policy: Policy,
): Promise<DocumentedEvidence> {
  const { context, lang } = session;
  const events = new CheckEvents(session, lang, undefined);
  const asked = {
    policy,
    insecureRegistries: insecureRegistry,
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(context.cwd, caFile) }),
  };
  try {
    return await collectImage(given, asked, portsOf(context, noCache, events));
  } finally {
    await events.clear();
  }
}
