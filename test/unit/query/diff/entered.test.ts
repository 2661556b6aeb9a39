import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../server/model/json.ts';
import { diffEntered } from '../../../../server/query/diff/entered.ts';
import type { DiffWindow } from '../../../../server/query/diff/window.ts';
import { loadTaxonomy } from '../../../../server/rulebook/taxonomy.ts';
import type { ChangeRecord } from '../../../../server/stores/graph/graph-store.ts';

const field = 'f'.repeat(32);
const other = 'e'.repeat(32);
const ann = 'user:ann@example.com';

function diffOf(...rows: readonly (readonly [ChangeRecord['change'], string, Json, string?])[]) {
  const window: Pick<DiffWindow, 'rows' | 'known' | 'nameOf'> = {
    rows: rows.map(([change, kind, body, actor = ann]) => ({
      table: 'entered',
      change,
      at: 2,
      uid: field,
      body: { kind, body, actor: { kind: 'person', id: actor } },
    })),
    known: () => ({}) as ReturnType<DiffWindow['known']>,
    nameOf: (uid) => (uid === field ? 'shop.orders.note' : null),
  };
  return diffEntered({ taxonomy: loadTaxonomy() }, window as DiffWindow);
}

const decision = {
  decision: 'correct',
  category: 'user.contact.email',
  gone: ['user.payment.card.number'],
  saw: 'a'.repeat(32),
  seen: [{ decider: 'detector', by: 'detectors:1', category: 'none', state: 'abstained', key: 'b', confidence: 0.5 }],
  commentHash: 'c'.repeat(64),
  comment: 'read with\nthe  team',
  validUntil: '2027-06-30T00:00:00Z',
  ends: [
    { category: 'user.contact.email', until: '2027-06-30T00:00:00Z', decision: 'correct', asked: null, before: null },
  ],
  at: '2026-11-01T00:00:00Z',
};

describe('what people entered, in a difference', () => {
  it('says of a decision who said what, what it takes away, until when and why, and nothing that only machines read', () => {
    const [item] = diffOf(['opened', 'review-decision', decision]);
    expect(item).toMatchObject({ change: 'new', what: 'shop.orders.note' });
    expect(item?.says).toBe(
      `${ann} decided that it holds E-mail address; no longer holds here: Card number, until 2027-06-30T00:00:00Z; reason: read with the team`,
    );
    expect(JSON.stringify(item)).not.toMatch(/aaaa|cccc|detectors:1|commentHash|cannot be named/u);
  });

  it('says that nothing sensitive is held, that all of a finding was rejected, and that no reason was given', () => {
    const plain = { ...decision, gone: [], comment: null, validUntil: null, ends: [] };
    const says = (body: Json) => diffOf(['opened', 'review-decision', body])[0]?.says;
    const rest = ', until somebody decides anew; reason: none given';
    expect(says({ ...plain, category: 'none' })).toBe(`${ann} decided that it holds nothing sensitive${rest}`);
    expect(says({ ...plain, decision: 'reject', category: null })).toBe(
      `${ann} decided that what was found there is not so${rest}`,
    );
    expect(says({ ...plain, decision: 'accept', gone: ['none'] })).toBe(
      `${ann} decided that it holds E-mail address, as was suggested; taken back: "nothing sensitive", which a person had said before${rest}`,
    );
  });

  it('says of one decision in place of another both, and of one of which a part has ended only that', () => {
    const bob = 'user:bob@example.com';
    const again = { ...decision, category: 'none', gone: [], ends: [], validUntil: null, at: '2026-11-02T00:00:00Z' };
    const [over] = diffOf(['closed', 'review-decision', decision], ['opened', 'review-decision', again, bob]);
    expect(over?.change).toBe('changed');
    expect(over?.says).toMatch(
      /^user:bob@example.com decided that it holds nothing sensitive, .* Before: the decision of user:ann@example.com that it holds E-mail address; /u,
    );
    expect(over?.details).toContainEqual({ name: 'decided by', before: ann, after: bob });
    const [part] = diffOf(
      ['closed', 'review-decision', decision],
      ['opened', 'review-decision', { ...decision, ends: [] }],
    );
    expect(part?.says).toMatch(/^ended in part \(E-mail address until 2027-06-30T00:00:00Z\): the decision of /u);
    const [gone] = diffOf(['closed', 'review-decision', decision]);
    expect(gone?.says).toMatch(/^no longer stands: the decision of user:ann@example.com that it holds E-mail address/u);
  });

  it('says what a proposal would take away, classes that travel beside a category as well', () => {
    const proposal = {
      digest: 'd'.repeat(32),
      by: ann,
      category: 'none',
      asked: 'none',
      validUntil: null,
      decision: 'correct',
      takes: ['user.contact.email', 'user.contact.email#PHI'],
      comment: 'e'.repeat(64),
      at: '2026-11-01T00:00:00Z',
    };
    const [item] = diffOf(['opened', 'review-proposal', proposal]);
    expect(item?.says).toBe(
      `${ann} proposed to decide that it holds nothing sensitive; would take away: E-mail address, E-mail address as PHI, until somebody decides anew; it changes nothing until a second person agrees`,
    );
  });

  it('says of a stop what it holds back, towards what, until when and why', () => {
    const stop = {
      category: 'user.contact.email',
      to: null,
      reason: 'removed on the way',
      salt: 'f'.repeat(32),
      expiresAt: '2027-06-30T00:00:00Z',
      signedIn: false,
    };
    const rest = ', until 2027-06-30T00:00:00Z; reason: removed on the way';
    expect(diffOf(['opened', 'stop', stop])[0]?.says).toBe(`${ann} set a stop: E-mail address goes no further${rest}`);
    expect(diffOf(['closed', 'stop/0123', { ...stop, category: null, to: other }])[0]?.says).toBe(
      `no longer stands: the stop of ${ann}: everything goes no further towards (a thing that cannot be named to you)${rest}`,
    );
  });

  it('says why a field waits again for a person, and what a model said', () => {
    const again = { decision: 'none', before: 'abstained', now: 'user.contact.email/hash', at: '2026-11-01T00:00:00Z' };
    expect(diffOf(['opened', 'decided-on-other-evidence', again])[0]?.says).toBe(
      'waits for a person again: it was decided to be nothing sensitive when the detectors found nothing that they are sure of, and they now find E-mail address (hash)',
    );
    const mark = { reasons: ['other-category'], open: null, says: ['user.contact.email'], by: 'model-1' };
    expect(diffOf(['opened', 'model-review', mark])[0]?.says).toBe(
      'waits for a person: model-1 says E-mail address, and is not followed alone (other category)',
    );
  });

  it('says of anything else its members', () => {
    const [item] = diffOf(['opened', 'folder/retention/x', { id: 'x', months: 24, system: field }]);
    expect(item?.says).toBe(`folder entered by ${ann}: months 24, system shop.orders.note`);
  });
});
