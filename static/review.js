// The review page's keys (j k a e r m u n ?), its lit words, and selecting words that tell a missed event. Every button
// works without this file.
'use strict';

(() => {
  const STORED = 'demarche-review-keys';
  const bar = document.querySelector('[data-review-keys]');
  const list = document.getElementById('keys');
  const candidates = [...document.querySelectorAll('[data-candidate]')];
  if (!bar) return;

  let on = remembered() !== 'off';
  const toggle = document.createElement('button');
  toggle.type = 'button';
  toggle.className = 'btn btn--2 btn--s';
  bar.append(toggle);
  toggle.addEventListener('click', () => {
    on = !on;
    remember(on ? 'on' : 'off');
    show();
  });
  list?.querySelector('[data-close]')?.addEventListener('click', () => list.close());
  document.addEventListener('keydown', pressed);
  for (const candidate of candidates) {
    fold(candidate).addEventListener('toggle', () => fold(candidate).open && light(candidate));
  }
  for (const ref of document.querySelectorAll('.article .ref, .dup a[href^="#c"]')) ref.addEventListener('click', opened);
  show();
  // only then has the browser gone to the place that the address names, which takes the focus away
  if (document.readyState === 'complete') begin();
  else addEventListener('load', () => setTimeout(begin));
  offerSelection();

  function show() {
    toggle.textContent = on ? 'Turn shortcuts off' : 'Turn shortcuts on';
    toggle.setAttribute('aria-pressed', String(on));
  }

  /** Puts the keys where the work is: on the candidate that the server opened, unless an error has the focus. */
  function begin() {
    const first = current();
    if (!first || document.querySelector('[autofocus]')) return;
    const wrong = first.querySelector('[aria-invalid=true]');
    (wrong ?? summary(first)).focus({ preventScroll: true });
    first.scrollIntoView({ block: 'nearest' });
    light(first);
  }

  function pressed(event) {
    if (event.key === 'Escape' && isTyping(event.target)) {
      const candidate = event.target.closest('[data-candidate]');
      if (candidate) summary(candidate).focus();
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || list?.open || isTyping(event.target)) return;
    const act = {
      j: () => move(1),
      k: () => move(-1),
      a: () => press('accept'),
      r: () => press('reject'),
      m: merge,
      e: edit,
      u: () => document.querySelector('[data-undo]')?.click(),
      n: () => document.querySelector('[data-next-article]')?.click(),
      '?': () => list?.showModal(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function isTyping(element) {
    if (element.tagName === 'INPUT') return !/^(radio|checkbox|button|submit)$/.test(element.type);
    return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName);
  }

  function fold(candidate) {
    return candidate.querySelector('details');
  }

  function summary(candidate) {
    return candidate.querySelector('summary');
  }

  /** The candidate that has the focus, else the open one, else none. */
  function current() {
    const focused = document.activeElement?.closest('[data-candidate]');
    return focused ?? candidates.find((candidate) => fold(candidate).open) ?? null;
  }

  function move(step) {
    const at = candidates.indexOf(current());
    const to = at < 0 ? (step > 0 ? 0 : candidates.length - 1) : at + step;
    const next = candidates[Math.min(Math.max(to, 0), candidates.length - 1)];
    if (next) open(next);
  }

  function open(candidate) {
    for (const other of candidates) if (other !== candidate) fold(other).open = false;
    fold(candidate).open = true;
    summary(candidate).focus({ preventScroll: true });
    candidate.scrollIntoView({ block: 'start' });
    light(candidate);
  }

  /** A number in the article or a link among candidates opens the candidate that it names. */
  function opened(event) {
    const candidate = document.getElementById(event.currentTarget.hash.slice(1));
    if (!candidate?.matches('[data-candidate]')) return;
    event.preventDefault();
    open(candidate);
  }

  /** Shows the candidate's words in the article. */
  function light(candidate) {
    const number = candidate.dataset.candidate;
    let first = null;
    for (const mark of document.querySelectorAll('[data-mark]')) {
      const isIts = mark.dataset.mark === number;
      mark.classList.toggle('is-on', isIts);
      if (isIts) first ??= mark;
    }
    const article = document.querySelector('.review .article');
    if (!first || !article || article.scrollHeight <= article.clientHeight) return;
    const from = first.getBoundingClientRect().top - article.getBoundingClientRect().top;
    if (from < 0 || from > article.clientHeight - 60) article.scrollTop += from - 80;
  }

  function press(decision) {
    (current() ?? candidates[0])?.querySelector(`[name=do][value=${decision}]`)?.click();
  }

  function edit() {
    const candidate = current() ?? candidates[0];
    if (!candidate) return;
    open(candidate);
    candidate.querySelector('[name=headline]')?.focus();
  }

  /** Merges into the event that is chosen or typed; where none is, chooses the likeliest and waits for a second press. */
  function merge() {
    const candidate = current() ?? candidates[0];
    if (!candidate) return;
    const typed = candidate.querySelector('input[name=merge]:not([type=radio])')?.value.trim();
    const chosen = candidate.querySelector('[name=merge][type=radio]:checked')?.value;
    const likeliest = candidate.querySelector('[name=merge][type=radio]');
    if (typed || chosen || !likeliest) {
      candidate.querySelector('[name=do][value=merge]')?.click();
      return;
    }
    open(candidate);
    likeliest.checked = true;
    likeliest.focus();
  }

  /** Selecting words of the article offers to mark them as an event that was missed. */
  function offerSelection() {
    const article = document.querySelector('.review .article');
    const form = document.querySelector('form[data-missed]');
    if (!article || !form) return;
    const field = form.querySelector('[name=words]');
    const offer = document.createElement('button');
    offer.type = 'button';
    offer.className = 'btn btn--s selection';
    offer.textContent = 'Mark the selected words as an event';
    offer.hidden = true;
    article.prepend(offer);
    offer.addEventListener('mousedown', (event) => event.preventDefault()); // keeps the selection
    offer.addEventListener('click', () => form.requestSubmit());
    document.addEventListener('selectionchange', () => {
      const words = selectedWords(article);
      offer.hidden = !words;
      if (words) field.value = words;
    });
  }

  /** The selected words without the candidates' numbers; empty where the selection leaves the article. */
  function selectedWords(article) {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return '';
    const words = range.cloneContents();
    for (const extra of words.querySelectorAll('.ref, .selection, .furniture')) extra.remove();
    return words.textContent.replace(/\s+/g, ' ').trim();
  }

  function remembered() {
    try {
      return localStorage.getItem(STORED);
    } catch {
      return null; // a browser that keeps nothing for us
    }
  }

  function remember(value) {
    try {
      localStorage.setItem(STORED, value);
    } catch {
      // the choice then holds for this page only
    }
  }
})();
