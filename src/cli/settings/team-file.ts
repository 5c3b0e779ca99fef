/** The team's settings, found in the current folder. */
export const TEAM_FILE = "douane.yaml";
