/** Pages without a lab: the front page and error pages. */
import '../ui/styles/tokens.css';
import '../ui/styles/base.css';
import '../ui/styles/shell.css';
import '../ui/styles/home.css';
import '../ui/styles/reference.css';
import { wireMenus } from '../ui/menus.ts';
import { wireThemeToggle } from '../ui/theme-toggle.ts';
import { keepPlace } from '../ui/i18n/keep-place.ts';

wireThemeToggle();
wireMenus();
keepPlace();
