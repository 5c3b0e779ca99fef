/**
 * Folders of dependencies and of packages of distributions: files in them are no evidence of the
 * application's behaviour. /usr/src (where Node's image documentation puts applications) and
 * /usr/share/nginx/html are excluded.
 */
const DEPENDENCIES =
  /\/(?:node_modules|site-packages|dist-packages|gems|vendor|bower_components|\.venv|\.m2|\.nuget|\.cargo|\.npm|\.yarn|\.pnpm-store|\.cache|pkg\/mod)\//;
const SYSTEM =
  /^\/(?:usr\/(?:share(?!\/nginx\/html\/)|lib|lib64|libexec|include|games|local\/(?:lib|share|include))|lib|lib64|opt\/(?:conda|java|jdk|yarn)[^/]*|nix|proc|sys|cnb|layers\/[^/]*\/(?:jre|jdk|node|cpython)|etc\/(?:pki|ssl|alternatives|java[^/]*))\//;
const FIXTURES = /\/(?:tests?|specs?|__tests__|fixtures?|testdata|test-data|docs?|examples?|samples?)\//i;

export function isDependency(path: string): boolean {
  return DEPENDENCIES.test(path) || SYSTEM.test(path);
}

/** Whether a file contains data for tests, documentation or examples. */
export function isFixture(path: string): boolean {
  return FIXTURES.test(path);
}
