import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import { missingElements, PROFILES, type Profile } from "../../sbom/profiles/profiles.ts";
import { suggestion } from "../command-line/nearest.ts";

export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ id }) => id);

/** Profile with this name. A UsageError `profile-unknown` suggests a similar name. */
export function parseProfile(name: string): Profile {
  const profile = PROFILES.find(({ id }) => id === name);
  if (profile !== undefined) return profile;
  const { fr, en } = suggestion(name, PROFILE_NAMES);
  throw new UsageError("profile-unknown", {
    fr: `Profil inconnu : ${quoted(name)}. ${fr}`,
    en: `Unknown profile: ${quoted(name)}. ${en}`,
  });
}

/** Maximum number of components named per element, unless all are requested. */
const NAMED = 5;

/** Sentences about elements of the profile that are missing in the document or in some components. */
export function profileTexts(document: SbomDocument, profile: Profile, isVerbose: boolean): readonly Text[] {
  const all = document.components.length;
  const missing = missingElements(document, profile).map(({ name, components }) => {
    if (components === undefined) {
      return {
        fr: `${profile.id} : le document ne donne pas : ${name.fr}.`,
        en: `${profile.id}: the document does not state: ${name.en}.`,
      };
    }
    const count = components.length;
    if (count === all && !isVerbose) {
      return {
        fr: `${profile.id} : ${name.fr} : manque à tous les composants (${all}).`,
        en: `${profile.id}: no ${name.en} for any component (${all}).`,
      };
    }
    const shown = components.slice(0, isVerbose ? all : NAMED);
    const named = shown.map(quoted).join(", ");
    const more = shown.length < count ? ", …" : "";
    return {
      fr: `${profile.id} : ${name.fr} : manque à ${count} composants sur ${all} : ${named}${more}`,
      en: `${profile.id}: no ${name.en} for ${count} of ${all} components: ${named}${more}`,
    };
  });
  if (missing.length > 0) return missing;
  return [{ fr: `${profile.id} : rien ne manque.`, en: `${profile.id}: nothing is missing.` }];
}
