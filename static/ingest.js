// Keeps the list of jobs fresh while the server works. Without this file a link refreshes it, and the page of the queue
// asks for itself again.
'use strict';

(() => {
  const live = document.querySelector('[data-live]');
  if (!live || !window.EventSource) return;
  const PAUSE_MS = 1000;
  let due = false;
  let asking = false;
  let first = true;

  const progress = new EventSource('/admin/ingest/progress');
  progress.addEventListener('message', (message) => {
    const told = JSON.parse(message.data);
    const bar = live.querySelector('progress');
    const said = live.querySelector('[data-said]');
    if (bar && said) {
      bar.max = Math.max(told.all, 1);
      bar.value = told.ended;
      said.textContent = told.said;
      bar.parentElement.hidden = told.all === 0;
    }
    // the page was drawn a moment ago
    if (!first) renew();
    first = false;
  });
  window.addEventListener('pagehide', () => progress.close());

  /** Takes the list from the page of the queue, at most once a second, and never under somebody's keyboard. */
  async function renew() {
    due = true;
    if (asking) return;
    asking = true;
    while (due) {
      due = false;
      const answer = await fetch(live.dataset.live, { redirect: 'error' }).catch(() => null);
      const list = live.querySelector('[data-queue]');
      if (answer?.ok && list && !list.contains(document.activeElement)) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.querySelector('[data-queue]');
        if (fresh) list.replaceWith(fresh);
      }
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    asking = false;
  }
})();
