/** How many schemas a worker keeps by number: pool and worker forget the oldest by the same count. */
export const schemasKept = 8;
