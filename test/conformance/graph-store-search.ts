import { describe, expect } from 'vitest';
import type { EntityRecord } from '../../server/stores/graph/graph-store.ts';
import { assertion, commit, dataset, job } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

/** Full text: what is found, and in which order. */
export function describeSearch(onStore: OnStore): void {
  describe('search', () => {
    onStore('finds things by the words of their names and descriptions', async ({ store }) => {
      await commit(store, [
        assertion('a', dataset('shop.customer_orders', ['billing_email', 'id'], { description: 'What people bought' })),
        assertion('a', dataset('shop.products', ['id'])),
      ]);
      const found = async (text: string) =>
        (await store.search(text, {}, 1, { first: 9 })).items.map((item) => item.path?.[0] ?? item.name);
      expect(await found('bought')).toEqual(['shop.customer_orders']);
      expect(await found('email')).toEqual(['billing_email']);
      expect(await found('bill')).toEqual(['billing_email']);
      expect(await found('"); drop --')).toEqual([]);
      expect(await found('nothing like it')).toEqual([]);
    });

    onStore('finds one word in whatever letters it is written, and long ones by their beginning', async ({ store }) => {
      const long = 'w'.repeat(300);
      await commit(store, [
        assertion(
          'a',
          dataset('letters', ['ﬁnal_oﬀer', 'ＥＭＡＩＬ', 'Straße', 'οδός', 'ﾃﾞｰﾀ', long, `${'ü'.repeat(99)}x`]),
        ),
        assertion('a', dataset('notes', ['k'], { description: 'Ｆｕｌｌ ﬂow in Ωμέγας' })),
      ]);
      const found = async (text: string) =>
        (await store.search(text, {}, 1, { first: 9 })).items.map((item) => item.path?.[0] ?? item.name);
      for (const [text, name] of [
        ['final offer', 'ﬁnal_oﬀer'],
        ['oﬀ', 'ﬁnal_oﬀer'],
        ['email', 'ＥＭＡＩＬ'],
        ['ｅｍａ', 'ＥＭＡＩＬ'],
        ['STRASSE', 'Straße'],
        ['strass', 'Straße'],
        ['ΟΔΟΣ', 'οδός'],
        ['データ', 'ﾃﾞｰﾀ'],
        ['full flow', 'notes'],
        ['ωμεγασ', 'notes'],
        [long, long],
        [long.slice(0, 260), long],
        [`${'u'.repeat(99)}xyz`, `${'ü'.repeat(99)}x`],
      ] as const)
        expect(await found(text), text.slice(0, 20)).toEqual([name]);
      expect(await found('finally')).toEqual([]);
    });

    onStore(
      'orders what it found: by name before by description, the shorter name first, then as lists',
      async ({ store }) => {
        await commit(store, [
          assertion('a', dataset('b.mail', ['mail', 'mail_to', 'Mail', 'e_mail_address'])),
          assertion('a', dataset('a.mail', ['mail', '🦊mail', '～mail'])),
          assertion('a', dataset('0', ['m_mail', 'email'])),
          assertion('a', dataset('x', ['k'], { description: 'what comes by mail, mail and mail' })),
          assertion('a', job('mail', [])),
        ]);
        const wanted = [
          'mail',
          'a.mail',
          'b.mail',
          'a.mail mail',
          'b.mail Mail',
          'b.mail mail',
          'a.mail ～mail',
          'a.mail 🦊mail',
          '0 m_mail',
          'b.mail mail_to',
          'b.mail e_mail_address',
          'x',
        ];
        const name = (item: EntityRecord) => (item.path === null ? item.name : `${item.name} ${item.path.join('.')}`);
        const told: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.search('mail', {}, 1, { first: 2, ...(after === undefined ? {} : { after }) });
          told.push(...page.items.map(name));
          after = page.cursor ?? undefined;
        } while (after !== undefined);
        expect(told).toEqual(wanted);
      },
    );
  });
}
