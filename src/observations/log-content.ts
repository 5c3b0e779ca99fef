/** Names of log files: `app.log`, `app.log.1`, `logs/server.out`, `access_log`. */
export const LOG_NAME =
  /(?:\.log(?:[.-][\w.-]{1,40})?|\/logs?\/[^/]+\.(?:out|err)|[/._-](?:access|error)_log)$/;

/** Logs of build and start tools, which are not the application's. */
export const TOOL_LOG =
  /\/_logs\/|\/(?:npm-debug|yarn-(?:debug|error)|pnpm-debug|lerna-debug|pip|config|build|install|cmakeoutput|cmakeerror|changes|changelog)\.log$/i;

/** Time at the beginning of a line, as loggers write it: ISO 8601, syslog, CLF, epoch. */
export const LOG_STAMP =
  /^[^\n]{0,80}(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|"(?:time|timestamp|ts)":\s*"?\d{4})/m;
