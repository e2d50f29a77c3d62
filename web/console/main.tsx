import { render } from 'preact';
import { Screen, Shell } from '../ui/layout';

const root = document.getElementById('app');
if (root) {
  render(
    <Shell brand="serverless-scim">
      <Screen title="Tenants">{null}</Screen>
    </Shell>,
    root,
  );
}
