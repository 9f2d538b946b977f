// How the sources stand now: what is shown may be of earlier.
import { api, type SourcesReport } from './generated';
import { useQuery, type Query } from './useQuery';

/** Asked again and again where `every` is given; the others look on. */
export const useSources = (every?: number): Query<SourcesReport> => useQuery('sources', (signal) => api.list_sources({ limit: 1 }, { signal }), false, every);
