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

/** Words that name a password or key and hardly anything else, in the languages that comments are written in; forms and compounds too. */
const unmistakable = [
  String.raw`[\p{L}\p{N}_-]{0,40}(?:pass[ _-]?(?:word|phrase|code)|passwd|passw(?:or|ör)[dt]|pswd|kennw[oö]rt|losungswort|wachtwoord|lösenord|passord|adgangskode|kodeord|contrase[nñ]a|credenziali|credenciales|credenciais|zugangsdaten|anmeldedaten|inloggegevens|client[ _-]?secret)\p{L}*`,
  String.raw`pwds?|psw|pws?|mdp|creds?|senhas?|mots? de passe|palavras?[ -]passe|passe[ -]partout|identifiants? de connexion`,
  String.raw`(?:api|access|secret|private|signing|encryption|ssh)[ _-]?(?:access[ _-]?)?keys?|(?:log[io]n|user|admin|root|db|database|service|api|aws|account|access)[ _-]?credentials?|connection ?strings?|seed phrase|authorization\s*:|bearer(?=\s+(?!(?:of|bonds?|shares?|cheques?)(?!\p{L}))\S)|ssh-(?:rsa|dss|ed\d+)`,
  String.raw`clave (?:secreta|privada|maestra|api|de (?:acceso|cifrado|usuario|la cuenta)|del (?:usuario|servicio))|parola (?:d['’]ordine|di accesso|este)|parol[aă]\s*[:=]|(?:clés?|llave|chiave) (?:secr[eè]te|privée|api|d['’]accès|segreta|secreta|privata|privada|di accesso)|geheimer? schlüssel`,
  String.raw`hasł[aeo]\p{L}*|haseł|hesl[aeo]\p{L}*|gesl[oa]|lozink\p{L}*|slaptažod\p{L}*|jelsz[aó]\p{L}*|salasana\p{L}*|şifre(?!l)\p{L}*|κωδικ\p{L}+ πρόσβασης|κωδικ\p{L}+\s*[:=]|парол\p{L}*|лозинк\p{L}*|mật khẩu|kata sandi`,
].join('|');
const anyScript = String.raw`密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|كلمة (?:ال)?(?:مرور|سر)|סיסמ|पासवर्ड|รหัสผ่าน`;

const named = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${unmistakable})(?![\p{L}\p{N}])|${anyScript}`, 'iu');

/** Words with which people describe how a password or key is kept and changed: none of them is one. */
const plainWords = new Set(
  `a an and or of the to for in on at by from with without as is are was be been has have not no never only also see if when where which
  user users customer customers client account accounts person persons employee member admin system service database table column field row record
  date time timestamp day last first next current old new previous number count flag type kind status state name id length version history policy rule rules
  change changed changes reset resets set expired expires expiry expiration created updated stored saved kept held hashed hash hashes salted salt encrypted encryption encoded
  masked hidden plain text clear value values null empty optional required mandatory unique true false login logon access api key keys token tokens secret secrets
  bcrypt scrypt argon pbkdf sha md hmac aes rsa base hex attempt attempts failed success question answer hint recovery forgotten forgot temporary strength valid invalid
  der die das des dem den ein eine eines einer und oder nicht nie im vom zum zur mit ohne als ist wird wurde benutzer benutzers nutzer nutzers kunde kunden kunden mitarbeiter konto
  datum uhrzeit zeitpunkt tag letzte letzten letzter änderung geändert zurückgesetzt ablauf abgelaufen gespeichert gehasht verschlüsselt leer pflicht anzahl versuche gültig
  le la les l un une du et ou non pas est sont utilisateur utilisateurs compte dernière dernier modification changé expiré haché chiffré vide obligatoire
  el los las del y o no es usuario usuarios cuenta último última fecha cambio cifrada cifrado vacía obligatoria
  il lo gli dell della utente data ultima modifica cifrata scadenza`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

const anyWord = new RegExp(secretWord, 'iu');

/** True where a text has a word for a password, key or token, whatever it says of it. */
export function namesSecret(text: string): boolean {
  return anyWord.test(text) || named.test(text);
}

/** True where a text names a password or key and says more than plain words do: what it says may be it. */
export function maySaySecret(text: string): boolean {
  if (!named.test(text)) return false;
  const rest = text.replaceAll(new RegExp(named.source, 'giu'), ' ').replaceAll('_', ' ');
  return (rest.match(/[^\s.,;:()/-]+/gu) ?? []).some((word) => !plainWords.has(word.toLowerCase()));
}
