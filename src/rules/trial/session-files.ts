/**
 * Sessions of users in files of frameworks. PHP and Symfony: `sess_…`; CodeIgniter: `ci_session…`; Django:
 * `sessionid…`; Laravel, CakePHP, Express: in `sessions/`; Flask-Session: `flask_session/`; Tomcat:
 * SESSIONS.ser.
 */
const SESSION =
  /\/(?:sess_|ci_session|sessionid)[\w,-]{16,256}$|\/(?:flask_session|sessions)\/[\w-]{20,256}(?:\.json)?$|\/SESSIONS\.ser$/;

/** Whether a file is a user session. A session is missing in other replicas, wherever it is stored. */
export function isSessionFile(path: string): boolean {
  return SESSION.test(path);
}
