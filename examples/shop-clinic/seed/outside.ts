import { createHash } from 'node:crypto';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { times, type TableRows } from './table-rows.ts';

const agents = [
  'User-Agent: none',
  'Mozilla/5.0 (X11; Linux x86_64) Example/1.0',
  'Mozilla/5.0 (Macintosh) Example/2.1',
];

export function supportRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const anyone = () => random.int(1, people.length);
  return [
    {
      table: 'support.agents',
      rows: times(8, (n) => ({ agent_id: n, login_name: `agent${n}`, team: random.pick(['shop', 'clinic']) })),
    },
    {
      table: 'support.tickets',
      rows: times(120, (n) => ({
        ticket_id: n,
        customer_id: anyone(),
        agent_id: random.int(1, 8),
        subject: random.pick(['Where is my parcel?', 'Invoice', 'Appointment', 'Card was declined']),
        opened_at: random.instant(2025, 2025),
        state: random.pick(['open', 'closed']),
      })),
    },
    {
      table: 'support.ticket_messages',
      rows: times(240, (n) => {
        const person = random.pick(people);
        return {
          message_id: n,
          ticket_id: Math.ceil(n / 2),
          sent_at: random.instant(2025, 2025),
          from_customer: n % 2 === 1,
          body:
            n % 2 === 1
              ? `Hello, this is ${person.first} ${person.last}, please write to ${person.email} or call ${person.phone}.`
              : 'Thank you, we will look into it.',
        };
      }),
    },
    {
      table: 'support.chat_transcripts',
      rows: times(40, () => {
        const person = random.pick(people);
        return {
          chat_id: random.uuid(),
          customer_id: anyone(),
          transcript: [
            { who: 'customer', text: `I am ${person.first}, my e-mail is ${person.email}` },
            { who: 'agent', text: 'Welcome' },
          ],
        };
      }),
    },
    {
      table: 'support.canned_answers',
      rows: times(6, (n) => ({ answer_id: n, title: `Answer ${n}`, body: 'Thank you for your message.' })),
    },
  ];
}

export function webRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const sessions = times(250, () => random.uuid());
  return [
    {
      table: 'web.sessions',
      rows: sessions.map((session_id) => ({
        session_id,
        customer_id: random.chance(0.6) ? random.int(1, people.length) : null,
        ip_address: random.chance(0.8) ? `192.0.2.${random.int(1, 254)}` : `2001:db8::${random.int(1, 9999)}`,
        user_agent: random.pick(agents),
        device_id: random.uuid(),
        started_at: random.instant(2025, 2025),
      })),
    },
    {
      table: 'web.page_views',
      rows: times(500, (n) => ({
        view_id: n,
        session_id: random.pick(sessions),
        viewed_at: random.instant(2025, 2026),
        path: random.pick(['/', '/cart', '/clinic/vaccinations', '/p/12']),
        referrer: random.chance(0.3) ? 'https://search.example.com/' : null,
      })),
    },
    {
      table: 'web.cookie_consents',
      rows: times(100, (n) => ({
        consent_id: n,
        cookie_id: random.uuid(),
        purposes: random.chance(0.5) ? ['necessary'] : ['necessary', 'statistics', 'marketing'],
        given_at: random.instant(2025, 2025),
      })),
    },
    {
      table: 'web.login_audit',
      rows: times(150, (n) => {
        const person = random.pick(people);
        return {
          audit_id: n,
          username: person.email,
          password_hash: `$2b$12$${createHash('sha256').update(String(n)).digest('base64').replaceAll(/[+=]/g, '.').padEnd(53, 'x').slice(0, 53)}`,
          succeeded: random.chance(0.9),
          at: random.instant(2025, 2025),
        };
      }),
    },
    {
      table: 'web.feature_flags',
      rows: ['new_checkout', 'dark_mode', 'vault_v2'].map((flag) => ({
        flag,
        enabled: random.chance(0.5),
        rollout_percent: 50,
      })),
    },
  ];
}

export function marketingRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  return [
    {
      table: 'marketing.campaigns',
      rows: times(4, (n) => ({
        campaign_id: n,
        name: `Spring ${2022 + n}`,
        starts_on: `${2022 + n}-03-01`,
        budget: n * 1000,
      })),
    },
    {
      table: 'marketing.newsletter_subscribers',
      rows: people.slice(0, 160).map((person, i) => ({
        subscriber_id: i + 1,
        email: person.email,
        opted_in_at: random.chance(0.9) ? random.instant(2022, 2025) : null,
        source: random.pick(['checkout', 'footer', 'fair']),
      })),
    },
    {
      table: 'marketing.email_events',
      rows: times(300, (n) => ({
        event_id: n,
        subscriber_id: random.int(1, 160),
        campaign_id: random.int(1, 4),
        kind: random.pick(['sent', 'opened', 'clicked']),
        at: random.instant(2023, 2025),
      })),
    },
    {
      table: 'marketing.segments',
      rows: ['frequent buyers', 'lapsed', 'travellers'].map((name, i) => ({
        segment_id: i + 1,
        name,
        rule: 'orders > 3',
      })),
    },
    {
      table: 'analytics.kpi_snapshot',
      rows: times(12, (n) => ({
        kpi: 'orders',
        taken_on: `2025-${String(n).padStart(2, '0')}-01`,
        value: random.int(40, 90),
      })),
    },
  ];
}
