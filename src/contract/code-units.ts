/** A character as JSON and JavaScript escape it (`\u202e`): by code unit, so two beyond the basic plane. */
export function escapedUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
