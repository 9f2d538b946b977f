import { beforeEach, expect, test, vi } from 'vitest';

const { ask, who } = vi.hoisted(() => ({ ask: vi.fn(), who: { tenant: 'aremko' } }));
vi.mock('../../api/generated', () => ({ api: { explain_mapping: ask } }));
vi.mock('../../app/session', () => ({ session: { current: () => who } }));
vi.mock('../../i18n/language', () => ({ language: () => 'es' }));

let explanations: typeof import('./explanations');
beforeEach(async () => {
  vi.resetModules();
  ask.mockReset().mockResolvedValue({});
  who.tenant = 'aremko';
  explanations = await import('./explanations');
});

const asked = () => ask.mock.calls.map(([{ mapping_id }]) => mapping_id as string);

test('an explanation is asked once, also while it is on its way', () => {
  explanations.wantExplanation('a');
  explanations.wantExplanation('a');
  expect(asked()).toEqual(['a']);
});

test('the last 120 are remembered, the oldest goes first', () => {
  for (let at = 0; at < 120; at += 1) explanations.wantExplanation(String(at));
  explanations.wantExplanation('0');
  expect(ask).toHaveBeenCalledTimes(120);
  explanations.wantExplanation('120');
  explanations.wantExplanation('1');
  expect(ask).toHaveBeenCalledTimes(121);
  explanations.wantExplanation('0');
  expect(ask).toHaveBeenCalledTimes(122);
});

test('what a decision made untrue, or failed, is asked again', async () => {
  ask.mockRejectedValueOnce(new Error('away'));
  explanations.wantExplanation('a');
  await Promise.resolve();
  explanations.wantExplanation('a');
  expect(ask).toHaveBeenCalledTimes(1);
  explanations.retryExplanation('a');
  expect(ask).toHaveBeenCalledTimes(2);
  explanations.dropExplanation('a');
  explanations.wantExplanation('a');
  expect(ask).toHaveBeenCalledTimes(3);
});

test('another tenant\'s is another', () => {
  explanations.wantExplanation('a');
  who.tenant = 'laguna';
  explanations.wantExplanation('a');
  expect(ask).toHaveBeenCalledTimes(2);
});
