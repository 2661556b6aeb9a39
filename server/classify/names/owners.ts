import type { Unit } from './units.ts';

/** Kinds of subject that a unit speaks of. */
export function subjectsOf(unit: Unit): string[] {
  return unit.meanings.flatMap((meaning) => {
    if (meaning.kind === 'subject') return [meaning.subject];
    return meaning.kind === 'sense' && meaning.fine === 'provider_npi' ? ['employee'] : [];
  });
}

const placeWords =
  /^(?:stores?|shops?|branch|branches|outlets?|warehouses?|wh|whse|depots?|hotels?|restaurants?|cafes?|pharmac(?:y|ies)|clinics?|hospitals?|facilit(?:y|ies)|stations?|library|libraries|museums?|airports?|plants?|venues?|kiosks?|salons?|garages?|gyms?|baker(?:y|ies)|filialen?|niederlassung(?:en)?|apotheken?|laden|magasins?|agence|entrepots?|tiendas?|sucursal(?:es)?|almacen(?:es)?|farmacias?|negozio|magazzino|farmacia|lojas?|winkels?|vestiging|butik|sklep)$/;

/** True where the nearest word that names somebody or something names a place: `store_phone`, not `store_manager_phone`. */
export function isOfPlace(before: readonly Unit[], after: readonly Unit[]): boolean {
  const nearest = [...before.toReversed(), ...after].find(
    (other) => subjectsOf(other).length > 0 || isPlaceWord(other),
  );
  return nearest !== undefined && isPlaceWord(nearest);
}

function isPlaceWord({ words }: Unit): boolean {
  return placeWords.test(words.at(-1) ?? '');
}

/** Who leads a part of a firm; a program manages files and tasks too. */
const leading = /^(?:manager|owner|supervisor|coordinator|officer|agent|leiter|gerente|responsable)$/;
const led =
  /^(?:area|region|regional|district|zone|territory|branch|store|site|product|brand|category|team|group|class|campaign|event|carrier|vendor|operator|order|base|case)$/;

/** A part of a firm, a place, a product: somebody leads it. */
export function isLed({ words }: Unit): boolean {
  return led.test(words.join(' '));
}

/** True for a word for somebody who leads a part of a firm. */
export function leads(unit: Unit | undefined): boolean {
  return leading.test(unit?.words.at(-1) ?? '');
}
