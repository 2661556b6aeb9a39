import type {
  DecisionItem,
  FieldItem,
  LedgerHeadItem,
  Notice,
  NoticeKind,
  ReportItem,
  ReviewItem,
  SourceItem,
} from './notice.ts';
import { countOf } from '../query/labels.ts';

/** Items that a message names; a channel is no place for fifty. */
const shown = 10;
/** Slack refuses a section beyond 3,000 characters. */
const longest = 2900;

const titles: Readonly<Record<NoticeKind, string>> = {
  'unexpected-card-data': 'Card data where none was expected',
  'new-sensitive-field': 'New sensitive fields',
  'stale-source': 'A source was not read for too long',
  'decision-ends': 'A decision runs out',
  'review-due': 'Questions wait for a person',
  'report-due': 'A report is due',
  'ledger-head': 'The end of the ledger',
  test: 'A test of Lexline’s notices',
};

/** A notice as Slack's incoming webhooks take it: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
export function slackMessage(notice: Notice): string {
  const { kind, items, total } = notice;
  const count = kind === 'new-sensitive-field' || kind === 'unexpected-card-data' ? ` (${total ?? 'very many'})` : '';
  const title = `${titles[kind]}${count}`;
  const more = total !== null && total > shown ? [`… and ${total - shown} more`] : [];
  const lines = [...items.slice(0, shown).map((item) => `• ${lineOf(item)}`), ...more];
  const text = lines.join('\n').slice(0, longest);
  const section = (mrkdwn: string) => ({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } });
  return JSON.stringify({
    text: title,
    blocks: [section(`*${title}*`), ...(text === '' ? [] : [section(text)])],
  });
}

function lineOf(item: Notice['items'][number]): string {
  if ('field' in item) return fieldLine(item);
  if ('source' in item) return sourceLine(item);
  if ('decision' in item) return decisionLine(item);
  if ('report' in item) return reportLine(item);
  if ('head' in item) return headLine(item);
  return reviewLine(item);
}

function fieldLine({ dataset, field, categories, url }: FieldItem): string {
  const name = escaped(`${dataset}.${field}`);
  const place = URL.canParse(url) ? `<${escaped(url)}|${name.replaceAll('|', '¦')}>` : name;
  return `${place}: ${escaped(categories.join(', '))}`;
}

function sourceLine({ source, lastReadAt }: SourceItem): string {
  return `${escaped(source)}: ${lastReadAt === null ? 'never read with success' : `last read ${lastReadAt}`}`;
}

function decisionLine({ decision, category, decided, endsAt, hasEnded }: DecisionItem): string {
  const what = category === null ? decision : `${decision} ${escaped(category)}`;
  const when = `${hasEnded ? 'ended' : 'ends'} ${endsAt.slice(0, 10)}`;
  return `${what}, for ${countOf(decided, 'field')}: ${when}; the question ${hasEnded ? 'waits again' : 'comes back then'}`;
}

function reportLine({ report, lastConfirmedAt, everyDays }: ReportItem): string {
  const last = lastConfirmedAt === null ? 'never confirmed' : `last confirmed ${lastConfirmedAt.slice(0, 10)}`;
  return `${escaped(report)}: ${last}, due every ${countOf(everyDays, 'day')}`;
}

function headLine({ head: { batch, lastSeq, hash, at } }: LedgerHeadItem): string {
  return `batch ${batch}, entry ${lastSeq}, ${at}: ${hash}`;
}

function reviewLine({ groups, fields, oldestSince }: ReviewItem): string {
  return `${countOf(groups, 'question')} about ${countOf(fields, 'field')}, the oldest since ${oldestSince.slice(0, 10)}`;
}

/** Names come from other people's systems: nothing in them is a link, a mention or markup. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`\n\r]/gu, (mark) => (mark === '\n' || mark === '\r' ? ' ' : `\u200B${mark}`));
}
