// Progress: what a create has begun. Once it is done, the model is told so that the person need not.
jobPage('heygen-progress', job => {
  if (job.state === 'done') host.tell(say('tellDone', noun(job), job.id), { kind: job.kind, id: job.id, state: job.state })
})
