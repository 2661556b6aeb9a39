import { context, trace } from '@opentelemetry/api';
import type { TracingConfig } from '../base/config-tracing.ts';
import type { Log } from '../base/log.ts';
import { productVersion } from '../base/version.ts';

/**
 * Sends traces to an OTLP receiver until it is stopped, which sends the last ones. Where the program that Lexline runs in
 * traces by itself already, spans go there, and nothing is started.
 */
export async function startTracing(config: TracingConfig, log: Log): Promise<() => Promise<void>> {
  const [sdk, { OTLPTraceExporter }, resources, { AsyncLocalStorageContextManager }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
  ]);
  const { endpoint, headers, sampleRatio } = config;
  const exporter = new OTLPTraceExporter({
    ...(endpoint === undefined ? {} : { url: `${endpoint.replace(/\/$/u, '')}/v1/traces` }),
    headers: { ...headers },
  });
  const own = resources.resourceFromAttributes({ 'service.name': 'lexline', 'service.version': productVersion() });
  // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win. Nothing of the machine or the process is added.
  const named = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.TracerProvider({
    resource: own.merge(named),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  if (!trace.setGlobalTracerProvider(provider)) {
    log.info('traces go where this process sends them already');
    await provider.shutdown();
    return async () => {};
  }
  const manager = new AsyncLocalStorageContextManager();
  manager.enable();
  context.setGlobalContextManager(manager);
  return async () => {
    trace.disable();
    context.disable();
    await provider.shutdown().catch((error: unknown) => log.warn('the last traces could not be sent', { error }));
  };
}
