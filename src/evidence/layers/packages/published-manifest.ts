/** A text search instead of parsing, since an image has thousands of manifests. */
const PRIVATE = /"private"\s{0,8}:\s{0,8}true/;
const NO_LICENCE = /"licen[cs]e"\s{0,8}:\s{0,8}"(?:UNLICENSED|proprietary)"/i;
/** A registry of its own, or packages that only members of an organisation may read. */
const OWN_REGISTRY =
  /"publishConfig"\s{0,8}:\s{0,8}\{[^{}]{0,300}?(?:"access"\s{0,8}:\s{0,8}"restricted"|"(?:@[\w-]{1,60}:)?registry"\s{0,8}:\s{0,8}"https?:\/\/(?!registry\.(?:npmjs\.(?:org|com)|yarnpkg\.com)|npm\.jsr\.io))/;
/** Statements of published packages: 2 of 2,201 have neither (ADR 0312). */
const STATED = /"(?:licen[cs]es?|repository)"\s{0,8}:/;

/** Whether a manifest (npm or Composer) describes a published package of this name rather than a private one. */
export function isPublishedManifest(name: string, text: string): boolean {
  if (!text.includes(`"name": "${name}"`) && !text.includes(`"name":"${name}"`)) return false;
  return !PRIVATE.test(text) && !NO_LICENCE.test(text) && !OWN_REGISTRY.test(text);
}

/** Whether a manifest states a licence or a repository. */
export function statesOrigin(text: string): boolean {
  return STATED.test(text);
}
