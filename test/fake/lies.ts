import fc from 'fast-check';
import type { SmallProvision } from './small-rulebook.ts';

/** Items of a list, by the category that each names. */
export const listedItems: Readonly<Record<string, string>> = {
  'user.religion': '(A) Religious beliefs of people.',
  'user.contact.email': '(B) E-mail addresses of people.',
};

/** A provision that is a list: the sixth beside the small ones, so that it is offered as P6. */
export const listedProvision: SmallProvision = {
  provision: 'OURS:1',
  categories: Object.keys(listedItems),
  text: [
    'Delicate, in a made-up way, are:',
    ...Object.values(listedItems),
    '(C) They do not include religious beliefs that are public.',
  ],
};

const wild = fc.record({
  passage: fc.oneof(
    fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P99', 'GDPR:9(1)', 'P2\u200b', 'p2', '-', ''),
    fc.string({ maxLength: 8 }),
  ),
  sentence: fc.oneof(fc.integer({ min: -3, max: 14 }), fc.integer()),
});
const ofTheList = fc.record({ passage: fc.constant('P6'), sentence: fc.integer({ min: 0, max: 3 }) });

/** Citations as a server that lies names them: passages and sentences that are not there, or that say something else. */
export const liedCitations = fc.array(fc.oneof(wild, ofTheList), { maxLength: 8 });

/** Categories that it claims for whatever it is asked about. */
export const liedCategories = ['user.contact.email', 'user.payment.card.number', 'user.name', 'user.religion'] as const;
