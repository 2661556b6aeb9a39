import { describe, expect, it } from 'vitest';
import { loadCatalogue, shippedRegulations } from '../../../server/rulebook/catalogue.ts';
import { loadPropagationRules, loadTreatmentTable } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { treatments } from '../../../server/model/treatment.ts';

describe('the treatment tables', () => {
  it.each(shippedRegulations)('of %s read every treatment and name provisions of the catalogue', (regulation) => {
    const table = loadTreatmentTable(regulation);
    const catalogue = loadCatalogue(regulation);
    expect(Object.keys(table).toSorted()).toEqual([...treatments].toSorted());
    for (const { provision } of Object.values(table)) expect(catalogue.provision(provision), provision).toBeDefined();
  });

  it.each(shippedRegulations)('of %s never take a hash for protection enough', (regulation) => {
    expect(loadTreatmentTable(regulation).hashed.reads).toBe('regulated');
  });

  it('refuses a regulation that has none', () => {
    expect(() => loadTreatmentTable('no-such-regulation')).toThrow(/functions\.yml/);
  });
});

describe('the data of propagation', () => {
  it('names person keys that the taxonomy knows, and no quasi-identifier but the full name', () => {
    const taxonomy = loadTaxonomy();
    for (const category of loadPropagationRules().personKeys) {
      expect(taxonomy.category(category), category).toBeDefined();
      if (category !== 'user.name') expect(taxonomy.category(category)?.quasi, category).toBe(false);
    }
  });
});
