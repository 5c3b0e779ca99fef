export function asWritten(name: string): string {
  return name;
}

export function caseless(name: string): string {
  return name.toLowerCase();
}

/** Normalised name: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
