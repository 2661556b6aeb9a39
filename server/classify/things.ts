import type { NameReading } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';

/** Animals in names of tables; words that also mean something else (cat, tier, bear) only as many. */
const animals =
  /^(?:animals?|pets?|dogs?|pupp(?:y|ies)|cats|kittens?|horses?|racehorses?|foals?|stallions?|mares|ponies|cattle|cows?|bulls?|heifers?|calves|bovines?|livestock|herds?|flocks?|pigs?|swine|piglets?|sheep|ewes?|lambs?|goats?|poultry|hens?|broilers?|chickens?|rabbits?|equines?|canines?|felines?|zoo|kennels?|stud ?book|tiere|haustiere?|nutztiere?|hunde?|katzen?|pferde?|rinder|vieh|schweine?|schafe|ziegen|animaux|animal|chiens?|chevaux|bovins|animali|cani|cavalli|bovini|animales|mascotas?|perros|gatos|caballos|ganado|animais|cavalos|dieren|huisdieren|honden|paarden|runderen)$/;
const vets = /^(?:vet|vets|veterinary|veterinarian|veterinaer|tierarzt)$/;
/** Who has to do with animals. */
const handlers = /^(?:walk|sitt?|breed|farm|train|rid|own|keep|lov|adopt|groom|handl|milk)ers?$/;
/** Columns that only rows of animals have. */
const ofAnimals =
  /^(?:(?:animal |pet |dog |horse )?breeds?(?: id| code| name)?|rasse|raza|razza|ear tag(?: (?:no|number|id))?|sire(?: id| name)?|dam id|foaled on|foaling date|hatch date|litter (?:id|no|size)|neutered|spayed|microchip(?: (?:no|number|id))?|milk yield|pet name|animal name|animal id|enclosure)$/;

/** True where the rows are animals: what stands in them is an animal's, unless a word says whose it is. Pure. */
export function isOfAnimals(tableName: NameReading, columns: readonly NameReading[]): boolean {
  const { words, subjects } = tableName;
  const named = words.some((word) => animals.test(word));
  const atVet = words.some((word) => vets.test(word));
  if (handlers.test(words.at(-1) ?? '')) return false;
  const ofPersons = subjects.some((kind) => personKinds.has(kind) && !(kind === 'patient' && (named || atVet)));
  if (ofPersons) return false;
  const told = columns.filter((column) => ofAnimals.test(column.words.join(' '))).length;
  return named || told >= 2 || (told === 1 && atVet);
}

const places =
  /^(?:stores?|shops?|branch|branches|outlets?|warehouses?|depots?|hotels?|restaurants?|cafes?|pharmac(?:y|ies)|clinics?|hospitals?|facilit(?:y|ies)|stations?|offices?|schools?|libraries|museums?|airports?|harbou?rs?|plants?|venues?|sites?|locations?|kiosks?|salons?|garages?|gyms?|baker(?:y|ies)|parks?|parking|buildings?|streets?|roads?|cities|towns?|filialen?|niederlassung(?:en)?|standorte?|lager|apotheken?|laeden|laden|maerkte|markte|geschaeftsstellen?|magasins?|agences?|entrepots?|tiendas?|sucursal(?:es)?|almacen(?:es)?|farmacias?|negozi|filiali|magazzini|farmacie|lojas?|filia(?:l|is)|winkels?|vestigingen|butiker|butikker|sklepy)$/;

/** Who keeps, leads or is to be called at a place; other keys of persons make the rows those of persons. */
const keepers =
  /^(?:owner|manager|mgr|contact|lead|head|supervisor|director|keeper|leiter|inhaber|responsable|gerente)$/;

/**
 * What a shop, a branch, a station is: the place of such a row is the place's own, whoever is named beside it. Visits,
 * stays and tracks hold the key of somebody, and are that person's. Pure.
 */
