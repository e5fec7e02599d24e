/** Pages for looking something up: the glossary, the index, a certificate. */
import '../ui/styles/tokens.css';
import '../ui/styles/base.css';
import '../ui/styles/shell.css';
import '../ui/styles/home.css';
import '../ui/styles/reference.css';
import '../ui/styles/certificate.css';
import { keepPlace } from '../ui/i18n/keep-place.ts';
import { wireMenus } from '../ui/menus.ts';
import { wireSearch } from '../ui/search-page.ts';
import { wireThemeToggle } from '../ui/theme-toggle.ts';

wireThemeToggle();
wireMenus();
wireSearch();
document.querySelector('[data-print]')?.addEventListener('click', () => print());
keepPlace();
