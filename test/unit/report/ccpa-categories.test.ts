import { describe, expect, it } from 'vitest';
import type { Treatment } from '../../../server/model/treatment.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { classification, dataset, harmless, sensitive, type World } from './query-double.ts';
import { readReport, rowsOf } from './read-report.ts';

const orders = dataset('dw.shop.orders');

const made = (world: World) => readReport('ccpa-categories', clinicGovernance, world);

describe('the categories of the CCPA', () => {
  it('have a row for every letter, with none where there is none', async () => {
    const all = rowsOf(await made(clinicWorld), 'categories');
    expect(all.map(({ letter }) => letter).join('')).toBe('(A)(B)(C)(D)(E)(F)(G)(H)(I)(J)(K)(L)');
    expect(all[0]).toMatchObject({ found: ['E-mail address'], fields: 2, collected: 'yes', sold: null });
    expect(all[4]).toMatchObject({ found: 'none', sold: 'none', shared: 'none', disclosed: 'none', retention: 'none' });
    expect(all[11]).toMatchObject({ found: ['Card number', 'Diagnosis'], fields: 2 });
  });

  const categoriesOf = async (world: World) => {
    const rows = rowsOf(await made(world), 'categories');
    return Object.fromEntries(rows.map(({ letter, found, fields }) => [String(letter), { found, fields }]));
  };

  it('put a field under each letter that names it, and what none names below them', async () => {
    const people = dataset('shop.crm.people');
    const held = (name: string, category: string, label: string) =>
      sensitive(people, name, classification(category, label));
    const all = await categoriesOf({
      ...clinicWorld,
      datasets: [people],
      fields: [
        held('born', 'user.birth.date', 'Date of birth'),
        held('policy', 'user.health.insurance_id', 'Health insurance ID'),
        held('npi', 'user.health.provider_id', 'Provider NPI'),
        held('party', 'user.political_opinion', 'Political opinion'),
      ],
    });
    expect(all['(A)']).toEqual({ found: ['Health insurance ID', 'Provider NPI'], fields: 2 });
    expect(all['(B)']).toEqual({ found: ['Health insurance ID'], fields: 1 });
    expect(all['(C)']).toEqual({ found: ['Date of birth'], fields: 1 });
    // A provider's number is nobody's health.
    expect(all['(L)']).toEqual({ found: ['Health insurance ID'], fields: 1 });
    expect(all['(v)(1)']).toEqual({ found: ['Political opinion'], fields: 1 });
  });

  it.each([
    ['customer', 'dealings', ['Orders, sales and deliveries of a person'], 2],
    ['payment', 'dealings', ['Orders, sales and deliveries of a person'], 2],
    ['customer', 'table-name', 'none', 0],
    ['organisation', 'dealings', 'none', 0],
    ['patient', 'dealings', 'none', 0],
  ])('know commercial information (D) by rows of a %s with the sign %s', async (kind, signal, found, fields) => {
    const all = await categoriesOf({
      ...clinicWorld,
      datasets: [orders],
      fields: [harmless(orders, 'item'), harmless(orders, 'total')],
      subjects: { [orders.uid]: kind },
      signals: { [orders.uid]: signal },
    });
    expect(all['(D)']).toEqual({ found, fields });
  });

  it('calls a number sensitive only where a code that opens the account stands beside it', async () => {
    expect(JSON.stringify(rowsOf(await made(clinicWorld), 'limits'))).toContain(
      '2 fields with a card or account number stand in tables without',
    );
    const logins = dataset('shop.web.logins');
    const held = (name: string, category: string, label: string, treatment: Treatment = 'clear') =>
      sensitive(logins, name, classification(category, label, { treatment }));
    const world = (password: Treatment) => ({
      ...clinicWorld,
      datasets: [logins],
      fields: [
        held('mail', 'user.contact.email', 'E-mail address'),
        held('iban', 'user.financial.iban', 'IBAN'),
        held('pass', 'user.credentials', 'Credentials', password),
      ],
    });
    const sensitiveOnes = async (password: Treatment) =>
      rowsOf(await made(world(password)), 'categories')[11]?.['found'];
    expect(await sensitiveOnes('clear')).toEqual(['Credentials', 'E-mail address', 'IBAN']);
    expect(await sensitiveOnes('encrypted')).toEqual(['Credentials', 'E-mail address', 'IBAN']);
    expect(await sensitiveOnes('hashed')).toBe('none');
  });
});