export function isOfPlaces({ words, subjects }: NameReading, columns: readonly NameReading[]): boolean {
  if (subjects.some((kind) => personKinds.has(kind) || kind === 'dealing' || kind === 'mail' || kind === 'payment'))
    return false;
  if (!words.some((word) => places.test(word))) return false;
  return !columns.some(
    ({ personKey, words: own }) =>
      personKey !== null && personKey !== 'employee' && !own.some((word) => keepers.test(word)),
  );
}

const machines =
  /^(?:upstream|upstreams|backend|gateway|gateways|gw|mgmt|management|listen|listener|bind|loopback|broadcast|multicast|netmask|subnet|subnets|dns|nameserver|ntp|dhcp|router|routers|switch|switches|firewall|firewalls|lb|balancer|balancers|vip|uplink|hop|nexthop|cluster|clusters|node|nodes|pod|pods|container|bastion|nat|cidr|server|servers|target|bmc|ipmi|ilo|idrac|interface|interfaces|vlan|vlans|runner|runners|hypervisors?|printers?|cameras?)$/;

/** Addresses of machines: by a word of the name, or by the table where no column names anybody. Pure. */
export function isOfMachine(
  name: NameReading,
  { tableName, namesNobody }: { readonly tableName: NameReading; readonly namesNobody: boolean },
): boolean {
  if (name.words.some((word) => users.test(word))) return false;
  if (name.words.some((word) => machines.test(word))) return true;
  if (namesNobody && /\baccess points?$/.test(tableName.words.join(' '))) return true;
  const isTraffic = tableName.words.some((word) => traffic.test(word));
  if (isTraffic) return false;
  // `servers` with a column for who minds them: the address is still the server's.
  if (machines.test(tableName.words.at(-1) ?? '')) return true;
  return namesNobody && tableName.words.some((word) => machines.test(word));
}

/** Records of who came, kept by a machine. */
const traffic =
  /^(?:logs?|access|requests?|traffic|hits?|visits?|sessions?|events?|audits?|connections?|flows?|logins?)$/;
const users =
  /^(?:clients?|visitors?|logins?|users?|remote|src|source|peer|callers?|signup|sessions?|customers?|members?|patients?|employees?|persons?|subscribers?|owners?|senders?)$/;

/** The rows are requests to a server: what authorises them is a secret. Pure. */
export function isOfRequests({
  kind,
  columnNames,
}: {
  readonly kind: string;
  readonly columnNames: ReadonlySet<string>;
}): boolean {
  return kind === 'log' || [...columnNames].some((name) => ofRequests.test(name));
}

const ofRequests =
  /^(?:(?:http )?(?:method|path|url|uri|host|status|headers?)|status code|user agent|content type|accept|referr?er|request(?: .*)?|response(?: .*)?)$/;

/** What is analysed and treated as a body is: glucose in feed, a dose in water. */
const matter =
  /^(?:water|waters|groundwater|wastewater|sewage|effluents?|sludge|soils?|sediments?|compost|fertili[sz]ers?|fodder|forage|silage|crops?|grain|milk|juices?|beverages?|fuels?|oils?|lubricants?|alloys?|metals?|reagents?|polymers?|paints?|coatings?|emissions?|wasser|trinkwasser|abwasser|boden|boeden|futter|futtermittel|milch|eau|eaux|sols?|aliments?|lait|agua|aguas|suelos?|piensos?|leche|acqua|acque|suolo|mangimi|latte|solo|solos|racoes|leite|bodem|voer|melk)$/;

/** The rows are of a matter, and no column names, keys or points at anybody: what it holds is no finding of a patient. Pure. */
export function isOfMatter({
  tableName,
  namesNobody,
}: {
  readonly tableName: NameReading;
  readonly namesNobody: boolean;
}): boolean {
  if (!namesNobody) return false;
  const { words } = tableName;
  // `feed_analysis` is of fodder, `lab_feed` of data.
  return words.some((word, i) => matter.test(word) || (/^feeds?$/.test(word) && i < words.length - 1));
}
