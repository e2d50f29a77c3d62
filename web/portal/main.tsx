import { render } from 'preact';
import { App } from './app';
import { takeCode } from './code';

const root = document.getElementById('app');
if (root) render(<App firstCode={takeCode()} />, root);
