import type { SettingLine } from "./setting-line.ts";

/** `env[DB_HOST] = x` of PHP-FPM. */
const OF_POOL = /^[ \t]{0,40}env\[([A-Za-z_]\w{0,100})\][ \t]{0,20}=[ \t]{0,20}["']?([^\s"';]{1,500})/;
/** `SetEnv DB_HOST x` of Apache, `fastcgi_param DB_HOST x;` of nginx. */
const OF_SERVER =
  /^[ \t]{0,40}(?:SetEnv|(?:fastcgi|uwsgi|scgi)_param|passenger_env_var)[ \t]{1,20}([A-Za-z_]\w{0,100})[ \t]{1,20}["']?([^\s"';]{1,500})/i;
/** A pair of Erlang: `{hostname, <<"x">>}`. */
const PAIR = /\{\s{0,20}([a-z]\w{0,60})\s{0,20},\s{0,20}(?:<<)?"([^"\n]{1,500})"/g;

/** Variables that a server's configuration gives to the application behind the server. */
export function serverVariables(text: string): readonly SettingLine[] {
  return text.split("\n").flatMap((line, index) => {
    const [, name, value = ""] = OF_POOL.exec(line) ?? OF_SERVER.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value, line: index + 1 }];
  });
}

/** Settings of Erlang's terms, as in a release's sys.config; comments are left out. */
export function erlangSettings(text: string): readonly SettingLine[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /^\s{0,200}%/.test(line)
        ? []
        : [...line.matchAll(PAIR)].map(([, name = "", value = ""]) => ({ name, value, line: index + 1 })),
    );
}

/** The variable of a folder of variables, each in its own file, as s6 and daemontools read them. */
export function variableOfFile(text: string, path: string): readonly SettingLine[] {
  return [{ name: path.slice(path.lastIndexOf("/") + 1), value: text.trim(), line: 1 }];
}
