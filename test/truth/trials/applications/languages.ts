/** Packages of Debian that several applications share, so that a layer is made once. */
export const PYTHON = [
  "celery",
  "gunicorn",
  "python3-aiohttp",
  "python3-aiosmtpd",
  "python3-celery",
  "python3-django",
  "python3-fastapi",
  "python3-flask",
  "python3-redis",
  "python3-rq",
  "python3-tornado",
  "python3-waitress",
  "uvicorn",
] as const;

export const RUBY = [
  "puma",
  "ruby-rack",
  "ruby-rackup",
  "ruby-sinatra",
  "ruby-webrick",
  "thin",
  "unicorn",
] as const;
