// Tells the page this window was opened from what the buyer did there.
(() => {
  'use strict';
  const { message, shop, address } = document.body.dataset;
  if (window.parent !== window && shop) {
    window.parent.postMessage(JSON.parse(message), shop);
  } else if (address) {
    // The window was opened by its address, without a shop around it.
    window.location.replace(address);
  }
})();
