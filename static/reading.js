// Says while one types what a date or a list of parties means, where words stand in the article, or what is wrong with
// them, as the server reads it. Without this file the reading stands there once the form was sent.
'use strict';

(() => {
  const READ = ['date', 'effective_date', 'actors', 'targets', 'evidence'];
  const WAIT_MS = 300;

  for (const form of document.querySelectorAll('form[data-readings]')) {
    for (const name of READ) {
      const field = form.querySelector(`[name=${name}]`);
      if (field) watch(field);
    }
    form.addEventListener('reset', () => setTimeout(() => READ.forEach((name) => ask(form.querySelector(`[name=${name}]`)))));
  }

  function watch(field) {
    let timer;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask(field), WAIT_MS);
    });
  }

  async function ask(field) {
    if (!field) return;
    const typed = field.value;
    const article = field.form?.dataset.readings ?? '';
    const query = new URLSearchParams({ field: field.name, text: typed, article });
    const answer = await fetch(`/admin/reading?${query}`, { redirect: 'error' }).catch(() => null);
    if (!answer?.ok || field.value !== typed) return;
    const said = await answer.text();
    if (field.value !== typed) return;
    const shown = output(field, said);
    shown.textContent = said;
    shown.classList.toggle('reading--bad', answer.headers.get('x-reading') === 'fault');
  }

  /** The reading below a field; made where there is none yet. */
  function output(field, said) {
    const id = `${field.id}-r`;
    let shown = document.getElementById(id);
    if (!shown && said) {
      shown = document.createElement('output');
      shown.className = 'reading';
      shown.id = id;
      shown.htmlFor = field.id;
      field.after(shown);
      const described = field.getAttribute('aria-describedby');
      field.setAttribute('aria-describedby', described ? `${described} ${id}` : id);
    }
    return shown ?? document.createElement('output');
  }
})();
