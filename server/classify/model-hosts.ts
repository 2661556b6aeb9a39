/** Names of machines in running text, told by their form or by the word before them. */

/** Words that machines are named after. */
const machine =
  'db|srv|svr|server|sqlserver|host|node|vm|web|app|prod(?!uct)|prd|stage|staging|dev|uat|sql|mssql|pg|postgres|mysql|mariadb|ora|oracle|hana|mongo|redis|kafka|broker|zookeeper|rabbitmq|elastic|cassandra|spark|hadoop|namenode|datanode|worker|master|replica|proxy|gateway|bastion|cluster|airflow|tableau|jenkins|nas|sftp|smtp|ldap|etl|dwh|k8s|kube';
/** Endings of names of the network that hardly a column is called. */
const ending =
  'com|net|org|io|dev|local|localdomain|internal|intern|corp|lan|home|cloud|edu|gov|mil|info|biz|app|example|invalid|test';
/** The same behind two names more, because a column may be called so. */
const farEnding =
  'de|at|ch|fr|uk|eu|us|nl|be|es|it|pt|br|ca|au|jp|cn|se|dk|fi|pl|cz|ie|nz|mx|za|gr|hu|ro|bg|lu|sk|lt|lv|ee|tr|il|sg|hk|kr|tw|ar|cl|pe|uy|li|no|tech|ai|xyz|systems|solutions|software|technology|agency|consulting|gmbh|ltd|bank|insurance|digital|network|hosting|site|online|bayern|berlin|hamburg|koeln|wien|swiss|paris|london|nyc|tokyo|asia';
/** Names of machines: by an ending of names of the network, or by a part that machines are named after, with a number. */
const host = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.-])(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:${ending})|(?:[a-z0-9-]+\.)(?:[a-z0-9-]+\.)+(?:${farEnding})|(?:[a-z0-9]+-)*(?:${machine})(?:-[a-z0-9]+)*-?\d+|(?:srv|svr)[a-z]*\d+|[a-z]{0,20}(?:${machine})[a-z]{0,20}0\d+|\\\\[^\s\\]+(?:\\[^\s\\]+)*)(?::\d+)?(?![\p{L}\p{N}_-])`,
  'giu',
);
/** A name with a digit, a dot or a hyphen behind a word for a machine, or whatever is all of what stands behind its colon. */
const hostBefore =
  /(?<![\p{L}\p{N}_])((?:host(?:name)?s?|servers?|machines?|brokers?|rechner|maschine|serveur|servidor|máquina|macchina)(?:\s*:\s*|\s+))(?:(?=[\p{L}\p{N}_-]*\p{L})(?=[\p{L}_-]*(?:\d|\.[\p{L}\p{N}]))[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]|(?<=:\s*)[\p{L}\p{N}_-]{3,}(?=\s*(?:[,;).]|$)))/giu;
/** What is announced as a machine by a word of place before it: `on host pgmaster`, `loaded from server Kassel`. */
const placed =
  /(?<![\p{L}\p{N}_])((?:on|from|at|to|via|auf|von|vom|nach|sur|depuis|en|desde|sul?|dal?|op|van)\s+(?:(?:the|der|dem|den|le|la|du|el|il)\s+)?(?:host|server|machine|node|broker|rechner|maschine|serveur|servidor|máquina|macchina)\s+)(?!(?:time|side|logs?|names?|start|startup|restart|id|ids|ip|errors?|status|state|response|requests?|files?|address(?:es)?|data|tables?|databases?|country|city|and|or|is|was|has|clock|timestamps?|events?|load|type|group|version|und|oder|ist|der|des|de|du|del|di|of|the|with|for|in|by|level|settings?|config(?:uration)?|und|et|y|e)(?![\p{L}\p{N}]))[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]/giu;
const engines = 'db|sql|mssql|pg|postgres|mysql|mariadb|ora|oracle|hana|mongo|redis|kafka|elastic|dwh';
const roles = 'master|primary|replica|standby|slave|prod|prd|stage|staging|uat|dev|host|srv|svr|cluster';
/** A store and what it is there for, as one name: `pgmaster`, `dbprod.kassel`, `prod-db`; or a name in capitals that ends so: `KASSELDB`. */
const composed = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.-])(?:(?:(?:${engines})-?(?:${roles})|(?:${roles})-?(?:${engines}))(?:[.-][\p{L}\p{N}-]+)*|(?:srv|svr)-[\p{L}\p{N}-]+)(?![\p{L}\p{N}_-])`,
  'giu',
);
const inCapitals =
  /(?<![\p{L}\p{N}_.-])(?!(?:MARIA|MONGO|DYNAMO|INFLUX|COCKROACH|ARANGO|ROCKS|LEVEL|COSMOS|COUCH|DUCK|SINGLESTORE|DOCUMENT|TIMESCALE)DB)\p{Lu}{3,}(?:DB|SRV|SVR|PROD|DWH)(?![\p{L}\p{N}_-])/gu;
/** An address of a machine of version 6 with its zeros left out. */
const shortened = /(?<![\p{L}\p{N}:])(?=[0-9a-f:]*::)[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4})+(?![\p{L}\p{N}:])/giu;

/** The text without names and addresses of machines. */
export function withoutHosts(text: string): string {
  return text
    .replaceAll(host, '[host]')
    .replaceAll(hostBefore, '$1[host]')
    .replaceAll(placed, '$1[host]')
    .replaceAll(composed, '[host]')
    .replaceAll(inCapitals, '[host]')
    .replaceAll(shortened, '[host]');
}
