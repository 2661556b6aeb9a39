import type { FakeCloud } from './bigquery-project.ts';
import { badRequest, notFound, refuse, type Route } from './bigquery-routes.ts';

/** Taxonomies and policy tags (Data Catalog v1), masking rules (Data Policy v2). */
export function policyRoutes(cloud: FakeCloud): readonly Route[] {
  return [
    [
      'GET',
      /^\/v1\/(projects\/[^/]+\/locations\/[^/]+)\/taxonomies$/u,
      ['filter', 'pageSize', 'pageToken'],
      ([parent = '']) => {
        if (cloud.refused.has('taxonomies')) return refuse(403, 'PERMISSION_DENIED');
        const own = cloud.taxonomies.filter(({ name }) => name.startsWith(`${parent}/`));
        return own.length === 0
          ? {}
          : {
              taxonomies: own.map(({ policyTags, ...taxonomy }) => ({
                ...taxonomy,
                policyTagCount: policyTags.length,
              })),
            };
      },
    ],
    [
      'GET',
      /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/taxonomies\/[^/]+)$/u,
      [],
      ([name = '']) => {
        if (cloud.refused.has('taxonomies')) return refuse(403, 'PERMISSION_DENIED');
        const { policyTags: _, ...taxonomy } = cloud.taxonomies.find((one) => one.name === name) ?? {};
        return Object.keys(taxonomy).length === 0 ? notFound : taxonomy;
      },
    ],
    [
      'GET',
      /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/taxonomies\/[^/]+)\/policyTags$/u,
      ['pageSize', 'pageToken'],
      ([name = '']) => {
        if (cloud.refused.has('taxonomies')) return refuse(403, 'PERMISSION_DENIED');
        return { policyTags: cloud.taxonomies.find((one) => one.name === name)?.policyTags ?? [] };
      },
    ],
    [
      'POST',
      /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/taxonomies\/[^/]+)\/policyTags$/u,
      [],
      ([name = ''], { body }) => {
        const taxonomy = cloud.taxonomies.find((one) => one.name === name);
        const { displayName, ...rest } = body as { displayName: string };
        if (taxonomy === undefined) return notFound;
        if (Object.keys(rest).some((member) => !['description', 'parentPolicyTag'].includes(member))) return badRequest;
        const tag = { name: `${name}/policyTags/${String(taxonomy.policyTags.length + 900)}`, displayName };
        taxonomy.policyTags.push(tag);
        return tag;
      },
    ],
    [
      'GET',
      /^\/v2\/(projects\/[^/]+\/locations\/[^/]+)\/dataPolicies$/u,
      ['filter', 'pageSize', 'pageToken'],
      () =>
        cloud.refused.has('dataPolicies') ? refuse(403, 'PERMISSION_DENIED') : { dataPolicies: cloud.dataPolicies },
    ],
  ];
}
