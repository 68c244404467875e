/* What is folded: opened where the address points to, before printing, and all steps of a conversation at once. */
(() => {
  'use strict';
  const { find, findAll, target } = reference;

  function openTarget() {
    const place = target();
    for (let element = place; element; element = element.parentElement) {
      if (element.tagName === 'DETAILS') element.open = true;
    }
    /* The version switch and the folds have moved the target. */
    if (place) place.scrollIntoView({ behavior: 'instant' });
  }
  addEventListener('hashchange', openTarget);
  openTarget();

  addEventListener('beforeprint', () => {
    for (const fold of findAll('details:not(.step)')) fold.open = true;
  });

  const all = find('.unfold');
  all?.addEventListener('click', () => {
    const open = all.getAttribute('aria-pressed') !== 'true';
    for (const step of findAll('.step')) step.open = open;
    all.setAttribute('aria-pressed', open);
  });
  /* Selecting the text of a step must not fold it. */
  for (const summary of findAll('.step > summary')) {
    summary.addEventListener('click', event => { if (!getSelection().isCollapsed) event.preventDefault(); });
  }
})();
