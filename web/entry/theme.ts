/**
 * Runs as a classic script in the head, before anything is painted: sets what the learner chose for this browser (colours,
 * the width of the lesson) so that no page flashes or shifts. Must stay small and free of imports.
 */
{
  const root = document.documentElement;
  root.dataset['js'] = '';
  try {
    const theme = localStorage.getItem('vethlab.theme');
    if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
    const share = Number(localStorage.getItem('vethlab.lesson-share'));
    if (share >= 25 && share <= 75) root.style.setProperty('--lesson-share', `${share}%`);
    if (localStorage.getItem('vethlab.picture') === 'closed') root.dataset['picture'] = 'closed';
  } catch {
    // Storage can be forbidden; the page then follows the system.
  }
}
