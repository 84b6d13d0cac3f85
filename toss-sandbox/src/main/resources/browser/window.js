// Escape closes a window that lies over the shop's page, as its close button does.
(() => {
  'use strict';
  const close = document.querySelector('a.close');
  if (window.parent === window || close === null) return;
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close.click();
  });
})();
