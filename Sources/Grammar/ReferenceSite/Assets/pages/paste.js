/* The page that decodes what people paste. Its address keeps the text and the choices. */
(() => {
  'use strict';
  const { Decoder, View } = globalThis.Interpreter;
  const { make } = globalThis.Interpreter.page;
  const find = id => document.getElementById(id);
  const text = find('pasted'), result = find('result'), summary = find('summary');
  const choices = {
    v: find('paste-version'), service: find('paste-service'), from: find('paste-sender'), as: find('paste-kind'),
  };
  const decoder = new Decoder(globalThis.GrammarModel);
  const view = new View(decoder, globalThis.GrammarPages);
  const kinds = { text: 'text', escaped: 'text with escapes', dump: 'a hex dump' };

  function choice() {
    const { v, service, from } = choices;
    const value = select => select && select.value || null;
    return { version: value(v) === null ? null : Number(v.value), service: value(service), sender: value(from) };
  }

  function show() {
    const decoded = text.value.trim() ? decoder.decode(text.value, choice(), choices.as.value) : null;
    result.replaceChildren();
    if (!decoded) {
      summary.textContent = 'The result comes here.';
      return;
    }
    const { commands, kind, problem, note } = decoded;
    for (const [place, command] of commands.entries()) {
      const { readings } = command;
      if (commands.length > 1) {
        const name = globalThis.Interpreter.bytes.show(/^[^ ]*/.exec(command.line)[0]);
        result.append(make('h2', { textContent: `${place + 1}. ${name}` }));
      } else {
        const title = readings.length > 1 ? `${readings.length} readings` : 'What it says';
        result.append(make('h2', { textContent: readings.length ? title : 'Why it is not read' }));
      }
      result.append(...readings.length ? readings.map(found => view.reading(found)) : view.refusals(command));
    }
    for (const figure of result.querySelectorAll('.wire')) reference.dress(figure);
    const count = commands.length === 1 ? '' : `${commands.length} commands: `;
    const all = `Read as ${kinds[kind]}. ${note ? `${note} ` : ''}${count}${commands.map(names).join(', ')}.`;
    summary.textContent = problem || (commands.length ? all : 'There is no line.');
  }

  // What a command may be, in few words.
  function names({ readings }) {
    const found = readings.map(({ reading }) => reading.form ? reading.form.fullName : `error ${reading.number}`);
    return [...new Set(found)].join(' or ') || 'No form fits';
  }

  const options = select => select ? [...select.options].map(({ value }) => value) : [];

  function keep() {
    const state = new URLSearchParams();
    if (text.value) state.set('text', text.value);
    for (const [name, select] of Object.entries(choices)) {
      if (select && select.selectedIndex > 0) state.set(name, select.value);
    }
    const fragment = state.toString();
    const address = `${location.pathname}${location.search}${fragment ? `#${fragment}` : ''}`;
    try { history.replaceState(null, '', address); } catch { /* Some browsers forbid it for files. */ }
  }

  // Takes text and choices from the address.
  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    if (state.has('text')) text.value = state.get('text');
    for (const [name, select] of Object.entries(choices)) {
      const value = state.get(name);
      if (options(select).includes(value)) select.value = value;
    }
    // The version of the header counts where the address names none.
    const shown = new URLSearchParams(location.search).get('v');
    if (!state.has('v') && options(choices.v).includes(shown)) choices.v.value = shown;
    show();
  }

  let waiting;
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { show(); keep(); }, 120);
  });
  for (const select of Object.values(choices)) if (select) select.addEventListener('change', () => { show(); keep(); });
  for (const button of document.querySelectorAll('[data-sample]')) {
    button.addEventListener('click', () => {
      text.value = button.dataset.sample;
      for (const select of Object.values(choices)) if (select) select.selectedIndex = 0;
      show();
      keep();
      text.focus();
    });
  }
  addEventListener('hashchange', restore);
  restore();
})();
