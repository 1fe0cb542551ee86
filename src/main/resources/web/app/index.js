import './css/app.css';
import './shell.js';
import { applyTheme } from './theme.js';

applyTheme();
document.body.append(document.createElement('carillon-shell'));
