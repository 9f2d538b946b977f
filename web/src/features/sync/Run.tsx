import { useEffect, useState, type ToggleEvent } from 'react';
import { api, type JobView, type SyncReport } from '../../api/generated';
import { forget } from '../../api/useQuery';
import { clock, day, number } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { asksForWord } from '../../ui/loss';
import { Bar, toast } from '../../ui/parts';

const poll_ms = 400;
const running = (job: JobView): boolean => job.state === 'queued' || job.state === 'running';

/** The sync as a job: begun here or elsewhere, it is watched until it ends. */
export function Run({ done, refused }: { done: () => void; refused: (why: string) => void }) {
  const words = useWords();
  const [job, setJob] = useState<JobView | null>(null);
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<JobView | null>(null);
  const [report, setReport] = useState<SyncReport | null | undefined>(undefined);  // of the last one, once it is asked for

  const told = (failure: unknown) => {
    const why = failure instanceof Error && failure.message ? failure.message : words.error.unreachable;
    if (asksForWord(why)) refused(why);
    else toast(why);
  };
  const ended = (report: SyncReport | null) => {
    forget();
    if (report) toast(words.sync.done(report.mappings_created, report.mappings_updated, report.mappings_retired));
    done();
  };

  useEffect(() => {
    // One that somebody else began, or this page before it was left.
    const stop = new AbortController();
    api.list_jobs({ limit: 5 }, { signal: stop.signal }).then(({ jobs }) => {
      if (jobs[0] && running(jobs[0])) setJob(jobs[0]);
      setLast(jobs.find((one) => one.state === 'done') ?? null);
    }, () => undefined);
    return () => stop.abort();
  }, []);

  const watched = job && running(job) ? job.id : null;
  useEffect(() => {
    if (!watched) return;
    const stop = new AbortController();
    const timer = setInterval(async () => {
      try {
        const now = await api.show_job({ job_id: watched }, { signal: stop.signal });
        setJob(now);
        if (running(now)) return;
        clearInterval(timer);
        if (now.state === 'done') {
          setLast(now);
          setReport(now.result ?? null);
          ended(now.result ?? null);
        }
        else if (asksForWord(now.error)) refused(now.error ?? '');
        else toast(now.state === 'cancelled' ? words.sync.cancelled : `${words.sync.failed} ${now.error ?? ''}`);
      } catch (failure) {
        if (stop.signal.aborted) return;
        told(failure);
      }
    }, poll_ms);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
    // The words change with a new Shell, which begins anew.
  }, [watched]);

  const start = async () => {
    setBusy(true);
    refused('');
    try {
      const answer: SyncReport | JobView = await api.sync_legacy_to_current({}, { headers: { Prefer: 'respond-async' } });
      if ('state' in answer) setJob(answer as JobView);
      else ended(answer as SyncReport);
    } catch (failure) {
      told(failure);
    }
    setBusy(false);
  };

  // What runs and what rests take the same room: nothing moves under the hand.
  if (!job || !running(job)) {
    // The list of what was done has a line for every record: only whoever opens it waits for that.
    const opened = (event: ToggleEvent<HTMLDetailsElement>) => {
      if (!event.currentTarget.open || report !== undefined || !last) return;
      api.show_job({ job_id: last.id }).then((one) => setReport(one.result ?? null), told);
    };
    return (
      <div className="run rest">
        <button type="button" className="button primary" disabled={busy} onClick={start}><Icon name="sync" size={17} />{busy ? words.sync.starting : words.sync.run}</button>
        {last?.ended_at ? (
          <details key={last.id} className="run-last tiny muted" onToggle={opened}>
            <summary>{words.decisions.lastRun(`${day(last.ended_at)} ${clock(last.ended_at)}`)}</summary>
            <span role="status">{report ? words.sync.done(report.mappings_created, report.mappings_updated, report.mappings_retired) : report === null ? words.sync.noReport : words.loading}</span>
          </details>
        ) : <span className="tiny muted">{'\u00a0'}</span>}
      </div>
    );
  }
  const share = job.total > 0 ? job.done / job.total : 0;
  return (
    <div className="run card" role="status">
      <span className="row between"><b>{job.cancel_requested ? words.sync.cancelling : words.sync.phases[job.phase] ?? (job.phase || words.sync.starting)}</b>
        <span className="tiny muted">{job.total > 0 && words.sync.of(number(job.done), number(job.total))}{job.per_second > 0 && ` · ${words.sync.perSecond(job.per_second)}`}</span></span>
      <span className="row"><span className="grow"><Bar share={share} label={words.sync.running} /></span>
        <button type="button" className="button tight" disabled={job.cancel_requested} onClick={() => api.cancel_job({ job_id: job.id }).then(setJob, told)}>{words.sync.cancel}</button></span>
    </div>
  );
}
