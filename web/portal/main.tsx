import { render } from 'preact';
import { Screen, Shell } from '../ui/layout';

const root = document.getElementById('app');
if (root) {
  render(
    <Shell brand="Setup" narrow>
      <Screen title="Setup">{null}</Screen>
    </Shell>,
    root,
  );
}
