/**
 * A character escaped as in JSON and JavaScript (`\u202e`), by code unit: two escapes for a character beyond
 * the basic plane.
 */
export function escapedUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
