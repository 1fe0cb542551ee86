/** Says something to screen readers, politely, and shows it for a moment. */
export function announce(message, kind = 'info') {
  dispatchEvent(new CustomEvent('carillon-message', { detail: { message, kind } }));
}
