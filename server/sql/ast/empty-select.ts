/** A SELECT with nothing in it yet. */
export const emptySelect = {
  kind: 'select',
  with: [],
  items: [],
  from: null,
  where: [],
  groupBy: [],
  having: [],
  qualify: [],
  orderBy: [],
  windows: [],
  into: null,
} as const;
