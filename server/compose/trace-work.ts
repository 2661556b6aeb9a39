import { withSpan } from '../base/trace.ts';
import type { ChatModel } from '../llm/chat-model.ts';
import type { Sync } from '../sync/sync.ts';

/** The conductor with a span around each run. */
export function tracedSync(sync: Sync): Sync {
  return {
    ...sync,
    run: (request) =>
      withSpan('sync', { 'lexline.source': request.source }, async (span) => {
        const report = await sync.run(request);
        span.set({
          'lexline.sync.status': report.status,
          'lexline.sync.documents': report.documents.read,
          'lexline.sync.fields': report.fields.judged,
          'lexline.sync.gaps': report.gaps.length,
        });
        if (report.error !== null) span.fail(report.error.code);
        return report;
      }),
  };
}

/** A model with a span around each question; neither question nor answer is in it. */
export function tracedChat(chat: ChatModel): ChatModel {
  const facts = { 'lexline.endpoint': chat.endpoint, 'gen_ai.request.model': chat.model };
  return {
    ...chat,
    ask: (request, budget, signal) =>
      withSpan(
        'judge',
        facts,
        async (span) => {
          const answer = await chat.ask(request, budget, signal);
          const { input, output } = answer.use;
          span.set({ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output });
          return answer;
        },
        { kind: 'client' },
      ),
  };
}
