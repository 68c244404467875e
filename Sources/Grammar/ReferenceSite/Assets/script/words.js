/* Words of lines: a word, its place in the syntax and its parameter light up together, and a tip says what it means. */
(() => {
  'use strict';
  const { root, findAll, make, place, addToWires } = reference;
  const explained = '.w[data-name]';

  function light(fragment, isOn) {
    if (!fragment) return;
    place(fragment)?.classList.toggle('on', isOn);
    for (const link of findAll(`:is(.w, .sx a)[href$="#${CSS.escape(fragment)}"]`)) link.classList.toggle('on', isOn);
  }

  const tip = make('div', { class: 'tip', id: 'tip', role: 'tooltip' });
  document.body.append(tip);
  let shown, leaving;
  function hide() {
    clearTimeout(leaving);
    shown?.removeAttribute('aria-describedby');
    shown = undefined;
    tip.classList.remove('open');
  }
  function show(word) {
    clearTimeout(leaving);
    if (shown === word) return;
    hide();
    const { name, type, about } = word.dataset;
    tip.replaceChildren(make('b', {}, name), ' ', make('span', {}, type ?? ''), make('p', {}, about ?? ''));
    tip.classList.add('open');
    const box = word.getBoundingClientRect();
    const left = Math.min(box.left, root.clientWidth - tip.offsetWidth - 12);
    tip.style.left = `${Math.max(12, left) + scrollX}px`;
    tip.style.top = `${box.bottom + 6 + scrollY}px`;
    word.setAttribute('aria-describedby', 'tip');
    shown = word;
  }
  tip.addEventListener('pointerenter', () => clearTimeout(leaving));
  tip.addEventListener('pointerleave', hide);

  for (const kind of ['pointerover', 'focusin', 'pointerout', 'focusout']) {
    const isOn = kind === 'pointerover' || kind === 'focusin';
    document.addEventListener(kind, event => {
      const word = event.target.closest?.('.w, .sx a'), parameter = event.target.closest?.('.param[id]');
      light(word ? word.getAttribute('href')?.split('#')[1] : parameter?.id, isOn);
      if (!word?.matches(explained)) return;
      if (isOn) show(word); else if (word === shown) leaving = setTimeout(hide, 150);
    });
  }
  /* Fingers cannot hover: the first tap explains a word, the second follows it. */
  let tapped;
  document.addEventListener('click', event => {
    const word = event.target.closest?.(`${explained}[href]`);
    if (word && tapped !== word && matchMedia('(hover: none)').matches) {
      event.preventDefault();
      show(word);
    }
    tapped = word;
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });

  /* Words that are no links can be reached by keyboard too. */
  addToWires(wire => {
    for (const word of findAll(`${explained}:not([href])`, wire)) word.tabIndex = 0;
  });
})();
