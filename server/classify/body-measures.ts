import type { NameReading, NameSense } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';
import type { SubjectReading } from './table-subject.ts';
import { isOfMatter } from './things.ts';

/** What bodies and all other things are measured by, in the languages of the lexicon; "body weight" says of what by itself. */
const measures =
  /^(?:weight|height|pulse|temperature|temp|gewicht|gew|groesse|grosse|größe|puls|poids|taille|pouls|peso|altura|estatura|talla|pulso|altezza|polso|lengte|waga|wzrost|tetno|vikt|langd|vaegt|hojde|vekt|hoyde|paino|pituus|kilo|boy|agirlik|ves|rost|вес|рост|пульс)(?: (?:kgs?|g|lbs?|oz|cm|mm|m|in|inch(?:es)?|ft|feet|c|f|bpm|\d+))*$/u;
/** Measures that only a body has: beside them a weight is that of the body. */
const ofBodies =
  /\b(?:bmi|body|blood|heart|systolic|diastolic|pulse ox|spo2|respiratory|blutdruck|korper\p{L}*|koerper\p{L}*|tension|presion arterial|sanguigna)\b/u;
/** What a thing has and no person: beside it a weight is that of the thing. */
const ofThings =
  /\b(?:colou?rs?|width|depth|breadth|thickness|diameter|radius|volume|capacity|dimensions?|materials?|sku|ean|gtin|upc|barcode|price|msrp|cost|brand|model|manufacturer|maker|supplier|warranty|stock|quantity|qty|pack(?:age|aging)?|pallet|wheels?|engine|axles?|horsepower|voltage|watts?|wattage|battery|humidity|rssi|rpm|vibration|co2|sensor|device|shipment|door|tail no|frame no|cargo|farbe|breite|tiefe|laenge|durchmesser|hersteller|preis|artikel|couleur|largeur|profondeur|fabricant|prix|ancho|anchura|profundidad|fabricante|precio|largura|cor|preco|larghezza|profondita|colore|prezzo|kleur|breedte|diepte|prijs|szerokosc|kolor|cena|цвет|ширина|цена)\b/u;
/** Every device has one, and a device is known by its owner: only a patient's is that of a body. */
const temperature = /^temp(?:erature)?\b/;
/** In log-odds: it leaves the category undecided. */
const open = -0.6;

/** A weight, a height or a pulse by its bare name: of a body or of anything else. Pure. */
export function isMeasure({ fine, phrase }: NameSense): boolean {
  return fine === 'lab_result' && measures.test(phrase);
}

/** `gewicht_kg`: the word after the measure is the unit that it is measured in. Pure. */
export function isInUnits(sense: NameSense, { words }: NameReading): boolean {
  return isMeasure(sense) && sense.unknownAfter === 1 && units.test(words.at(-1) ?? '');
}

const units = /^(?:kgs?|g|gr|lbs?|oz|cm|mm|m|in|inch|inches|ft|feet|bpm|st|stone)$/;

/**
 * What a bare measure weighs in rows of nobody, given what its name weighs: beside the color, the width or the price of a
 * thing it is that of the thing; else it stays open. Null where the rows are persons, or where the name or a neighbour
 * speaks of a body. Pure.
 */
export function measureWeight(sense: NameSense, said: number, subject: SubjectReading): number | null {
  if (!isMeasure(sense) || personKinds.has(sense.of ?? '')) return null;
  if (subject.aboutPatients || (subject.aboutPersons && !temperature.test(sense.phrase))) return null;
  const names = [...subject.columnNames];
  if (names.some((name) => ofBodies.test(name))) return null;
  const isOfThing =
    thingKinds.has(subject.kind) ||
    subject.aboutDealings ||
    isOfMatter(subject) ||
    names.some((name) => ofThings.test(name));
  return isOfThing ? -8 : Math.min(0, open - said);
}

const thingKinds = new Set(['product', 'reference', 'system', 'organisation']);
