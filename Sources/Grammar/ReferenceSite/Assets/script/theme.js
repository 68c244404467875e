/* The colour scheme: that of the system until somebody chooses. */
(() => {
  'use strict';
  const { root, find } = reference;
  const names = { '': 'Auto', light: 'Light', dark: 'Dark' }, order = Object.keys(names);
  const button = find('.theme');
  const chosen = () => root.dataset.theme ?? '';
  function show() {
    button.textContent = names[chosen()];
    button.setAttribute('aria-label', `${names[chosen()]}: colour scheme`);
  }
  button.addEventListener('click', () => {
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
    try { localStorage.theme = next; } catch { /* a private window remembers nothing */ }
    show();
  });
  show();
})();
