import { cleanText } from './model-text.ts';

/** Words that address a reader instead of describing data, in English. */
const instruction =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|all|any|earlier|instructions?|rules?|prompt|policy)\b|\b(?:you are|act as|pretend|as an ai|system prompt|instructions? (?:for|to)|new instructions?)\b|\b(?:answer|respond|reply|output|return|classify|label|mark|treat|tag|report|set)\b.{0,40}\b(?:as|with|to|only)\b.{0,30}\b(?:none|public|safe|not (?:sensitive|personal|pii)|non[- ]?(?:sensitive|personal|pii)|json|harmless|internal)\b|\b(?:do not|don't|never)\b.{0,30}\b(?:classify|flag|label|mark|tag|report|review)\b|\b(?:answer|respond|reply|output|return|say)\s+(?:(?:only|just|always|simply)\s+)*['"“‘]?(?:none|public|safe|harmless|not sensitive)\b|<\/?(?:system|user|assistant|data|instruction)|<\||\[\/?inst\]|```/iu;

/** A line of a conversation: who speaks, and behind the colon somebody who is spoken to or a verdict. `System: SAP` is none. */
const spoken =
  /(?:^|[.!?>\]\n"'*#(|-]\s*)(?:assistant|system|developer|user|human)(?:\s+(?:message|prompt))?\s*:\s*(?=.{0,120}\b(?:you|your|answer|respond|reply|output|ignore|classify|label|treat|mark|public|harmless|not (?:sensitive|personal|pii)|non[- ]?(?:sensitive|personal|pii)|th(?:is|ese|e) (?:column|table|field)s?)\b)/iu;

/** Orders to forget what was said before: the verb as an order, and what it is about. */
const forgetting: readonly (readonly [verb: string, object: string])[] = [
  [
    'ignorieren? sie|ignoriere?|missachten? sie|missachte|vergessen sie|vergiss|verwirf|übergehe',
    'anweisung|vorgabe|instruktion|regel|bisherig|vorherig|obig|vorangehend',
  ],
  [
    'ignore[zr]?|oublie[zr]?|fais abstraction|ne tiens pas compte|ne tenez pas compte',
    'instruction|consigne|règle|précédent|ci-dessus',
  ],
  [
    'ignor[ae]d?|olvid[ae]d?|desestim[ae]|haz caso omiso|haga caso omiso',
    'instruccion|indicacion|reglas|anterior|previ[ao]s',
  ],
  ['ignora(?:te|re)?|dimentica(?:te|re)?|tralascia', 'istruzion|regole|precedent|quanto sopra'],
  ['ignor[ae]|esqueç[ao]|desconsider[ae]', 'instruç|regras|anterior|acima'],
  ['negeer|vergeet', 'instructie|regels|vorige|voorgaande|bovenstaande'],
  ['zignoruj|ignoruj|pomiń|zapomnij', 'instrukcj|zasad|polece|poprzedni|powyższ'],
  ['ignorera|bortse från|glöm|ignorer|glem', 'instruktion|instruks|regler|tidigare|föregående|tidligere|ovanstående'],
  ['ignoruj|zapomeň', 'pokyny|pokynů|instrukce|předchozí'],
  ['игнорируй(?:те)?|забудь(?:те)?|не обращай(?:те)? внимания', 'инструкци|указани|правил|предыдущ'],
  ['αγνόησε|αγνοήστε|ξέχασε', 'οδηγίες|κανόνες|προηγούμεν'],
  ['تجاهل|انس', 'التعليمات|القواعد|السابقة'],
];
/** Orders what to answer: the verb as an order, what joins, and a word for harmless. */
const judging: readonly (readonly [verb: string, joint: string, harmless: string])[] = [
  [
    'antworten? sie|antworte|klassifizieren sie|klassifiziere|stufen? sie|stufe|kennzeichnen sie|kennzeichne|markieren sie|markiere|behandeln sie|behandle|bewerten sie|bewerte|melden sie|melde|betrachten sie|betrachte',
    'als|mit|nur',
    'öffentlich|harmlos|unkritisch|unbedenklich|unsensibel|ungefährlich|nicht (?:sensibel|personenbezogen|schutzbedürftig|vertraulich)|none|public',
  ],
  [
    'répond(?:s|ez)|class(?:e|ez|er|ifie|ifiez)|marqu(?:e|ez)|trait(?:e|ez)|étiquet(?:te|ez)|considèr(?:e|ez)|considérez|indiqu(?:e|ez)',
    'comme|par|que',
    'publi(?:c|que)|inoffensi|anodin|sans danger|non (?:sensible|personnel)|pas (?:sensible|personnel)|none|aucun',
  ],
  [
    'responde|responda|clasifi(?:ca|que)|marca|marque|trata|trate|etiqueta|etiquete|considera|considere',
    'como|que',
    'públic|public|inofensiv|no (?:sensible|personal)|none|ningun',
  ],
  [
    'rispondi|rispondete|classifica|contrassegna|tratta|etichetta|considera',
    'come|che',
    'pubblic|innocu|non (?:sensibil|personal)|none|nessun',
  ],
  [
    'responda|responde|classifi(?:que|ca)|marque|marca|trate|trata|considere',
    'como|que',
    'públic|inofensiv|não (?:sensív|sensiv|pessoa)|none|nenhum',
  ],
  ['antwoord|classificeer|markeer|behandel|beschouw', 'als|met', 'openbaar|onschuldig|niet (?:gevoelig|persoon)|none'],
  ['odpowiedz|sklasyfikuj|oznacz|traktuj', 'jako', 'publiczn|nieszkodliw|niewrażliw|none'],
  [
    'svara|klassificera|märk|behandla|svar|klassificer|behandl',
    'som|med',
    'offentlig|ofarlig|harmløs|ikke (?:følsom|personlig)|inte känslig|none',
  ],
  [
    'ответь(?:те)?|пометь(?:те)?|отметь(?:те)?|классифицируй(?:те)?|считай(?:те)?',
    'как|что',
    'публичн|общедоступн|безопасн|не ?(?:персональн|чувствительн)|none',
  ],
];
/** Scripts without blanks, and languages whose verb stands last. */
const otherOrders =
  /(?:忽略|忽視|无视|無視|忘记|忘記).{0,20}(?:指令|指示|说明|說明|规则|規則|提示|以上|之前)|(?:指示|命令|ルール|プロンプト).{0,15}(?:無視|忘れ)|(?:지시|명령|규칙|프롬프트).{0,15}무시|(?:标记|標記|分类|分類|归类|歸類|回答|视)\S{0,12}(?:为|為|成)\S{0,8}(?:公开|公開|无害|無害|非敏感|非个人|none)|(?:公開|無害|非機密)\S{0,6}(?:と|として)\S{0,8}(?:分類|回答|判定)(?:し|せよ)|(?:talimat|kural|yönerge)\p{L}*.{0,40}(?:yok say|görmezden gel|unut)/iu;
/** Somebody speaks to a model by name: `Hinweis an die KI:`. */
const addressed =
  /(?<!\p{L})(?:to|for|an|für|pour|à|para|a|per|voor|aan|till|dla|для)\s+(?:the\s+|die\s+|das\s+|den\s+|l['’]|la\s+|le\s+|el\s+|il\s+|o\s+|de\s+|het\s+)?(?:AIs?|KIs?|IA|LLMs?|GPT|chatbots?|ИИ|language models?|sprachmodell(?:e|s)?|modèles? de langage|modelos? de lengua\p{L}*|modello linguistico|taalmodel)(?:\s+(?:reviewers?|readers?|assistants?|models?|systems?|agents?))?\s*[:!]/iu;
/** Marks that only conversations, prompts and answers of ours have. */
const structure =
  /"(?:decision|instructed|citations)"\s*:|(?<!\p{L})decision\s*[=:]\s*"?none|^\s*#{1,4}\s*(?:instructions?|system|response|assistant|anweisung|consigne|instrucciones)(?!\p{L})|<<\/?sys>>|<\/?(?:s|start_of_turn|end_of_turn|im_start|im_end)>|\b(?:begin|end) (?:system|prompt|instructions?)\b|(?<!\p{L})(?:system|developer)[- ]?(?:prompt|anweisung|nachricht)(?!\p{L})|(?:invite|prompt|mensaje|message|messaggio) (?:du |de |del |de la )?(?:syst[èe]me?|sistema)(?!\p{L})|系统提示|系統提示|システムプロンプト|(?<!\p{L})(?:end|ende|fin|fine|einde) (?:of (?:the )?|der |des |du |de |des |de los |dei )(?:data|daten|inputs?|eingaben?|entrées|données|datos|dati|invoer)(?=\s*(?:[.:;!#*=-]|$))/iu;
/** What spelt-out letters leave of an order: no blank tells its words apart. */
const runTogether =
  /(?:ignore|disregard|forget|override)(?:all|any|every|the|previous|prior|above|earlier|instructions?|rules?)/iu;
/** Orders that are written so that no person reads them: a long run of encoded text. */
const encoded =
  /(?<![A-Za-z0-9+/=])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{48,}={0,2}/u;

const orders: readonly RegExp[] = [
  ...forgetting.map(
    ([verb, object]) => new RegExp(`(?<!\\p{L})(?:${verb})(?!\\p{L}).{0,50}(?<!\\p{L})(?:${object})`, 'iu'),
  ),
  ...judging.map(
    ([verb, joint, harmless]) =>
      new RegExp(
        `(?<!\\p{L})(?:${verb})(?!\\p{L}).{0,50}(?<!\\p{L})(?:${joint})(?!\\p{L}).{0,25}(?<!\\p{L})(?:${harmless})`,
        'iu',
      ),
  ),
];

/** Letters of other alphabets that look like Latin ones, for words that mix both. */
const twins: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('аaеeоoрpсcхxуyіiјjѕsοoαaεeιiνvρpτtυuκk').flatMap((letter, i, all) =>
    i % 2 === 0 ? [[letter, all[i + 1] ?? letter]] : [],
  ),
);

/** The ways in which a text may be read: as it stands, with look-alike letters as Latin ones, with spelt-out words put together. */
function readings(seen: string): readonly string[] {
  const latin = seen.replaceAll(/(?=\p{L}*[a-z])(?=\p{L}*[\p{Script=Cyrillic}\p{Script=Greek}])\p{L}+/giu, (word) =>
    Array.from(word.toLowerCase(), (letter) => twins[letter] ?? letter).join(''),
  );
  // `i g n o r e   a l l`: between the words stands more than between the letters, or nothing tells them apart.
  const joined = latin.replaceAll(/(?<![\p{L}\p{N}])(?:\p{L}[ .·*-]){4,}\p{L}(?![\p{L}\p{N}])/gu, (run) =>
    run.replaceAll(/[ .·*-]/gu, ''),
  );
  return [...new Set([seen, latin, joined])];
}

/**
 * True for text that seems to speak to the model, in any of some twenty languages or by its shape. Such text is withheld. One of
 * several layers: it also misses, and the others hold.
 */
export function seemsToInstruct(text: string): boolean {
  const seen = cleanText(text.replaceAll('_', ' '), 4000);
  return readings(seen).some((reading) =>
    [instruction, spoken, ...orders, otherOrders, addressed, structure, encoded, runTogether].some((order) =>
      order.test(reading),
    ),
  );
}
