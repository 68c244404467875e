/* Copying lines. `data-raw` holds the bytes of a line as text: \r, \n, \t, \\ and \xNN stand for bytes.
   `data-code` holds the code that makes a line, in the language that `data-language` names. */
(() => {
  'use strict';
  const { find, findAll, make, say, addToWires } = reference;
  const letters = { r: 13, n: 10, t: 9, '\\': 92 };

  /* The text that an escaped one stands for; undefined if its bytes are no text. */
  reference.unescaped = escaped => {
    const encoder = new TextEncoder(), bytes = [];
    for (const [part, letter, digits] of escaped.matchAll(/\\(?:([rnt\\])|x([0-9A-Fa-f]{2}))|[^\\]+|\\/g)) {
      if (letter) bytes.push(letters[letter]);
      else if (digits) bytes.push(parseInt(digits, 16));
      else for (const byte of encoder.encode(part)) bytes.push(byte);
    }
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
    } catch {
      return undefined;
    }
  };

  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* pages that are not secure have no clipboard: the old way may work */ }
    const area = make('textarea', { class: 'sr', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }

  function makeButton(name, text) {
    const button = make('button', { type: 'button', 'aria-label': `Copy ${name}` }, name);
    return attach(button, text);
  }
  function attach(button, text) {
    const name = button.textContent;
    let back;
    button.addEventListener('click', async () => {
      const result = await write(text) ? 'Copied' : 'Not copied: the browser forbids it';
      button.textContent = result;
      say(result);
      clearTimeout(back);
      back = setTimeout(() => { button.textContent = name; say(''); }, 1200);
    });
    return button;
  }

  addToWires(wire => {
    const lines = findAll('.wl[data-raw]', wire);
    if (!lines.length || find('.copy', wire)) return;
    const escaped = lines.map(line => line.dataset.raw).join(''), raw = reference.unescaped(escaped);
    const row = make('div', { class: 'copy' }, 'Copy');
    if (raw !== undefined) row.append(makeButton('raw', raw));
    row.append(makeButton('escaped', escaped));
    const coded = lines.filter(line => line.dataset.code);
    if (coded.length) row.append(makeButton(coded[0].dataset.language, coded.map(line => line.dataset.code).join('\n')));
    wire.append(row);
  });
  for (const button of findAll('button[data-copy]')) attach(button, button.dataset.copy);
})();
