import { render } from 'preact';
import { App } from './app';
import { takeSecret } from './secret';

takeSecret();
const root = document.getElementById('app');
if (root) render(<App />, root);
