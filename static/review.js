// Keys for the review page: j k a e r m u n ?. Every button works without this file.
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
  show();

  function show() {
    toggle.textContent = on ? 'Turn shortcuts off' : 'Turn shortcuts on';
    toggle.setAttribute('aria-pressed', String(on));
  }

  function pressed(event) {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || list?.open || isTyping(event.target)) return;
    const act = {
      j: () => move(1),
      k: () => move(-1),
      a: () => press('accept'),
      r: () => press('reject'),
      m: () => press('merge'),
      e: () => current()?.querySelector('[name=headline]')?.focus(),
      u: () => current()?.querySelector('form')?.reset(),
      n: () => document.querySelector('[data-next-article]')?.click(),
      '?': () => list?.showModal(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function isTyping(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  /** The candidate that has the focus, else the one that the address names, else none. */
  function current() {
    const focused = document.activeElement?.closest('[data-candidate]');
    return focused ?? candidates.find((candidate) => `#${candidate.id}` === location.hash) ?? null;
  }

  function move(step) {
    const at = candidates.indexOf(current());
    const to = at < 0 ? (step > 0 ? 0 : candidates.length - 1) : at + step;
    const next = candidates[Math.min(Math.max(to, 0), candidates.length - 1)];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'start' });
    light(next);
  }

  /** Shows the candidate's words in the article. */
  function light(candidate) {
    document.querySelectorAll('.evi.is-on').forEach((mark) => mark.classList.remove('is-on'));
    const words = document.getElementById(candidate.id.replace('c', 's'));
    words?.classList.add('is-on');
    words?.scrollIntoView({ block: 'nearest' });
  }

  function press(decision) {
    const button = (current() ?? candidates[0])?.querySelector(`[name=do][value=${decision}]`);
    button?.click();
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
