import { LexlineError } from '../../base/errors.ts';
import { suggest } from '../../base/nearest.ts';
import type { Catalogue, Provision } from '../../rulebook/catalogue.ts';
import { requireKnownCategory } from '../../rulebook/known-category.ts';
import type { IndexedText } from '../../rulebook/rulebook.ts';
import { pageOfArray, readConnection } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import type { ProvisionParent, ProvisionVersionParent } from '../parents.ts';
import { provisionUrl } from '../show.ts';
import { upperSnake } from '../upper-snake.ts';

export const regulationResolvers: Resolvers = {
  Regulation: {
    name: ({ catalogue }) => upperSnake(catalogue.regulation.id),
    title: ({ catalogue }) => catalogue.regulation.name,
    prefix: ({ catalogue }) => catalogue.regulation.prefix,
    number: ({ catalogue }) => catalogue.regulation.number,
    jurisdiction: ({ catalogue }) => catalogue.regulation.jurisdiction,
    catalogue: ({ catalogue }) => catalogue.regulation.catalogue,
    inForceFrom: ({ catalogue }) => catalogue.regulation.inForce.from,
    inForceTo: ({ catalogue }) => catalogue.regulation.inForce.to,
    publisher: ({ catalogue }) => catalogue.regulation.publisher,
    authenticity: ({ catalogue }) => catalogue.regulation.authenticity,
    editions: ({ catalogue }) => catalogue.regulation.editions.map((edition) => ({ catalogue, edition })),
    provisionCount: ({ catalogue }) => catalogue.provisions.length,
  },
  RegulationEdition: {
    name: ({ edition }) => edition.id,
    title: ({ edition }) => edition.title,
    from: ({ edition }) => edition.from,
    to: ({ edition }) => edition.to,
    texts: async ({ catalogue, edition }, _, { rooms }) =>
      textsOf(await rooms.rules.texts(), catalogue, edition.id).map((text) => ({
        language: text.language,
        sha256: text.sha256,
        check: upperSnake(text.editionCheck),
        wordingCompared: text.wordingCompared === true,
        passages: text.passages,
        warnings: text.warnings,
        addedAt: text.addedAt,
      })),
  },
  Provision: {
    name: ({ provision }) => provision.id,
    regulation: ({ catalogue }) => ({ catalogue }),
    title: ({ provision }) => provision.title,
    ownWords: ({ provision }) => provision.duty,
    categories: ({ provision }) => provision.categories,
    compared: ({ provision }) => provision.checked,
    like: ({ catalogue, provision }) => catalogue.originsOf(provision.id),
    url: ({ provision }) => provisionUrl(provision.id),
    versions: ({ catalogue, provision }, _, { rooms }) => versionsOf(rooms.rules, catalogue, provision),
  },
  ProvisionVersion: {
    edition: ({ catalogue, edition }) => ({ catalogue, edition }),
    language: ({ text }) => text?.language ?? null,
    quote: ({ passage }) => passage?.text ?? null,
    sourceSha256: ({ passage }) => passage?.sha256 ?? null,
    page: ({ passage }) => passage?.page ?? null,
  },
  Query: {
    regulations: async (_, _args, { rooms }) => (await rooms.rules.catalogues()).map((catalogue) => ({ catalogue })),
    regulation: async (_, { name }, { rooms }) => {
      const catalogue = named(await rooms.rules.catalogues(), name);
      return catalogue === undefined ? null : { catalogue };
    },
    provisions: async (_, { regulation, category, first, after }, context) => {
      const { rules } = context.rooms;
      const all = await chosen(context, regulation ?? null, category ?? null);
      const page = await readConnection(
        { first, after: after ?? null },
        // Catalogues are not revisioned: their cursors carry 0, and are refused once catalogues or texts are others.
        {
          list: ['provisions', await rules.edition(), regulation ?? null, category ?? null],
          maxFirst: 250,
          newest: () => 0,
        },
        (_n, request) => Promise.resolve(pageOfArray(all, request)),
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: item }));
      return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo, totalCount: all.length };
    },
    provision: async (_, { name }, { rooms }) => {
      for (const catalogue of await rooms.rules.catalogues()) {
        const provision = catalogue.provision(name);
        if (provision !== undefined) return { catalogue, provision };
      }
      return null;
    },
  },
};

/** The provisions of a regulation, or of all, that touch a category. Fails with INPUT_INVALID for words that nothing bears. */
async function chosen(
  { rooms, taxonomy }: Pick<GraphqlContext, 'rooms' | 'taxonomy'>,
  regulation: string | null,
  category: string | null,
): Promise<readonly ProvisionParent[]> {
  const all = await rooms.rules.catalogues();
  const only = regulation === null ? undefined : named(all, regulation);
  if (regulation !== null && only === undefined)
    throw new LexlineError('INPUT_INVALID', `[rulebook] no regulation "${regulation}" is loaded here`, {
      remedy: suggest(
        regulation,
        all.map((one) => upperSnake(one.regulation.id)),
      ),
    });
  if (category !== null) requireKnownCategory(category, taxonomy, 'rulebook');
  const touches = ({ categories }: Provision): boolean =>
    category === null || categories.some((branch) => category === branch || category.startsWith(`${branch}.`));
  return (only === undefined ? all : [only]).flatMap((catalogue) =>
    catalogue.provisions.filter(touches).map((provision) => ({ catalogue, provision })),
  );
}

/** A regulation as people and answers write its name: `PCI_DSS`, `pci-dss`, `PCI`. */
function named(all: readonly Catalogue[], name: string): Catalogue | undefined {
  const wanted = name.toLowerCase().replaceAll('_', '-');
  return all.find(({ regulation: { id, prefix } }) => id === wanted || prefix.toLowerCase() === wanted);
}

function textsOf(texts: readonly IndexedText[], { regulation }: Catalogue, edition: string): readonly IndexedText[] {
  return texts.filter((text) => text.regulation === regulation.id && text.edition === edition);
}

/** A provision edition by edition; one for each indexed text, or the edition alone. */
async function versionsOf(
  rules: GraphqlContext['rooms']['rules'],
  catalogue: Catalogue,
  provision: Provision,
): Promise<readonly ProvisionVersionParent[]> {
  const texts = await rules.texts();
  const versions = await Promise.all(
    catalogue.regulation.editions.map(async (edition) => {
      const own = textsOf(texts, catalogue, edition.id);
      if (own.length === 0) return [{ catalogue, edition, text: null, passage: null }];
      return Promise.all(
        own.map(async (text) => ({ catalogue, edition, text, passage: await rules.passage(provision.id, text) })),
      );
    }),
  );
  return versions.flat();
}
