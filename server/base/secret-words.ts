/** Words for a secret that stay such a word whatever is written before them: `dbpassword`, `clientSecret`, `MASTER_PASSPHRASE`. */
const anywhere = String.raw`passwords?|passwd|passphrase|passwort|passwörter|kennw[oö]rt(?:er)?|secrets?|pwd|credentials?|contraseñas?|contrasenas?|senhas?|wachtwoord(?:en)?|zugangsdaten|lösenord|hasło|api[ _-]?key|(?:access|auth|secret|private|encryption|signing|shared|master|account|bearer)[ _-]?(?:access[ _-]?)?(?:key|token)|token`;
/** Words for a secret that are parts of other words, too (`compass`), so only a sign stands before them. */
const alone = String.raw`pass|passcode|pw|psw|pswd|mdp|mot de passe|clave|creds?|parola d['’]ordine`;

/** Source of a pattern for a word that says a secret, with what names it: `pw`, `db_password`, `clientSecret`. For the flags `iu`. */
export const secretWord = String.raw`(?<![\p{L}\p{N}_-])(?:[\p{L}\p{N}_-]{0,60}(?:${anywhere})|(?:[\p{L}\p{N}_-]{0,60}[_-])?(?:${alone}))(?![\p{L}\p{N}_])`;

/** Source of a pattern for a value as it is written: between its marks of quotation, or up to a blank. */
export const writtenValue = String.raw`(?:"[^"\n]{1,400}"|“[^”\n]{1,400}”|„[^“”\n]{1,400}[“”]|«[^»\n]{1,400}»|'(?:[^'\n]|'(?=\p{L})){1,400}'(?!\p{L})|\S+)`;

/** A key as it is written into a file, with all lines of it, or what of it was pasted. */
export const armoured = /-----BEGIN [A-Z0-9 ]{1,40}-----(?:[^-]|-(?!----END ))*(?:-----END [A-Z0-9 ]{1,40}-----)?/gu;

/** Keys that their issuers made to be told by their first signs: AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI, Anthropic, npm, Hugging Face, SendGrid, JSON web tokens. */
export const issued =
  /(?<![\p{L}\p{N}])(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}|AIza[A-Za-z0-9_-]{30,}|sk-(?:proj|ant|svcacct|admin|or)-[A-Za-z0-9_-]{8,}|sk-[A-Za-z0-9]{20,}|glpat-[A-Za-z0-9_-]{12,}|npm_[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}|SG\.[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{12,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?)(?![\p{L}\p{N}])/gu;
