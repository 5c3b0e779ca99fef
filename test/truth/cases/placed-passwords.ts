// Row 7: passwords and keys by their place in code, in tables, and in settings of products.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

const HEX = "9f3a7c1e5b8d2046af71c3e98d5b0264";

export const cases: Cases = [
  ...bakedFiles(
    {
      "app/lib/db.tcl": 'set password "Hiver2024!"\n',
      "app/lib/cfg.tcl": "array set cfg {\n  user app\n  password Hiver2024!\n}\n",
      "app/lib/open.tcl": 'set db [tdbc::postgres::connection new -user app -password "Hiver2024!"]\n',
      "app/bin/copy.exp": 'spawn scp a b:\nexpect "assword:"\nsend "Hiver2024!\\r"\n',
      "app/data/accounts.csv": "id,login,password\n1,alice,kJqmXvLpRtZwBn\n",
      "app/data/export.csv": 'sep=;\nid;nom;mot de passe\n1;"Durand; Alice";k8Jq2mX7vL\n',
      "app/server.js": "app.use(basicAuth({ users: { admin: 'Hiver2024!' } }));\n",
      "app/koa.js": "app.use(auth({ name: 'admin', pass: 'Hiver2024!' }));\n",
      "app/main.py": 'ok = secrets.compare_digest(credentials.password, "Hiver2024!")\n',
      "app/app.ts": "app.use('/admin', basicAuth({ username: 'admin', password: 'Hiver2024!' }));\n",
      "app/controllers/admin_controller.rb":
        '  http_basic_authenticate_with name: "admin", password: "Hiver2024!"\n',
      "app/src/Security.java": 'User.withUsername("admin").password("{noop}Hiver2024!").build();\n',
      "var/www/html/config/config.ini.php": `; <?php exit; ?>\n[General]\nsalt = "${HEX}"\n`,
      "var/www/grav/user/config/security.yaml": "xss_enabled:\n  on_events: true\nsalt: k8Jq2mX7vL4pR9\n",
      "app/src/mail.js": `const mg = mailgun.client({ username: "api", key: "key-${HEX}" });\n`,
    },
    "no",
    "A secret by its place.",
  ),
  ...bakedFiles(
    {
      "app/lib/db.tcl":
        'set password $env(DB_PASSWORD)\nset token [read $file]\nputs "Password: "\n# set password "Hiver2024!"\n',
      "app/data/labels.csv": "key,password_label\na,Mot de passe\nb,MotDePasseOublie\n",
      "app/server.js": "app.use(basicAuth({ users: { admin: process.env.ADMIN_PASSWORD } }));\n",
      "app/controllers/admin_controller.rb":
        '  http_basic_authenticate_with name: "admin", password: ENV.fetch("ADMIN_PASSWORD")\n',
      "app/src/Security.java": 'passwordEncoders.put("noop", "{noop}");\n',
      "var/www/html/config/config.ini.php": '; <?php exit; ?>\n[General]\nsalt = ""\n',
      "app/cache.json": `{"entry":"key-${HEX}"}\n`,
    },
    "yes",
    "No secret, or one that is given at start.",
  ),
];
