import { expect, it } from 'vitest';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';

it.each([
  ['user', ['PII']],
  ['user.payment', ['PCI']],
  ['user.contact', ['PII']],
  ['user.contact.email', ['PII']],
  ['none', []],
  ['no.such.category', []],
])('gives %s the classes that all below it share', (category, classes) => {
  expect(loadTaxonomy().classesOf(category)).toEqual(classes);
});
